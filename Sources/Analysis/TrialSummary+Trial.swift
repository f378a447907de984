import RandomAssignment
import Statistics
public import Trials
import Vocabulary

extension TrialSummary {
  /// Takes from a trial what readers of its result need.
  public init(of trial: Trial) {
    self.init(
      id: trial.id, title: trial.title, owner: trial.owner,
      from: trial.period?.from, to: trial.period?.to,
      counted: trial.counted, arms: trial.variants.map(ArmSummary.init),
      insights: trial.insights.map {
        InsightSummary(id: $0.id, source: $0.source, barrier: $0.barrier)
      },
      outcomes: trial.outcomes.map {
        OutcomeSummary(
          id: $0.id, name: $0.name, role: $0.role.rawValue, kind: $0.response.kind.rawValue,
          estimator: trial.estimator(for: $0).name, measure: trial.measure(of: $0),
          better: $0.better.rawValue, worthwhile: $0.worthwhile,
          adjustedFor: trial.estimator(for: $0).covariates.nilIfEmpty,
          column: $0.response.kind == .binary ? $0.response.column : nil)
      },
      cohorts: trial.cohorts.map { CohortSummary(id: $0.id, name: $0.name) },
      assignmentMethod: trial.assignment.method.rawValue,
      blocks: trial.assignment.blocks, clusters: trial.assignment.clusters,
      level: trial.analysis.level,
      multiplicity: trial.analysis.multiplicity.name,
      simulated: trial.data.simulated, source: trial.data.source)
  }
}

extension SelectedEstimator {
  /// The columns that it adjusts for; probabilities are weights, and a stepped wedge's period is no attribute of anybody.
  fileprivate var covariates: [String] {
    let others: [any Estimator.Type] = [Hajek.self, HorvitzThompson.self, TwoWay.self]
    return others.contains { $0 == type(of: estimator) } ? [] : estimator.columns
  }
}

extension Array {
  /// Itself, where it holds anything.
  fileprivate var nilIfEmpty: Self? { isEmpty ? nil : self }
}

extension Trial {
  /// The scale on which an outcome's arms are compared first.
  fileprivate func measure(of outcome: Outcome) -> String {
    let quantity = type(of: estimator(for: outcome).estimator).quantities[outcome.response.kind]
    return quantity.flatMap { Catalogue.effectMeasures(for: $0).first }
      .map { type(of: $0).name } ?? ""
  }
}

extension TrialSummary.ArmSummary {
  init(_ variant: MessageVariant) {
    self.init(
      id: variant.arm.id, name: variant.name, control: variant.isControl,
      share: variant.arm.share, message: variant.message, east: variant.east.map(\.rawValue),
      addresses: variant.addresses, channel: variant.channel, cost: variant.cost)
  }
}
