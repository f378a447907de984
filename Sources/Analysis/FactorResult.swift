import Trials
public import Vocabulary

/// What a factorial trial says of one factor: its levels take the place of arms, the first that of the control.
public struct FactorResult: Codable, Hashable, Sendable {
  /// The factor's identifier.
  public var id: String
  /// The name for readers.
  public var name: BilingualText
  /// The levels.
  public var arms: [TrialSummary.ArmSummary]
  /// One row an effect: the level averaged over the other factors, against the first level.
  public var results: [ResultRow]
  /// One row a mean.
  public var means: [MeanRow]
  /// The funnel, step by step and level by level.
  public var funnel: [FunnelRow]
  /// One for each confirmatory outcome × level.
  public var verdicts: [Verdict]
  /// One curve a time-to-event outcome and level.
  public var curves: [SurvivalCurve]
  /// Whether effects differ between groups, or between the levels of another factor.
  public var subgroups: [SubgroupFinding]

  init(of factor: CrossedFactor, in trial: Trial, _ findings: Findings) {
    id = factor.id
    name = factor.name
    arms = trial.variants.map(TrialSummary.ArmSummary.init)
    results = findings.results
    means = findings.means
    funnel = findings.funnel
    verdicts = findings.verdicts
    curves = findings.curves
    subgroups = findings.subgroups
  }
}

extension TrialResult {
  /// The result of one factor as that of a trial of its own.
  public func result(of factor: FactorResult) -> TrialResult {
    var result = self
    result.trial.arms = factor.arms
    result.results = factor.results
    result.means = factor.means
    result.funnel = factor.funnel
    result.verdicts = factor.verdicts
    result.curves = factor.curves
    result.subgroups = factor.subgroups
    return result
  }

  /// Every row of the result table: the main effects of a factorial trial first, then its combinations.
  public var everyRow: [ResultRow] {
    factors.isEmpty ? results : factors.flatMap(\.results) + results
  }
}
