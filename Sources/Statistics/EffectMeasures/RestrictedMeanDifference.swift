/// The difference of two arms' mean times without the event, up to the horizon.
///
/// Estimand: E[min(T_a, τ)] − E[min(T_0, τ)], in the unit of the times: below zero where the event comes
/// sooner. It needs no proportional hazards.
///
/// Not without a horizon fixed in the plan.
/// In R: `survRM2::rmst2`. Royston & Parmar (2011), doi:10.1002/sim.4274.
public struct RestrictedMeanDifference: EffectMeasure {
  /// `rmst_difference`.
  public static let name = "rmst_difference"
  /// Restricted means.
  public static let quantities: Set<MarginalMeans.Quantity> = [.restrictedMean]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: what ``MeanDifference`` throws.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    guard means.quantity == .restrictedMean else { throw .wrongKindOfOutcome }
    return try MeanDifference().estimate(contrast, from: means)
  }
}
