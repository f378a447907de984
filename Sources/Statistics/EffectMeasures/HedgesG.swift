import GSL

/// Hedges' g: Cohen's d times the exact factor that makes it unbiased,
///
///     g = J·d,  J = Γ(m/2)/(√(m/2)·Γ((m − 1)/2)),  m = n₁ + n₂ − 2.
///
/// Estimand, p-value and interval are those of ``CohensD``: both estimate the same (μₐ − μ₀)/σ, and
/// the exact interval for it does not depend on which point estimate is printed inside. (Some
/// packages multiply the limits by J too, which costs the interval its coverage.) The standard error
/// is √(1/n₁ + 1/n₂ + g²/2N).
///
/// In R: `metafor::escalc("SMD", …)` gives g and the square of this standard error.
/// Reference: Hedges (1981), doi:10.3102/10769986006002107.
public struct HedgesG: EffectMeasure {
  /// `hedges_g`.
  public static let name = "hedges_g"
  /// Outcomes with a standard deviation of their own.
  public static let quantities: Set<MarginalMeans.Quantity> = [.mean]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: ``EstimationError/undefined`` for three units in all, where no unbiased estimate
  ///   exists, and what ``CohensD`` throws.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    let standardized = try StandardizedDifference(contrast, from: means)
    guard let factor = halfStepGammaRatio(standardized.pooledDegreesOfFreedom / 2) else {
      throw .undefined
    }
    return standardized.estimate(factor * standardized.value)
  }
}
