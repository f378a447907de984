/// The batches of an Arrow IPC stream: one schema, then any number of batches.
///
/// Read are columns of texts, whole numbers, floating point and booleans, without compression and
/// dictionaries: what Spark sends unless it is told otherwise. Bytes come from a network: whatever they
/// are, reading them ends in batches or in an error.
enum ArrowStream {
  /// A schema may describe one column a million times in few bytes; no table of ours is so wide.
  private static let mostColumns = 20_000

  /// Reads a whole stream.
  ///
  /// - Throws: ``ArrowProblem``: the bytes are damaged, or use what is not read here.
  static func batches(_ bytes: [UInt8]) throws(ArrowProblem) -> [ArrowBatch] {
    var fields: [ArrowField]?
    var batches: [ArrowBatch] = []
    var rest = bytes[...]
    while let message = try ArrowMessage(first: &rest) {
      switch message.kind {
      case .schema where fields == nil:
        guard try message.header.integer(0, as: Int16.self) == 0 else {
          throw .unsupportedFeature("big-endian")
        }
        let tables = try message.header.tables(1)
        guard tables.count <= mostColumns else { throw .damaged(.metadata) }
        var found: [ArrowField] = []
        for table in tables { found.append(try ArrowField(table)) }
        fields = found
      case .batch:
        guard let fields else { throw .damaged(.metadata) }
        batches.append(try ArrowBatch(message.header, body: message.body, fields: fields))
      case .schema: throw .damaged(.metadata)
      case .other: throw .unsupportedFeature("dictionary")
      }
    }
    guard fields != nil else { throw .damaged(.truncated) }
    return batches
  }
}

/// One message of a stream: what it describes, and the bytes of its buffers.
struct ArrowMessage {
  /// What a message can be.
  enum Kind {
    case schema, batch, other
  }

  let kind: Kind
  let header: FlatTable
  let body: ArraySlice<UInt8>

  /// Takes the first message off the bytes; nil at the end of the stream.
  ///
  /// - Throws: ``ArrowProblem/damaged(_:)`` when the bytes end within a message.
  init?(first rest: inout ArraySlice<UInt8>) throws(ArrowProblem) {
    guard !rest.isEmpty else { return nil }
    guard rest.count >= 8 else { throw .damaged(.truncated) }
    guard try rest.integer(UInt32.self, at: 0) == 0xFFFF_FFFF else {
      throw .damaged(.metadata)
    }
    let size = try Int(rest.integer(UInt32.self, at: 4))
    rest = rest.dropFirst(8)
    guard size > 0 else { return nil }
    guard size <= rest.count else { throw .damaged(.truncated) }
    let message = try FlatTable(rootOf: rest.prefix(size))
    rest = rest.dropFirst(size)
    let bodySize = try message.integer(3, as: Int64.self)
    guard bodySize >= 0 else { throw .damaged(.metadata) }
    guard bodySize <= rest.count else { throw .damaged(.truncated) }
    body = rest.prefix(Int(bodySize))
    rest = rest.dropFirst(Int(bodySize))
    guard let header = try message.table(2) else { throw .damaged(.metadata) }
    self.header = header
    kind =
      switch try message.integer(1, as: UInt8.self) {
      case 1: .schema
      case 3: .batch
      default: .other
      }
  }
}
