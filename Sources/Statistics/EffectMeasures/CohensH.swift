/// Cohen's h, 2·arcsin √p₁ − 2·arcsin √p₂.
///
/// Estimand: the difference of two rates on the scale on which binomial noise is even; by Cohen's
/// convention 0.2 is small, 0.5 medium, 0.8 large. No effect is 0. The interval is the same test's as
/// for the difference, inverted along the curves of constant h, so it excludes 0 exactly when the
/// difference's does; the interval of h ± z·√(1/n₁ + 1/n₂) would be another test with another p. The
/// standard error is that √(1/n₁ + 1/n₂).
///
/// R: `pwr::ES.h` for the value.
///
/// Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, chapter 6.
public struct CohensH: EffectMeasure {
  /// `cohens_h`.
  public static let name = "cohens_h"
  /// Rates.
  public static let quantities: Set<MarginalMeans.Quantity> = [.rate]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: what ``EstimationError`` says of means without counts.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    try RateComparison(contrast, in: means).estimate(on: AngleScale.self) { table in
      (1 / Double(table.arm.count) + 1 / Double(table.control.count)).squareRoot()
    }
  }
}
