public import Statistics
public import Vocabulary

/// Anything that can hand over the named columns: a CSV file, later a database.
public protocol DataSource: Sendable {
  /// What the source says about itself, for the record in the result.
  func description() throws(Faults) -> SourceDescription

  /// The names of all columns in their order, without reading the rows.
  func columnNames() throws(Faults) -> [String]

  /// Reads the wanted columns, each in the wanted forms, and nothing else.
  ///
  /// - Throws: every fault found, in reading order.
  func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table

  /// Where a person finds the value of a column in some rows, to point at it in a fault.
  ///
  /// Rows carry no line numbers: they are looked up only when there is something to complain of.
  ///
  /// - Parameters:
  ///   - rows: indices into a table that this source returned.
  ///   - column: the column's name; nil points at the beginning of the row.
  /// - Returns: the place of each row that exists.
  /// - Throws: the source's faults, when it can no longer be read.
  func locations(ofRows rows: Set<Int>, column: String?) throws(Faults) -> [Int: SourceLocation]

  /// Adds the rows up where they are.
  ///
  /// - Returns: nil where the source would rather hand over its rows, or where some value needs the
  ///   words that only reading rows gives: whoever asks then reads them.
  /// - Throws: every fault found.
  func tally(_ request: TallyRequest) throws(Faults) -> Tally?

  /// The second reading of regressions that were fitted from a tally.
  ///
  /// - Returns: one a regression; nil as for ``tally(_:)``.
  /// - Throws: every fault found.
  func leverages(_ request: LeverageRequest) throws(Faults) -> [LeverageSums]?
}

extension DataSource {
  /// Nothing is added up: rows are handed over.
  public func tally(_ request: TallyRequest) throws(Faults) -> Tally? { nil }

  /// Nothing is added up: rows are handed over.
  public func leverages(_ request: LeverageRequest) throws(Faults) -> [LeverageSums]? { nil }

  /// Reads the named columns, each in one form.
  ///
  /// - Throws: every fault found, in reading order.
  public func table(of columns: [String: ColumnForm]) throws(Faults) -> Table {
    try table(of: Set(columns.map { ColumnRequest($0.key, as: $0.value) }))
  }
}

/// What was read, so that a result can be traced to it.
public struct SourceDescription: Hashable, Sendable {
  /// The file's name, without its folders.
  public var name: String
  /// SHA-256 of the bytes, in hexadecimal.
  public var sha256: String
  /// The encoding that was found, such as `utf-8` or `cp932`.
  public var encoding: String
  /// Comment lines (`# …`) before the header, without the `#`.
  public var preamble: [String]

  /// Makes a description.
  public init(name: String, sha256: String, encoding: String, preamble: [String]) {
    self.name = name
    self.sha256 = sha256
    self.encoding = encoding
    self.preamble = preamble
  }
}
