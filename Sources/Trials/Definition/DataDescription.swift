public import Vocabulary

/// Where the data are.
public struct DataDescription: Codable, Hashable, Sendable {
  /// How the rows are shaped.
  public enum Shape: String, Codable, CaseIterable, Hashable, Sendable {
    /// One row a unit.
    case units
    /// One row a cell: a column of units, and each outcome's events.
    case counts
  }

  /// How bytes become letters.
  public enum Encoding: String, Codable, CaseIterable, Hashable, Sendable {
    case auto
    case utf8 = "utf-8"
    case cp932
  }

  /// The file, relative to the folder of the trial file; or `sqlite:FILE` or `postgres://…`.
  public var file: String
  /// The table or view of a database; nil for a file.
  public var table: String?
  /// The sheet of a workbook; nil is the first.
  public var sheet: String?
  /// How the rows are shaped.
  public var shape: Shape
  /// How bytes become letters.
  public var encoding: Encoding
  /// For counts: the column that holds the number of units.
  public var n: String
  /// Values that mean missing, after trimming spaces; empty and `-` by default.
  public var missing: [String]
  /// Whether the data were simulated.
  public var simulated: Bool
  /// Where the figures come from, for the report.
  public var source: BilingualText?
}
