/// What one study contributes: its estimated effect and the sampling variance of that estimate.
///
/// On a scale where the estimate is about normal: a difference, a standardised difference, or the
/// logarithm of a ratio. The variance is the square of the standard error.
public struct StudyEffect: Codable, Hashable, Sendable {
  /// The estimate.
  public var value: Double
  /// Its sampling variance, above zero.
  public var variance: Double

  /// Makes a study's effect; what uses it checks that it is finite and the variance above zero.
  public init(value: Double, variance: Double) {
    self.value = value
    self.variance = variance
  }
}
