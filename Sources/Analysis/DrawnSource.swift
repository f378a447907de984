import DataSources
import Ledger
import Trials
import Vocabulary

/// Data joined with the drawn list: columns that the data lack come from the ledger.
///
/// An office sends outcomes by identifier; who was in which arm, block or pair is known here. A column that
/// the data have is left as it is, so that a difference from the drawn list can be found.
struct DrawnSource: DataSource {
  private let base: any DataSource
  private let unitColumn: String
  private let units: [String: DrawnUnit]
  /// What the ledger can add, by column.
  private let parts: [String: @Sendable (DrawnUnit) -> String?]

  init(_ base: any DataSource, trial: Trial, unitColumn: String, drawn: [DrawnUnit]) {
    self.base = base
    self.unitColumn = unitColumn
    // Equality of strings is canonical equivalence: NFC and NFD of one name are one unit.
    units = Dictionary(drawn.map { ($0.unit, $0) }) { first, _ in first }
    var parts: [String: @Sendable (DrawnUnit) -> String?] = [:]
    for (place, column) in trial.assignment.blocks.enumerated() {
      parts[column] = { unit in
        let values = unit.block.flatMap { DrawnUnit.parts(ofKey: $0) } ?? []
        return values.indices.contains(place) ? values[place] : nil
      }
    }
    if let clusters = trial.assignment.clusters { parts[clusters] = { $0.cluster } }
    parts[Trial.formedBlockColumn] = { $0.formedBlock }
    parts[trial.assignment.column] = { $0.arm }
    self.parts = parts
  }

  func description() throws(Faults) -> SourceDescription { try base.description() }

  func columnNames() throws(Faults) -> [String] {
    let names = try base.columnNames()
    return names + parts.keys.filter { !names.contains($0) }.sorted()
  }

  func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    let names = Set(try base.columnNames())
    let joined = columns.filter { parts[$0.name] != nil && !names.contains($0.name) }
    guard !joined.isEmpty else { return try base.table(of: columns) }
    let identity = ColumnRequest(unitColumn, as: .identifier)
    let table = try base.table(of: columns.subtracting(joined).union([identity]))
    guard let identifiers = try? table.identifiers(unitColumn) else { return table }
    let rows = (0..<table.rowCount).map { row in identifiers[row].flatMap { units[$0] } }
    var all = table.columns
    for request in joined {
      guard let part = parts[request.name] else { continue }
      all[request] = Self.categories(rows.map { $0.flatMap(part) })
    }
    return Table(rowCount: table.rowCount, columns: all)
  }

  func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] {
    let known = try base.columnNames()
    return try base.locations(
      ofRows: rows, column: column.flatMap { known.contains($0) ? $0 : nil })
  }

  private static func categories(_ values: [String?]) -> Column {
    var codes: [String: Int32] = [:]
    var levels: [String] = []
    let column = values.map { value -> Int32 in
      guard let value else { return -1 }
      if let code = codes[value] { return code }
      let code = Int32(levels.count)
      codes[value] = code
      levels.append(value)
      return code
    }
    return .categories(codes: column, levels: levels)
  }
}
