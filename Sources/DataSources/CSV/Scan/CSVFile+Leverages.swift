public import Statistics
public import Vocabulary

// The second reading. Doubles are added up in blocks of 64 KiB of the file, and the blocks in their
// order, so that the answer is the same to the last bit on any number of cores.

extension CSVFile {
  public func leverages(_ request: LeverageRequest) throws(Faults) -> [LeverageSums]? {
    try withDocument { file, document throws(Faults) in
      if let kept = file.takeKept(),
        let sums = KeptScan(kept, request, onAllCores: division.usesAllCores)?.sums()
      {
        return sums
      }
      // No more numbers are read than residuals need.
      var read = request.tally
      read.sets = request.regressions.map(\.set)
      guard let plan = ScanPlan(read, names: document.names, missing: missing) else { return nil }
      return LeverageScan(
        document, plan, request, onAllCores: division.usesAllCores,
        progress: chunkProgress(in: document))?.sums()
    }
  }
}

/// Over the file once more.
private struct LeverageScan {
  private let document: CSVDocument
  private let plan: ScanPlan
  private let request: LeverageRequest
  private let onAllCores: Bool
  private let columns: RegressionColumns
  private let progress: (@Sendable (Int) -> Void)?

  init?(
    _ document: CSVDocument, _ plan: ScanPlan, _ request: LeverageRequest, onAllCores: Bool,
    progress: (@Sendable (Int) -> Void)?
  ) {
    let bits = plan.numbers.indices.map { UInt64(1) << UInt64($0) }
    guard let columns = RegressionColumns(request, numbers: plan.numbers, bits: bits) else {
      return nil
    }
    self.columns = columns
    self.progress = progress
    self.document = document
    self.plan = plan
    self.request = request
    self.onAllCores = onAllCores
  }

  func sums() -> [LeverageSums]? {
    document.scanned(plan) { scales in
      request.sums(
        ofChunks: document.chunks.count, onAllCores: onAllCores, progress: progress
      ) { (index) throws(ScanStop) in try blocks(of: document.chunks[index], scales) }
    }
  }

  private func blocks(
    of chunk: Chunk, _ scales: [Int]
  ) throws(ScanStop) -> [[LeverageSums]] {
    defer { document.view.release(chunk.range) }
    let start = document.header.rowsStart
    var scan = RowScan(document, plan, scales: scales)
    var slots = KeySlots()
    var regressions: [[Int]] = []
    var rows = RegressionRows(request, columns, scales: scales)
    var blocks: [[LeverageSums]] = []
    var position = chunk.firstRecord(in: document.view, rowsStart: start)
    while position < chunk.range.upperBound {
      position = try scan.read(
        from: position, to: chunk.endOfBlock(from: position, rowsStart: start))
      let count = scan.block.rows
      rows.begin()
      for row in 0..<count {
        let key = scan.block.keys[row]
        guard let slot = slots.slot(of: key) else { throw .words }
        if slot == regressions.count {
          regressions.append(columns.regressions(of: scan.meaning(of: key)))
        }
        rows.add(row, to: regressions[slot])
      }
      for number in columns.numbers {
        rows.fill(number, from: UnsafeBufferPointer(start: scan.block.values(number), count: count))
      }
      blocks.append(rows.sums)
    }
    return blocks
  }
}

/// Over the rows that the first reading kept.
private struct KeptScan {
  private let kept: KeptRows
  private let request: LeverageRequest
  private let onAllCores: Bool
  private let columns: RegressionColumns

  /// Prepares; nil where something else was kept than is asked for.
  init?(_ kept: KeptRows, _ request: LeverageRequest, onAllCores: Bool) {
    guard kept.request == request.tally,
      let columns = RegressionColumns(request, numbers: kept.numbers, bits: kept.bits)
    else { return nil }
    self.kept = kept
    self.request = request
    self.onAllCores = onAllCores
    self.columns = columns
  }

  func sums() -> [LeverageSums]? {
    let found = request.sums(ofChunks: kept.chunks.count, onAllCores: onAllCores, progress: nil) {
      blocks(of: kept.chunks[$0])
    }
    guard case .success(let sums) = found else { return nil }
    return sums
  }

  private func blocks(of chunk: KeptRows.Chunk) -> [[LeverageSums]] {
    let regressions = chunk.keys.map(columns.regressions)
    var rows = RegressionRows(request, columns, scales: kept.scales)
    var blocks: [[LeverageSums]] = []
    var first = 0
    for count in chunk.blocks {
      rows.begin()
      chunk.slots.withUnsafeBufferPointer { slots in
        for row in 0..<count { rows.add(row, to: regressions[Int(slots[first &+ row])]) }
      }
      for number in columns.numbers {
        chunk.values[number].withUnsafeBufferPointer {
          rows.fill(number, from: UnsafeBufferPointer(rebasing: $0[first..<first + count]))
        }
      }
      blocks.append(rows.sums)
      first += count
    }
    return blocks
  }
}

