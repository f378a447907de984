import RandomAssignment
public import Statistics
public import Trials

/// The analysis of one trial, pure from observations to findings: no file, no clock, no randomness.
public struct TrialAnalysis: Sendable {
  /// The trial.
  public let trial: Trial
  /// How estimates become p-values and intervals.
  public let inference: any Inference

  /// Prepares the analysis that the trial's file asks for.
  public init(of trial: Trial) {
    self.trial = trial
    inference = FixedHorizon()
  }

  /// How an outcome's arms are estimated: first the plan's estimator, on which the verdict rests;
  /// then those that a reader wants to see beside it, such as the comparison without adjustment.
  func estimators(for outcome: Outcome) -> [any Estimator] {
    let planned = trial.estimator(for: outcome).estimator
    let beside = Catalogue.companions(for: outcome.response.kind)
      .filter { type(of: $0).name != type(of: planned).name && canFeed($0, outcome) }
    return [planned] + beside
  }

  /// Counts cannot feed an estimator that looks at units.
  private func canFeed(_ estimator: any Estimator, _ outcome: Outcome) -> Bool {
    if trial.data.shape == .units { return true }
    if case .units = need(of: estimator, for: outcome) { return false }
    return true
  }

  private func need(of estimator: any Estimator, for outcome: Outcome) -> DataNeed {
    estimator.need(for: outcome.response, drawnIn: trial.drawnGroups)
  }

  /// What must be seen of an outcome, for all its estimators.
  func needs(for outcome: Outcome) -> [DataNeed] {
    estimators(for: outcome).map { need(of: $0, for: outcome) }
  }

  /// Everything that the observations say.
  public func findings(from observations: Observations) -> Findings {
    var rows = effects(in: observations)
    adjust(&rows)
    return Findings(
      results: rows,
      means: means(in: observations),
      funnel: funnel(in: observations),
      checks: checks(of: observations),
      verdicts: verdicts(from: rows, in: observations))
  }
}

/// What an analysis found, before it is filed with its circumstances as a ``TrialResult``.
public struct Findings: Hashable, Sendable {
  /// One row an effect.
  public var results: [ResultRow]
  /// One row a mean.
  public var means: [MeanRow]
  /// One row a step and arm.
  public var funnel: [FunnelRow]
  /// What was checked.
  public var checks: [Check]
  /// The conclusions.
  public var verdicts: [Verdict]
}
