import DataSources
import Ledger
import RandomAssignment
import Statistics
import Trials
import Vocabulary

/// The analyses of a factorial trial: one a factor, all in one family of tests, and the combinations beside them.
///
/// A trial that is not factorial has no factors, and its arms are the family.
struct FactorAnalyses {
  /// The combinations as arms.
  let arms: TrialAnalysis
  /// One a factor: its levels are the arms.
  let factors: [(factor: CrossedFactor, analysis: TrialAnalysis)]

  init(of trial: Trial, look: Int? = nil, drawn: [DrawnUnit] = []) {
    arms = TrialAnalysis(of: trial, look: look, drawn: drawn)
    factors = trial.assignment.crossed.map { factor in
      (factor, TrialAnalysis(of: trial.ofFactor(factor), look: look, drawn: drawn))
    }
  }

  /// The data, reduced once for the arms and once for each factor.
  ///
  /// - Throws: as ``TrialAnalysis/observations(from:definedIn:)``.
  func observations(
    from source: any DataSource, definedIn file: TrialFile
  ) throws -> (arms: Observations, factors: [Observations]) {
    (
      try arms.observations(from: source, definedIn: file),
      try factorObservations(from: source)
    )
  }

  /// The data reduced once for each factor.
  func factorObservations(from source: any DataSource) throws -> [Observations] {
    let source = FactorSource(source, of: arms.trial)
    return try factors.map { try $0.analysis.observations(from: source) }
  }

  /// What the data show of the arms, and of the factors in their order.
  func findings(
    from observations: (arms: Observations, factors: [Observations])
  ) -> (arms: Findings, factors: [Findings]) {
    var combinations = arms.findings(from: observations.arms)
    guard !factors.isEmpty else { return (combinations, []) }
    // Each factor is a planned question; a combination against the control is none of its own.
    combinations.verdicts = []
    for row in combinations.results.indices {
      combinations.results[row].pAdjusted = nil
      combinations.results[row].confLowAdjusted = nil
      combinations.results[row].confHighAdjusted = nil
    }
    return (combinations, factorFindings(from: observations.factors))
  }

  /// What the data show of the factors, one family of tests.
  func factorFindings(from observations: [Observations]) -> [Findings] {
    TrialAnalysis.findings(of: Array(zip(factors.map(\.analysis), observations)))
  }
}

extension TrialAnalysis {
  /// Reads what the trial names, in a source that has all of it.
  func observations(from source: any DataSource) throws -> Observations {
    switch trial.data.shape {
    case .units:
      // The source adds its rows up where that says enough; else they are looked at.
      try talliedObservations(from: source) ?? UnitRows(of: self, in: source).observations()
    case .counts: try CountRows(of: self, in: source).observations()
    }
  }
}

/// Data with a column for each factor, made from the column that holds the combination.
struct FactorSource: DataSource {
  private let base: any DataSource
  private let armColumn: String
  /// By column, the level of each arm.
  private let levels: [String: [String: String]]

  init(_ base: any DataSource, of trial: Trial) {
    self.base = base
    armColumn = trial.assignment.column
    var levels: [String: [String: String]] = [:]
    for factor in trial.assignment.crossed {
      for variant in trial.variants {
        guard let level = factor.levels.first(where: { $0.id == variant.levels[factor.id] }) else {
          continue
        }
        levels[factor.column, default: [:]][variant.arm.id] = factor.armID(of: level)
      }
    }
    self.levels = levels
  }

  func description() throws(Faults) -> SourceDescription { try base.description() }

  func columnNames() throws(Faults) -> [String] {
    try base.columnNames() + levels.keys.sorted()
  }

  func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    let made = columns.filter { levels[$0.name] != nil }
    let arm = ColumnRequest(armColumn, as: .category)
    let table = try base.table(of: columns.subtracting(made).union([arm]))
    var all = table.columns
    guard case .categories(let codes, let arms)? = table.columns[arm] else { return table }
    for request in made {
      let levelOfArm = levels[request.name] ?? [:]
      let names = Array(Set(levelOfArm.values)).sorted()
      let numbers = arms.map { arm in
        levelOfArm[arm].flatMap(names.firstIndex).map(Int32.init) ?? -1
      }
      all[request] = .categories(
        codes: codes.map { $0 < 0 ? -1 : numbers[Int($0)] }, levels: names)
    }
    return Table(rowCount: table.rowCount, columns: all)
  }

  func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] {
    try base.locations(
      ofRows: rows, column: column.map { levels[$0] == nil ? $0 : armColumn })
  }
}
