/// The difference of two arms' means, x̄ₐ − x̄₀, in the outcome's own unit.
///
/// Estimand: the average effect of assignment. SE² = vₐ − 2c + v₀ from the estimator's covariance;
/// the statistic is the difference over SE, referred to Student's t with the estimator's degrees of
/// freedom (Welch–Satterthwaite for plain averages), or to the normal distribution.
///
/// In R: `t.test(y ~ arm)`.
public struct MeanDifference: EffectMeasure {
  /// `mean_difference`.
  public static let name = "mean_difference"
  /// Means: a rate is tested once, on the scale of ``RiskDifference``.
  public static let quantities: Set<MarginalMeans.Quantity> = [.mean]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: ``EstimationError/noUnits(arm:)``; ``EstimationError/tooFewUnits(arm:count:)`` where a
  ///   variance would need a second row; ``EstimationError/noVariation`` when the standard error is
  ///   zero, whether or not the means differ; ``EstimationError/numericalFailure`` when values are
  ///   too large or too small to square.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    let compared = try MeanComparison(contrast, in: means)
    return Estimate(
      value: compared.difference, standardError: compared.standardError,
      statistic: compared.difference / compared.standardError,
      degreesOfFreedom: compared.degreesOfFreedom, standardErrorType: means.standardErrorType,
      evidence: StudentEvidence(
        estimate: compared.difference, standardError: compared.standardError,
        degreesOfFreedom: compared.degreesOfFreedom))
  }
}
