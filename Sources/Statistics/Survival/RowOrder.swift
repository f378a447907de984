/// Row numbers sorted by a whole number of each row, on all cores.
///
/// Nothing is compared: each pass deals the rows out by eleven bits of their number, from the lowest bits
/// that differ to the highest, and rows that agree stay in their order. Linear in the rows, and the same
/// on any number of cores. Bits that all rows share cost no pass: times in whole days take one or two
/// where others take six.
struct RowOrder: Sendable {
  /// A row with the number that sorts it.
  struct Entry: BitwiseCopyable, Sendable {
    var number: UInt64
    var row: Int
  }

  /// The rows in their order.
  private(set) var entries: [Entry]

  private static let digit = 11
  /// Rows that one core deals out at a time.
  private static let stretch = 1 << 17

  /// Sorts 0 ..< `count` by a number of each.
  init(count: Int, by number: @Sendable (_ row: Int) -> UInt64) {
    entries = inParallel(filling: count) { Entry(number: number($0), row: $0) }
    let unsorted = entries
    guard let first = unsorted.first?.number else { return }
    var different = inStretches(of: count, length: Self.stretch) { places in
      places.reduce(0) { $0 | (unsorted[$1].number ^ first) }
    }.reduce(0, |)
    let mask: UInt64 = (1 << UInt64(Self.digit)) - 1
    while different != 0 {
      let shift = UInt64(different.trailingZeroBitCount)
      deal(into: Int(mask) + 1) { Int(truncatingIfNeeded: ($0.number >> shift) & mask) }
      different &= ~(mask << shift)
    }
  }

  /// Puts rows of one group together, the groups in the order of their numbers; within each the order stays.
  ///
  /// - Parameters:
  ///   - count: how many groups there are.
  ///   - group: a row's group, from 0.
  mutating func regroup(into count: Int, by group: @Sendable (_ row: Int) -> Int) {
    let values = 1 << Self.digit
    var shift = 0
    while (count - 1) >> shift > 0 {
      let passed = shift
      deal(into: min(values, ((count - 1) >> shift) + 1)) {
        (group($0.row) >> passed) & (values - 1)
      }
      shift += Self.digit
    }
  }

  /// One pass: rows of smaller values first.
  private mutating func deal(into values: Int, by value: @Sendable (Entry) -> Int) {
    let entries = entries
    var next = inStretches(of: entries.count, length: Self.stretch) { places in
      var counts = Array(repeating: 0, count: values)
      for place in places { counts[value(entries[place])] += 1 }
      return counts
    }
    // Where the first row of each value goes, stretch by stretch.
    var place = 0
    for value in 0..<values {
      for stretch in next.indices {
        (next[stretch][value], place) = (place, place + next[stretch][value])
      }
    }
    let firsts = next
    self.entries = Array(unsafeUninitializedCapacity: entries.count) { dealt, count in
      // Every place is written once, by one core.
      nonisolated(unsafe) let dealt = dealt
      _ = inStretches(of: entries.count, length: Self.stretch) { places in
        var next = firsts[places.lowerBound / Self.stretch]
        for place in places {
          let value = value(entries[place])
          dealt.initializeElement(at: next[value], to: entries[place])
          next[value] += 1
        }
      }
      count = entries.count
    }
  }
}
