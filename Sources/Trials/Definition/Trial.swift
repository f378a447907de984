public import Statistics
public import Vocabulary

/// A trial as its file defines it: why, what is sent, to whom, how drawn, what is measured, how analysed.
public struct Trial: Codable, Hashable, Sendable {
  /// Identifier: a–z, 0–9 and hyphens.
  public var id: String
  /// The title for readers.
  public var title: BilingualText
  /// Who answers for the trial.
  public var owner: BilingualText?
  /// First and last day, both included.
  public var period: Period?
  /// What interviews and workshops found.
  public var insights: [Insight]
  /// The message variants; exactly one is the control.
  public var variants: [MessageVariant]
  /// Who takes part; rows that do not satisfy it are left out and counted.
  public var population: Condition
  /// Groups within which effects are also shown.
  public var cohorts: [Cohort]
  /// What is randomised and counted.
  public var unit: UnitOfObservation
  /// What units are called when they are counted, such as 世帯; nil is people.
  public var counted: BilingualText?
  /// How units were given to arms.
  public var assignment: AssignmentPlan
  /// What is measured.
  public var outcomes: [Outcome]
  /// Binary columns from the first step to the last.
  public var funnel: [FunnelStep]
  /// How the results are computed.
  public var analysis: AnalysisPlan
  /// What is watched while the trial runs.
  public var monitoring: MonitoringPlan?
  /// Where the data are.
  public var data: DataDescription
  /// What is assumed before the trial begins.
  public var planning: PlanningAssumptions?
  /// Assumptions for `nudge simulate`.
  public var simulation: SimulationPlan?
  /// How the result is carried over to municipalities.
  public var rollout: RolloutPlan?
  /// What is hidden in what is published; nil where nothing is.
  public var disclosure: DisclosurePlan?

  /// The arm that the others are compared with.
  public var control: MessageVariant? { variants.first(where: \.isControl) }
  /// The arms that are compared with the control, in the order of the file.
  public var treatments: [MessageVariant] { variants.filter { !$0.isControl } }

  /// How units were drawn, as far as the data can show it: counts cannot show clusters.
  public var drawnGroups: DrawnGroups {
    DrawnGroups(
      hasBlocks: !assignment.blocks.isEmpty,
      hasClusters: assignment.clusters != nil && data.shape == .units)
  }

  /// How an outcome's arms are estimated: as the outcome says, or the plan, or, where that does not
  /// suit its kind, by the first estimator of the catalogue that does.
  public func estimator(for outcome: Outcome) -> SelectedEstimator {
    let kind = outcome.response.kind
    let chosen = [outcome.estimator, analysis.estimator].compactMap(\.self)
      .first { type(of: $0.estimator).quantities[kind] != nil }
    return chosen ?? Catalogue.defaultEstimator(for: kind).map(SelectedEstimator.init)
      ?? analysis.estimator
  }
}

/// First and last day of a trial, both included.
public struct Period: Codable, Hashable, Sendable {
  /// The first day.
  public var from: CalendarDate
  /// The last day.
  public var to: CalendarDate
}
