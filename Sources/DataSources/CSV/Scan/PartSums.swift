import Statistics

/// Adds up the rows of a chunk, key by key: counts, sums and sums of products, all whole numbers.
struct PartSums: ~Copyable {
  private let width: Int
  /// The two numbers of each product.
  private let pairs: [(Int, Int)]
  private var slots = KeySlots()
  private var counts: [Int] = []
  /// Slot-major.
  private var sums: [Int128] = []
  private var products: [Int128] = []
  /// One a row of the block that was added last: the slot of its key.
  private(set) var slotOfRow: [Int32] = []
  /// One a slot: what a block adds.
  private var words: [Int64] = []

  init(numbers: Int, pairs: [(Int, Int)]) {
    width = numbers
    self.pairs = pairs
  }

  /// Adds a block.
  ///
  /// - Returns: false where there are too many keys.
  mutating func add(_ block: borrowing RowBlock) -> Bool {
    let rows = block.rows
    if slotOfRow.count < rows { slotOfRow = Array(repeating: 0, count: rows) }
    for row in 0..<rows {
      guard let slot = slots.slot(of: block.keys[row]) else { return false }
      slotOfRow[row] = Int32(truncatingIfNeeded: slot)
    }
    let room = slots.keys.count - counts.count
    counts += Array(repeating: 0, count: room)
    words += Array(repeating: 0, count: room)
    sums += Array(repeating: 0, count: room * width)
    products += Array(repeating: 0, count: room * pairs.count)
    for row in 0..<rows { counts[Int(slotOfRow[row])] &+= 1 }
    slotOfRow.withUnsafeBufferPointer { slots in
      for number in 0..<width { addSums(of: number, block, slots) }
      for place in pairs.indices { addProducts(at: place, block, slots) }
    }
    return true
  }

  private mutating func addSums(
    of number: Int, _ block: borrowing RowBlock, _ slots: UnsafeBufferPointer<Int32>
  ) {
    let values = block.values(number)
    words.withUnsafeMutableBufferPointer { words in
      for row in 0..<block.rows { words[Int(slots[row])] &+= values[row] }
    }
    for slot in words.indices {
      sums[slot &* width &+ number] += Int128(words[slot])
      words[slot] = 0
    }
  }

  private mutating func addProducts(
    at place: Int, _ block: borrowing RowBlock, _ slots: UnsafeBufferPointer<Int32>
  ) {
    let pair = pairs[place]
    let (first, second) = (block.values(pair.0), block.values(pair.1))
    let (bound, isTooLarge) = block.largest[pair.0].multipliedReportingOverflow(
      by: block.largest[pair.1])
    guard !isTooLarge, bound < UInt64(1 << 62) / UInt64(block.rows + 1) else {
      for row in 0..<block.rows {
        products[Int(slots[row]) &* pairs.count &+ place] +=
          Int128(first[row]) * Int128(second[row])
      }
      return
    }
    // The block's products add up to no more than a word.
    words.withUnsafeMutableBufferPointer { words in
      for row in 0..<block.rows { words[Int(slots[row])] &+= first[row] &* second[row] }
    }
    for slot in words.indices {
      products[slot &* pairs.count &+ place] += Int128(words[slot])
      words[slot] = 0
    }
  }

  /// What each key's rows add up to, in the order of their slots.
  consuming func parts(_ plan: ScanPlan, _ scan: borrowing RowScan) -> [ScannedPart] {
    slots.keys.enumerated().map { slot, key in
      ScannedPart(
        key: scan.meaning(of: key), rows: counts[slot],
        sums: (0..<width).map { sums[slot * width + $0] },
        products: pairs.indices.map { products[slot * pairs.count + $0] })
    }
  }
}

/// Rows with the same texts, answers and gaps, added up.
struct ScannedPart: Sendable {
  struct Key: Hashable, Sendable {
    var texts: [String?]
    var tests: [Bool]
    /// A bit for each number that is missing.
    var missing: UInt64
  }

  var key: Key
  var rows: Int
  /// One a number.
  var sums: [Int128]
  /// One a pair of numbers.
  var products: [Int128]

  mutating func add(_ other: ScannedPart) {
    rows += other.rows
    for place in sums.indices { sums[place] += other.sums[place] }
    for place in products.indices { products[place] += other.products[place] }
  }
}

/// Whole numbers that were added up, as the moments of decimals.
struct ExactMoments {
  let count: Int
  /// By number of the set.
  let sums: [Int128]
  /// The lower triangle, row by row.
  let products: [Int128]
  /// Decimals of each number.
  let scales: [Int]

  /// Correctly rounded but for the last division by a power of ten.
  var moments: Moments {
    guard count > 0 else { return Moments(variables: sums.count) }
    if sums.count == 1, scales[0] == 0, products[0] == sums[0], let events = Int(exactly: sums[0]) {
      // Σx(x − 1) of whole numbers is 0 where all are 0 or 1.
      return Moments(events: events, of: count)
    }
    let n = Int128(count)
    var products: [Double] = []
    var place = 0
    for row in sums.indices {
      for column in 0...row {
        let power =
          Double(ExactDecimal.powers[scales[row]]) * Double(ExactDecimal.powers[scales[column]])
        products.append(
          ExactMoments.difference(n, self.products[place], sums[row], sums[column]) / Double(count)
            / power)
        place += 1
      }
    }
    let means = zip(sums, scales).map { sum, scale in
      let (quotient, rest) = sum.quotientAndRemainder(dividingBy: n)
      return (Double(quotient) + Double(rest) / Double(count)) / Double(ExactDecimal.powers[scale])
    }
    return Moments(count: count, means: means, crossProducts: products)
      ?? Moments(variables: sums.count)
  }

  /// a·b − c·d in 256 bits, rounded once.
  private static func difference(_ a: Int128, _ b: Int128, _ c: Int128, _ d: Int128) -> Double {
    let first = a.multipliedFullWidth(by: b)
    let second = c.multipliedFullWidth(by: d)
    let (low, borrows) = first.low.subtractingReportingOverflow(second.low)
    let high = first.high &- second.high &- (borrows ? 1 : 0)
    guard high < 0 else { return Double(high) * 0x1p128 + Double(low) }
    // Of a negative number the magnitude is rounded: −1 is −2¹²⁸ and all ones.
    let magnitude = 0 &- low
    return -(Double(~high &+ (magnitude == 0 ? 1 : 0)) * 0x1p128 + Double(magnitude))
  }
}
