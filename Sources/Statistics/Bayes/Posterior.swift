/// What is believed about one number after the data, given the prior.
///
/// An interval here holds the number with the given probability if the prior is right. It is not the
/// inversion of a test, and over repeated trials at one truth it need not cover at its level.
public protocol Posterior: Sendable {
  /// The mean of the posterior; nil where it has none.
  var mean: Double? { get }
  /// The probability that the number is above `value`.
  func probability(above value: Double) throws(EstimationError) -> Double
  /// The equal-tailed credible interval; `level` is above 0 and below 1.
  func interval(level: Double) throws(EstimationError) -> Interval
}
