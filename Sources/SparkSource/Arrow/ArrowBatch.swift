/// Some rows, column by column.
struct ArrowBatch: Hashable, Sendable {
  /// How many rows there are.
  let rowCount: Int
  /// The columns that the rows have.
  let fields: [ArrowField]
  /// Their values, in the same order.
  let columns: [ArrowColumn]

  /// No batch has more rows; the format itself recommends this bound.
  private static let mostRows = Int64(Int32.max)

  /// Reads one batch.
  ///
  /// - Parameters:
  ///   - table: the batch's description.
  ///   - body: the bytes of all its buffers.
  ///   - fields: the columns, from the schema.
  /// - Throws: ``ArrowProblem``: something lies outside of the body, or is compressed.
  init(
    _ table: FlatTable, body: ArraySlice<UInt8>, fields: [ArrowField]
  ) throws(ArrowProblem) {
    let length = try table.integer(0, as: Int64.self)
    guard (0...Self.mostRows).contains(length) else { throw .damaged(.metadata) }
    guard try table.table(3) == nil else { throw .unsupportedFeature("compression") }
    let nodes = try table.pairs(1)
    var buffers: [ArraySlice<UInt8>] = []
    for (offset, length) in try table.pairs(2) {
      guard offset >= 0, length >= 0, offset <= body.count, length <= Int64(body.count) - offset
      else { throw .damaged(.values) }
      let start = body.startIndex + Int(offset)
      buffers.append(body[start..<start + Int(length)])
    }
    guard nodes.count == fields.count,
      buffers.count == fields.reduce(0, { $0 + $1.type.bufferCount })
    else { throw .damaged(.metadata) }
    rowCount = Int(length)
    self.fields = fields
    var columns: [ArrowColumn] = []
    var next = 0
    for (field, node) in zip(fields, nodes) {
      guard node.0 == length else { throw .damaged(.metadata) }
      let own = buffers[next..<next + field.type.bufferCount]
      columns.append(
        try ArrowColumn(field.type, rowCount: rowCount, missing: node.1, buffers: Array(own)))
      next += field.type.bufferCount
    }
    self.columns = columns
  }
}

extension ArrowColumn {
  fileprivate init(
    _ type: ArrowType, rowCount: Int, missing: Int64, buffers: [ArraySlice<UInt8>]
  ) throws(ArrowProblem) {
    guard let bitmap = buffers.first, let data = buffers.last, buffers.count == type.bufferCount
    else {
      values = .none
      presence = nil
      return
    }
    presence = missing == 0 ? nil : try bitmap.bits(rowCount)
    switch type {
    case .null: values = .none
    case .boolean: values = .booleans(try data.bits(rowCount))
    case .integer(let width, let isSigned):
      values = .integers(try data.integers(rowCount, width: width, isSigned: isSigned))
    case .floatingPoint(4):
      values = .numbers(try data.values(rowCount) { Double(Float(bitPattern: $0)) })
    case .floatingPoint: values = .numbers(try data.values(rowCount, Double.init(bitPattern:)))
    case .text(let width):
      let offsets = try buffers[1].integers(
        // No offsets at all are allowed where there are no rows.
        rowCount == 0 ? 0 : rowCount + 1, width: width, isSigned: true)
      values = .texts(bytes: data, offsets: try data.places(offsets))
    }
  }
}

extension ArraySlice<UInt8> {
  /// The first bits, the lowest of each byte first.
  fileprivate func bits(_ count: Int) throws(ArrowProblem) -> [Bool] {
    guard self.count >= (count + 7) / 8 else { throw .damaged(.values) }
    return (0..<count).map { self[startIndex + $0 / 8] >> UInt8($0 % 8) & 1 == 1 }
  }

  /// The first little-endian values of some width, each turned into what it means.
  fileprivate func values<Raw: FixedWidthInteger, Value>(
    _ count: Int, _ value: (Raw) -> Value
  ) throws(ArrowProblem) -> [Value] {
    let width = Raw.bitWidth / 8
    guard count <= self.count / width else { throw .damaged(.values) }
    return withUnsafeBytes { bytes in
      (0..<count).map {
        value(Raw(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * width, as: Raw.self)))
      }
    }
  }

  fileprivate func integers(
    _ count: Int, width: Int, isSigned: Bool
  ) throws(ArrowProblem) -> [Int64] {
    switch (width, isSigned) {
    case (1, true): try values(count) { (raw: Int8) in Int64(raw) }
    case (1, false): try values(count) { (raw: UInt8) in Int64(raw) }
    case (2, true): try values(count) { (raw: Int16) in Int64(raw) }
    case (2, false): try values(count) { (raw: UInt16) in Int64(raw) }
    case (4, true): try values(count) { (raw: Int32) in Int64(raw) }
    case (4, false): try values(count) { (raw: UInt32) in Int64(raw) }
    default: try values(count) { (raw: Int64) in raw }
    }
  }

  /// Offsets as indices into these bytes: they ascend, and none leads outside.
  fileprivate func places(_ offsets: [Int64]) throws(ArrowProblem) -> [Int] {
    var previous: Int64 = 0
    for offset in offsets {
      guard offset >= previous, offset <= count else { throw .damaged(.values) }
      previous = offset
    }
    return offsets.map { startIndex + Int($0) }
  }
}
