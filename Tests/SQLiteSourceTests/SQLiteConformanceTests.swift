import DataSources
import Foundation
import GRDB
import SQLiteSource
import SourceConformance
import TestSupport
import Testing
import Vocabulary

@Suite("SQLite: what every source must do")
struct SQLiteConformanceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The table in a new file.
  func source(of table: SampleTable, missing: [String] = ["", "-"]) throws -> any DataSource {
    let path = folder.url.appending(path: "\(UUID().uuidString).db").path
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      for statement in table.statements(.sqlite) { try db.execute(sql: statement) }
    }
    try queue.close()
    let quoted = "\"" + table.name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    return SQLSource(
      try #require(TableName(quoted)), in: SQLiteConnection(path: path), missing: missing)
  }

  @Test(arguments: SourceCase.all)
  func conforms(to sample: SourceCase) throws {
    try Conformance { try source(of: $0) }.check(sample)
  }

  @Test func unknownNames() throws {
    let path = folder.url.appending(path: "known.db").path
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in try db.execute(sql: "CREATE TABLE participants (arm, y)") }
    try Conformance { try source(of: $0) }.checkUnknownNames {
      SQLSource($0, in: SQLiteConnection(path: path))
    }
  }

  @Test func strangeNumbers() throws {
    try Conformance { try source(of: $0) }
      .checkStrangeNumbers(["9e999", "-9e999", "'forty'", "x'00ff'"])
  }
}
