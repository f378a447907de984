#if Postgres
  import Foundation
  import TestSupport
  import Testing

  /// The built `nudge` beside real engines: what they answer analyses to the numbers of the CSV file.
  @Suite("nudge sql and nudge analyze --moments")
  struct MomentsTests {
    private struct Run {
      var status: Int32
      var output: String
      var errors: String
    }

    private static func run(_ arguments: [String], in folder: URL) throws -> Run {
      let process = Process()
      process.executableURL = URL(filePath: CommandLine.arguments[0])
        .deletingLastPathComponent().appending(path: "nudge")
      process.arguments = arguments
      process.currentDirectoryURL = folder
      let (out, err) = (folder.appending(path: "out.txt"), folder.appending(path: "err.txt"))
      try Data().write(to: out)
      try Data().write(to: err)
      process.standardOutput = try FileHandle(forWritingTo: out)
      process.standardError = try FileHandle(forWritingTo: err)
      try process.run()
      process.waitUntilExit()
      return Run(
        status: process.terminationStatus, output: try String(contentsOf: out, encoding: .utf8),
        errors: try String(contentsOf: err, encoding: .utf8))
    }

    /// The header and the first 1,500 rows of the flagship's data.
    private static func data(
      in folder: TemporaryFolder
    ) throws -> (path: String, columns: [String]) {
      let file = SharedFolder.repository.appending(path: "notebooks-data/hokkaido-jobcafe.csv")
      let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        .filter { !$0.hasPrefix("#") }.prefix(1_501)
      let text = lines.joined(separator: "\n") + "\n"
      return (
        try folder.file(named: "data.csv", text).path,
        try #require(lines.first).split(separator: ",").map(String.init)
      )
    }

    /// The flagship trial; with a covariate where asked, so that a second reading is needed.
    private static func trial(covariate: Bool, data: String) throws -> String {
      let file = SharedFolder.repository.appending(path: "experiments/hokkaido-jobcafe/trial.yml")
      var text = try String(contentsOf: file, encoding: .utf8)
        .replacing("  file: ../../notebooks-data/hokkaido-jobcafe.csv\n", with: data)
      if !data.contains(".csv") { text = text.replacing("  encoding: utf-8\n", with: "") }
      if covariate {
        // Within blocks an adjustment looks at units.
        text = text.replacing(
          "estimator: difference_in_means", with: "estimator: {lin: {covariates: [months_jobless]}}"
        ).replacing("  method: blocked\n", with: "  method: complete\n")
          .replacing("  blocks: [subprefecture, age_band, sex]\n  small_blocks: merge\n", with: "")
        try #require(text.contains("months_jobless]}}") && !text.contains("blocks:"))
      }
      return text
    }

    /// Every number of a result, with its path; a check goes by its name, because not every source makes every one.
    private static func numbers(_ folder: URL) throws -> [String: Double] {
      let bytes = try Data(contentsOf: folder.appending(path: "result.json"))
      var found: [String: Double] = [:]
      func walk(_ value: Any, _ path: String) {
        if let members = value as? [String: Any] {
          for (key, value) in members where path != "" || !["input", "timings"].contains(key) {
            walk(value, "\(path).\(key)")
          }
        } else if let items = value as? [Any] {
          for (place, item) in items.enumerated() {
            let check = (item as? [String: Any])?["check"] as? String
            let outcome = (item as? [String: Any])?["outcome"] as? String
            let name = check.map { $0 + (outcome.map { " of \($0)" } ?? "") } ?? "\(place)"
            walk(item, "\(path)[\(name)]")
          }
        } else if let number = value as? Double {
          found[path] = number
        }
      }
      walk(try JSONSerialization.jsonObject(with: bytes), "")
      return found
    }

    /// All that one result knows is in the other, but for what only that one can know.
    private static func expectSame(
      _ own: URL, _ other: URL, except unknown: Set<String> = [], least: Int = 500
    ) throws {
      let (own, all) = (try numbers(own), try numbers(other))
      #expect(unknown.isSubset(of: all.keys))
      let other = all.filter { !unknown.contains($0.key) }
      #expect(Set(own.keys) == Set(other.keys) && own.count > least)
      for (path, value) in other {
        let found = try #require(own[path], "\(path)")
        #expect(abs(found - value) <= 1e-9 * max(abs(value), 1e-6), "\(path)")
      }
    }

    private static func csv(_ rows: [[String?]], header: String, to url: URL) throws {
      let lines = rows.map { row in
        row.map { value in
          let text = value ?? ""
          return text.contains(",") ? "\"\(text)\"" : text
        }.joined(separator: ",")
      }
      try ([header] + lines).joined(separator: "\n").write(
        to: url, atomically: true, encoding: .utf8)
    }

    /// The names that a query's last SELECT gives its columns.
    private static func header(_ sql: String) -> String {
      let last = sql.range(of: "\nSELECT\n").map { sql[$0.upperBound...] } ?? ""
      let names = last.prefix { $0 != ";" }.components(separatedBy: "\nFROM ")[0]
        .split(separator: "\n").map { $0.components(separatedBy: " AS ").last ?? "" }
      return names.map { $0.trimmingCharacters(in: [",", " "]) }.joined(separator: ",")
    }

    @Test("DuckDB's answers, in one reading and in two", arguments: [false, true])
    func duckDB(covariate: Bool) throws {
      let folder = try TemporaryFolder()
      let data = try Self.data(in: folder)
      let duck = DuckDBConnection(path: folder.url.appending(path: "study.duckdb").path)
      _ = try duck.run([
        "CREATE TABLE participants AS SELECT * FROM read_csv('\(data.path)', nullstr = ['', '-'])"
      ])
      let text = try Self.trial(covariate: covariate, data: "  file: \(data.path)\n")
      try folder.file(named: "trial.yml", text)
      let plain = try Self.run(
        ["analyze", "trial.yml", "--out", "csv", "--lang", "en"], in: folder.url)
      #expect(plain.status == 0, "\(plain.errors)")

      let first = ["sql", "trial.yml", "--dialect", "duckdb", "--table", "participants"]
      let query = try Self.run(first + ["--lang", "en"], in: folder.url)
      #expect(query.status == 0 && query.errors.contains("duckdb -csv"), "\(query.errors)")
      try Self.csv(
        try duck.run([query.output]), header: Self.header(query.output),
        to: folder.url.appending(path: "moments.csv"))
      var options = ["--moments", "moments.csv"]
      let second = try Self.run(first + options + ["--lang", "en"], in: folder.url)
      #expect(second.status == 0, "\(second.errors)")
      #expect(second.output.isEmpty == !covariate)
      if covariate {
        let alone = try Self.run(
          ["analyze", "trial.yml", "--lang", "en"] + options, in: folder.url)
        #expect(alone.status == 2 && alone.errors.contains("second query"))
        try Self.csv(
          try duck.run([second.output]), header: Self.header(second.output),
          to: folder.url.appending(path: "leverages.csv"))
        options += ["--leverages", "leverages.csv"]
      }
      let saved = try Self.run(
        ["analyze", "trial.yml", "--out", "saved", "--lang", "en"] + options, in: folder.url)
      #expect(saved.status == 0, "\(saved.errors)")
      // Sums hold no identifiers: they say nothing of units that are there twice.
      try Self.expectSame(
        folder.url.appending(path: "saved"), folder.url.appending(path: "csv"),
        except: [".checks[duplicate_units].count"])
    }

    @Test("a table of PostgreSQL analyses to the numbers of the file", arguments: [false, true])
    func postgres(covariate: Bool) throws {
      let folder = try TemporaryFolder()
      let data = try Self.data(in: folder)
      let duck = DuckDBConnection(path: folder.url.appending(path: "types.duckdb").path)
      let types = try duck.run([
        "CREATE TABLE t AS SELECT * FROM read_csv('\(data.path)', nullstr = ['', '-'])",
        "SELECT column_name, data_type FROM information_schema.columns ORDER BY ordinal_position",
      ])
      #expect(types.count == data.columns.count)
      _ = try duck.run(["COPY t TO '\(folder.url.path)/copy.csv' (HEADER false)"])
      let columns = types.map { row in
        let type = row[1] == "DOUBLE" ? "float8" : row[1] == "VARCHAR" ? "text" : "bigint"
        return "\"\(row[0] ?? "")\" \(type)"
      }
      let schema = "s" + UUID().uuidString.prefix(8).lowercased()
      try PostgresServer.run([
        "CREATE SCHEMA \(schema)",
        "CREATE TABLE \(schema).participants (\(columns.joined(separator: ", ")))",
        "\\copy \(schema).participants FROM '\(folder.url.path)/copy.csv' CSV\n",
      ])
      try folder.file(
        named: "file.yml", Self.trial(covariate: covariate, data: "  file: \(data.path)\n"))
      try folder.file(
        named: "table.yml",
        Self.trial(
          covariate: covariate, data: "  file: postgres://\n  table: \(schema).participants\n"))
      for name in ["file", "table"] {
        let run = try Self.run(
          ["analyze", "\(name).yml", "--out", name, "--lang", "en"], in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
      }
      try Self.expectSame(
        folder.url.appending(path: "table"), folder.url.appending(path: "file"))
      let check = try Self.run(["check", "table.yml", "--lang", "en"], in: folder.url)
      #expect(check.status == 0 && check.output.contains("postgres#\(schema).participants"))
      let result = try String(
        contentsOf: folder.url.appending(path: "table/result.json"), encoding: .utf8)
      #expect(!result.contains("postgres://") && !result.contains(PostgresServer.value("PGHOST")))
    }

    /// Offices that were drawn whole, of one to forty people, and a trial on them.
    private static func offices() -> (data: String, trial: (_ data: String) -> String) {
      var generator = SplitMix(state: 20_261_130)
      var text = "id,arm,office,age,placed,days\n"
      var people = 0
      for office in 0..<200 {
        let level = Int.random(in: 0...9, using: &generator)
        for _ in 0...Int.random(in: 0...39, using: &generator) {
          let placed = Int.random(in: 0...29, using: &generator) < level + office % 2 ? 1 : 0
          let days = Double(Int.random(in: 0...999, using: &generator) + 20 * level) / 10
          text += "\(people),\(office % 2 == 0 ? "own" : "social"),支所\(office),"
          text += "\(Int.random(in: 20...70, using: &generator)),\(placed),\(days)\n"
          people += 1
        }
      }
      return (
        text,
        { data in
          """
          nudge: 1
          trial: offices
          title: offices
          arms: [{id: own, control: true}, {id: social}]
          unit: id
          cohorts: [{id: young, where: {age: {to: 45}}}]
          assignment: {method: clustered, clusters: office, column: arm}
          outcomes:
            - {id: placed, role: primary, kind: binary, worthwhile: 0.05}
            - {id: days, role: secondary, kind: continuous}
          funnel: [placed]
          \(data)
          """
        }
      )
    }

    @Test("whole clusters, added up by PostgreSQL and in an answer of DuckDB")
    func clusters() throws {
      let folder = try TemporaryFolder()
      let (data, trial) = Self.offices()
      let path = try folder.file(named: "data.csv", data).path
      let schema = "s" + UUID().uuidString.prefix(8).lowercased()
      try PostgresServer.run([
        "CREATE SCHEMA \(schema)",
        "CREATE TABLE \(schema).participants "
          + "(id bigint, arm text, office text, age bigint, placed bigint, days float8)",
        "\\copy \(schema).participants FROM '\(path)' CSV HEADER\n",
      ])
      try folder.file(named: "file.yml", trial("data: {file: data.csv}"))
      try folder.file(
        named: "table.yml",
        trial("data: {file: 'postgres://', table: \(schema).participants}"))
      let query = try Self.run(
        ["sql", "file.yml", "--dialect", "duckdb", "--table", "participants", "--lang", "en"],
        in: folder.url)
      #expect(query.status == 0, "\(query.errors)")
      let duck = DuckDBConnection(path: folder.url.appending(path: "study.duckdb").path)
      _ = try duck.run(["CREATE TABLE participants AS SELECT * FROM read_csv('\(path)')"])
      try Self.csv(
        try duck.run([query.output]), header: Self.header(query.output),
        to: folder.url.appending(path: "moments.csv"))
      for (trial, options) in [
        ("file", []), ("table", []), ("file", ["--moments", "moments.csv"]),
      ] {
        let name = options.isEmpty ? trial : "saved"
        let run = try Self.run(
          ["analyze", "\(trial).yml", "--out", name, "--lang", "en"] + options, in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
      }
      let plain = folder.url.appending(path: "file")
      try Self.expectSame(folder.url.appending(path: "table"), plain, least: 100)
      // An answer has no rows that could have been read instead.
      try Self.expectSame(
        folder.url.appending(path: "saved"), plain, except: [".checks[duplicate_units].count"],
        least: 100)
    }

    /// Ctrl-C ends the query on the server, and the program as Ctrl-C does.
    @Test func interrupt() throws {
      let folder = try TemporaryFolder()
      let text = try Self.trial(
        covariate: false, data: "  file: postgres://\n  table: endless\n")
      try folder.file(named: "trial.yml", text)
      // A view whose columns are the trial's: the first reading of any of them sleeps.
      let columns = try Self.data(in: folder).columns
      let list = columns.map { "pg_sleep(600)::text::int AS \"\($0)\"" }.joined(separator: ", ")
      try PostgresServer.run([
        "DROP VIEW IF EXISTS endless", "CREATE VIEW endless AS SELECT \(list)",
      ])
      let process = Process()
      process.executableURL = URL(filePath: CommandLine.arguments[0])
        .deletingLastPathComponent().appending(path: "nudge")
      process.arguments = ["analyze", "trial.yml"]
      process.currentDirectoryURL = folder.url
      process.standardError = FileHandle.nullDevice
      try process.run()
      defer { if process.isRunning { process.terminate() } }
      let isRunning =
        "SELECT 1 / count(*) FROM pg_stat_activity WHERE application_name = 'nudge' "
        + "AND wait_event = 'PgSleep'"
      func waits(until condition: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        while !condition() { if ContinuousClock.now > end { return false } }
        return true
      }
      let hasBegun = waits { (try? PostgresServer.run([isRunning])) != nil }
      #expect(hasBegun)
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGINT)
      let hasEnded = waits { (try? PostgresServer.run([isRunning])) == nil }
      #expect(hasEnded)
    }
  }
#endif
