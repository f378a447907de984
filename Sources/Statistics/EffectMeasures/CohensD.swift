/// Cohen's d: the difference of two means in pooled standard deviations, (x̄ₐ − x̄₀)/sₚ.
///
/// Estimand: (μₐ − μ₀)/σ for outcomes with a common σ. The p-value is that of the t-test with pooled
/// variance and the interval inverts the noncentral t distribution of the same statistic, so that it
/// excludes 0 exactly when that test rejects. Exact for normal outcomes, approximate otherwise. The
/// standard error, √(1/n₁ + 1/n₂ + d²/2N), is the large-sample one that meta-analyses weight by.
///
/// Not when the arms' variances differ: then there is no single σ to divide by. A policy audience
/// reads the outcome's own unit more easily.
/// In R: `effectsize::cohens_d(y ~ arm)`.
/// References: Hedges (1981), doi:10.3102/10769986006002107; for the interval Cumming & Finch (2001),
/// doi:10.1177/0013164401614002.
public struct CohensD: EffectMeasure {
  /// `cohens_d`.
  public static let name = "cohens_d"
  /// Outcomes with a standard deviation of their own.
  public static let quantities: Set<MarginalMeans.Quantity> = [.mean]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: ``EstimationError/wrongKindOfOutcome`` for a binary outcome, and what
  ///   ``MeanDifference`` throws.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    let standardized = try StandardizedDifference(contrast, from: means)
    return standardized.estimate(standardized.value)
  }
}
