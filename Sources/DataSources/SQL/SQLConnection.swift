public import Vocabulary

/// What an adapter of a database does; ``SQLSource`` makes a source of rows and sums of it.
///
/// All answers of one connection come from one state of the data, however many queries there are.
public protocol SQLConnection: Sendable {
  /// Whose SQL it speaks.
  var dialect: SQLDialect { get }

  /// What a fault and the record of a result call the database: never an address with credentials.
  var name: String { get }

  /// What the record of a result says about the data as a whole.
  ///
  /// - Throws: ``SQLProblem``.
  func particulars() throws(SQLProblem) -> SQLParticulars

  /// The columns of a table or view in their order; none where there is no such table.
  ///
  /// - Throws: ``SQLProblem``.
  func columns(of table: TableName) throws(SQLProblem) -> [SQLColumn]

  /// The names of the tables and views that can be read.
  ///
  /// - Throws: ``SQLProblem``.
  func tableNames() throws(SQLProblem) -> [String]

  /// Adds the rows of an answer to columns, in their order.
  ///
  /// - Parameters:
  ///   - sql: a query that reads.
  ///   - isSummary: whether it adds rows up, so that the answer is small and the work is large.
  ///   - columns: takes one value a column and row.
  /// - Throws: ``SQLProblem``.
  func read(_ sql: String, isSummary: Bool, into columns: inout SQLColumns) throws(SQLProblem)
}

/// What is known about a database as a whole.
public struct SQLParticulars: Hashable, Sendable {
  /// SHA-256 of its file; empty where there is none, or where the file alone does not hold the data.
  public var sha256: String
  /// The encoding of its texts, such as `UTF8`.
  public var encoding: String

  /// Makes particulars.
  public init(sha256: String, encoding: String) {
    self.sha256 = sha256
    self.encoding = encoding
  }
}

/// A column of a table.
public struct SQLColumn: Hashable, Sendable {
  /// What the values of a column are.
  public enum Kind: Hashable, Sendable {
    /// Whole numbers.
    case integer
    /// Numbers with digits behind the point.
    case number
    /// True and false.
    case boolean
    /// Something that is neither.
    case other
    /// Different in each row.
    case mixed
  }

  /// The name.
  public var name: String
  /// The type as the database calls it.
  public var type: String
  /// What the values are.
  public var kind: Kind

  /// Makes a column.
  public init(name: String, type: String, kind: Kind) {
    self.name = name
    self.type = type
    self.kind = kind
  }
}

/// Why a database did not answer.
public enum SQLProblem: Error, Hashable, Sendable {
  /// A number left the range of doubles on the way.
  case outOfRange
  /// Anything else, in words.
  case said(BilingualText)
}
