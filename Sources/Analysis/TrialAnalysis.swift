import RandomAssignment
public import Statistics
public import Trials

/// The analysis of one trial, pure from observations to findings: no file, no clock, no randomness.
public struct TrialAnalysis: Sendable {
  /// The trial.
  public let trial: Trial
  /// How arm means are found.
  public let estimator: any Estimator
  /// How estimates become p-values and intervals.
  public let inference: any Inference

  /// Prepares the analysis that the trial's file asks for.
  public init(of trial: Trial) {
    self.trial = trial
    estimator = trial.analysis.estimator.estimator
    inference = FixedHorizon()
  }

  /// What must be known about the data, for every outcome in one request.
  public var request: MomentRequest {
    trial.outcomes.reduce(into: MomentRequest()) { request, outcome in
      request.formUnion(estimator.request(for: outcome.response))
    }
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
