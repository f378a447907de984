/// The ratio of two rates, p₁ / p₂.
///
/// Estimand: how many times as probable the event is. No effect is 1. p-value and interval are
/// ``ScoreTest``'s or, in small tables, ``ExactTest``'s: without events in the control the value is
/// ∞ and the interval runs from its lower bound to ∞; without any events the value is
/// 0/0 (nil) and the interval is (0, ∞) with p = 1. The standard error is the delta method's,
/// φ̂·√((1 − p̂₁)/x₁ + (1 − p̂₂)/x₂); nil where a count is 0 and the method says nothing.
///
/// R: `PropCIs::riskscoreci` (without the factor N/(N − 1)).
public struct RiskRatio: EffectMeasure {
  /// `risk_ratio`.
  public static let name = "risk_ratio"
  /// Rates.
  public static let quantities: Set<MarginalMeans.Quantity> = [.rate]
  /// 1.
  public static let noEffect = 1.0

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: what ``EstimationError`` says of arms without units, and of rates without variation.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    try RateComparison(contrast, in: means)
      .estimate(on: RatioScale.self, standardError: \.standardErrorOfRatio)
  }
}

extension TwoByTwoTable {
  fileprivate var standardErrorOfRatio: Double? {
    guard let ratio = RatioScale.value(of: self), arm.events > 0, control.events > 0 else {
      return nil
    }
    var variance = 0.0
    for arm in [arm, control] { variance += arm.complement / Double(arm.events) }
    return variance > 0 ? ratio * variance.squareRoot() : nil
  }
}
