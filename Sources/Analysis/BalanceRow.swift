import DataSources
import RandomAssignment
import Statistics
import Trials
import Vocabulary

/// How alike an arm and the control are in something that was known before the draw.
public struct BalanceRow: Codable, Hashable, Sendable {
  /// The column.
  public var column: String
  /// The value whose share is compared; nil for a column of numbers.
  public var level: String?
  public var arm: String
  public var control: String
  /// The arm's mean or share.
  public var mean: Double?
  public var controlMean: Double?
  /// (x̄ − x̄₀)/√((s² + s₀²)/2).
  public var standardizedDifference: Double?

  enum CodingKeys: String, CodingKey {
    case column, level, arm, control, mean
    case controlMean = "control_mean"
    case standardizedDifference = "standardized_difference"
  }
}

extension TrialAnalysis {
  /// A column of more values than this has no table that anyone reads.
  static let mostBalanceLevels = 12

  /// What the trial names that was known before the draw: covariates, blocks, and what groups are made of.
  var columnsKnownBefore: [String] {
    // In a stepped wedge the same places are compared with themselves at other times.
    guard trial.assignment.wedge == nil else { return [] }
    var seen: Set<String> = []
    let names =
      trial.outcomes.flatMap { trial.estimator(for: $0).estimator.columns }
      + trial.assignment.blocks
      + trial.analysis.subgroups.filter(\.isPlanned).map(\.column)
      + trial.cohorts.flatMap { $0.condition.columns }
    return names.filter { seen.insert($0).inserted && $0 != trial.assignment.column }
  }

  /// The arms beside the control in each of those columns, among some rows.
  func balance(
    in table: Table, arms: ArmColumn, where rows: RowMask
  ) throws(TableError) -> [BalanceRow] {
    guard let control = trial.control?.arm.id,
      let controlPlace = arms.names.firstIndex(of: control)
    else { return [] }
    let places = (0..<table.rowCount).filter { rows[$0] && arms[$0] != nil }
    var found: [BalanceRow] = []
    for column in columnsKnownBefore {
      for (level, values) in try variables(of: column, in: table, rows: places) {
        var byArm = Array(repeating: [Double](), count: arms.names.count)
        for (row, value) in zip(places, values) {
          if let arm = arms[row] { byArm[arm].append(value) }
        }
        for treatment in trial.treatments {
          guard let arm = arms.names.firstIndex(of: treatment.arm.id) else { continue }
          let balance = CovariateBalance(arm: byArm[arm], control: byArm[controlPlace])
          found.append(
            BalanceRow(
              column: column, level: level, arm: treatment.arm.id, control: control,
              mean: balance.mean, controlMean: balance.controlMean,
              standardizedDifference: balance.standardizedDifference))
        }
      }
    }
    return found
  }

  /// A column of numbers as it is, one of texts as an indicator of each value.
  private func variables(
    of column: String, in table: Table, rows: [Int]
  ) throws(TableError) -> [(level: String?, values: [Double])] {
    if table.columns[ColumnRequest(column, as: .number)] != nil {
      let numbers = try table.numbers(column)
      return [(nil, rows.map { numbers[$0] })]
    }
    guard table.columns[ColumnRequest(column, as: .category)] != nil else { return [] }
    let categories = try table.categories(column)
    let present = Set(rows.map { categories.codes[$0] }).filter { $0 >= 0 }.sorted {
      categories.levels[Int($0)] < categories.levels[Int($1)]
    }
    guard present.count > 1, present.count <= Self.mostBalanceLevels else { return [] }
    return present.map { code in
      (
        categories.levels[Int(code)],
        rows.map { row in
          categories.codes[row] < 0 ? .nan : categories.codes[row] == code ? 1 : 0
        }
      )
    }
  }
}
