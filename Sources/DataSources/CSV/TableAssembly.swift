/// Joins the columns of the chunks, in the order of the file, into those of the table.
struct TableAssembly: Sendable {
  private let layout: RowLayout
  /// Bytes of all rows, to foresee how much room the columns need.
  private let byteCount: Int
  private var rowCount = 0
  private var numbers: [[Double]]
  private var categories: [CategoryPart]
  private var identifiers: [IdentifierPart]
  private var codesOfTexts: [[String: Int32]]
  private(set) var flaws = Flaws()

  init(_ layout: RowLayout, byteCount: Int) {
    let empty = ColumnParts(layout)
    self.layout = layout
    self.byteCount = byteCount
    numbers = empty.numbers
    categories = empty.categories
    identifiers = empty.identifiers
    codesOfTexts = Array(repeating: [:], count: empty.categories.count)
  }

  /// Takes the rows of the next chunk.
  ///
  /// - Returns: false when the rows after it cannot be read.
  mutating func append(_ parts: ColumnParts, from chunk: Chunk) -> Bool {
    flaws.append(parts.flaws)
    guard flaws.isEmpty else {
      // There will be no table; the other chunks are read for their flaws.
      (numbers, categories, identifiers) = ([], [], [])
      return !flaws.isFinal
    }
    if rowCount == 0 { reserveRoom(parts, chunk) }
    rowCount += parts.rowCount
    for slot in numbers.indices { numbers[slot] += parts.numbers[slot] }
    for wanted in layout.wanted where wanted.form == .category {
      append(parts.categories[wanted.slot], at: wanted.slot)
      if categories[wanted.slot].levels.count > layout.mostLevels {
        flaws.add(.tooManyLevels(column: wanted.field))
      }
    }
    for slot in identifiers.indices {
      let before = identifiers[slot].bytes.count
      identifiers[slot].bytes += parts.identifiers[slot].bytes
      identifiers[slot].ends += parts.identifiers[slot].ends.lazy.map { $0 + before }
    }
    return flaws.isEmpty
  }

  /// The table; nil when there were flaws.
  consuming func table() -> Table? {
    guard flaws.isEmpty else { return nil }
    var columns: [ColumnRequest: Column] = [:]
    for (wanted, request) in zip(layout.wanted, layout.requests) {
      columns[request] =
        switch wanted.form {
        case .number: .numbers(numbers[wanted.slot])
        case .category:
          .categories(
            codes: categories[wanted.slot].codes, levels: categories[wanted.slot].levels)
        case .identifier:
          .identifiers(
            bytes: identifiers[wanted.slot].bytes, offsets: [0] + identifiers[wanted.slot].ends)
        }
    }
    return Table(rowCount: rowCount, columns: columns)
  }

  private mutating func append(_ part: CategoryPart, at slot: Int) {
    var isSame = true
    var codes: [Int32] = []
    for (local, text) in part.levels.enumerated() {
      let code = code(of: text, at: slot)
      isSame = isSame && Int(code) == local
      codes.append(code)
    }
    if isSame {
      categories[slot].codes += part.codes
    } else {
      categories[slot].codes += part.codes.lazy.map { $0 < 0 ? -1 : codes[Int($0)] }
    }
  }

  private mutating func code(of text: String, at slot: Int) -> Int32 {
    if let code = codesOfTexts[slot][text] { return code }
    let code = Int32(truncatingIfNeeded: categories[slot].levels.count)
    categories[slot].levels.append(text)
    codesOfTexts[slot][text] = code
    return code
  }

  /// Growing an array by doubling would hold two copies of it for a while.
  private mutating func reserveRoom(_ parts: ColumnParts, _ chunk: Chunk) {
    let rows = Double(parts.rowCount) / Double(max(1, chunk.range.count)) * Double(byteCount)
    let room = Int(min(rows * 1.05, Double(byteCount))) + 1
    for slot in numbers.indices { numbers[slot].reserveCapacity(room) }
    for slot in categories.indices { categories[slot].codes.reserveCapacity(room) }
    for slot in identifiers.indices { identifiers[slot].ends.reserveCapacity(room) }
  }
}
