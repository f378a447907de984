import GSL

extension RestrictedMeanSurvival {
  /// This group's mean over another's, on the log scale.
  ///
  /// Estimand: log(E[min(T₁, τ)]/E[min(T₀, τ)]), by the delta method: V̂ = V̂₁/m₁² + V̂₀/m₀². No effect
  /// is 0; exponentiate the estimate and the limits for the ratio itself.
  ///
  /// R: `survRM2::rmst2`. Royston & Parmar (2011), doi:10.1002/sim.4274.
  ///
  /// - Throws: ``SurvivalError/invalidHorizon`` when the horizons differ, ``SurvivalError/noVariation``
  ///   when both errors are 0 or a mean is.
  public func logRatio(
    to control: RestrictedMeanSurvival
  ) throws(SurvivalError) -> StudentEvidence {
    guard mean > 0, control.mean > 0 else { throw .noVariation }
    let own = standardError / mean
    let other = control.standardError / control.mean
    return try compare(
      control, estimate: Elementary.logarithm(mean / control.mean),
      variance: own * own + other * other)
  }

  func compare(
    _ control: RestrictedMeanSurvival, estimate: Double, variance: Double
  ) throws(SurvivalError) -> StudentEvidence {
    guard horizon == control.horizon else { throw .invalidHorizon }
    guard variance > 0 else { throw .noVariation }
    guard estimate.isFinite, variance.isFinite else { throw .numericalFailure }
    return StudentEvidence(
      estimate: estimate, standardError: variance.squareRoot(), degreesOfFreedom: nil)
  }
}
