public import Statistics
public import Vocabulary

// The second reading. Doubles are added up in blocks of 64 KiB of the file, and the blocks in their
// order, so that the answer is the same to the last bit on any number of cores.

extension CSVFile {
  public func leverages(_ request: LeverageRequest) throws(Faults) -> [LeverageSums]? {
    try withDocument { _, document throws(Faults) in
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

private struct LeverageScan {
  private let document: CSVDocument
  private let plan: ScanPlan
  private let request: LeverageRequest
  private let onAllCores: Bool
  /// By regression, the places of its numbers.
  private let numbers: [[Int]]
  private let masks: [UInt64]

  private let progress: (@Sendable (Int) -> Void)?

  init?(
    _ document: CSVDocument, _ plan: ScanPlan, _ request: LeverageRequest, onAllCores: Bool,
    progress: (@Sendable (Int) -> Void)?
  ) {
    self.progress = progress
    self.document = document
    self.plan = plan
    self.request = request
    self.onAllCores = onAllCores
    numbers = request.regressions.map { regression in
      regression.set.columns.compactMap { plan.numbers.firstIndex(of: $0) }
    }
    masks = request.regressions.map { plan.mask(of: $0.set) }
    let fits = zip(numbers, request.regressions).allSatisfy {
      $0.count == $1.set.columns.count && $0.count == $1.pass.centres.count + 1
    }
    guard fits else { return nil }
  }

  func sums() -> [LeverageSums]? { document.scanned(plan, sums) }

  private var nothing: [LeverageSums] {
    request.regressions.map { LeverageSums(products: $0.pass.factor.map { _ in 0 }) }
  }

  private func sums(_ scales: [Int]) -> Result<[LeverageSums], ScanStop> {
    inOrder(
      count: document.chunks.count, onAllCores: onAllCores,
      into: Result<[LeverageSums], ScanStop>.success(nothing), progress: progress
    ) { index in
      Result { () throws(ScanStop) in try blocks(of: document.chunks[index], scales) }
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

  private func blocks(
    of chunk: Chunk, _ scales: [Int]
  ) throws(ScanStop) -> [[LeverageSums]] {
    defer { document.view.release(chunk.range) }
    let start = document.header.rowsStart
    var scan = RowScan(document, plan, scales: scales)
    var rows = RegressionRows(request, numbers, masks, plan)
    var blocks: [[LeverageSums]] = []
    var position = chunk.firstRecord(in: document.view, rowsStart: start)
    while position < chunk.range.upperBound {
      let block = (position - start) / RowScan.blockSize
      let end = min(start + (block + 1) * RowScan.blockSize, chunk.range.upperBound)
      position = try scan.read(from: position, to: end)
      guard let sums = rows.sums(of: scan, scales) else { throw .words }
      blocks.append(sums)
    }
    return blocks
  }
}

/// Which rows of a block belong to which regressions.
private struct RegressionRows: ~Copyable {
  private let request: LeverageRequest
  private let numbers: [[Int]]
  private let masks: [UInt64]
  private let plan: ScanPlan
  private var slots = KeySlots()
  /// By key, the regressions that its rows belong to.
  private var regressions: [[Int]] = []
  /// By regression, the rows of the block.
  private var rows: [[Int32]]
  private let doubles: UnsafeMutablePointer<Double>
  private static let capacity = RowScan.blockSize + 1

  init(_ request: LeverageRequest, _ numbers: [[Int]], _ masks: [UInt64], _ plan: ScanPlan) {
    self.request = request
    self.numbers = numbers
    self.masks = masks
    self.plan = plan
    rows = Array(repeating: [], count: request.regressions.count)
    doubles = .allocate(capacity: max(1, plan.numbers.count * Self.capacity))
  }

  deinit { doubles.deallocate() }

  /// What each regression's rows of the block add up to; nil where the request cannot place a row.
  mutating func sums(of scan: borrowing RowScan, _ scales: [Int]) -> [LeverageSums]? {
    let count = scan.block.rows
    for place in rows.indices { rows[place].removeAll(keepingCapacity: true) }
    for row in 0..<count {
      guard let slot = slots.slot(of: scan.block.keys[row]) else { return nil }
      if slot == regressions.count {
        guard let own = regressions(of: scan.block.keys[row], scan) else { return nil }
        regressions.append(own)
      }
      for place in regressions[slot] { rows[place].append(Int32(truncatingIfNeeded: row)) }
    }
    for number in Set(numbers.joined()) {
      let values = scan.block.values(number)
      let power = Double(ExactDecimal.powers[scales[number]])
      let column = doubles + number * Self.capacity
      for row in 0..<count { column[row] = Double(values[row]) / power }
    }
    return request.regressions.indices.map { place in
      let columns = numbers[place].map { doubles + $0 * Self.capacity }
      return rows[place].withUnsafeBufferPointer {
        LeverageRows(columns: columns, pass: request.regressions[place].pass).sums(over: $0)
      }
    }
  }

  private func regressions(of key: UInt64, _ scan: borrowing RowScan) -> [Int]? {
    let (missing, tests, codes) = plan.meaning(of: key)
    let texts = codes.enumerated().map { scan.text(of: $1, column: $0) }
    var own: [Int] = []
    for (place, regression) in request.regressions.enumerated()
    where missing & masks[place] == 0 && texts.first == regression.arm {
      guard let holds = request.tally.holds(regression.condition, texts: texts, tests: tests)
      else { return nil }
      if holds { own.append(place) }
    }
    return own
  }
}
