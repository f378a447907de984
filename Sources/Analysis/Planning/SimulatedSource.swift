import DataSources
import Vocabulary

/// Simulated rows as a source of data, without a file between.
struct SimulatedSource: DataSource {
  private let names: [String]
  private let rowCount: Int
  /// By column, in the order of the rows.
  private let columns: [[String?]]

  /// Makes the source from everybody who was drawn.
  init(_ rows: SimulatedRows, of background: Background) {
    names = rows.columns
    var columns = [[String?]](repeating: [], count: names.count)
    rows.forEach(among: 0..<rows.peopleCount) { row in
      let values =
        [background.identifier(of: row.person)]
        + background.names.indices.map { background.text($0, row.person) } + [row.arm]
        + row.outcomes.map(\.text) + (row.formedBlock.map { [$0] } ?? [])
      for (place, value) in values.enumerated() { columns[place].append(value) }
    }
    self.columns = columns
    rowCount = columns.first?.count ?? 0
  }

  func description() throws(Faults) -> SourceDescription {
    SourceDescription(name: "simulated", sha256: "", encoding: "utf-8", preamble: [])
  }

  func columnNames() throws(Faults) -> [String] { names }

  func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    var read: [ColumnRequest: Column] = [:]
    for request in columns {
      guard let place = names.firstIndex(of: request.name) else { continue }
      let values = self.columns[place]
      switch request.form {
      case .number:
        read[request] = .numbers(values.map { $0.flatMap(DecimalText.parse) ?? .nan })
      case .category:
        var codes: [String: Int32] = [:]
        var levels: [String] = []
        let column = values.map { value -> Int32 in
          guard let value else { return -1 }
          if let code = codes[value] { return code }
          codes[value] = Int32(levels.count)
          levels.append(value)
          return Int32(levels.count - 1)
        }
        read[request] = .categories(codes: column, levels: levels)
      case .identifier:
        var bytes: [UInt8] = []
        var offsets = [0]
        for value in values {
          bytes += Array((value ?? "").utf8)
          offsets.append(bytes.count)
        }
        read[request] = .identifiers(bytes: bytes, offsets: offsets)
      }
    }
    return Table(rowCount: rowCount, columns: read)
  }

  func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] {
    Dictionary(uniqueKeysWithValues: rows.map { ($0, SourceLocation(file: "simulated", line: $0)) })
  }
}
