import GSL

/// How many times as fast the event comes in the arm as under the control.
///
/// Estimand: exp(β) of a proportional hazards model. No effect is 1; above 1 the event comes sooner. Where
/// hazards are not proportional it is an average whose weights depend on who was still there; the
/// difference in restricted means says more. The interval is exp(β̂ ± z·SE).
///
/// Not as the only measure of a trial. In R: `survival::coxph`. Cox (1972),
/// doi:10.1111/j.2517-6161.1972.tb00899.x.
public struct HazardRatio: EffectMeasure {
  /// `hazard_ratio`.
  public static let name = "hazard_ratio"
  /// Logarithms of hazards.
  public static let quantities: Set<MarginalMeans.Quantity> = [.logHazard]
  /// 1.
  public static let noEffect = 1.0

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: what ``MeanDifference`` throws.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    guard means.quantity == .logHazard else { throw .wrongKindOfOutcome }
    var estimate = try MeanDifference().estimate(contrast, from: means)
    let ratio = estimate.value.map(Elementary.exponential)
    estimate.value = ratio
    estimate.standardError = estimate.standardError.flatMap { error in ratio.map { $0 * error } }
    estimate.evidence = ExponentialEvidence(logarithm: estimate.evidence)
    return estimate
  }
}
