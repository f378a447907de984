/// How the values of a column are laid out.
enum ArrowType: Hashable, Sendable {
  /// Missing in every row; takes no space.
  case null
  /// One bit a row.
  case boolean
  /// A whole number of so many bytes with a sign, or without one.
  case integer(width: Int, isSigned: Bool)
  /// IEEE 754 of 4 or 8 bytes.
  case floatingPoint(width: Int)
  /// UTF-8, row after row, and offsets of 4 or 8 bytes.
  case text(offsetWidth: Int)

  /// How many of a batch's buffers belong to a column of this type.
  var bufferCount: Int {
    switch self {
    case .null: 0
    case .boolean, .integer, .floatingPoint: 2
    case .text: 3
    }
  }
}

/// One column as the schema describes it.
struct ArrowField: Hashable, Sendable {
  /// The column's name.
  let name: String
  /// How its values are laid out.
  let type: ArrowType

  private static let longestName = 65_536

  /// Reads one field of a schema.
  ///
  /// - Throws: ``ArrowProblem``: the metadata is damaged, or the type is none of ``ArrowType``.
  init(_ field: FlatTable) throws(ArrowProblem) {
    let name = try field.text(0) ?? ""
    guard name.utf8.count <= Self.longestName else { throw .damaged(.metadata) }
    self.name = name
    guard try field.table(4) == nil else { throw .unsupportedFeature("dictionary") }
    let code = try field.integer(2, as: UInt8.self)
    let details = try field.table(3)
    type = try Self.type(code, details, column: name)
  }

  private static func type(
    _ code: UInt8, _ details: FlatTable?, column: String
  ) throws(ArrowProblem) -> ArrowType {
    switch code {
    case 1: return .null
    case 2:
      let bits = try details?.integer(0, as: Int32.self) ?? 0
      let isSigned = try details?.integer(1, as: UInt8.self) ?? 0 != 0
      guard [8, 16, 32, 64].contains(bits), isSigned || bits < 64 else {
        throw .unsupportedType(column: column, type: "\(isSigned ? "Int" : "UInt")\(bits)")
      }
      return .integer(width: Int(bits) / 8, isSigned: isSigned)
    case 3:
      switch try details?.integer(0, as: Int16.self) ?? 0 {
      case 1: return .floatingPoint(width: 4)
      case 2: return .floatingPoint(width: 8)
      default: throw .unsupportedType(column: column, type: "Float16")
      }
    case 5: return .text(offsetWidth: 4)
    case 6: return .boolean
    case 20: return .text(offsetWidth: 8)
    default:
      let index = Int(code)
      let name = typeNames.indices.contains(index) ? typeNames[index] : "type \(code)"
      throw .unsupportedType(column: column, type: name)
    }
  }

  /// The names of the format's types in the order of their numbers, for people to read.
  private static let typeNames = [
    "none", "Null", "Int", "FloatingPoint", "Binary", "Utf8", "Bool", "Decimal", "Date", "Time",
    "Timestamp", "Interval", "List", "Struct", "Union", "FixedSizeBinary", "FixedSizeList", "Map",
    "Duration", "LargeBinary", "LargeUtf8", "LargeList",
  ]
}
