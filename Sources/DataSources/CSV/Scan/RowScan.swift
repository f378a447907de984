import Vocabulary

/// Why a scan ended before its rows did.
enum ScanStop: Error, Hashable {
  /// A number has more decimals than its column was thought to have.
  case finer(number: Int, decimals: Int)
  /// Something that needs a reader with words: a flaw, or a number that no scale holds.
  case words
}

/// Reads the rows that begin in a chunk, block by block and column by column.
struct RowScan: ~Copyable {
  /// Bytes of a block: its fields' ends stay in the cache, and sums of doubles are kept by blocks of
  /// the file, whatever the chunks.
  static let blockSize = 1 << 16

  private let view: ByteView
  private let plan: ScanPlan
  /// Decimals of each number.
  private let scales: [Int]
  private let decoder: TextDecoder
  private var ends = FieldEnds(blockSize: RowScan.blockSize)
  private let points = PointTables()
  private var texts: ColumnTexts
  /// The rows that were read last.
  private(set) var block: RowBlock

  init(_ document: CSVDocument, _ plan: ScanPlan, scales: [Int]) {
    view = document.view
    decoder = TextDecoder(document.view, document.encoding)
    self.plan = plan
    self.scales = scales
    texts = ColumnTexts(count: plan.textFields.count, missing: plan.missing)
    block = RowBlock(numbers: plan.numbers.count, capacity: RowScan.blockSize + 1)
  }

  deinit { points.deallocate() }

  /// What a row's key says.
  func meaning(of key: UInt64) -> ScannedPart.Key {
    let (missing, tests, codes) = plan.meaning(of: key)
    return ScannedPart.Key(
      texts: codes.enumerated().map { texts.text(of: $1, column: $0) }, tests: tests,
      missing: missing)
  }

  /// Reads the records that begin in `start..<end`, no more than a block, into ``block``.
  ///
  /// - Returns: where the next record begins.
  mutating func read(from start: Int, to end: Int) throws(ScanStop) -> Int {
    guard ends.find(in: view, from: start, through: end) else { throw .words }
    let next = try findRows(from: start, to: end)
    var shift: UInt64 = 0
    for number in plan.numberFields.indices {
      try readNumber(number, bit: 1 << shift)
      shift += 1
    }
    for tested in plan.tested {
      answer(tested, shift: shift)
      shift += UInt64(tested.bits)
    }
    for column in plan.textFields.indices {
      try readText(column, shift: shift)
      shift += UInt64(plan.textBits)
    }
    return next
  }

  // MARK: - Rows

  private mutating func findRows(from start: Int, to end: Int) throws(ScanStop) -> Int {
    let (count, width, offsets) = (ends.count, plan.fieldCount, ends.offsets)
    let stop = end - start
    var (place, lines) = (0, 0)
    block.begin()
    // The record that follows the end before it.
    func begin(_ place: Int) -> Int { Int(offsets[place &- 1] &+ 1) }
    func endsLine(_ place: Int) -> Bool {
      let index = start &+ Int(offsets[place])
      return index >= view.count || view[index] == Byte.lineFeed
    }
    while place < count, begin(place) < stop {
      let last = place &+ width &- 1
      if last < count, endsLine(last) {
        // Were another of these ends a line's, the count of lines below would tell.
        block.addRow(at: place)
        place = last &+ 1
      } else {
        // A blank line is no row, where rows have several fields.
        guard width > 1, endsLine(place),
          isBlank(start + begin(place)..<start + Int(offsets[place]))
        else { throw .words }
        place &+= 1
      }
      lines &+= 1
    }
    for rest in place..<max(place, count) where endsLine(rest) { lines += 1 }
    guard lines == ends.lineFeeds else { throw .words }
    return start + begin(place)
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    range.allSatisfy {
      view[$0] == Byte.space || view[$0] == Byte.tab || view[$0] == Byte.carriageReturn
    }
  }

  /// What a field holds, without quotes around it; `place` is that of its end.
  @inline(__always)
  private func content(_ place: Int) -> (content: Range<Int>, isQuoted: Bool) {
    var from = ends.origin &+ Int(ends.offsets[place &- 1] &+ 1)
    var to = ends.origin &+ Int(ends.offsets[place])
    if ends.isPlain { return (Range(uncheckedBounds: (from, to)), false) }
    if to > from, view[to &- 1] == Byte.carriageReturn { to &-= 1 }
    let isQuoted = to &- from >= 2 && view[from] == Byte.quote
    if isQuoted {
      from &+= 1
      to &-= 1
    }
    return (Range(uncheckedBounds: (from, to)), isQuoted)
  }

  // MARK: - Numbers

