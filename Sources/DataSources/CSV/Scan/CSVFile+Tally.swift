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
    try withDocument { _, document throws(Faults) in
      guard let plan = ScanPlan(request, names: document.names, missing: missing) else {
        return nil
      }
      let scan = TallyScan(
        document, plan, request, onAllCores: division.usesAllCores,
        progress: chunkProgress(in: document))
      return scan.tally()
    }
  }
}

/// One scan for a tally.
private struct TallyScan {
  let document: CSVDocument
  let plan: ScanPlan
  let request: TallyRequest
  let onAllCores: Bool
  /// The pairs of numbers whose products some set wants.
  let pairs: [(Int, Int)]

  let progress: (@Sendable (Int) -> Void)?

  init(
    _ document: CSVDocument, _ plan: ScanPlan, _ request: TallyRequest, onAllCores: Bool,
    progress: (@Sendable (Int) -> Void)?
  ) {
    self.progress = progress
    self.document = document
    self.plan = plan
    self.request = request
    self.onAllCores = onAllCores
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

  func tally() -> Tally? {
    document.scanned(plan) { scales in totals(scales).map { tally(of: $0, scales) } }
  }

  private typealias Totals = [ScannedPart.Key: ScannedPart]

  private func totals(_ scales: [Int]) -> Result<[ScannedPart], ScanStop> {
    let whole = inOrder(
      count: document.chunks.count, onAllCores: onAllCores,
      into: Result<Totals, ScanStop>.success([:]), progress: progress
    ) { index in
      Result { () throws(ScanStop) in try parts(of: document.chunks[index], scales) }
    } consume: { whole, part in
      guard case .success(var totals) = whole, case .success(let parts) = part else {
        if case .failure(let stop) = part { whole = .failure(stop) }
        return false
      }
      whole = .success([:])
      for part in parts { totals[part.key, default: part.empty].add(part) }
      whole = .success(totals)
      return totals.count <= ScanPlan.mostKeys
    }
    return whole.flatMap {
      $0.count <= ScanPlan.mostKeys ? .success(Array($0.values)) : .failure(.words)
    }
  }

  private func parts(of chunk: Chunk, _ scales: [Int]) throws(ScanStop) -> [ScannedPart] {
    defer { document.view.release(chunk.range) }
    var scan = RowScan(document, plan, scales: scales)
    var sums = PartSums(numbers: plan.numbers.count, pairs: pairs)
    var position = chunk.firstRecord(
      in: document.view, rowsStart: document.header.rowsStart)
    while position < chunk.range.upperBound {
      let end = min(position + RowScan.blockSize, chunk.range.upperBound)
      position = try scan.read(from: position, to: end)
      guard sums.add(scan.block) else { throw .words }
    }
    return sums.parts(plan, scan)
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
