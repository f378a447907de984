/// Compares mean times without the event, up to the horizon of the plan.
///
/// Estimand: E[min(T, τ)] in each arm, the area under its Kaplan–Meier curve up to τ
/// (``RestrictedMeanSurvival``), with Greenwood's variance and the normal distribution. Where units
/// were drawn in blocks or clusters the variance is that of the units' influences on the area,
///
///     ψᵢ = −A(tᵢ)·n/(Y(tᵢ) − d(tᵢ))·eᵢ + Σ_{s ≤ tᵢ} A(s)·n·d(s)/(Y(s)(Y(s) − d(s))),
///
/// over events s before τ, with A(s) = ∫ₛ^τ Ŝ, Y units at risk and d events, by the design (CR2,
/// Neyman); their squares add up to Greenwood's sum.
///
/// Not with a horizon that some arm was not watched for, nor when censoring depends on what would
/// have happened.
///
/// In R: `survRM2::rmst2`; with clusters `pseudo::pseudomean` and `clubSandwich`.
/// References: Royston & Parmar (2011), doi:10.1002/sim.4274; Andersen, Hansen & Klein (2004),
/// doi:10.1007/s10985-004-4771-0.
public struct RestrictedMean: Estimator {
  /// `restricted_mean`.
  public static let name = "restricted_mean"
  /// Times to an event.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [
    .timeToEvent: .restrictedMean
  ]

  /// Makes the estimator; it has no settings.
  public init() {}

  /// The units' times and events.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    .units(covariates: [], factors: [])
  }

  /// The arms' restricted means.
  ///
  /// - Throws: ``EstimationError/horizonBeyondFollowUp(arm:lastTime:)``;
  ///   ``EstimationError/undefined`` for a time below zero.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard case .timeToEvent(_, _, let horizon) = response else { throw .wrongKindOfOutcome }
    guard let units = sample.units, units.response.count == 2 else { throw .undefined }
    guard units.count > 0 else { throw .noUnits(arm: arms.first ?? "") }
    if units.blocks == nil, units.clusters == nil {
      return try unitByUnit(units, horizon: horizon)
    }
    return try LinearisedMeans(
      units: units, quantity: .restrictedMean, standardErrorType: .greenwood
    ).marginalMeans { (arm, rows) throws(EstimationError) in
      do throws(SurvivalError) {
        let followUp = try FollowUp(
          times: rows.map { units.outcome[$0] }, events: rows.map { units.response[1][$0] == 1 })
        let curve = KaplanMeier(followUp)
        let area = try curve.area(upTo: horizon, of: units.arms[arm])
        return (area.mean, curve.influences(on: horizon, of: followUp))
      } catch {
        throw EstimationError(error, arm: units.arms[arm])
      }
    }
  }

  private func unitByUnit(
    _ units: UnitSample, horizon: Double
  ) throws(EstimationError) -> MarginalMeans {
    let present = units.presentArms
    var areas: [RestrictedMeanSurvival] = []
    do throws(SurvivalError) {
      for (arm, curve) in zip(units.arms, try units.survivalCurves()) {
        if let curve { areas.append(try curve.area(upTo: horizon, of: arm)) }
      }
    } catch {
      throw EstimationError(error, arm: units.arms[present.first ?? 0])
    }
    var means = MarginalMeans(
      .restrictedMean,
      arms: units.armMeans(.restrictedMean) { arm in
        present.firstIndex(of: arm).map { areas[$0].mean }
      },
      present: present,
      covariance: areas.indices.map { row in
        areas.indices.map { $0 == row ? areas[row].standardError * areas[row].standardError : 0 }
      },
      degreesOfFreedom: [], standardErrorType: .greenwood, remarks: [])
    means.degreesOfFreedom = .infinite
    return means
  }
}
