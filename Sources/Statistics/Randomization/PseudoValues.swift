/// A number for each unit of which the average is the restricted mean, censored units included.
///
/// With the pooled curve's restricted mean θ̂ and each unit's influence on it (the derivative of θ̂ by
/// the unit's weight), the pseudo-value is θ̂ + influence, the first-order form of n·θ̂ − (n − 1)·θ̂₋ᵢ.
/// The units' numbers do not depend on how arms were drawn, so their averages in re-drawn arms have a
/// known distribution.
///
/// Not where arms are censored differently.
///
/// In R: `pseudo::pseudomean` (the jackknife itself).
/// Reference: Andersen, Hansen & Klein (2004), doi:10.1007/s10985-004-4771-0.
enum PseudoValues {
  /// The pseudo-values of the restricted mean of all units together.
  ///
  /// - Throws: ``EstimationError/horizonBeyondFollowUp(arm:lastTime:)``;
  ///   ``EstimationError/undefined`` for a time below zero.
  static func restrictedMeans(
    times: [Double], events: [Bool], horizon: Double
  ) throws(EstimationError) -> [Double] {
    do throws(SurvivalError) {
      let followUp = try FollowUp(times: times, events: events)
      let curve = KaplanMeier(followUp)
      let area = try curve.area(upTo: horizon, of: nil)
      return curve.influences(on: horizon, of: followUp).map { area.mean + $0 }
    } catch {
      throw EstimationError(error, arm: "")
    }
  }
}
