/// The effect as a share of the control mean: +0.2 is "a fifth more than under the control".
///
/// Estimand: μ_arm / μ_control − 1, for a control mean above zero.
///
/// - Binary outcomes: the risk ratio less 1, with the score (or exact) interval of the ratio.
/// - Continuous outcomes: Fieller's set for the ratio of means less 1, which may be unbounded when
///   the control mean is uncertain, and is printed as such.
///
/// Both come from the test of the difference, so that "the interval excludes 0" and "p < α" agree.
/// Not for outcomes that can be negative: the control mean must be above zero
/// (``EstimationError/controlMeanNotPositive(_:)``).
///
/// R: `mratios::ttestratio` (Fieller), `DescTools::RelRisk(method = "score")`.
public struct RelativeLift: EffectMeasure {
  /// `relative_lift`.
  public static let name = "relative_lift"
  /// Rates, means and ratios.
  public static let quantities: Set<MarginalMeans.Quantity> = [.rate, .mean, .ratio]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    guard means.quantity == .rate else {
      return try FiellerRatio.relativeLift(contrast, from: means)
    }
    var ratio = try RiskRatio().estimate(contrast, from: means)
    ratio.value = ratio.value.map { $0 - 1 }
    ratio.evidence = LiftEvidence(ratio: ratio.evidence)
    return ratio
  }
}
