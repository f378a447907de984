import Vocabulary

/// Anything that can hand over the named columns: a CSV file, later a database.
public protocol DataSource: Sendable {
  /// What the source says about itself, for the record in the result.
  func description() throws -> SourceDescription
  /// The names of all columns, without reading the rows.
  func columnNames() throws -> [String]
  /// Reads the named columns, each in the wanted form, and nothing else.
  ///
  /// - Throws: ``Vocabulary/Faults`` listing every fault found.
  func table(of columns: [String: ColumnForm]) throws -> Table
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
