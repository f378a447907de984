public import Vocabulary

/// Which rows of a table are meant: one bit a row.
public struct RowMask: Hashable, Sendable {
  /// How many rows the table has.
  public let rowCount: Int
  // Bits beyond `rowCount` are zero, so that equality and counting need no care.
  private var words: [UInt64]

  /// A mask of all rows or of none.
  public init(rowCount: Int, all: Bool = true) {
    self.rowCount = max(0, rowCount)
    words = Array(repeating: all ? .max : 0, count: (self.rowCount + 63) / 64)
    if all { clearBeyondEnd() }
  }

  /// The rows for which something holds.
  public init(rowCount: Int, where holds: (Int) -> Bool) {
    self.init(rowCount: rowCount, all: false)
    for row in 0..<self.rowCount where holds(row) { words[row >> 6] |= 1 << UInt64(row & 63) }
  }

  /// Whether a row is meant; false for a row that does not exist.
  public subscript(row: Int) -> Bool {
    row >= 0 && row < rowCount && words[row >> 6] & (1 << UInt64(row & 63)) != 0
  }

  /// How many rows are meant.
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The rows that are in both masks.
  ///
  /// Rows beyond the shorter mask are in neither.
  public mutating func formIntersection(_ other: RowMask) {
    for index in words.indices {
      words[index] &= index < other.words.count ? other.words[index] : 0
    }
  }

  /// The rows that are in both masks.
  public func intersection(_ other: RowMask) -> RowMask {
    var mask = self
    mask.formIntersection(other)
    return mask
  }

  /// The rows that are not in this mask.
  public var inverted: RowMask {
    var mask = self
    for index in mask.words.indices { mask.words[index] = ~mask.words[index] }
    mask.clearBeyondEnd()
    return mask
  }

  private mutating func clearBeyondEnd() {
    let rest = rowCount & 63
    if rest > 0, let last = words.indices.last { words[last] &= (1 << UInt64(rest)) - 1 }
  }
}

extension Table {
  /// The rows that satisfy every clause of a condition.
  ///
  /// A row whose value is missing satisfies no clause on that column.
  ///
  /// - Throws: ``TableError`` when a column of ``Vocabulary/Condition/columnRequests`` was not read.
  public func rows(satisfying condition: Condition) throws(TableError) -> RowMask {
    var mask = RowMask(rowCount: rowCount)
    for clause in condition.clauses { mask.formIntersection(try rows(satisfying: clause)) }
    for choices in condition.alternatives ?? [] {
      var none = RowMask(rowCount: rowCount)
      for choice in choices { none.formIntersection(try rows(satisfying: choice).inverted) }
      mask.formIntersection(none.inverted)
    }
    return mask
  }

  private func rows(satisfying clause: Condition.Clause) throws(TableError) -> RowMask {
    switch clause.test {
    case .range(let from, let to):
      let values = try numbers(clause.column)
      let (from, to) = (from ?? -.infinity, to ?? .infinity)
      // Comparisons with NaN are false, so a missing value lies in no range.
      return RowMask(rowCount: rowCount) { values[$0] >= from && values[$0] <= to }
    case .numbers(let wanted):
      let values = try numbers(clause.column)
      return RowMask(rowCount: rowCount) { wanted.contains(values[$0]) }
    case .any(let tests):
      var unwanted = RowMask(rowCount: rowCount)
      for test in tests {
        unwanted.formIntersection(
          try rows(satisfying: Condition.Clause(column: clause.column, test)).inverted)
      }
      return unwanted.inverted
    case .among(let texts):
      let column = try categories(clause.column)
      let wanted = Set(texts.map(trimmed))
      let isWanted = column.levels.map(wanted.contains)
      return RowMask(rowCount: rowCount) { row in
        let code = Int(column.codes[row])
        return code >= 0 && isWanted[code]
      }
    }
  }
}
