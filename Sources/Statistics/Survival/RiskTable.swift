/// Who is at risk, has the event and is censored at each distinct time: all that the methods without
/// covariates need of the data.
struct RiskTable: Hashable, Sendable {
  /// The distinct times, rising.
  private(set) var times: [Double] = []
  /// Units whose time is this or later.
  private(set) var atRisk: [Int] = []
  /// Units that have the event at this time, by cause.
  private(set) var events: [[Int]] = []
  /// Units that are censored at this time.
  private(set) var censored: [Int] = []

  /// One sort, one pass.
  ///
  /// - Parameters:
  ///   - column: one time a unit.
  ///   - causes: for each unit the number of its cause, or −1 when it is censored.
  ///   - count: how many causes there are.
  init(times column: [Double], causes: [Int], count: Int) {
    let order = column.indices.sorted { column[$0] < column[$1] }
    var left = order.count
    var position = 0
    while position < order.count {
      let time = column[order[position]]
      var counts = Array(repeating: 0, count: count)
      var lost = 0
      let start = position
      while position < order.count, column[order[position]] == time {
        let cause = causes[order[position]]
        if counts.indices.contains(cause) { counts[cause] += 1 } else { lost += 1 }
        position += 1
      }
      times.append(time)
      atRisk.append(left)
      events.append(counts)
      censored.append(lost)
      left -= position - start
    }
  }

  /// How many distinct times are at or before a time.
  func steps(upTo time: Double) -> Int { times.partitioning { $0 > time } }

  /// Units at risk just before a time: those whose own time is this or later.
  func atRisk(at time: Double) -> Int {
    let next = times.partitioning { $0 >= time }
    return next < atRisk.count ? atRisk[next] : 0
  }
}

extension [Double] {
  /// The first index from which the condition holds; it fails before and holds after.
  func partitioning(where holds: (Double) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
