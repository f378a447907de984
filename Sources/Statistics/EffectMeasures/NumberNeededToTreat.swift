/// The number needed to treat, 1 / (p₁ − p₂): units to be reached for one event more.
///
/// Estimand: the reciprocal of the risk difference, negative when the arm has fewer events. No effect is
/// ±∞. The limits are the reciprocals of the difference's; when its interval holds 0, the number's runs
/// through infinity: every value up to 1/lower and every value from 1/upper on
/// (``Interval/outside(below:above:)``). A difference of 0 has no finite number: the value is ∞.
/// There is no standard error on this scale.
///
/// Altman (1998), doi:10.1136/bmj.317.7168.1309.
public struct NumberNeededToTreat: EffectMeasure {
  /// `nnt`.
  public static let name = "nnt"
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
    var estimate = try RiskDifference().estimate(contrast, from: means)
    estimate.value = estimate.value.map { $0 == 0 ? .infinity : 1 / $0 }
    estimate.standardError = nil
    estimate.evidence = ReciprocalEvidence(difference: estimate.evidence)
    return estimate
  }
}

/// The evidence about a difference, told about its reciprocal.
private struct ReciprocalEvidence: Evidence {
  let difference: any Evidence

  var noEffect: Double { .infinity }

  func pValue(of null: Double) throws(EstimationError) -> Double {
    try difference.pValue(of: 1 / null)
  }

  func interval(level: Double) throws(EstimationError) -> Interval {
    guard case .between(let lower, let upper) = try difference.interval(level: level) else {
      return .everything
    }
    guard lower <= 0, upper >= 0 else { return .between(lower: 1 / upper, upper: 1 / lower) }
    return .outside(
      below: lower < 0 ? 1 / lower : -.infinity, above: upper > 0 ? 1 / upper : .infinity)
  }
}
