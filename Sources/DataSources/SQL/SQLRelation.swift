public import Vocabulary

/// A table as the queries see it: where its rows are and what in them is missing.
///
/// - Texts are compared without spaces around them. NULL, the empty text and the trial's missing texts are
///   missing; in the answers a missing text is empty.
/// - A column of numbers has a numeric type; booleans count as 0 and 1. A text is no number, even one of digits:
///   what it means is decided in a view, by a person, and not by a cast. Where a missing text is itself a
///   number, such as `-99`, that number is missing.
/// - A value that is no finite number makes its row count as `not_numbers`, and the answer is refused.
public struct SQLRelation: Hashable, Sendable {
  /// Whose SQL is written.
  public var dialect: SQLDialect
  /// The table or view.
  public var table: TableName
  /// The columns of type boolean.
  public var booleans: Set<String>
  /// The columns that can hold whole numbers only, booleans among them: their sums are exact.
  public var integers: Set<String>
  private let missing: [String]

  /// Names a table.
  ///
  /// - Parameters:
  ///   - table: the table or view.
  ///   - dialect: whose SQL is written.
  ///   - booleans: the columns of type boolean, which some engines cannot add up.
  ///   - integers: the columns of a type of whole numbers, as far as that is known.
  ///   - missing: texts that mean missing, after trimming spaces.
  public init(
    _ table: TableName, dialect: SQLDialect, booleans: Set<String> = [],
    integers: Set<String> = [], missing: [String] = ["", "-"]
  ) {
    self.table = table
    self.dialect = dialect
    self.booleans = booleans
    self.integers = integers.union(booleans)
    var texts = Set(missing.map(trimmed)).subtracting([""])
    if texts.contains("-") { texts.formUnion(["－", "−"]) }
    self.missing = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The table's name as the engine reads it.
  var from: String { table.parts.map(dialect.quoted(name:)).joined(separator: ".") }

  // MARK: - Values

  /// A column's text; empty where it is missing.
  func text(_ column: String) -> String {
    tidy(dialect.text(of: "d." + dialect.quoted(name: column)))
  }

  /// A column's text as it is stored; empty where there is none.
  func storedText(_ column: String) -> String {
    "COALESCE(\(dialect.text(of: "d." + dialect.quoted(name: column))), '')"
  }

  /// A stored text without spaces around it; empty where it means missing.
  func tidy(_ stored: String) -> String {
    let known = missing.reduce(dialect.trimmed(stored)) {
      "NULLIF(\($0), \(dialect.quoted(text: $1)))"
    }
    return "COALESCE(\(known), '')"
  }

  /// A column's number; infinite or an error of the engine where it is none.
  func number(_ column: String) -> String {
    let value = "d." + dialect.quoted(name: column)
    let numbers = Set(missing.compactMap(DecimalText.parse)).sorted()
    return numbers.reduce(number(of: value, column)) { "NULLIF(\($0), \(dialect.number($1)))" }
  }

  private func number(of value: String, _ column: String) -> String {
    if booleans.contains(column) {
      return "CAST(CASE WHEN \(value) THEN 1 WHEN NOT \(value) THEN 0 END AS \(dialect.double))"
    }
    switch dialect {
    // What is added to must be a number: a text is an error here, and no cast would say so.
    case .postgres, .duckdb, .bigquery: return "CAST(\(value) + 0 AS \(dialect.double))"
    case .snowflake: return "CAST(\(value) AS DOUBLE)"
    case .spark:
      let words = dialect.quoted(text: "nudge: text where a number is needed: \(column)")
      return "CASE WHEN typeof(\(value)) = 'string' THEN raise_error(\(words)) "
        + "ELSE CAST(\(value) AS DOUBLE) END"
    // Types belong to values here, and a cast makes 0 of a text: infinity is refused later, with words.
    case .sqlite:
      let texts = ([""] + missing).map { dialect.quoted(text: $0) }.joined(separator: ", ")
      return "CASE typeof(\(value)) WHEN 'integer' THEN CAST(\(value) AS REAL) "
        + "WHEN 'real' THEN \(value) WHEN 'null' THEN NULL ELSE "
        + "CASE WHEN \(dialect.trimmed(dialect.text(of: value))) IN (\(texts)) THEN NULL ELSE 9e999 END END"
    }
  }

  // MARK: - Rows

  /// One row a unit: each wanted column as `c_1`, `c_2`, …
  func rows(of columns: [ColumnRequest]) -> String {
    let values = columns.enumerated().map { place, request in
      (request.form == .number ? number(request.name) : text(request.name)) + " AS c_\(place + 1)"
    }
    let list = values.isEmpty ? "1 AS c_0" : values.joined(separator: ",\n  ")
    // By way of an index SQLite would hand rows over in another order for other columns.
    let order = dialect == .sqlite ? " NOT INDEXED" : ""
    return "SELECT\n  \(list)\nFROM \(from) AS d\(order)"
  }

  /// The text of one column as it is, for a fault.
  func spelling(of column: String) -> String {
    let order = dialect == .sqlite ? " NOT INDEXED" : ""
    let text = dialect.text(of: "d." + dialect.quoted(name: column))
    return "SELECT \(dialect.trimmed(text)) AS c_1\n"
      + "FROM \(from) AS d\(order)"
  }
}
