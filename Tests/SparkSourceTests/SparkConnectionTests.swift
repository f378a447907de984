#if Spark
  import DataSources
  import Foundation
  import Synchronization
  import Testing
  import Vocabulary

  @testable import SparkSource

  @Suite("Spark Connect", .enabled(if: SparkServer.isRunning))
  struct SparkConnectionTests {
    private func table(
      _ sql: String, _ columns: [ColumnRequest], in connection: SparkConnection
    ) throws -> Table {
      // Nothing outside of DataSources makes empty columns: a view is read as a source.
      let view = "v" + UUID().uuidString.replacing("-", with: "")
      try connection.run("CREATE TEMPORARY VIEW \(view) AS \(sql)")
      let name = try #require(TableName(view))
      return try SQLSource(name, in: connection).table(of: Set(columns))
    }

    @Test func everyKindOfNumberIsRead() throws {
      let table = try table(
        """
        SELECT tinyint(-1) AS a, smallint(2) AS b, int(3) AS c, bigint(4) AS d, float(0.5) AS e,
        double(0.1) AS f, CAST(12.25 AS DECIMAL(10, 2)) AS g, true AS h, CAST(NULL AS DOUBLE) AS i
        """, "abcdefghi".map { ColumnRequest(String($0), as: .number) },
        in: SparkServer.connection())
      let values = try "abcdefgh".map { try table.numbers(String($0))[0] }
      #expect(values == [-1, 2, 3, 4, 0.5, 0.1, 12.25, 1])
      #expect(try table.numbers("i")[0].isNaN)
    }

    @Test func manyBatchesArriveInOrder() throws {
      let table = try table(
        "SELECT id, concat('unit ', id) AS unit FROM range(0, 300000, 1, 4)",
        [ColumnRequest("id", as: .number), ColumnRequest("unit", as: .identifier)],
        in: SparkServer.connection())
      #expect(table.rowCount == 300_000)
      #expect(try table.numbers("id") == (0..<300_000).map(Double.init))
      #expect(try table.identifiers("unit")[299_999] == "unit 299999")
    }

    @Test func aPartitionedTableNamesItsColumnsOnce() throws {
      let connection = SparkServer.connection()
      let name = "nudge_" + UUID().uuidString.replacing("-", with: "").lowercased()
      try connection.run(
        "CREATE TABLE \(name) USING parquet PARTITIONED BY (arm) AS SELECT 1 AS y, 'a' AS arm")
      defer { try? connection.run("DROP TABLE \(name)") }
      let table = try #require(TableName("spark_catalog.default.\(name)"))
      let columns = try connection.columns(of: table)
      #expect(columns.map(\.name) == ["y", "arm"])
      #expect(columns.map(\.kind) == [.integer, .other])
    }

    @Test func whatSparkSaysIsPassedOnWithoutThePlan() throws {
      #expect {
        try SparkServer.connection().run("SELECT nowhere FROM range(1)")
      } throws: { error in
        guard case SQLProblem.said(let words) = error else { return false }
        return words.en.contains("UNRESOLVED_COLUMN") && !words.en.contains("\n")
          && words.ja.contains("nowhere")
      }
    }

    @Test func anotherTokenIsRefusedAndNotShown() throws {
      let secret = "another-token-4711"
      #expect {
        try SparkServer.connection(token: secret).run("SELECT 1")
      } throws: { error in
        guard case SQLProblem.said(let words) = error else { return false }
        return words.en.contains("SPARK_CONNECT_TOKEN") && !"\(error)".contains(secret)
      }
    }

    @Test func nobodyListening() throws {
      let clock = ContinuousClock()
      let time = clock.measure {
        #expect {
          try SparkConnection("sc://127.0.0.1:1", environment: [:]).run("SELECT 1")
        } throws: { error in
          guard case SQLProblem.said(let words) = error else { return false }
          return words.en.contains("cannot be reached")
        }
      }
      #expect(time < .seconds(30))
    }

    /// Callers may stand on the cooperative pool, more of them than it has threads.
    @Test func manyCallersWaitAtOnce() async throws {
      try await withThrowingTaskGroup { group in
        for number in 0..<8 {
          group.addTask { try SparkServer.connection().run("SELECT \(number)") }
        }
        try await group.waitForAll()
      }
    }
  }
#endif
