/// The columns that an analysis named, each in the smallest form that serves it.
public struct Table: Sendable {
  /// How many rows there are.
  public let rowCount: Int
  /// The columns by name and form.
  public let columns: [ColumnRequest: Column]

  /// Makes a table; every column has `rowCount` values.
  public init(rowCount: Int, columns: [ColumnRequest: Column]) {
    self.rowCount = rowCount
    self.columns = columns
  }

  /// Makes a table in which every column has one form.
  public init(rowCount: Int, columns: [String: Column]) {
    self.rowCount = rowCount
    self.columns = Dictionary(
      uniqueKeysWithValues: columns.map { (ColumnRequest($0.key, as: $0.value.form), $0.value) })
  }

  /// A column of numbers; a missing value is NaN.
  ///
  /// - Throws: ``TableError`` when the column was not read as numbers.
  public func numbers(_ name: String) throws(TableError) -> [Double] {
    let request = ColumnRequest(name, as: .number)
    guard case .numbers(let values)? = columns[request] else { throw .notRead(request) }
    return values
  }

  /// A column of texts with few distinct values.
  ///
  /// - Throws: ``TableError`` when the column was not read as categories.
  public func categories(_ name: String) throws(TableError) -> Categories {
    let request = ColumnRequest(name, as: .category)
    guard case .categories(let codes, let levels)? = columns[request] else {
      throw .notRead(request)
    }
    return Categories(codes: codes, levels: levels)
  }

  /// A column of identifiers.
  ///
  /// - Throws: ``TableError`` when the column was not read as identifiers.
  public func identifiers(_ name: String) throws(TableError) -> Identifiers {
    let request = ColumnRequest(name, as: .identifier)
    guard case .identifiers(let bytes, let offsets)? = columns[request] else {
      throw .notRead(request)
    }
    return Identifiers(bytes: bytes, offsets: offsets)
  }
}

/// The caller asked a table for something that it had not asked the source for.
public enum TableError: Error, Hashable, Sendable {
  /// The column was not read in this form.
  case notRead(ColumnRequest)
}

/// One column of a table.
public enum Column: Hashable, Sendable {
  /// Numbers; a missing value is NaN here and nowhere else in the program.
  case numbers([Double])
  /// Texts as codes into a list of distinct levels; a missing value is −1.
  case categories(codes: [Int32], levels: [String])
  /// Identifiers: the bytes (UTF-8) of one row after another; `offsets` has one entry more than rows.
  case identifiers(bytes: [UInt8], offsets: [Int])

  /// The form in which the column is held.
  public var form: ColumnForm {
    switch self {
    case .numbers: .number
    case .categories: .category
    case .identifiers: .identifier
    }
  }
}

/// Texts with few distinct values: one code a row into the list of distinct levels.
public struct Categories: Hashable, Sendable {
  /// One index into `levels` a row; −1 where the value is missing.
  public let codes: [Int32]
  /// The distinct texts in the order in which they first appear.
  public let levels: [String]

  /// The text of a row; nil where it is missing or there is no such row.
  public subscript(row: Int) -> String? {
    guard codes.indices.contains(row), levels.indices.contains(Int(codes[row])) else { return nil }
    return levels[Int(codes[row])]
  }

  /// The code of a level; nil when no row has it.
  public func code(of level: String) -> Int32? {
    levels.firstIndex(of: level).flatMap(Int32.init(exactly:))
  }
}

/// Texts that are mostly distinct, held as bytes one after another.
public struct Identifiers: Hashable, Sendable {
  /// UTF-8, row after row.
  public let bytes: [UInt8]
  /// Where each row begins, and the end of the last: one entry more than rows.
  public let offsets: [Int]

  /// How many rows there are.
  public var count: Int { max(0, offsets.count - 1) }

  /// The UTF-8 bytes of a row, without a copy; empty where the identifier is missing.
  public func bytes(at row: Int) -> ArraySlice<UInt8> {
    guard row >= 0, row < count else { return [] }
    return bytes[offsets[row]..<offsets[row + 1]]
  }

  /// The identifier of a row; nil where it is missing.
  public subscript(row: Int) -> String? {
    let slice = bytes(at: row)
    return slice.isEmpty ? nil : String(decoding: slice, as: UTF8.self)
  }
}
