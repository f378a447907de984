/// Whether an arm is at most so much worse than another.
///
/// Estimand: that of the estimate. The hypothesis is that the effect is at or beyond the margin on the
/// bad side; rejecting it at α is the same as the confidence limit at level 1 − 2α staying clear of
/// the margin.
///
/// The margin must be written down before the data: it is the loss that one is ready to accept for a
/// cheaper or gentler arm. A large p is no proof of inferiority.
///
/// In R: `t.test(x, y, mu = -margin, alternative = "greater")`.
/// Reference: Piaggio et al. (2012), doi:10.1001/jama.2012.87802.
public struct NonInferiority: Codable, Hashable, Sendable {
  /// In which direction the outcome is better.
  public enum Direction: String, Codable, Hashable, Sendable {
    /// Larger effects are better: the effect must be above the margin.
    case higherIsBetter = "higher_is_better"
    /// Smaller effects are better: the effect must be below the margin.
    case lowerIsBetter = "lower_is_better"
  }

  /// The answer.
  public struct Verdict: Hashable, Sendable {
    /// The one-sided p-value of the margin.
    public let pValue: Double
    /// Whether it is below α.
    public let isNonInferior: Bool
  }

  /// The effect that is just not acceptable, on the scale of the estimate (such as −0.02).
  public var margin: Double
  /// In which direction the outcome is better.
  public var direction: Direction
  /// The one-sided error, above 0 and below ½.
  public var significance: Double

  /// Makes the question.
  public init(
    margin: Double, direction: Direction = .higherIsBetter, significance: Double = 0.025
  ) {
    self.margin = margin
    self.direction = direction
    self.significance = significance
  }

  /// Answers it from an estimate.
  ///
  /// - Throws: ``EstimationError/undefined`` for a margin that is not finite, a significance outside
  ///   (0, ½) or an estimate that is undefined; whatever the evidence throws.
  public func verdict(on estimate: Estimate) throws(EstimationError) -> Verdict {
    guard margin.isFinite, significance > 0, significance < 0.5 else { throw .undefined }
    let pValue =
      switch direction {
      case .higherIsBetter: try estimate.pValue(ofAtMost: margin)
      case .lowerIsBetter: try estimate.pValue(ofAtLeast: margin)
      }
    return Verdict(pValue: pValue, isNonInferior: pValue < significance)
  }
}
