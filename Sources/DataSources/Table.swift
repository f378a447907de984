/// The columns that an analysis named, each in the smallest form that serves it.
public struct Table: Sendable {
  /// How many rows there are.
  public let rowCount: Int
  /// The columns by name.
  public let columns: [String: Column]

  /// Makes a table; every column has `rowCount` values.
  public init(rowCount: Int, columns: [String: Column]) {
    self.rowCount = rowCount
    self.columns = columns
  }
}

/// One column of a table.
public enum Column: Sendable {
  /// Numbers; a missing value is NaN here and nowhere else in the program.
  case numbers([Double])
  /// Texts as codes into a list of distinct levels; a missing value is −1.
  case categories(codes: [Int32], levels: [String])
  /// Identifiers: the bytes (UTF-8) of one row after another; `offsets` has one entry more than rows.
  case identifiers(bytes: [UInt8], offsets: [Int])
}

/// In which form a column is wanted.
public enum ColumnForm: Hashable, Sendable {
  /// As numbers: full-width digits and thousands commas are read, anything else is a fault.
  case number
  /// As texts with few distinct values.
  case category
  /// As texts that are mostly distinct.
  case identifier
}
