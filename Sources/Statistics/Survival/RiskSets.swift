/// The units of each stratum in blocks of equal time, the latest first: each block joins the risk set of
/// those before it.
struct RiskSets: Sendable {
  /// The rows, stratum after stratum.
  let rows: [Int]
  /// Where each block begins in ``rows``, closed by their count.
  private let starts: [Int]
  /// The blocks of each stratum; none where it has no row.
  let strata: [Range<Int>]

  /// The places in ``rows`` that some blocks take.
  func places(_ blocks: Range<Int>) -> Range<Int> {
    starts[blocks.lowerBound]..<starts[blocks.upperBound]
  }

  /// The places that one block takes.
  func places(_ block: Int) -> Range<Int> { places(block..<block + 1) }

  /// The block that takes a place.
  func block(at place: Int) -> Int { starts.partitioning { $0 > place } - 1 }

  /// Sorts the units, once for all strata.
  ///
  /// - Throws: ``SurvivalError/unequalLengths(expected:found:)``.
  init(of followUp: FollowUp, strata: Grouping?) throws(SurvivalError) {
    try strata?.check(against: followUp.count)
    self.init(times: followUp.times, strata: strata?.groups, count: strata?.count ?? 1)
  }

  /// Sorts times that are 0 or more.
  ///
  /// - Parameters:
  ///   - times: one a unit.
  ///   - strata: each unit's stratum, from 0; nil is one stratum.
  ///   - count: how many strata there are.
  init(times: [Double], strata: [Int]? = nil, count: Int = 1) {
    // Bits of such numbers rise with them; adding 0 takes the sign from −0.
    var order = RowOrder(count: times.count) { ~(times[$0] + 0).bitPattern }
    if let strata { order.regroup(into: count) { strata[$0] } }
    let entries = order.entries
    let rows = inParallel(filling: entries.count) { entries[$0].row }
    let starts = inStretches(of: rows.count, length: 1 << 16) { places in
      places.filter { place in
        guard place > 0, entries[place].number == entries[place - 1].number else { return true }
        return strata.map { $0[rows[place]] != $0[rows[place - 1]] } ?? false
      }
    }.flatMap(\.self)
    var blocks = Array(repeating: 0, count: count)
    for start in starts { blocks[strata?[rows[start]] ?? 0] += 1 }
    var first = 0
    self.rows = rows
    self.starts = starts + [rows.count]
    self.strata = blocks.map { count in
      defer { first += count }
      return first..<first + count
    }
  }

  /// Some blocks one after another, which one core takes at a time.
  private struct Stretch {
    /// The blocks, stratum by stratum.
    var pieces: [Range<Int>] = []
    /// Whether the first piece goes on with the stratum at which the stretch before it ended.
    var goesOn = false
  }

  /// Walks all strata from their latest times, on all cores.
  ///
  /// The stretches that cores take depend on the data alone, and so do sums of their parts in their order.
  ///
  /// - Parameters:
  ///   - none: the sums of an empty risk set.
  ///   - empty: the part of a stretch, before it.
  ///   - add: adds the units of some blocks to a risk set's sums.
  ///   - visit: goes through blocks of one stratum, given the sums of the risk set that they join.
  /// - Returns: the parts, one a stretch.
  func walk<Sums: RiskSetSums, Part: Sendable>(
    from none: Sums, into empty: Part,
    adding add: @Sendable (_ blocks: Range<Int>, inout Sums) -> Void,
    visiting visit: @Sendable (_ blocks: Range<Int>, _ joined: Sums, inout Part) -> Void
  ) -> [Part] {
    let stretches = stretches()
    // Sums over the last stratum of each stretch, where the next one needs them.
    var sums = inParallel(count: stretches.count) { number -> Sums? in
      guard number + 1 < stretches.count, stretches[number + 1].goesOn,
        let last = stretches[number].pieces.last
      else { return nil }
      var own = none
      add(last, &own)
      return own
    }
    for number in sums.indices.dropFirst()
    where stretches[number].goesOn && stretches[number].pieces.count == 1 {
      if let before = sums[number - 1] { sums[number]?.add(before) }
    }
    let found = sums
    return inParallel(count: stretches.count) { number in
      var part = empty
      var joined = stretches[number].goesOn ? found[number - 1] : nil
      for piece in stretches[number].pieces {
        visit(piece, joined ?? none, &part)
        joined = nil
      }
      return part
    }
  }

  /// All blocks, in stretches of some ten thousands of rows.
  private func stretches() -> [Stretch] {
    var stretches: [Stretch] = []
    var open = Stretch()
    var first = 0
    for stratum in strata where !stratum.isEmpty {
      var begin = stratum.lowerBound
      for block in stratum where starts[block + 1] - first >= 1 << 15 {
        open.pieces.append(begin..<block + 1)
        stretches.append(open)
        (begin, first) = (block + 1, starts[block + 1])
        open = Stretch(goesOn: begin < stratum.upperBound)
      }
      if begin < stratum.upperBound { open.pieces.append(begin..<stratum.upperBound) }
    }
    if !open.pieces.isEmpty { stretches.append(open) }
    return stretches
  }
}

/// What the units of a risk set add up to.
protocol RiskSetSums: Sendable {
  /// Adds those of units with other times.
  mutating func add(_ other: Self)
}
