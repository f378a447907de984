/// The ratio of two ratios of sums: how many times the clicks per impression, or events per day.
///
/// Estimand: R_a/R_0. No effect is 1. The interval is Fieller's, from the test of the difference, so the two
/// agree; it is unbounded where the control's ratio may be zero.
///
/// Not for shares of people: that is ``RiskRatio``.
/// In R: `exp(coef(glm(y ~ arm + offset(log(x)), poisson)))` has the same value.
public struct RateRatio: EffectMeasure {
  /// `rate_ratio`.
  public static let name = "rate_ratio"
  /// Ratios.
  public static let quantities: Set<MarginalMeans.Quantity> = [.ratio]
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
    guard means.quantity == .ratio else { throw .wrongKindOfOutcome }
    var lift = try FiellerRatio.relativeLift(contrast, from: means)
    lift.value = lift.value.map { 1 + $0 }
    lift.evidence = try FiellerRatio(contrast, from: means)
    return lift
  }
}
