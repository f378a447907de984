import RandomAssignment
import Statistics
import Trials

// The primary comparisons by other roads: drawn again, as a posterior, at any time, against a margin.
// The verdict rests on none of them.

extension TrialAnalysis {
  /// One row an outcome, arm and method.
  func supplements(in observations: Observations) -> [ResultRow] {
    guard let control = trial.control?.arm.id else { return [] }
    return trial.outcomes.filter { $0.role == .primary }.flatMap { outcome in
      trial.treatments.flatMap { treatment in
        let comparison = Comparison(
          outcome, Contrast(treatment.arm.id, versus: control), in: self, observations)
        return comparison.map { supplements(to: $0) } ?? []
      }
    }
  }

  private func supplements(to comparison: Comparison) -> [ResultRow] {
    var rows: [ResultRow] = []
    for method in trial.analysis.inference {
      switch method {
      case .randomization:
        rows.append(
          redrawn(
            comparison,
            by: RandomizationInference(draws: trial.analysis.draws, seed: trial.analysis.seed)))
      case .bootstrap:
        rows.append(
          redrawn(
            comparison,
            by: BootstrapInference(draws: trial.analysis.draws, seed: trial.analysis.seed)))
      case .wildClusterBootstrap:
        rows.append(redrawn(comparison, by: wildClusterBootstrap))
      case .bayes:
        rows.append(posterior(of: comparison))
        if let prior = trial.analysis.prior {
          rows.append(posterior(of: comparison, prior: prior))
        }
      case .confidenceSequence:
        rows.append(confidenceSequence(of: comparison))
      }
    }
    if isRedrawn(comparison) { rows.append(clusterRobust(comparison)) }
    switch comparison.outcome.framework {
    case .superiority: break
    case .equivalence: rows.append(equivalence(of: comparison))
    case .nonInferiority: rows.append(nonInferiority(of: comparison))
    }
    return rows
  }

  // MARK: - Drawn again

  private var wildClusterBootstrap: WildClusterBootstrap {
    WildClusterBootstrap(draws: trial.analysis.draws, seed: trial.analysis.seed)
  }

  /// Whether clusters are so few that the planned row itself rests on re-drawn arms.
  private func isRedrawn(_ comparison: Comparison) -> Bool {
    comparison.fewClusters?.redrawn != nil
  }

  /// The t-test with cluster-robust errors, where the planned row rests on something better.
  private func clusterRobust(_ comparison: Comparison) -> ResultRow {
    row(of: comparison, by: "cluster_robust") { (row, estimate) throws(EstimationError) in
      row.pValue = try FixedHorizon().pValue(of: estimate)
      row.add(try FixedHorizon().interval(of: estimate, level: trial.analysis.level))
    }
  }

  private func redrawn(_ comparison: Comparison, by method: some UnitInference) -> ResultRow {
    row(of: comparison, by: type(of: method).name) { (row, _) throws(EstimationError) in
      let estimator = trial.estimator(for: comparison.outcome).estimator
      guard
        method.applies(to: comparison.outcome.response.kind, drawnIn: trial.drawnGroups)
      else { throw .wrongKindOfOutcome }
      guard let units = comparison.units else { throw .noUnits(arm: comparison.contrast.arm) }
      let found = try method.estimate(
        comparison.contrast, of: comparison.outcome.response, in: units, by: estimator)
      row.add(found)
      row.pValue = try found.evidence.pValue(of: found.evidence.noEffect)
      row.add(try found.evidence.interval(level: trial.analysis.level))
      if let (count, isExact) = found.evidence.draws {
        row.notes.append(.draws(count, exact: isExact))
      }
    }
  }

  // MARK: - Posteriors

