/// Compares hazards by Cox's proportional hazards model.
///
/// Estimand: log hazard ratios between arms; the first arm that has units stands at 0. Units drawn
/// within blocks are compared within them (a baseline hazard for each block); units drawn in clusters
/// have Lin and Wei's robust variance over clusters, which needs about forty of them.
///
/// Not as the only estimator: see ``HazardRatio``. An arm without events has no finite hazard
/// (``EstimationError/undefined``).
///
/// In R: `coxph(Surv(time, event) ~ arm + strata(block), cluster = cluster, ties = "efron")`.
/// References: Cox (1972), doi:10.1111/j.2517-6161.1972.tb00899.x; Lin & Wei (1989),
/// doi:10.1080/01621459.1989.10478874.
public struct Cox: Estimator {
  /// `cox`.
  public static let name = "cox"
  /// The words for `ties`.
  public static let settingWords = ["ties": CoxRegression.Ties.allCases.map(\.rawValue)]
  /// Times to an event.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [
    .timeToEvent: .logHazard
  ]

  /// What to do with events at the same time.
  public var ties: CoxRegression.Ties

  /// Makes the estimator.
  public init(ties: CoxRegression.Ties = .efron) {
    self.ties = ties
  }

  /// Reads the settings; `ties` may be left out.
  public init(from decoder: any Decoder) throws {
    let settings = try decoder.container(keyedBy: CodingKeys.self)
    self.init(ties: try settings.decodeIfPresent(CoxRegression.Ties.self, forKey: .ties) ?? .efron)
  }

  private enum CodingKeys: String, CodingKey { case ties }

  /// The units' times and events.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    .units(covariates: [], factors: [])
  }

  /// The arms' log hazards.
  ///
  /// - Throws: ``EstimationError/noEvents``; ``EstimationError/undefined`` where an arm has none, or
  ///   fewer than two arms have units.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard case .timeToEvent = response else { throw .wrongKindOfOutcome }
    guard let units = sample.units, units.response.count == 2 else { throw .undefined }
    let present = units.presentArms
    guard let reference = present.first else { throw .noUnits(arm: arms.first ?? "") }
    guard present.count > 1 else { throw .undefined }
    let compared = present.dropFirst()
    let columns = compared.map { arm in
      inParallel(filling: units.count) { units.assignment[$0] == arm ? 1.0 : 0 }
    }
    let model: CoxRegression
    do throws(SurvivalError) {
      model = try CoxRegression(
        units.followUp(),
        covariates: columns, ties: ties, strata: units.blocks, clusters: units.clusters)
    } catch {
      throw EstimationError(error, arm: units.arms[reference])
    }
    let found = units.clusters == nil ? model.modelCovariance : model.robustCovariance
    // The reference stands at 0 without error.
    let covariance = present.indices.map { row in
      present.indices.map { column -> Double? in
        row == 0 || column == 0 ? 0 : found[row - 1][column - 1]
      }
    }
    var means = MarginalMeans(
      .logHazard,
      arms: units.armMeans(.logHazard) { arm in
        present.firstIndex(of: arm).map { $0 == 0 ? 0 : model.coefficients[$0 - 1] }
      },
      present: present, covariance: covariance, degreesOfFreedom: [],
      standardErrorType: units.clusters == nil ? .partialLikelihood : .robust, remarks: [])
    means.degreesOfFreedom = .infinite
    return means
  }
}
