import CGSL

/// The F distribution.
package struct FisherF {
  /// Degrees of freedom of the numerator, above 0.
  package let numerator: Double
  /// Degrees of freedom of the denominator, above 0.
  package let denominator: Double

  /// Makes the distribution; nil unless both are positive and finite.
  package init?(_ numerator: Double, _ denominator: Double) {
    guard numerator > 0, numerator.isFinite, denominator > 0, denominator.isFinite else {
      return nil
    }
    self.numerator = numerator
    self.denominator = denominator
  }

  /// P(F > f).
  package func upperTail(_ f: Double) -> Double? {
    guard f >= 0 else { return nil }
    return checked { gsl_cdf_fdist_Q(f, numerator, denominator) }
  }
}
