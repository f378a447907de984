/// A table within a FlatBuffers message, read with every offset checked.
///
/// FlatBuffers are offsets into one another. These come from a network, so an offset that leads
/// outside of the message is an error and never a read outside of it.
struct FlatTable {
  private let bytes: ArraySlice<UInt8>
  /// Where the table begins, counted from the first byte of the message.
  private let start: Int
  /// Where the list of its fields begins, and how many bytes that list has.
  private let layout: (start: Int, size: Int)

  /// The table at the root of a message.
  ///
  /// - Throws: ``ArrowProblem/damaged(_:)`` when offsets lead outside of the message.
  init(rootOf bytes: ArraySlice<UInt8>) throws(ArrowProblem) {
    let root = try Int(bytes.integer(UInt32.self, at: 0))
    try self.init(bytes, at: root)
  }

  private init(_ bytes: ArraySlice<UInt8>, at start: Int) throws(ArrowProblem) {
    let layout = start - (try Int(bytes.integer(Int32.self, at: start)))
    let size = try Int(bytes.integer(UInt16.self, at: layout))
    guard size >= 4, size.isMultiple(of: 2) else { throw .damaged(.metadata) }
    self.bytes = bytes
    self.start = start
    self.layout = (layout, size)
  }

  /// Where a field is; nil where it is absent.
  private func place(of field: Int) throws(ArrowProblem) -> Int? {
    let entry = 4 + 2 * field
    guard entry < layout.size else { return nil }
    let offset = try Int(bytes.integer(UInt16.self, at: layout.start + entry))
    return offset == 0 ? nil : start + offset
  }

  /// A number; the format's default of 0 where the field is absent.
  func integer<Value: FixedWidthInteger>(
    _ field: Int, as type: Value.Type
  ) throws(ArrowProblem) -> Value {
    guard let place = try place(of: field) else { return 0 }
    return try bytes.integer(type, at: place)
  }

  /// A table that this one points to; nil where it does not.
  func table(_ field: Int) throws(ArrowProblem) -> FlatTable? {
    guard let place = try place(of: field) else { return nil }
    return try FlatTable(bytes, at: target(of: place))
  }

  /// A text; nil where the field is absent.
  func text(_ field: Int) throws(ArrowProblem) -> String? {
    guard let place = try place(of: field) else { return nil }
    let (first, count) = try vector(at: target(of: place), stride: 1)
    let start = bytes.startIndex + first
    guard let text = String(validating: bytes[start..<start + count], as: UTF8.self) else {
      throw .damaged(.text)
    }
    return text
  }

  /// The tables of a list; none where the field is absent.
  func tables(_ field: Int) throws(ArrowProblem) -> [FlatTable] {
    guard let place = try place(of: field) else { return [] }
    let (first, count) = try vector(at: target(of: place), stride: 4)
    var tables: [FlatTable] = []
    for index in 0..<count {
      tables.append(try FlatTable(bytes, at: target(of: first + 4 * index)))
    }
    return tables
  }

  /// The structures of a list, each of two 64-bit numbers; none where the field is absent.
  func pairs(_ field: Int) throws(ArrowProblem) -> [(Int64, Int64)] {
    guard let place = try place(of: field) else { return [] }
    let (first, count) = try vector(at: target(of: place), stride: 16)
    var pairs: [(Int64, Int64)] = []
    for index in 0..<count {
      pairs.append(
        (
          try bytes.integer(Int64.self, at: first + 16 * index),
          try bytes.integer(Int64.self, at: first + 16 * index + 8)
        ))
    }
    return pairs
  }

  /// Where an offset leads that is counted from where it stands.
  private func target(of place: Int) throws(ArrowProblem) -> Int {
    place + (try Int(bytes.integer(UInt32.self, at: place)))
  }

  /// Where the elements of a list begin, and how many there are; all of them are within the message.
  private func vector(
    at place: Int, stride: Int
  ) throws(ArrowProblem) -> (first: Int, count: Int) {
    let count = try Int(bytes.integer(UInt32.self, at: place))
    guard count <= (bytes.count - place - 4) / stride else { throw .damaged(.metadata) }
    return (place + 4, count)
  }
}

extension ArraySlice<UInt8> {
  /// A little-endian number, `offset` bytes after the first.
  ///
  /// - Throws: ``ArrowProblem/damaged(_:)`` when it does not lie within the bytes.
  func integer<Value: FixedWidthInteger>(
    _: Value.Type, at offset: Int
  ) throws(ArrowProblem) -> Value {
    let width = Value.bitWidth / 8
    guard offset >= 0, width <= count, offset <= count - width else { throw .damaged(.metadata) }
    let value = withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Value.self) }
    return Value(littleEndian: value)
  }
}
