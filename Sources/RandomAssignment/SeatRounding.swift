/// How many units of each group go to each arm when the shares do not divide the group sizes.
///
/// Group g of n_g units owes arm i exactly n_g·sᵢ/S seats. The whole part is given; the fractions
/// are rounded at random by Cox's unbiased controlled rounding, so that
///
/// - every group's seats sum to its size,
/// - every seat count is its exact value rounded down or up, with that value as expectation, so
///   that each unit's probability of arm i is exactly sᵢ/S,
/// - every arm's total over all groups is its exact value rounded down or up.
///
/// The rounding works on the table of remainders (n_g·sᵢ mod S), one row a group, with a last row
/// that makes the columns whole. Rows enter one at a time. While the fractional entries contain a
/// cycle, alternating its entries up and down leaves all sums unchanged; a coin weighted to keep the
/// expectations decides the direction, and the step goes on until an entry is 0 or S. All numbers are
/// integers. Rows wait only while they hold fractions without a cycle, and fewer of them than arms
/// can, so the work grows with the number of groups, not with its square.
///
/// Reference: Cox (1987), doi:10.1080/01621459.1987.10478456.
struct SeatRounding {
  private let total: Int
  /// Rows that still hold fractional entries, the newest last.
  private var open: [Row] = []

  private struct Row {
    let group: Int
    var entries: [Int]
  }

  /// One fractional entry: a place in `open` and an arm.
  private struct Entry {
    let row: Int
    let column: Int
  }

  private init(total: Int) {
    self.total = total
  }

  /// Seats by group and arm, from the group sizes and the arms' positive shares.
  ///
  /// The shares come in an order that was itself drawn, so that arms of equal share are treated alike.
  static func seats(
    sizes: [Int], shares: [Int], using generator: inout some RandomNumberGenerator
  ) -> [[Int]] {
    let total = shares.reduce(0, +)
    // ⌊n·s/S⌋ and n·s mod S from the quotient and remainder of n, so that n·s cannot overflow.
    var seats = sizes.map { size in
      shares.map { size / total * $0 + size % total * $0 / total }
    }
    var lastRow = Array(repeating: 0, count: shares.count)
    var rounding = SeatRounding(total: total)
    for (group, size) in sizes.enumerated() {
      let remainders = shares.map { size % total * $0 % total }
      for column in shares.indices {
        lastRow[column] = (lastRow[column] + total - remainders[column]) % total
      }
      rounding.enter(Row(group: group, entries: remainders), into: &seats, using: &generator)
    }
    rounding.enter(Row(group: sizes.count, entries: lastRow), into: &seats, using: &generator)
    return seats
  }

  private mutating func enter(
    _ row: Row, into seats: inout [[Int]], using generator: inout some RandomNumberGenerator
  ) {
    open.append(row)
    while let cycle = cycleThroughNewestRow() { shift(cycle, using: &generator) }
    for row in open where seats.indices.contains(row.group) && isSettled(row) {
      for (column, entry) in row.entries.enumerated() where entry == total {
        seats[row.group][column] += 1
      }
    }
    open.removeAll(where: isSettled)
  }

  private func isFractional(_ entry: Int) -> Bool { entry > 0 && entry < total }

  private func isSettled(_ row: Row) -> Bool { !row.entries.contains(where: isFractional) }

  /// The entries of a cycle, alternately leaving a row and leaving a column; nil when there is none.
  ///
  /// Without the newest row there was no cycle, so every cycle passes through it.
  private func cycleThroughNewestRow() -> [Entry]? {
    guard let newest = open.indices.last else { return nil }
    for column in open[newest].entries.indices where isFractional(open[newest].entries[column]) {
      var path = [Entry(row: newest, column: column)]
      var visited = Set([newest])
      if extend(&path, visited: &visited) { return path }
    }
    return nil
  }

  /// Goes on depth first, from the column of the path's last entry through a row not yet visited,
  /// until another column of the newest row closes the cycle.
  private func extend(_ path: inout [Entry], visited: inout Set<Int>) -> Bool {
    guard let start = path.first, let here = path.last else { return false }
    for row in open.indices where isFractional(open[row].entries[here.column]) {
      guard visited.insert(row).inserted else { continue }
      path.append(Entry(row: row, column: here.column))
      for column in open[row].entries.indices
      where column != here.column && isFractional(open[row].entries[column]) {
        path.append(Entry(row: row, column: column))
        if isFractional(open[start.row].entries[column]) {
          path.append(Entry(row: start.row, column: column))
          return true
        }
        if extend(&path, visited: &visited) { return true }
        path.removeLast()
      }
      path.removeLast()
    }
    return false
  }

  /// Moves the cycle's entries alternately up and down, or down and up, as far as they go.
  private mutating func shift(
    _ cycle: [Entry], using generator: inout some RandomNumberGenerator
  ) {
    let entries = cycle.map { open[$0.row].entries[$0.column] }
    // Room of each entry when the first goes up (even places up, odd places down), and down.
    let forward = entries.enumerated().map { $0 % 2 == 0 ? total - $1 : $1 }.min() ?? 0
    let backward = entries.enumerated().map { $0 % 2 == 0 ? $1 : total - $1 }.min() ?? 0
    let isForward = generator.uniformInteger(below: forward + backward) < backward
    let step = isForward ? forward : -backward
    for (place, entry) in cycle.enumerated() {
      open[entry.row].entries[entry.column] += place % 2 == 0 ? step : -step
    }
  }
}
