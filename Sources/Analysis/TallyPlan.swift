public import DataSources
import RandomAssignment
import Statistics
import Trials
import Vocabulary

// Which analyses need no row: their source is asked to add them up.

extension TrialAnalysis {
  /// What a source must add up for this analysis; nil where units must be looked at.
  ///
  /// Units must be looked at where whole clusters were drawn within blocks or are compared by anything but plain means, arms or units
  /// are drawn again, an outcome is a time, a quantile or a take-up, or cells are hidden by how groups hold each other.
  public var tallyRequest: TallyRequest? {
    let plan = trial.analysis
    guard trial.data.shape == .units, trial.assignment.wedge == nil, plan.takeup == nil,
      plan.multiplicity != .maxT,
      trial.disclosure == nil
    else { return nil }
    var sets = MomentRequest()
    for outcome in trial.outcomes {
      guard let wanted = variableSets(of: outcome) else { return nil }
      sets.formUnion(MomentRequest(wanted))
    }
    var previous: [String] = []
    for step in trial.funnel {
      sets.formUnion(MomentRequest([VariableSet([step.column])]))
      if !previous.isEmpty {
        sets.formUnion(MomentRequest([VariableSet(previous + [step.column])]))
      }
      previous = [step.column]
    }
    let common = commonColumns.union(numberColumns)
    for column in columnsKnownBefore where common.contains(ColumnRequest(column, as: .number)) {
      sets.formUnion(MomentRequest([VariableSet([column])]))
    }
    let arm = trial.assignment.column
    let texts = commonColumns.filter { $0.form == .category && $0.name != arm }.map(\.name)
    return TallyRequest(
      texts: [arm] + texts.sorted(), tests: numberTests, sets: sets.sets,
      binaries: Set(BinaryColumns(of: trial).names), rereads: adjustedColumns)
  }

  /// The sets of one outcome's columns; nil where some estimator looks at units.
  private func variableSets(of outcome: Outcome) -> [VariableSet]? {
    guard outcome.role != .primary || !trial.analysis.drawsAgain else { return nil }
    if trial.drawnGroups.hasClusters { return clusterTotals(of: outcome).map { [$0] } }
    var sets: [VariableSet] = []
    for estimator in estimators(for: outcome) {
      switch estimator.need(for: outcome.response, drawnIn: trial.drawnGroups) {
      case .moments(let wanted, _): sets += wanted
      case .units:
        guard let need = adjustment(of: outcome, by: estimator) else { return nil }
        sets += [need.set, VariableSet(outcome.response.columns)]
      }
    }
    return sets
  }

  func adjustment(of outcome: Outcome, by estimator: any Estimator) -> AdjustmentNeed? {
    estimator.adjustment(of: outcome.response, drawnIn: trial.drawnGroups)
  }

  /// The outcomes and covariates of adjustments, whose residuals are read after the first fit.
  private var adjustedColumns: Set<String> {
    Set(
      trial.outcomes.flatMap { outcome in
        estimators(for: outcome).compactMap { adjustment(of: outcome, by: $0) }
      }.flatMap(\.set.columns))
  }

  /// Every test on a number, in conditions of whatever kind.
  private var numberTests: [TallyRequest.NumberTest] {
    let conditions =
      [trial.population] + trial.cohorts.map(\.condition) + trial.outcomes.map(\.condition)
    var tests: [TallyRequest.NumberTest] = []
    for test in conditions.flatMap(\.numberTests) where !tests.contains(test) {
      tests.append(test)
    }
    return tests
  }
}

extension Condition {
  fileprivate var numberTests: [TallyRequest.NumberTest] {
    clauses.filter { !$0.test.looksAtText }
      .map { TallyRequest.NumberTest(column: $0.column, $0.test) }
      + (alternatives ?? []).joined().flatMap(\.numberTests)
  }
}
