/// Who is at risk, has the event and is censored at each distinct time of a stratum: all that the methods
/// without covariates need of the data.
struct RiskTable: Hashable, Sendable {
  /// The distinct times, rising.
  private(set) var times: [Double] = []
  /// Units whose time is this or later.
  private(set) var atRisk: [Int] = []
  /// Units that are censored at this time.
  private(set) var censored: [Int] = []
  /// How many causes there are.
  let causes: Int
  /// Units that have the event, time by time, cause by cause.
  private var counts: [Int] = []

  /// One pass over the blocks of a stratum.
  ///
  /// - Parameters:
  ///   - stratum: the stratum's place in the risk sets.
  ///   - riskSets: the units in their order.
  ///   - column: one time a unit.
  ///   - causes: how many causes there are.
  ///   - cause: the number of a unit's cause; −1 when it is censored.
  init(
    _ stratum: Int, of riskSets: RiskSets, times column: [Double], causes: Int,
    cause: (_ row: Int) -> Int
  ) {
    let blocks = riskSets.strata[stratum]
    self.causes = causes
    times.reserveCapacity(blocks.count)
    atRisk.reserveCapacity(blocks.count)
    censored.reserveCapacity(blocks.count)
    counts = Array(repeating: 0, count: blocks.count * causes)
    var left = blocks.reduce(0) { $0 + riskSets.places($1).count }
    for block in blocks.reversed() {
      let first = times.count * causes
      let places = riskSets.places(block)
      var lost = 0
      for row in riskSets.rows[places] {
        let cause = cause(row)
        if cause >= 0 { counts[first + cause] += 1 } else { lost += 1 }
      }
      times.append(column[riskSets.rows[places.lowerBound]])
      atRisk.append(left)
      censored.append(lost)
      left -= places.count
    }
  }

  /// Units that have the event of a cause at a time.
  func events(_ step: Int, cause: Int) -> Int { counts[step * causes + cause] }

  /// Units that have any event at a time.
  func events(_ step: Int) -> Int {
    counts[step * causes..<(step + 1) * causes].reduce(0, +)
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index from which the condition holds; it fails before and holds after.
  func partitioning(where holds: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
