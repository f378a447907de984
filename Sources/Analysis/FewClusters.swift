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
    let sample = observations.showings[.init(outcome: outcome.id, cohort: cohort)]?.sample
    guard let units = sample?.units,
      let freedom = clusterDegreesOfFreedom(scale, contrast, from: means, in: sample),
      freedom < Self.fewestDegreesOfFreedom
    else { return nil }
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

  /// Whether some comparison has few clusters: what is then drawn again goes by the order of the rows, which totals do not know.
  func hasFewClusters(in observations: Observations) -> Bool {
    guard trial.drawnGroups.hasClusters, let control = trial.control?.arm.id else { return false }
    let cohorts: [String?] = [nil] + trial.cohorts.map(\.id)
    for outcome in trial.outcomes {
      for cohort in cohorts {
        let sample = observations.showings[.init(outcome: outcome.id, cohort: cohort)]?.sample
        for estimator in estimators(for: outcome) {
          guard let quantity = type(of: estimator).quantities[outcome.response.kind],
            let scale = Catalogue.effectMeasures(for: quantity).first
          else { continue }
          let means = marginalMeans(of: outcome, cohort: cohort, by: estimator, in: observations)
          let hasFew = trial.treatments.contains { treatment in
            let contrast = Contrast(treatment.arm.id, versus: control)
            let freedom = clusterDegreesOfFreedom(scale, contrast, from: means, in: sample)
            // Clusters of one size have whole degrees of freedom, up to rounding: at the limit rows decide.
            return freedom.map { $0 < Self.fewestDegreesOfFreedom + 1e-6 } ?? false
          }
          if hasFew { return true }
        }
      }
    }
    return false
  }

  /// The degrees of freedom of a comparison of clusters; nil where there is none, or units were drawn one by one.
  private func clusterDegreesOfFreedom(
    _ scale: any EffectMeasure, _ contrast: Contrast,
    from means: Result<MarginalMeans, EstimationError>, in sample: Sample?
  ) -> Double? {
    guard trial.drawnGroups.hasClusters, let sample, let means = try? means.get(),
      let planned = try? scale.estimate(contrast, from: means),
      let clusters = sample.clusterTotals?.clusterCount(of: contrast)
        ?? sample.units?.clusters(of: contrast)
    else { return nil }
    return planned.degreesOfFreedom ?? Double(clusters - 2)
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
