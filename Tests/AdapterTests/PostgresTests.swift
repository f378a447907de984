#if Postgres
  import DataSources
  import Foundation
  import PostgresSource
  import SourceConformance
  import Statistics
  import TestSupport
  import Testing
  import Vocabulary

  /// The server that `.ci/with-postgres` runs beside these tests.
  enum PostgresServer {
    static func value(_ name: String) -> String { ProcessInfo.processInfo.environment[name] ?? "" }

    /// Runs statements with psql, which shares no line with the adapter.
    static func run(_ statements: [String]) throws {
      let folder = try TemporaryFolder()
      // By a file: a pipe would end this process, too, where psql gives up before it has read all.
      let script = try folder.file(named: "script.sql", statements.joined(separator: ";\n") + ";\n")
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/psql")
      process.arguments = ["-qX", "-v", "ON_ERROR_STOP=1", "-f", script.path]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      if process.terminationStatus != 0 { throw Refused(statement: statements.last ?? "") }
    }

    /// That psql did not do what it was told.
    struct Refused: Error { let statement: String }

    static func quoted(_ name: String) -> String {
      "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
  }

  @Suite("PostgreSQL: what every source must do", .serialized)
  struct PostgresConformanceTests {
    /// The table in a schema of its own.
    func source(of table: SampleTable) throws -> any DataSource {
      let schema = "s" + UUID().uuidString.prefix(8).lowercased()
      try PostgresServer.run(
        ["CREATE SCHEMA \(schema)", "SET search_path TO \(schema)"] + table.statements(.postgres))
      return SQLSource(
        try #require(TableName("\(schema).\(PostgresServer.quoted(table.name))")),
        in: PostgresConnection(address: "postgres://"))
    }

    @Test(arguments: SourceCase.all) func conforms(to sample: SourceCase) throws {
      try Conformance { try source(of: $0) }.check(sample)
    }

    @Test func unknownNames() throws {
      try PostgresServer.run([
        "DROP TABLE IF EXISTS participants", "CREATE TABLE participants (arm text, y float8)",
      ])
      try Conformance { try source(of: $0) }.checkUnknownNames {
        SQLSource($0, in: PostgresConnection(address: "postgres://"))
      }
    }

    @Test func strangeNumbers() throws {
      try Conformance { try source(of: $0) }
        .checkStrangeNumbers(["'NaN'", "'Infinity'", "'-Infinity'"])
    }

    /// 25,001 rows need three fetches. Of 1, 2, …, n the mean is (n + 1)/2 and Σ(y − ȳ)² is n(n² − 1)/12.
    @Test func manyFetches() throws {
      let schema = "s" + UUID().uuidString.prefix(8).lowercased()
      try PostgresServer.run([
        "CREATE SCHEMA \(schema)",
        "CREATE TABLE \(schema).t AS SELECT 'a' || i % 2 AS arm, i::numeric AS y, "
          + "i::smallint AS z FROM generate_series(1, 25001) AS i",
        "CREATE INDEX ON \(schema).t (y)",
      ])
      let source = SQLSource(
        try #require(TableName("\(schema).t")), in: PostgresConnection(address: "postgres://"))
      let y = try source.table(of: ["y": .number]).numbers("y")
      #expect(y == (1...25_001).map(Double.init))
      let sets = [VariableSet(["y", "z"])]
      let tally = try #require(try source.tally(TallyRequest(texts: ["arm"], sets: sets)))
      let all = tally.parts.reduce(Moments(variables: 2)) { $0 + $1.moments[0] }
      let n = 25_001.0
      #expect(all.means == [12_501, 12_501])
      #expect(all.crossProducts.allSatisfy { abs($0 / (n * (n * n - 1) / 12) - 1) < 1e-14 })
    }

    /// What is written between two readings is in neither.
    @Test func oneSnapshot() throws {
      let schema = "s" + UUID().uuidString.prefix(8).lowercased()
      try PostgresServer.run([
        "CREATE SCHEMA \(schema)", "CREATE TABLE \(schema).t (arm text, y float8)",
        "INSERT INTO \(schema).t VALUES ('a', 1)",
      ])
      let source = SQLSource(
        try #require(TableName("\(schema).t")), in: PostgresConnection(address: "postgres://"))
      #expect(try source.table(of: ["y": .number]).rowCount == 1)
      try PostgresServer.run(["INSERT INTO \(schema).t VALUES ('a', 2)"])
      #expect(try source.tally(TallyRequest(texts: ["arm"]))?.rows == 1)
      // A fault does not end it either.
      #expect(throws: Faults.self) { try source.table(of: ["z": .number]) }
      #expect(try source.table(of: ["y": .number]).rowCount == 1)
    }
  }

  @Suite("PostgreSQL: secrets and refusals", .serialized)
  struct PostgresFaultTests {
    private static func words(_ address: String, table: String = "pg_database") throws -> [String] {
      let source = SQLSource(
        try #require(TableName(table)), in: PostgresConnection(address: address))
      do throws(Faults) {
        _ = try source.table(of: Set<ColumnRequest>())
        return []
      } catch {
        return Language.allCases.flatMap { language in error.all.map { $0.line(in: language) } }
      }
    }

    private static var host: String { "127.0.0.1:\(PostgresServer.value("PGPORT"))/postgres" }

    // What changes the environment does so in a process of its own: other tests read it meanwhile.

    @Test("a password comes from the environment only, and is never repeated")
    func passwords() async {
      await #expect(processExitsWith: .success) {
        let password = PostgresServer.value("NUDGE_TEST_PASSWORD")
        let guarded = "postgres://guarded@\(Self.host)"
        unsetenv("PGPASSWORD")
        let missing = try Self.words(guarded)
        #expect(missing.contains { $0.contains("PGPASSFILE") })
        setenv("PGPASSWORD", "wrong-secret", 1)
        let wrong = try Self.words(guarded)
        #expect(wrong.contains { $0.contains("user or password is wrong") })
        #expect(!wrong.contains { $0.contains("wrong-secret") || $0.contains("guarded") })
        setenv("PGPASSWORD", password, 1)
        #expect(try Self.words(guarded).isEmpty)
        #expect(try Self.words(guarded + "?sslmode=require").isEmpty)
        let unverified = try Self.words(guarded + "?sslmode=verify-full")
        #expect(unverified.contains { $0.contains("certificate") })
        #expect(!unverified.contains { $0.contains(password) || $0.contains("127.0.0.1") })
      }
    }

    @Test("a service file says where")
    func services() async {
      await #expect(processExitsWith: .success) {
        let folder = try TemporaryFolder()
        let (host, port) = (PostgresServer.value("PGHOST"), PostgresServer.value("PGPORT"))
        let file = try folder.file(
          named: "services",
          "[trials]\nhost=\(host)\nport=\(port)\nuser=nudge\ndbname=postgres\n")
        setenv("PGSERVICEFILE", file.path, 1)
        #expect(try Self.words("postgres://?service=trials").isEmpty)
        #expect(
          try Self.words("postgres://?service=trails").contains { $0.contains("PGSERVICE") })
      }
    }

    @Test("who may not read a table is told so")
    func denied() async throws {
      try PostgresServer.run(["DROP TABLE IF EXISTS secret", "CREATE TABLE secret (y float8)"])
      await #expect(processExitsWith: .success) {
        setenv("PGPASSWORD", PostgresServer.value("NUDGE_TEST_PASSWORD"), 1)
        let denied = try Self.words("postgres://guarded@\(Self.host)", table: "secret")
        #expect(denied.contains { $0.contains("SELECT") })
      }
    }

    @Test("who is not let in, or waits too long, is told so")
    func refusals() throws {
      let closed = try Self.words("postgres://127.0.0.1:1/x")
      #expect(closed.contains { $0.contains("no server listens") })
      let nowhere = try Self.words("postgres://nudge@/nowhere")
      #expect(nowhere.contains { $0.contains("no such database") })
      try PostgresServer.run([
        "CREATE OR REPLACE VIEW slow AS SELECT pg_sleep(20)::text AS arm, 1.0::float8 AS y"
      ])
      let slow = try Self.words(
        "postgres://?options=-c%20statement_timeout%3D200", table: "slow")
      #expect(slow.contains { $0.contains("statement_timeout") })
    }

    /// Each waits for its own answer; that one has it does not look like Ctrl-C to the others.
    @Test("several connections ask at the same time")
    func together() async throws {
      try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<6 {
          group.addTask {
            try (0..<10).flatMap { _ in try Self.words("postgres://") }
          }
        }
        for try await words in group { #expect(words.isEmpty) }
      }
    }

    @Test(
      "a statement has an hour, or what the caller says",
      arguments: [("", "1h"), ("?options=-c%20statement_timeout%3D90s", "90s")])
    func limit(options: String, shown: String) throws {
      try PostgresServer.run([
        "CREATE OR REPLACE VIEW limits AS SELECT current_setting('statement_timeout') AS arm"
      ])
      let source = SQLSource(
        try #require(TableName("limits")), in: PostgresConnection(address: "postgres://" + options))
      #expect(try source.table(of: ["arm": .category]).categories("arm").levels == [shown])
    }

    @Test("nothing can be written")
    func readOnly() throws {
      try PostgresServer.run([
        "CREATE TABLE IF NOT EXISTS written (y int)",
        "CREATE OR REPLACE FUNCTION write_it() RETURNS float8 LANGUAGE sql AS "
          + "'INSERT INTO written VALUES (1) RETURNING 1.0::float8'",
        "CREATE OR REPLACE VIEW writing AS SELECT write_it() AS y",
      ])
      let source = SQLSource(
        try #require(TableName("writing")), in: PostgresConnection(address: "postgres://"))
      #expect(throws: Faults.self) { try source.table(of: ["y": .number]) }
    }
  }
#endif