  /// Rates of independent units by their beta posteriors; anything else as a normal estimate with a
  /// prior that says nothing.
  private func posterior(of comparison: Comparison) -> ResultRow {
    row(of: comparison, by: SupplementaryInference.bayes.rawValue) {
      (row, estimate) throws(EstimationError) in
      row.seType = MarginalMeans.StandardErrorType.posterior.rawValue
      if let (arm, control) = try comparison.betaPosteriors {
        let difference = RateDifferencePosterior(arm, versus: control)
        try row.add(
          difference, better: comparison.outcome.better, level: trial.analysis.level,
          losses: (
            difference.expectedLoss,
            RateDifferencePosterior(control, versus: arm).expectedLoss
          ))
      } else {
        guard let value = estimate.value, let error = estimate.standardError,
          estimate.evidence.noEffect == 0
        else { throw .undefined }
        // So wide that the prior's part is below the last digit.
        let flat = NormalPrior(mean: value, standardDeviation: 1e9 * error)
        try add(
          NormalPosterior(estimate: value, standardError: error, prior: flat), to: &row, comparison)
      }
    }
  }

  /// The normal estimate under the prior that the trial file states.
  private func posterior(of comparison: Comparison, prior: NormalPrior) -> ResultRow {
    row(of: comparison, by: "bayes_informed") { (row, estimate) throws(EstimationError) in
      row.seType = MarginalMeans.StandardErrorType.posterior.rawValue
      guard let value = estimate.value, let error = estimate.standardError,
        estimate.evidence.noEffect == 0
      else { throw .undefined }
      try add(
        NormalPosterior(estimate: value, standardError: error, prior: prior), to: &row, comparison)
      row.notes.append(.prior(mean: prior.mean, spread: prior.standardDeviation))
    }
  }

  private func add(
    _ posterior: NormalPosterior, to row: inout ResultRow, _ comparison: Comparison
  ) throws(EstimationError) {
    let losses = (
      try posterior.expectedLoss(ofAdoptingAt: 0), try posterior.expectedLoss(ofDecliningAt: 0)
    )
    try row.add(
      posterior, better: comparison.outcome.better, level: trial.analysis.level, losses: losses)
    row.stdError = posterior.standardDeviation
  }

  // MARK: - At any time

  /// The normal mixture, tuned to the size that the trial plans to reach.
  private func confidenceSequence(of comparison: Comparison) -> ResultRow {
    row(of: comparison, by: SupplementaryInference.confidenceSequence.rawValue) {
      (row, estimate) throws(EstimationError) in
      row.seType = SupplementaryInference.confidenceSequence.rawValue
      guard let value = estimate.value, let error = estimate.standardError,
        estimate.evidence.noEffect == 0
      else { throw .undefined }
      let units = Double((row.nArm ?? 0) + (row.nControl ?? 0))
      let planned = units / (sequential?.informationFraction ?? 1)
      let evidence = try MixtureEvidence(
        estimate: value, standardError: error, units: units, tunedTo: planned)
      row.pValue = try evidence.pValue(of: 0)
      let interval = try evidence.interval(level: trial.analysis.level)
      row.add(interval)
      let once = try FixedHorizon().interval(of: estimate, level: trial.analysis.level)
      if let ours = interval.width, let fixed = once.width, fixed > 0 {
        row.notes.append(.price(ours / fixed))
      }
    }
  }

  // MARK: - Margins

  private func equivalence(of comparison: Comparison) -> ResultRow {
    row(of: comparison, by: Outcome.Framework.equivalence.rawValue) {
      (row, estimate) throws(EstimationError) in
      let alpha = 1 - trial.analysis.level
      guard let margin = comparison.outcome.worthwhile, estimate.evidence.noEffect == 0 else {
        throw .undefined
      }
      row.confLevel = 1 - 2 * alpha
      row.pValue = try Equivalence(within: margin, significance: alpha).verdict(on: estimate).pValue
      row.add(try FixedHorizon().interval(of: estimate, level: row.confLevel))
      row.notes.append(.margin(margin))
    }
  }

  private func nonInferiority(of comparison: Comparison) -> ResultRow {
    row(of: comparison, by: Outcome.Framework.nonInferiority.rawValue) {
      (row, estimate) throws(EstimationError) in
      guard let margin = comparison.outcome.worthwhile, estimate.evidence.noEffect == 0 else {
        throw .undefined
      }
      let isHigherBetter = comparison.outcome.better == .more
      row.pValue = try NonInferiority(
        margin: isHigherBetter ? -margin : margin,
        direction: isHigherBetter ? .higherIsBetter : .lowerIsBetter,
        significance: (1 - trial.analysis.level) / 2
      ).verdict(on: estimate).pValue
      row.add(try FixedHorizon().interval(of: estimate, level: trial.analysis.level))
      row.notes.append(.margin(margin))
    }
  }

