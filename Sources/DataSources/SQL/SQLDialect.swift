import Vocabulary

/// The engines whose SQL is written; they differ in quoting, in types and in a few functions.
public enum SQLDialect: String, CaseIterable, Codable, Hashable, Sendable {
  case postgres, spark, duckdb, bigquery, snowflake, sqlite

  /// A name as the engine reads it, whatever letters it has.
  ///
  /// Snowflake keeps a name that was written without quotes in capitals; a plain name in small letters is taken
  /// to be one of those.
  public func quoted(name: String) -> String {
    switch self {
    case .postgres, .duckdb, .sqlite: return "\"" + doubled("\"", in: name) + "\""
    case .snowflake:
      let own = SQLDialect.isPlain(name) ? name.uppercased() : name
      return "\"" + doubled("\"", in: own) + "\""
    case .spark: return "`" + doubled("`", in: name) + "`"
    case .bigquery: return "`" + escaped(name, "`") + "`"
    }
  }

  /// A text as the engine reads it, whatever letters it has.
  public func quoted(text: String) -> String {
    switch self {
    case .duckdb, .sqlite: return "'" + doubled("'", in: text) + "'"
    // With E the backslash means the same whatever standard_conforming_strings says.
    case .postgres:
      let isPlain = !text.unicodeScalars.contains("\\")
      return (isPlain ? "'" : "E'") + doubled("'", in: doubled("\\", in: text)) + "'"
    case .spark, .bigquery, .snowflake: return "'" + escaped(text, "'") + "'"
    }
  }

  /// A number as a double: its shortest digits that are read back as the same number (17 at most), with an
  /// exponent, because digits without one are decimals to most engines.
  public func number(_ value: Double) -> String {
    guard value.isFinite else { return "NULL" }
    let digits = "\(value)"
    let text = digits.contains("e") ? digits : digits + "e0"
    return switch self {
    case .spark: text + "D"
    // To Snowflake every literal is a decimal of at most 38 digits.
    case .snowflake: "CAST('\(text)' AS DOUBLE)"
    case .postgres, .duckdb, .bigquery, .sqlite: text
    }
  }

  /// The type of doubles.
  var double: String {
    switch self {
    case .postgres: "double precision"
    case .spark, .duckdb, .snowflake: "DOUBLE"
    case .bigquery: "FLOAT64"
    case .sqlite: "REAL"
    }
  }

  private var text: String {
    switch self {
    case .postgres, .sqlite: "text"
    case .spark, .bigquery: "STRING"
    case .duckdb, .snowflake: "VARCHAR"
    }
  }

  /// A value as text, of which each spelling differs from every other whatever the column's collation.
  func text(of value: String) -> String {
    let text = "CAST(\(value) AS \(text))"
    return self == .postgres ? text + " COLLATE \"C\"" : text
  }

  /// A text without the spaces around it that the reader of CSV files takes off, too.
  func trimmed(_ text: String) -> String {
    switch self {
    case .sqlite: return "trim(\(text), char(32, 9, 10, 13, 160, 12288))"
    case .postgres: return "btrim(\(text), E' \\t\\n\\r\\u00a0\\u3000')"
    case .duckdb:
      return "trim(\(text), ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288))"
    case .spark: return "btrim(\(text), ' \\t\\n\\r\\u00a0\\u3000')"
    case .bigquery, .snowflake: return "TRIM(\(text), ' \\t\\n\\r\\u00a0\\u3000')"
    }
  }

  /// How a common table is introduced that is read twice: Postgres and SQLite would keep a copy of it.
  var inlined: String {
    switch self {
    case .postgres, .sqlite: "AS NOT MATERIALIZED"
    case .spark, .duckdb, .bigquery, .snowflake: "AS"
    }
  }

  private static func isPlain(_ name: String) -> Bool {
    name.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
    } && !(name.utf8.first.map { (0x30...0x39).contains($0) } ?? true)
  }

  /// Scalar by scalar: a quote before a combining mark is a quote to the engine.
  private func doubled(_ quote: Unicode.Scalar, in text: String) -> String {
    var answer = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == quote { answer.append(quote) }
      answer.append(scalar)
    }
    return String(answer)
  }

  private func escaped(_ text: String, _ quote: Unicode.Scalar) -> String {
    var answer = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": answer.append(contentsOf: "\\n".unicodeScalars)
      case "\r": answer.append(contentsOf: "\\r".unicodeScalars)
      case "\\", quote:
        answer.append("\\")
        answer.append(scalar)
      default: answer.append(scalar)
      }
    }
    return String(answer)
  }
}
