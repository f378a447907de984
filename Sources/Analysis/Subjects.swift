import DataSources
import Statistics
import Trials
import Vocabulary

// Whom the outcomes are looked at in: everyone, the cohorts, and the subgroups that the data name.

extension TrialAnalysis {
  /// More values than this make no subgroups that anyone could read.
  static let mostLevels = 50

  /// The values of each subgroup's column.
  func levels(in table: Table, where rows: RowMask) throws(TableError) -> [String: [String]] {
    var levels: [String: [String]] = [:]
    for plan in trial.analysis.subgroups {
      levels[plan.column] = try table.levels(of: plan.column, in: rows)
    }
    return levels
  }

  /// Every outcome in every cohort and subgroup, with the rule that picks its rows within the
  /// population; `levels` are the values of each subgroup's column.
  func subjects(
    levels: [String: [String]]
  ) -> [(subject: Observations.Subject, outcome: Outcome, condition: Condition)] {
    let cohorts: [(id: String?, condition: Condition)] =
      [(nil, Condition())] + trial.cohorts.map { ($0.id, $0.condition) }
    let subgroups = subgroupConditions(levels: levels)
    var subjects: [(subject: Observations.Subject, outcome: Outcome, condition: Condition)] = []
    for outcome in trial.outcomes {
      for (id, condition) in cohorts + (isSplit(outcome) ? subgroups : []) {
        subjects.append(
          (
            Observations.Subject(outcome: outcome.id, cohort: id), outcome,
            trial.population.and(outcome.condition).and(condition)
          ))
      }
    }
    return subjects
  }

  /// Which cohorts and subgroups hold which among the rows of some people; empty where nothing is hidden from anybody.
  func families(
    levels: [String: [String]], in table: Table, where rows: RowMask
  ) throws(TableError) -> [GroupFamily] {
    guard trial.disclosure != nil else { return [] }
    var groups: [(name: String, rows: RowMask)] = []
    for (name, condition) in trial.cohorts.map({ ($0.id, $0.condition) })
      + subgroupConditions(levels: levels).map({ ($0.id ?? "", $0.condition) })
    {
      groups.append(
        (name, try table.rows(satisfying: condition).intersection(rows)))
    }
    return GroupFamily.families(of: groups)
  }

  private func subgroupConditions(
    levels: [String: [String]]
  ) -> [(id: String?, condition: Condition)] {
    trial.analysis.subgroups.flatMap { plan in
      let values = levels[plan.column] ?? []
      return (values.count > Self.mostLevels ? [] : values).map { level in
        (
          Observations.Subject.subgroup(plan.column, level),
          Condition([Condition.Clause(column: plan.column, .among([level]))])
        )
      }
    }
  }
}

extension Table {
  /// The values of a column that occur in some rows: numbers by size, texts by their letters.
  fileprivate func levels(of column: String, in rows: RowMask) throws(TableError) -> [String] {
    let categories = try categories(column)
    var occurs = Array(repeating: false, count: categories.levels.count)
    for row in categories.codes.indices where rows[row] && categories.codes[row] >= 0 {
      occurs[Int(categories.codes[row])] = true
    }
    return categories.levels.indices.filter { occurs[$0] }.map { categories.levels[$0] }
      .sortedAsLevels
  }
}

extension Sequence<String> {
  /// Numbers by size, texts by their letters.
  var sortedAsLevels: [String] {
    sorted { left, right in
      guard let a = DecimalText.parse(left), let b = DecimalText.parse(right), a != b else {
        return left < right
      }
      return a < b
    }
  }
}