  // MARK: - Rows

  /// A row with the planned estimate, to which `fill` adds what the method says.
  private func row(
    of comparison: Comparison, by method: String,
    fill: (inout ResultRow, Estimate) throws(EstimationError) -> Void
  ) -> ResultRow {
    var row = ResultRow(
      outcome: comparison.outcome.id, role: comparison.outcome.role.rawValue,
      arm: comparison.contrast.arm, control: comparison.contrast.control, cohort: "all",
      estimand: "ITT", measure: type(of: comparison.measure).name, estimator: method,
      confLevel: trial.analysis.level, notes: caveats)
    do throws(EstimationError) {
      let means = try comparison.means.get()
      row.addCounts(of: comparison.contrast, from: means)
      let estimate = try comparison.measure.estimate(comparison.contrast, from: means)
      row.add(estimate)
      try fill(&row, estimate)
    } catch {
      row.notes.insert(Note(error), at: 0)
    }
    return row
  }
}

/// One primary outcome in one arm against the control, on the scale on which it is tested.
private struct Comparison {
  let outcome: Outcome
  let contrast: Contrast
  let measure: any EffectMeasure
  let means: Result<MarginalMeans, EstimationError>
  let units: UnitSample?
  let fewClusters: FewClusters?

  init?(
    _ outcome: Outcome, _ contrast: Contrast, in analysis: TrialAnalysis,
    _ observations: Observations
  ) {
    let estimator = analysis.trial.estimator(for: outcome).estimator
    guard let quantity = type(of: estimator).quantities[outcome.response.kind],
      let measure = Catalogue.effectMeasures(for: quantity).first
    else { return nil }
    self.outcome = outcome
    self.contrast = contrast
    self.measure = measure
    means = analysis.marginalMeans(of: outcome, cohort: nil, in: observations)
    units = observations.showings[.init(outcome: outcome.id)]?.sample.units
    fewClusters = analysis.fewClusters(
      measure, contrast, on: outcome, cohort: nil, by: estimator, from: means, in: observations)
  }

  /// The two rates' posteriors under Jeffreys's prior, where counts of independent units say all.
  var betaPosteriors: (arm: BetaPosterior, control: BetaPosterior)? {
    get throws(EstimationError) {
      let means = try means.get()
      guard means.areSimpleAverages, means.quantity == .rate else { return nil }
      func posterior(_ arm: String) throws(EstimationError) -> BetaPosterior? {
        let mean = means.arms[try means.index(of: arm)]
        guard let events = mean.events else { return nil }
        return try BetaPosterior(events: events, of: mean.count)
      }
      guard let arm = try posterior(contrast.arm), let control = try posterior(contrast.control)
      else { return nil }
      return (arm, control)
    }
  }
}

extension ResultRow {
  /// A posterior has an interval and a probability, and no p-value.
  fileprivate mutating func add(
    _ posterior: some Posterior, better: Outcome.Better, level: Double,
    losses: (arm: Double, control: Double)
  ) throws(EstimationError) {
    (estimate, stdError, statistic, df, pValue) = (posterior.mean, nil, nil, nil, nil)
    add(try posterior.interval(level: level))
    let above = try posterior.probability(above: 0)
    let isMoreBetter = better == .more
    notes.append(
      .posterior(
        better: isMoreBetter ? above : 1 - above,
        armLoss: isMoreBetter ? losses.arm : losses.control,
        controlLoss: isMoreBetter ? losses.control : losses.arm))
  }
}

extension Interval {
  fileprivate var width: Double? {
    guard case .between(let lower, let upper) = self, (upper - lower).isFinite else { return nil }
    return upper - lower
  }
}

extension Evidence {
  /// How many draws it rests on, and whether they are all that were possible; nil where it rests on
  /// none.
  var draws: (count: Int, isExact: Bool)? {
    switch self {
    case let evidence as RandomizationEvidence: (evidence.draws, evidence.isExact)
    case let evidence as WildClusterEvidence: (evidence.draws, evidence.isExact)
    case let evidence as BootstrapInterval: (evidence.draws.count, false)
    default: nil
    }
  }
}
