import Statistics
public import Vocabulary

/// Data with one row a cell (an arm, perhaps by region or month): how many units it has and how many
/// of them had each event.
///
/// For binary outcomes such counts say all that the units' own rows would say. Rows of the same arm
/// add up.
public struct CountsTable: Sendable {
  /// The columns as read: the numbers and whatever else was asked for.
  public let table: Table
  private let units: [Int]
  private let events: [String: [Int?]]

  /// Reads and checks the counts.
  ///
  /// A missing number of events is allowed: the units of that row then are missing for that outcome.
  /// A missing number of units is a fault.
  ///
  /// - Parameters:
  ///   - source: where the rows are.
  ///   - n: the column with the number of units.
  ///   - outcomes: the columns with numbers of events.
  ///   - others: columns wanted beside them, such as the arm.
  /// - Throws: the source's own faults; or every number of units that is no whole number from 0 on,
  ///   every number of events that is no whole number up to the number of units, and units beyond 2⁵³
  ///   in all.
  public init(
    from source: some DataSource, n: String, outcomes: [String],
    also others: Set<ColumnRequest>
  ) throws(Faults) {
    let numbers = ([n] + outcomes).map { ColumnRequest($0, as: .number) }
    let table = try source.table(of: others.union(numbers))
    // The source gave every column that was asked for, or threw.
    func column(_ name: String) -> [Double] { (try? table.numbers(name)) ?? [] }

    var check = CountsCheck(n: n)
    let units = column(n).enumerated().map { check.units($1, row: $0) }
    var events: [String: [Int?]] = [:]
    for outcome in Set(outcomes) {
      events[outcome] = zip(column(outcome), units).enumerated().map { row, pair in
        check.events(pair.0, of: pair.1, row: row, column: outcome)
      }
    }
    if let faults = try check.faults(from: source) { throw faults }
    self.table = table
    self.units = units.map { $0 ?? 0 }
    self.events = events
  }

  /// The moments of some outcomes, arm by arm.
  ///
  /// - Parameters:
  ///   - outcomes: columns of events that were named when the table was made.
  ///   - armColumn: the category column that says which arm.
  ///   - blocks: the blocks that divide the cells further; nil where there are none.
  ///   - mask: the rows to use; nil is all of them.
  /// - Returns: one variable set an outcome; rows without an arm count by their units.
  /// - Throws: ``TableError`` when a column was not read.
  public func moments(
    of outcomes: [String], by armColumn: String, within blocks: Categories? = nil,
    where mask: RowMask? = nil
  ) throws(TableError) -> ArmMoments {
    let (codes, cells) = try table.categories(armColumn).cells(within: blocks)
    var answer = ArmMoments(cells: [:], missing: [:], rowsWithoutArm: 0)
    let rows = (0..<table.rowCount).filter { mask?[$0] ?? true }
    answer.rowsWithoutArm = rows.reduce(0) { $0 + (codes[$1] < 0 ? units[$1] : 0) }
    for outcome in outcomes {
      guard let column = events[outcome] else {
        throw .notRead(ColumnRequest(outcome, as: .number))
      }
      var sums: [Int32: (events: Int, units: Int, missing: Int)] = [:]
      for row in rows where codes[row] >= 0 {
        var sum = sums[codes[row]] ?? (0, 0, 0)
        if let count = column[row] {
          sum.events += count
          sum.units += units[row]
        } else {
          sum.missing += units[row]
        }
        sums[codes[row]] = sum
      }
      let set = VariableSet([outcome])
      for (code, sum) in sums {
        let cell = cells[Int(code)]
        answer.cells[cell, default: [:]][set] = Moments(events: sum.events, of: sum.units)
        answer.missing[cell, default: [:]][set] = sum.missing
      }
    }
    return answer
  }

  /// How many units the rows of a mask have in each arm, whatever is missing of their outcomes.
  ///
  /// - Throws: ``TableError`` when the column was not read.
  public func unitCounts(
    by armColumn: String, where mask: RowMask? = nil
  ) throws(TableError) -> [String: Int] {
    let arms = try table.categories(armColumn)
    var counts: [String: Int] = [:]
    for row in 0..<table.rowCount where mask?[row] ?? true {
      if let arm = arms[row] { counts[arm, default: 0] += units[row] }
    }
    return counts
  }
}
