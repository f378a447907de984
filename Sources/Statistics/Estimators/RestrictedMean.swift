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
      let (curve, area) = try Self.area(of: units, rows, arm: arm, horizon: horizon)
      return (
        area.mean,
        curve.influences(
          on: horizon, of: rows.map { units.outcome[$0] },
          events: rows.map { units.response[1][$0] == 1 })
      )
    }
  }

  private func unitByUnit(
    _ units: UnitSample, horizon: Double
  ) throws(EstimationError) -> MarginalMeans {
    let present = units.presentArms
    var areas: [RestrictedMeanSurvival] = []
    for arm in present {
      let rows = units.assignment.indices.filter { units.assignment[$0] == arm }
      areas.append(try Self.area(of: units, rows, arm: arm, horizon: horizon).area)
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

  private static func area(
    of units: UnitSample, _ rows: [Int], arm: Int, horizon: Double
  ) throws(EstimationError) -> (curve: KaplanMeier, area: RestrictedMeanSurvival) {
    do throws(SurvivalError) {
      let curve = KaplanMeier(
        try FollowUp(
          times: rows.map { units.outcome[$0] }, events: rows.map { units.response[1][$0] == 1 }))
      // A curve that has come down to 0 stays there: nothing is unknown beyond its last time.
      let isOver = curve.steps.last?.survival == 0
      let area = try RestrictedMeanSurvival(
        curve, horizon: isOver ? min(horizon, curve.lastTime) : horizon, group: units.arms[arm])
      return (curve, area)
    } catch {
      throw EstimationError(error, arm: units.arms[arm])
    }
  }
}
