import Statistics
public import Vocabulary

// The short road from bytes to moments: whole numbers are added up as they are scanned, and no row is
// kept. What comes out is the same to the last bit however the file is divided.

extension CSVFile {
  /// Adds the rows up as the file is scanned.
  ///
  /// - Returns: nil where the file has a flaw or a number that needs ``table(of:)``: more than 12
  ///   decimals or 40 bits, an exponent below 1.
  public func tally(_ request: TallyRequest) throws(Faults) -> Tally? {
    try withDocument { file, document throws(Faults) in
      guard let plan = ScanPlan(request, names: document.names, missing: missing) else {
        return nil
      }
      let scan = TallyScan(
        document, plan, request, division, progress: chunkProgress(in: document))
      let found = scan.tally()
      file.keep(found?.kept)
      return found?.tally
    }
  }
}

/// One scan for a tally.
private struct TallyScan {
  let document: CSVDocument
  let plan: ScanPlan
  let request: TallyRequest
  let division: Division
  /// The pairs of numbers whose products some set wants.
  let pairs: [(Int, Int)]

  let progress: (@Sendable (Int) -> Void)?

  init(
    _ document: CSVDocument, _ plan: ScanPlan, _ request: TallyRequest, _ division: Division,
    progress: (@Sendable (Int) -> Void)?
  ) {
    self.progress = progress
    self.document = document
    self.plan = plan
    self.request = request
    self.division = division
    var seen: Set<[Int]> = []
    var pairs: [(Int, Int)] = []
    for set in request.sets {
      let places = TallyScan.places(of: set, plan)
      for row in places.indices {
        for column in 0...row {
          let pair = [places[row], places[column]].sorted()
          if seen.insert(pair).inserted { pairs.append((pair[0], pair[1])) }
        }
      }
    }
    self.pairs = pairs
  }

  private static func places(of set: VariableSet, _ plan: ScanPlan) -> [Int] {
    set.columns.compactMap { plan.numbers.firstIndex(of: $0) }
  }

  func tally() -> (tally: Tally, kept: KeptRows?)? {
    document.scanned(plan) { scales in
      totals(scales).map { totals in
        let kept = totals.chunks.map { chunks in
          KeptRows(
            request: request, numbers: keptNumbers.map { plan.numbers[$0] },
            scales: keptNumbers.map { scales[$0] }, bits: keptNumbers.map { 1 << UInt64($0) },
            chunks: chunks)
        }
        return (tally(of: Array(totals.parts.values), scales), kept)
      }
    }
  }

  /// The places of the numbers that a second reading will want.
  private var keptNumbers: [Int] {
    plan.numbers.indices.filter { request.rereads.contains(plan.numbers[$0]) }
  }

  private struct Totals {
    var parts: [ScannedPart.Key: ScannedPart] = [:]
    /// What is kept; nil once some chunk was not.
    var chunks: [KeptRows.Chunk]? = []
  }

  private func totals(_ scales: [Int]) -> Result<Totals, ScanStop> {
    let room = KeptRoom(division.keptBytes)
    let whole = inOrder(
      count: document.chunks.count, onAllCores: division.usesAllCores,
      into: Result<Totals, ScanStop>.success(Totals()), progress: progress
    ) { index in
      Result { () throws(ScanStop) in try parts(of: document.chunks[index], scales, room) }
    } consume: { whole, part in
      guard case .success(var totals) = whole, case .success(let (parts, kept)) = part else {
        if case .failure(let stop) = part { whole = .failure(stop) }
        return false
      }
      whole = .success(Totals())
      for part in parts { totals.parts[part.key, default: part.empty].add(part) }
      if let kept { totals.chunks?.append(kept) } else { totals.chunks = nil }
      whole = .success(totals)
      return totals.parts.count <= ScanPlan.mostKeys
    }
    return whole.flatMap {
      $0.parts.count <= ScanPlan.mostKeys ? .success($0) : .failure(.words)
    }
  }

