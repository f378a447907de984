/// Inference for a trial whose size was fixed before the data were seen and which is analysed once.
///
/// Not for results that were watched while they came in: repeated looks inflate the type I error.
public struct FixedHorizon: Inference {
  /// `fixed`.
  public static let name = "fixed"

  /// Makes the inference; it has no settings.
  public init() {}

  /// The two-sided p-value of no effect.
  public func pValue(of estimate: Estimate) throws(EstimationError) -> Double {
    try estimate.evidence.pValue(of: estimate.evidence.noEffect)
  }

  /// The values that the two-sided test at 1 − `level` does not reject.
  public func interval(of estimate: Estimate, level: Double) throws(EstimationError) -> Interval {
    try estimate.evidence.interval(level: level)
  }
}
