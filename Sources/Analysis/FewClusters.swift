import RandomAssignment
import Statistics
import Trials

// Where whole clusters were drawn and they are few, the t distribution of a cluster-robust standard
// error is not to be relied on: the arms are drawn again instead, which is exact however few there are.

/// What follows from few clusters for one comparison.
struct FewClusters {
  /// Degrees of freedom of the cluster-robust test.
  let degreesOfFreedom: Double
  /// The scale on which arms are compared first.
  let scale: String
  /// The comparison by re-drawn arms; nil where it does not exist and the robust test must do.
  let redrawn: Estimate?

  /// For the reader of the row.
  var note: Note { .fewClusters(degreesOfFreedom, redrawn: redrawn != nil) }
}

extension TrialAnalysis {
  /// Below so many degrees of freedom, re-drawn arms decide. With clusters of very unequal size CR2
  /// rejects 5.8 % to 6.2 % at 5 % up to here (simulated; `nudge selftest` has such a trial).
  static let fewestDegreesOfFreedom = 20.0

  /// Whether a comparison's clusters are few, and what re-drawn arms then say; nil where they are
  /// many, or units were drawn one by one.
  ///
  /// Degrees of freedom are Satterthwaite's; where an estimator has none, the clusters of the two arms
  /// less two.
  func fewClusters(
    _ scale: any EffectMeasure, _ contrast: Contrast, on outcome: Outcome, cohort: String?,
    by estimator: any Estimator, from means: Result<MarginalMeans, EstimationError>,
    in observations: Observations
  ) -> FewClusters? {
    let showing = observations.showings[.init(outcome: outcome.id, cohort: cohort)]
    guard trial.drawnGroups.hasClusters, let units = showing?.sample.units,
      let means = try? means.get(), let planned = try? scale.estimate(contrast, from: means)
    else { return nil }
    let freedom =
      planned.degreesOfFreedom ?? Double(units.clusters(of: contrast) - 2)
    guard freedom < Self.fewestDegreesOfFreedom else { return nil }
    let method = RandomizationInference(draws: trial.analysis.draws, seed: trial.analysis.seed)
    var redrawn: Estimate?
    if inference(for: outcome, cohort: cohort) is FixedHorizon,
      method.applies(to: outcome.response.kind, drawnIn: trial.drawnGroups)
    {
      redrawn = try? method.estimate(contrast, of: outcome.response, in: units, by: estimator)
    }
    // The draws compare means; on another first scale, such as the hazard ratio, they only test.
    let compares = type(of: scale).noEffect == redrawn?.evidence.noEffect
    return FewClusters(
      degreesOfFreedom: freedom, scale: compares ? type(of: scale).name : "", redrawn: redrawn)
  }
}

extension Estimate {
  /// Keeps the value and its standard error, and answers by the draws.
  mutating func take(_ redrawn: Estimate) {
    statistic = redrawn.statistic
    degreesOfFreedom = nil
    evidence = redrawn.evidence
  }
}

extension UnitSample {
  /// How many clusters the two arms have.
  func clusters(of contrast: Contrast) -> Int {
    guard let clusters else { return count }
    let compared = [contrast.arm, contrast.control]
    return Set(
      assignment.indices.filter { compared.contains(arms[assignment[$0]]) }
        .map { clusters.groups[$0] }
    ).count
  }
}