  private func parts(
    of chunk: Chunk, _ scales: [Int], _ room: KeptRoom
  ) throws(ScanStop) -> ([ScannedPart], KeptRows.Chunk?) {
    defer { document.view.release(chunk.range) }
    let start = document.header.rowsStart
    var scan = RowScan(document, plan, scales: scales)
    var sums = PartSums(numbers: plan.numbers.count, pairs: pairs)
    var keeper = ChunkKeeper(keptNumbers, room: room)
    var position = chunk.firstRecord(in: document.view, rowsStart: start)
    while position < chunk.range.upperBound {
      let end = chunk.endOfBlock(from: position, rowsStart: start)
      let share = Double(end - position) / Double(chunk.range.count)
      position = try scan.read(from: position, to: end)
      guard sums.add(scan.block) else { throw .words }
      keeper.add(scan.block, sums.slotOfRow, share: share)
    }
    let parts = sums.parts(plan, scan)
    return (parts, keeper.chunk(parts.map(\.key)))
  }

  private func tally(of parts: [ScannedPart], _ scales: [Int]) -> Tally {
    struct Group: Hashable {
      var texts: [String?]
      var tests: [Bool]
    }
    let groups = Dictionary(grouping: parts) { Group(texts: $0.key.texts, tests: $0.key.tests) }
    return Tally(
      request: request,
      parts: groups.map { group, parts in
        Tally.Part(
          texts: group.texts, tests: group.tests, rows: parts.reduce(0) { $0 + $1.rows },
          moments: request.sets.map { moments(of: $0, in: parts, scales) })
      })
  }

  private func moments(
    of set: VariableSet, in parts: [ScannedPart], _ scales: [Int]
  ) -> Moments {
    let mask = plan.mask(of: set)
    let places = TallyScan.places(of: set, plan)
    let complete = parts.filter { $0.key.missing & mask == 0 }
    var products: [Int128] = []
    for row in places.indices {
      for column in 0...row {
        let pair = [places[row], places[column]].sorted()
        let place = pairs.firstIndex { $0.0 == pair[0] && $0.1 == pair[1] } ?? 0
        products.append(complete.reduce(0) { $0 + $1.products[place] })
      }
    }
    return ExactMoments(
      count: complete.reduce(0) { $0 + $1.rows },
      sums: places.map { place in complete.reduce(0) { $0 + $1.sums[place] } },
      products: products, scales: places.map { scales[$0] }
    ).moments
  }
}

extension ScannedPart {
  fileprivate var empty: ScannedPart {
    ScannedPart(
      key: key, rows: 0, sums: sums.map { _ in 0 }, products: products.map { _ in 0 })
  }
}

extension Chunk {
  /// Where the block of ``RowScan/blockSize`` bytes of the file ends in which a record begins, or the chunk.
  func endOfBlock(from position: Int, rowsStart start: Int) -> Int {
    let block = (position - start) / RowScan.blockSize
    return min(start + (block + 1) * RowScan.blockSize, range.upperBound)
  }
}

extension CSVDocument {
  /// Scans with the scales that the first rows show, and again with finer ones where a column has more decimals.
  ///
  /// - Returns: nil where the file needs a reader with words.
  func scanned<Answer>(
    _ plan: ScanPlan, _ scan: (_ scales: [Int]) -> Result<Answer, ScanStop>
  ) -> Answer? {
    guard var scales = scales(plan) else { return nil }
    while true {
      switch scan(scales) {
      case .success(let answer): return answer
      case .failure(.words): return nil
      case .failure(.finer(let number, let decimals)):
        guard decimals <= ExactDecimal.mostDecimals else { return nil }
        scales[number] = decimals
      }
    }
  }

  /// How many decimals each number has, as its first rows show; nil where one has more than sums hold.
  private func scales(_ plan: ScanPlan) -> [Int]? {
    var scales = plan.numbers.map { _ in 0 }
    var position = header.rowsStart
    for _ in 0..<1_000 {
      guard position < view.count, let record = try? view.record(at: position),
        let last = record.last
      else { break }
      for (number, field) in plan.numberFields.enumerated() where field < record.count {
        let decimals = view.exactDecimal(in: record[field].content)?.decimals ?? 0
        scales[number] = max(scales[number], decimals)
      }
      position = last.next
    }
    return scales.allSatisfy { $0 <= ExactDecimal.mostDecimals } ? scales : nil
  }
}
