/// The restricted mean survival time: the mean time without the event, within the first τ.
///
/// Estimand: E[min(T, τ)] = ∫₀^τ S(t) dt, in the unit of the times. With A(t) = ∫ₜ^τ Ŝ,
///
///     V̂ = Σ A(t)² · d/(n(n − d))   over event times up to τ.
///
/// τ is part of the question, not of the data: it is chosen before, and it is refused where a group was
/// not followed so far, because the curve beyond its last time would be an invention.
///
/// R: `summary(survfit(…), rmean = tau)`. Irwin (1949), doi:10.1017/S0022172400014443.
public struct RestrictedMeanSurvival: Hashable, Sendable {
  /// τ.
  public let horizon: Double
  /// The area under the curve up to τ.
  public let mean: Double
  /// √V̂; 0 when nobody had the event before τ.
  public let standardError: Double

  /// Integrates a curve.
  ///
  /// - Parameters:
  ///   - curve: the group's Kaplan–Meier curve.
  ///   - horizon: τ, above 0 and within the follow-up.
  ///   - group: the group's name, for the error.
  /// - Throws: ``SurvivalError/invalidHorizon``,
  ///   ``SurvivalError/horizonBeyondFollowUp(group:lastTime:)``, or
  ///   ``SurvivalError/numericalFailure`` for times whose squares overflow.
  public init(
    _ curve: KaplanMeier, horizon: Double, group: String? = nil
  ) throws(SurvivalError) {
    guard horizon > 0, horizon.isFinite else { throw .invalidHorizon }
    guard horizon <= curve.lastTime else {
      throw .horizonBeyondFollowUp(group: group, lastTime: curve.lastTime)
    }
    // Backwards, so that each area is a sum of positive pieces.
    var area = 0.0
    var variance = 0.0
    var end = horizon
    for step in curve.steps.reversed() where step.time < horizon {
      area += step.survival * (end - step.time)
      end = step.time
      let left = step.atRisk - step.events
      // After the last unit's event there is no area to be uncertain about.
      if step.events > 0, left > 0 {
        variance += area * area * (Double(step.events) / (Double(step.atRisk) * Double(left)))
      }
    }
    guard variance.isFinite else { throw .numericalFailure }
    self.horizon = horizon
    mean = area + end
    standardError = variance.squareRoot()
  }

  /// This group's mean minus another's.
  ///
  /// Estimand: E[min(T₁, τ)] − E[min(T₀, τ)], with V̂₁ + V̂₀ and the normal distribution. No effect is 0.
  ///
  /// R: `survRM2::rmst2`. Royston & Parmar (2011), doi:10.1002/sim.4274.
  ///
  /// - Throws: ``SurvivalError/invalidHorizon`` when the horizons differ,
  ///   ``SurvivalError/noVariation`` when both errors are 0.
  public func difference(
    from control: RestrictedMeanSurvival
  ) throws(SurvivalError) -> StudentEvidence {
    try compare(
      control, estimate: mean - control.mean,
      variance: standardError * standardError + control.standardError * control.standardError)
  }
}

extension KaplanMeier {
  /// The restricted mean of a group's curve. One that has come down to 0 stays there: nothing is unknown
  /// beyond its last time.
  ///
  /// - Throws: as ``RestrictedMeanSurvival/init(_:horizon:group:)``.
  func area(upTo horizon: Double, of group: String?) throws(SurvivalError) -> RestrictedMeanSurvival
  {
    let isOver = steps.last?.survival == 0
    return try RestrictedMeanSurvival(
      self, horizon: isOver ? min(horizon, lastTime) : horizon, group: group)
  }
}
