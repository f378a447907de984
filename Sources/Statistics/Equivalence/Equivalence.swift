/// Whether an effect is too small to matter in either direction: two one-sided tests.
///
/// Estimand: that of the estimate. The hypothesis is that the effect lies at or outside the margins;
/// it is rejected at α when both one-sided tests are, so that
///
///     p = max(p of “at or below the lower margin”, p of “at or above the upper margin”),
///
/// which is the same as the confidence interval at level 1 − 2α lying between the margins.
///
/// The margins must be written down before the data. “Not significant” is not equivalence: a small
/// trial is neither.
///
/// In R: the larger p of `t.test(x, y, mu = lower, alternative = "greater")` and
/// `t.test(x, y, mu = upper, alternative = "less")`.
/// Reference: Schuirmann (1987), doi:10.1007/BF01068419.
public struct Equivalence: Codable, Hashable, Sendable {
  /// The answer.
  public struct Verdict: Hashable, Sendable {
    /// The p-value of “at or below the lower margin”.
    public let pValueOfLower: Double
    /// The p-value of “at or above the upper margin”.
    public let pValueOfUpper: Double
    /// Whether both are below α.
    public let isEquivalent: Bool

    /// The larger of the two.
    public var pValue: Double { max(pValueOfLower, pValueOfUpper) }
  }

  /// The lower margin, on the scale of the estimate: for a ratio below 1, for a difference below 0.
  public var lower: Double
  /// The upper margin.
  public var upper: Double
  /// The error of each one-sided test, above 0 and below ½.
  public var significance: Double

  /// Makes the question.
  public init(lower: Double, upper: Double, significance: Double = 0.05) {
    self.lower = lower
    self.upper = upper
    self.significance = significance
  }

  /// Makes the question for a difference, with the same margin on both sides.
  public init(within margin: Double, significance: Double = 0.05) {
    self.init(lower: -margin, upper: margin, significance: significance)
  }

  /// Answers it from an estimate.
  ///
  /// - Throws: ``EstimationError/undefined`` unless the lower margin is below the upper one and the
  ///   significance is in (0, ½), or where the estimate is undefined; whatever the evidence throws.
  public func verdict(on estimate: Estimate) throws(EstimationError) -> Verdict {
    guard lower < upper, lower.isFinite, upper.isFinite, significance > 0, significance < 0.5
    else { throw .undefined }
    let ofLower = try estimate.pValue(ofAtMost: lower)
    let ofUpper = try estimate.pValue(ofAtLeast: upper)
    return Verdict(
      pValueOfLower: ofLower, pValueOfUpper: ofUpper,
      isEquivalent: max(ofLower, ofUpper) < significance)
  }
}
