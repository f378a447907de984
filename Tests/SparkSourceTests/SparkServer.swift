#if Spark
  import DataSources
  import Foundation
  import SourceConformance
  import Vocabulary

  @testable import SparkSource

  /// The server that `make test-adapters` starts; without it the suites that need it are skipped.
  enum SparkServer {
    static let address = ProcessInfo.processInfo.environment["NUDGE_TEST_SPARK"]
    static let token = ProcessInfo.processInfo.environment["SPARK_CONNECT_TOKEN"] ?? ""
    static var isRunning: Bool { address != nil }

    static func connection(token: String = token) -> SparkConnection {
      SparkConnection(address ?? "", environment: ["SPARK_CONNECT_TOKEN": token])
    }

    /// A view of the table for the connection's session.
    ///
    /// A table would be written as several files, whose rows come in no fixed order.
    static func makeView(of table: SampleTable, in connection: SparkConnection) throws {
      let statements = table.statements(.spark)
      let empty = "nudge_" + UUID().uuidString.replacing("-", with: "").lowercased()
      let name = SQLDialect.spark.quoted(name: table.name)
      for statement in statements.prefix(1) {
        try connection.run(
          statement.replacing("CREATE TABLE \(name) (", with: "CREATE TABLE \(empty) ("))
      }
      let rows = statements.dropFirst().map { statement in
        String(statement.trimmingPrefix("INSERT INTO \(name) VALUES "))
      }.joined(separator: ", ")
      let values = rows.isEmpty ? "" : " UNION ALL SELECT * FROM VALUES \(rows)"
      try connection.run(
        "CREATE OR REPLACE TEMPORARY VIEW \(name) AS SELECT * FROM \(empty)\(values)")
    }

    static func source(
      of table: SampleTable, missing: [String] = ["", "-"]
    ) throws -> any DataSource {
      let connection = connection()
      try makeView(of: table, in: connection)
      let quoted = "\"" + table.name.replacing("\"", with: "\"\"") + "\""
      guard let name = TableName(quoted) else { throw CocoaError(.featureUnsupported) }
      return SQLSource(name, in: connection, missing: missing)
    }
  }
#endif
