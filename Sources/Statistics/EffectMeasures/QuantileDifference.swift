/// The difference of two arms' quantiles, in the outcome's own unit.
///
/// Estimand: q_a(p) − q_0(p). It is not the p-quantile of the effects, which no trial can know.
///
/// Not for an outcome most of whose values are equal.
/// In R: `quantreg::rq(y ~ arm, tau = p)`.
public struct QuantileDifference: EffectMeasure {
  /// `quantile_difference`.
  public static let name = "quantile_difference"
  /// Quantiles.
  public static let quantities: Set<MarginalMeans.Quantity> = [.quantile]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: what ``MeanDifference`` throws.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    guard means.quantity == .quantile else { throw .wrongKindOfOutcome }
    return try MeanDifference().estimate(contrast, from: means)
  }
}
