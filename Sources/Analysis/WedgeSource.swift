import DataSources
import RandomAssignment
import Trials
import Vocabulary

/// Data of a stepped wedge with the arm of each row: whether its cluster had begun in its period.
struct WedgeSource: DataSource {
  private let base: any DataSource
  private let trial: Trial
  private let wedge: WedgePlan

  init(_ base: any DataSource, of trial: Trial, _ wedge: WedgePlan) {
    self.base = base
    self.trial = trial
    self.wedge = wedge
  }

  func description() throws(Faults) -> SourceDescription { try base.description() }

  func columnNames() throws(Faults) -> [String] {
    try base.columnNames() + [Trial.offerColumn]
  }

  func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    let offer = ColumnRequest(Trial.offerColumn, as: .category)
    guard columns.contains(offer) else { return try base.table(of: columns) }
    let needed = [
      ColumnRequest(wedge.sequence, as: .category), ColumnRequest(wedge.column, as: .category),
    ]
    let table = try base.table(of: columns.subtracting([offer]).union(needed))
    guard let sequences = try? table.categories(wedge.sequence),
      let periods = try? table.categories(wedge.column)
    else { return table }
    try check(sequences, in: wedge.sequence, accepted: trial.design.arms.map(\.id))
    try check(periods, in: wedge.column, accepted: wedge.periods)
    let names = trial.variants.map(\.arm.id)
    let arms = sequences.levels.map { sequence in
      periods.levels.map { period in
        trial.arm(ofSequence: sequence, inPeriod: period).flatMap(names.firstIndex) ?? -1
      }
    }
    var all = table.columns
    all[offer] = .categories(
      codes: zip(sequences.codes, periods.codes).map { sequence, period in
        sequence < 0 || period < 0 ? -1 : Int32(arms[Int(sequence)][Int(period)])
      }, levels: names)
    return Table(rowCount: table.rowCount, columns: all)
  }

  private func check(
    _ categories: Categories, in column: String, accepted: [String]
  ) throws(Faults) {
    let strangers = categories.levels.indices.filter { !accepted.contains(categories.levels[$0]) }
    let rows = strangers.compactMap { level in categories.codes.firstIndex(of: Int32(level)) }
    guard !rows.isEmpty else { return }
    let places = try base.locations(ofRows: Set(rows), column: column)
    let faults = zip(strangers, rows).map { level, row in
      AnalysisFault.unknownValue(
        categories.levels[level], column: column, accepted: accepted
      ).fault(at: places[row] ?? SourceLocation(file: trial.data.file))
    }
    if let faults = Faults(faults) { throw faults }
  }

  func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] {
    try base.locations(
      ofRows: rows, column: column == Trial.offerColumn ? wedge.sequence : column)
  }
}

extension Trial {
  /// The trial and its data as rows are compared: for a stepped wedge with the arm of each row.
  func observed(in source: any DataSource) -> (trial: Trial, source: any DataSource) {
    guard let wedge = assignment.wedge else { return (self, source) }
    return (asObserved, WedgeSource(source, of: self, wedge))
  }
}
