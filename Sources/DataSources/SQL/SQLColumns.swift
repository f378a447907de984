import Vocabulary

/// The columns of a table while rows come in, value by value.
public struct SQLColumns: Sendable {
  /// What each column is wanted as.
  public let requests: [ColumnRequest]
  private var rowCount = 0
  private var numbers: [[Double]]
  private var codes: [[Int32]]
  private var levels: [[String]]
  private var codesOfTexts: [[String: Int32]]
  private var bytes: [[UInt8]]
  private var offsets: [[Int]]
  /// Places of values that are no finite numbers, in reading order; the first of them.
  private(set) var strange: [(row: Int, column: Int)] = []
  private(set) var strangeCount = 0
  /// Columns of which no more categories can be told apart.
  private(set) var crowded: Set<Int> = []

  private static let keptFlaws = 21

  init(_ requests: [ColumnRequest]) {
    self.requests = requests
    numbers = requests.map { _ in [] }
    codes = requests.map { _ in [] }
    levels = requests.map { _ in [] }
    codesOfTexts = requests.map { _ in [:] }
    bytes = requests.map { _ in [] }
    offsets = requests.map { _ in [0] }
  }

  /// Adds a number to a column of numbers; nil is missing.
  public mutating func append(_ number: Double?, at column: Int) {
    guard let number else {
      numbers[column].append(.nan)
      return
    }
    if !number.isFinite {
      strangeCount += 1
      if strange.count < SQLColumns.keptFlaws { strange.append((rowCount, column)) }
    }
    numbers[column].append(number)
  }

  /// Adds a text to a column of texts; the empty one is missing.
  public mutating func append(_ text: String, at column: Int) {
    if requests[column].form == .identifier {
      bytes[column].append(contentsOf: text.utf8)
      offsets[column].append(bytes[column].count)
    } else if text.isEmpty {
      codes[column].append(-1)
    } else if let code = codesOfTexts[column][text] {
      codes[column].append(code)
    } else if let code = Int32(exactly: levels[column].count) {
      levels[column].append(text)
      codesOfTexts[column][text] = code
      codes[column].append(code)
    } else {
      crowded.insert(column)
      codes[column].append(-1)
    }
  }

  /// Says that every column has got its value of this row.
  public mutating func endRow() { rowCount += 1 }

  /// The table.
  consuming func table() -> Table {
    var columns: [ColumnRequest: Column] = [:]
    for (place, request) in requests.enumerated() {
      columns[request] =
        switch request.form {
        case .number: .numbers(numbers[place])
        case .category: .categories(codes: codes[place], levels: levels[place])
        case .identifier: .identifiers(bytes: bytes[place], offsets: offsets[place])
        }
    }
    return Table(rowCount: rowCount, columns: columns)
  }
}