  private mutating func readNumber(_ number: Int, bit: UInt64) throws(ScanStop) {
    let (scale, field) = (scales[number], plan.numberFields[number])
    let plain = PlainNumbers(
      places: block.places, offsets: ends.offsets, field: field, start: view.base + ends.origin,
      mayEndInReturn: !ends.isPlain && field == plan.fieldCount - 1, scale: scale, points: points)
    let values = block.values(number)
    var (largest, unusual) = (UInt64(0), block.rows)
    if plan.missing.includesNumbers {
      for row in 0..<block.rows { block.unusual[row] = UInt32(truncatingIfNeeded: row) }
    } else {
      (largest, unusual) = plain.read(block.rows, into: values, unusual: block.unusual)
    }
    for place in 0..<unusual {
      let row = Int(block.unusual[place])
      let (content, isQuoted) = content(Int(block.places[row]) &+ field)
      if let value = try unusualValue(content, isQuoted, number, scale) {
        values[row] = value
        largest |= value.magnitude
      } else {
        values[row] = 0
        block.keys[row] |= bit
      }
    }
    guard largest < UInt64(ExactDecimal.most) else { throw .words }
    block.largest[number] = largest
    guard plan.isBinary[number] else { return }
    let one = ExactDecimal.powers[scale]
    for row in 0..<block.rows where values[row] != 0 && values[row] != one { throw .words }
  }

  /// Any number that a scale holds; nil where it is missing.
  private func unusualValue(
    _ content: Range<Int>, _ isQuoted: Bool, _ number: Int, _ scale: Int
  ) throws(ScanStop) -> Int64? {
    let field = Field(content: content, isQuoted: isQuoted, next: 0, endsRecord: false)
    var found = plan.missing.includesNumbers ? nil : view.exactDecimal(in: content)
    if found == nil {
      guard let text = decoder.trimmedText(of: field) else { throw .words }
      if plan.missing.contains(text) { return nil }
      found = view.exactDecimal(in: content)
      if found == nil, let written = DecimalText.parse(text), let whole = Int64(exactly: written) {
        // Digits in full width, commas between thousands, exponents: whole numbers at least.
        found = ExactDecimal.Value(digits: whole, decimals: 0)
      }
    }
    guard let found else { throw .words }
    guard found.decimals <= scale else {
      throw .finer(number: number, decimals: found.decimals)
    }
    let (value, wraps) = found.digits.multipliedReportingOverflow(
      by: ExactDecimal.powers[scale - found.decimals])
    guard !wraps, value.magnitude < UInt64(ExactDecimal.most) else { throw .words }
    return value
  }

  private func answer(_ tested: TestedNumber, shift: UInt64) {
    let (values, keys) = (block.values(tested.number), block.keys)
    let power = Double(ExactDecimal.powers[scales[tested.number]])
    let isWhole = power == 1
    let missing: UInt64 = 1 << UInt64(tested.number)
    for row in 0..<block.rows where keys[row] & missing == 0 {
      let value = isWhole ? Double(values[row]) : Double(values[row]) / power
      keys[row] |= tested.code(of: value) &<< shift
    }
  }

  // MARK: - Texts

  private mutating func readText(_ column: Int, shift: UInt64) throws(ScanStop) {
    let field = plan.textFields[column]
    let limit = UInt32(1) << UInt32(plan.textBits)
    for row in 0..<block.rows {
      let (content, isQuoted) = content(Int(block.places[row]) &+ field)
      guard
        let code = texts.code(
          of: content, isQuoted: isQuoted, column: column, in: view, decoder),
        code < limit
      else { throw .words }
      block.keys[row] |= UInt64(code) &<< shift
    }
  }
}

/// The texts that a chunk has shown, column by column.
struct ColumnTexts: ~Copyable {
  private let columns: UnsafeMutablePointer<SpelledTexts>
  private let count: Int

  init(count: Int, missing: MissingTexts) {
    self.count = count
    columns = .allocate(capacity: max(1, count))
    for column in 0..<count {
      (columns + column).initialize(to: SpelledTexts(missing: missing))
    }
  }

  deinit {
    columns.deinitialize(count: count)
    columns.deallocate()
  }

  @inline(__always)
  mutating func code(
    of content: Range<Int>, isQuoted: Bool, column: Int, in view: ByteView,
    _ decoder: borrowing TextDecoder
  ) -> UInt32? {
    columns[column].code(of: content, isQuoted: isQuoted, in: view, decoder)
  }

  /// The text of a code; nil for a missing value.
  func text(of code: Int, column: Int) -> String? {
    code == 0 ? nil : columns[column].texts[code - 1]
  }
}