extension LeverageRequest {
  /// The sums of all chunks, block after block.
  fileprivate func sums(
    ofChunks count: Int, onAllCores: Bool, progress: (@Sendable (Int) -> Void)?,
    blocks: @Sendable (_ chunk: Int) throws(ScanStop) -> [[LeverageSums]]
  ) -> Result<[LeverageSums], ScanStop> {
    let nothing = regressions.map { LeverageSums(products: $0.pass.factor.map { _ in 0 }) }
    return inOrder(
      count: count, onAllCores: onAllCores,
      into: Result<[LeverageSums], ScanStop>.success(nothing), progress: progress
    ) { index in
      Result { () throws(ScanStop) in try blocks(index) }
    } consume: { whole, part in
      switch (whole, part) {
      case (.success(var sums), .success(let blocks)):
        for block in blocks {
          for (place, own) in zip(sums.indices, block) { sums[place] = sums[place] + own }
        }
        whole = .success(sums)
        return true
      case (_, .failure(let stop)):
        whole = .failure(stop)
        return false
      case (.failure, _): return false
      }
    }
  }
}

/// Where the variables of regressions stand among the numbers that are read.
private struct RegressionColumns {
  /// By regression, the places of its numbers.
  let places: [[Int]]
  /// Every number that some regression has.
  let numbers: [Int]
  /// By regression, the bits of its numbers among the missing ones.
  private let masks: [UInt64]
  /// By regression, its arm and which of the arm's rows belong to it.
  private let arms: [String]
  private let conditions: [LocatedCondition]

  /// Finds them; nil where one is not there, a regression is not made of its set, or the first reading did not part the rows by what its
  /// condition asks.
  init?(_ request: LeverageRequest, numbers: [String], bits: [UInt64]) {
    places = request.regressions.map { regression in
      regression.set.columns.compactMap { numbers.firstIndex(of: $0) }
    }
    masks = places.map { $0.reduce(0) { $0 | bits[$1] } }
    self.numbers = Set(places.joined()).sorted()
    arms = request.regressions.map(\.arm)
    conditions = request.regressions.compactMap { request.tally.located($0.condition) }
    guard conditions.count == arms.count else { return nil }
    let fits = zip(places, request.regressions).allSatisfy {
      $0.count == $1.set.columns.count && $0.count == $1.pass.centres.count + 1
    }
    guard fits else { return nil }
  }

  /// The regressions that the rows of a key belong to.
  func regressions(of key: ScannedPart.Key) -> [Int] {
    arms.indices.filter { place in
      key.missing & masks[place] == 0 && key.texts.first == arms[place]
        && conditions[place].holds(texts: key.texts, tests: key.tests)
    }
  }
}

/// The rows of a block, by regression, and their numbers as doubles.
private struct RegressionRows: ~Copyable {
  private let request: LeverageRequest
  private let columns: RegressionColumns
  private let scales: [Int]
  /// By regression, the rows of the block.
  private var rows: [[Int32]]
  private let doubles: UnsafeMutablePointer<Double>
  private static let capacity = RowScan.blockSize + 1

  init(_ request: LeverageRequest, _ columns: RegressionColumns, scales: [Int]) {
    self.request = request
    self.columns = columns
    self.scales = scales
    rows = Array(repeating: [], count: request.regressions.count)
    doubles = .allocate(capacity: max(1, scales.count * Self.capacity))
  }

  deinit { doubles.deallocate() }

  mutating func begin() {
    for place in rows.indices { rows[place].removeAll(keepingCapacity: true) }
  }

  @inline(__always)
  mutating func add(_ row: Int, to regressions: [Int]) {
    for place in regressions { rows[place].append(Int32(truncatingIfNeeded: row)) }
  }

  /// Makes decimals of a number's values.
  @inline(__always)
  func fill<Whole: FixedWidthInteger>(_ number: Int, from values: UnsafeBufferPointer<Whole>) {
    let power = Double(ExactDecimal.powers[scales[number]])
    let column = doubles + number * Self.capacity
    for row in values.indices { column[row] = Double(values[row]) / power }
  }

  /// What each regression's rows of the block add up to.
  var sums: [LeverageSums] {
    request.regressions.indices.map { place in
      let columns = columns.places[place].map { doubles + $0 * Self.capacity }
      return rows[place].withUnsafeBufferPointer {
        LeverageRows(columns: columns, pass: request.regressions[place].pass).sums(over: $0)
      }
    }
  }
}
