/// The difference of two ratios of sums: clicks per impression, events per day.
///
/// Estimand: R_a − R_0 with R = E[y]/E[x] in each arm, in the unit of the ratio. p-value and interval are those
/// of the linearised means, by Student's t.
///
/// Not for a share of people, each of whom has the event or not: that is ``RiskDifference``.
/// In R: `survey::svycontrast` of two `svyratio`.
public struct RateDifference: EffectMeasure {
  /// `rate_difference`.
  public static let name = "rate_difference"
  /// Ratios.
  public static let quantities: Set<MarginalMeans.Quantity> = [.ratio]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: what ``MeanDifference`` throws.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    guard means.quantity == .ratio else { throw .wrongKindOfOutcome }
    return try MeanDifference().estimate(contrast, from: means)
  }
}
