public import Ledger
import RandomAssignment
public import Statistics
public import Trials

/// The analysis of one trial, pure from observations to findings: no file, no clock, no randomness.
public struct TrialAnalysis: Sendable {
  /// The trial.
  public let trial: Trial
  /// How estimates become p-values and intervals, apart from the primary outcomes of a trial with
  /// looks.
  public let inference: any Inference
  /// How the primary outcomes are read at the look that is analysed; nil for a trial analysed once.
  let sequential: GroupSequential?
  /// Everyone who was drawn, in their order; empty where no ledger says so.
  let drawn: [DrawnUnit]
  /// Whether the arms are compared with the drawn list; a test of the sample ratio then says nothing more about
  /// designs that fix the arms' sizes.
  var hasDrawnList: Bool { !drawn.isEmpty }

  /// Prepares the analysis that the trial's file asks for.
  ///
  /// - Parameters:
  ///   - trial: the trial.
  ///   - look: the planned look that the data belong to, from 1; nil is the last.
  ///   - drawn: everyone who was drawn, in their order; empty where no ledger says so.
  public init(of trial: Trial, look: Int? = nil, drawn: [DrawnUnit] = []) {
    self.trial = trial
    self.drawn = drawn
    inference = FixedHorizon()
    sequential = trial.analysis.looks.flatMap { plan in
      let index = min(max(look ?? plan.fractions.count, 1), plan.fractions.count) - 1
      return try? GroupSequential(
        informationFractions: plan.fractions, spending: plan.function,
        significance: 1 - trial.analysis.level, look: index)
    }
  }

  /// How one outcome's estimates become p-values and intervals in one cohort.
  func inference(for outcome: Outcome, cohort: String?) -> any Inference {
    guard let sequential, outcome.role == .primary, cohort == nil else { return inference }
    return sequential
  }

  /// How an outcome's arms are estimated: first the plan's estimator, on which the verdict rests;
  /// then those that a reader wants to see beside it, such as the comparison without adjustment.
  func estimators(for outcome: Outcome) -> [any Estimator] {
    let planned = trial.estimator(for: outcome).estimator
    // Any other comparison of a stepped wedge would be one of times.
    guard trial.assignment.wedge == nil else { return [planned] }
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
    let ofEstimators = estimators(for: outcome).map { need(of: $0, for: outcome) }
    let looksAtUnits = outcome.role == .primary && trial.analysis.drawsAgain
    return ofEstimators + (looksAtUnits ? [.units(covariates: [], factors: [])] : [])
  }

  /// Everything that the observations say.
  public func findings(from observations: Observations) -> Findings {
    TrialAnalysis.findings(of: [(self, observations)])[0]
  }

  /// What several analyses find that are one family of tests.
  static func findings(
    of parts: [(analysis: TrialAnalysis, observations: Observations)]
  ) -> [Findings] {
    let tables = adjusted(parts.map { $0.analysis.effects(in: $0.observations) }, of: parts)
    return zip(parts, tables).map { part, rows in
      part.analysis.findings(rows, from: part.observations)
    }
  }

  private func findings(_ rows: [ResultRow], from observations: Observations) -> Findings {
    Findings(
      results: rows + supplements(in: observations),
      means: means(in: observations),
      funnel: funnel(in: observations),
      checks: checks(of: observations),
      verdicts: verdicts(from: rows, in: observations), curves: curves(in: observations),
      subgroups: subgroups(in: observations))
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
  /// One curve a time-to-event outcome and arm.
  public var curves: [SurvivalCurve]
  /// Comparisons of effects between groups.
  public var subgroups: [SubgroupFinding]
}
