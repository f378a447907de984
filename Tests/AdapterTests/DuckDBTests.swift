#if Postgres
  import DataSources
  import Foundation
  import SourceConformance
  import TestSupport
  import Testing
  import Vocabulary

  /// DuckDB through its Python package: the dialect is run, and an adapter of any kind joins the suite by one line.
  struct DuckDBConnection: SQLConnection {
    let dialect = SQLDialect.duckdb
    let name = "duckdb"
    let path: String

    static let python = ProcessInfo.processInfo.environment["NUDGE_TEST_PYTHON"] ?? "python3"

    private static let script = """
      import duckdb, json, sys
      def word(value):
          if value is None: return None
          if isinstance(value, str): return value
          return repr(float(value))
      connection = duckdb.connect(sys.argv[1])
      rows = []
      for sql in json.load(open(sys.argv[2])):
          rows = connection.execute(sql).fetchall()
      json.dump([[word(value) for value in row] for row in rows], sys.stdout)
      """

    /// Runs statements; the rows of the last.
    func run(_ statements: [String]) throws -> [[String?]] {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      let folder = try TemporaryFolder()
      // By a file: a pipe would end this process, too, where Python gives up before it has read all.
      let text = String(decoding: try JSONEncoder().encode(statements), as: UTF8.self)
      let asked = try folder.file(named: "statements.json", text)
      process.arguments = [
        DuckDBConnection.python, "-c", DuckDBConnection.script, path, asked.path,
      ]
      let (output, errors) = (Pipe(), Pipe())
      (process.standardOutput, process.standardError) = (output, errors)
      try process.run()
      let said = output.fileHandleForReading.readDataToEndOfFile()
      let complaint = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw SQLProblem.said(BilingualText(String(decoding: complaint, as: UTF8.self)))
      }
      return try JSONDecoder().decode([[String?]].self, from: said)
    }

    private func rows(_ sql: String) throws(SQLProblem) -> [[String?]] {
      do {
        return try run([sql])
      } catch {
        throw (error as? SQLProblem) ?? .said(BilingualText("\(error)"))
      }
    }

    func particulars() throws(SQLProblem) -> SQLParticulars {
      SQLParticulars(sha256: "", encoding: "duckdb")
    }

    func columns(of table: TableName) throws(SQLProblem) -> [SQLColumn] {
      try rows(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = "
          + "\(dialect.quoted(text: table.name)) ORDER BY ordinal_position"
      ).map { row in
        let type = row[1] ?? ""
        let kind: SQLColumn.Kind =
          type == "BOOLEAN" ? .boolean : type == "VARCHAR" ? .other : .number
        return SQLColumn(name: row[0] ?? "", type: type, kind: kind)
      }
    }

    func tableNames() throws(SQLProblem) -> [String] {
      try rows("SELECT table_name FROM information_schema.tables").compactMap(\.first).map {
        $0 ?? ""
      }
    }

    func read(_ sql: String, isSummary: Bool, into columns: inout SQLColumns) throws(SQLProblem) {
      for row in try rows(sql) {
        for (place, request) in columns.requests.enumerated() {
          let value = row[place]
          if request.form == .number {
            let number = value.map { Double($0) ?? .infinity }
            columns.append(number.map { $0.isNaN ? .infinity : $0 }, at: place)
          } else {
            columns.append(value ?? "", at: place)
          }
        }
        columns.endRow()
      }
    }
  }

  @Suite("DuckDB: what every source must do")
  struct DuckDBConformanceTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func source(of table: SampleTable) throws -> any DataSource {
      let path = folder.url.appending(path: "\(UUID().uuidString).duckdb").path
      let connection = DuckDBConnection(path: path)
      _ = try connection.run(table.statements(.duckdb))
      let quoted = "\"" + table.name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      return SQLSource(try #require(TableName(quoted)), in: connection)
    }

    @Test(arguments: SourceCase.all) func conforms(to sample: SourceCase) throws {
      try Conformance { try source(of: $0) }.check(sample)
    }

    @Test func unknownNames() throws {
      let connection = DuckDBConnection(path: folder.url.appending(path: "known.duckdb").path)
      _ = try connection.run(["CREATE TABLE participants (arm VARCHAR, y DOUBLE)"])
      try Conformance { try source(of: $0) }.checkUnknownNames { SQLSource($0, in: connection) }
    }

    @Test func strangeNumbers() throws {
      try Conformance { try source(of: $0) }
        .checkStrangeNumbers(["'NaN'::DOUBLE", "'Infinity'::DOUBLE"])
    }
  }
#endif
