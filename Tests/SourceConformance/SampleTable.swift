public import DataSources
import Foundation
public import TestSupport

/// Rows that every source holds in its own way: a file, a table of a database.
public struct SampleTable: Sendable {
  /// A value of a row.
  public enum Value: Hashable, Sendable {
    case null
    case number(Double)
    case text(String)
    case truth(Bool)
    /// An expression of SQL, for what a file cannot hold, such as infinity.
    case expression(String)
  }

  /// The table's name.
  public var name = "participants"
  /// The columns' names.
  public var columns: [String]
  /// One value a column.
  public var rows: [[Value]]

  /// Makes a table.
  public init(name: String = "participants", columns: [String], rows: [[Value]]) {
    self.name = name
    self.columns = columns
    self.rows = rows
  }

  /// The rows as a CSV file.
  public func file(in folder: TemporaryFolder) throws -> CSVFile {
    var writer = CSVWriter()
    writer.append(columns)
    for row in rows {
      writer.append(
        row.map { value in
          switch value {
          case .null, .expression: nil
          case .number(let number): "\(number)"
          case .text(let text): text
          case .truth(let isTrue): isTrue ? "1" : "0"
          }
        })
    }
    return CSVFile(path: try folder.file(named: "sample.csv", bytes: writer.content).path)
  }

  /// What makes the table in a database: numbers are doubles, booleans booleans where there are such.
  public func statements(_ dialect: SQLDialect) -> [String] {
    let types = columns.indices.map { column in
      let value = rows.lazy.map { $0[column] }.first { $0 != .null }
      return switch value {
      case .text: dialect == .bigquery || dialect == .spark ? "STRING" : "varchar(200)"
      case .truth: "boolean"
      default: dialect == .bigquery ? "FLOAT64" : dialect == .spark ? "DOUBLE" : "double precision"
      }
    }
    let table = dialect.quoted(name: name)
    let list = zip(columns, types).map { "\(dialect.quoted(name: $0)) \($1)" }
    var statements = ["CREATE TABLE \(table) (\(list.joined(separator: ", ")))"]
    for start in stride(from: 0, to: rows.count, by: 500) {
      let values = rows[start...].prefix(500).map { row in
        "(" + row.map { SampleTable.literal($0, dialect) }.joined(separator: ", ") + ")"
      }
      statements.append("INSERT INTO \(table) VALUES \(values.joined(separator: ", "))")
    }
    return statements
  }

  private static func literal(_ value: Value, _ dialect: SQLDialect) -> String {
    switch value {
    case .null: "NULL"
    case .number(let number): dialect.number(number)
    case .text(let text): dialect.quoted(text: text)
    case .truth(let isTrue): dialect == .sqlite ? (isTrue ? "1" : "0") : "\(isTrue)"
    case .expression(let sql): sql
    }
  }
}
