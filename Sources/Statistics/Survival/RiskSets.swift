/// The units of one stratum in blocks of equal time, the latest first: each block joins the risk set of
/// those before it.
struct RiskSets: Sendable {
  private let order: [Int]
  private let starts: [Int]

  /// The rows of each block.
  var blocks: some BidirectionalCollection<ArraySlice<Int>> {
    starts.indices.dropLast().lazy.map { order[starts[$0]..<starts[$0 + 1]] }
  }

  /// One sort for all strata.
  static func latestFirst(of followUp: FollowUp, strata: Codes) -> [RiskSets] {
    var rows = strata.names.map { _ in [Int]() }
    for row in followUp.times.indices { rows[strata.values[row]].append(row) }
    return rows.map { RiskSets(rows: $0, times: followUp.times) }
  }

  private init(rows: [Int], times: [Double]) {
    let order = rows.sorted { times[$0] > times[$1] }
    var starts: [Int] = []
    for position in order.indices
    where position == 0 || times[order[position]] != times[order[position - 1]] {
      starts.append(position)
    }
    starts.append(order.count)
    self.order = order
    self.starts = starts
  }
}
