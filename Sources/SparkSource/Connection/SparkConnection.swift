#if Spark
  public import DataSources
  public import Foundation
  import Synchronization
  public import Vocabulary

  /// A Spark Connect server as a database of tables.
  ///
  /// Spark keeps no state of the data from one query to the next: where a table is being written to,
  /// name a view of one version of it.
  public final class SparkConnection: SQLConnection {
    public let dialect = SQLDialect.spark
    public let name: String
    private let credentials: Result<SparkCredentials, SparkProblem>
    private let certificates: String?
    private let opened = Mutex<SparkSession?>(nil)
    /// Where a table was last looked for in vain.
    private let searched = Mutex<[String]>([])

    /// Names a server; it is spoken to by the first question.
    ///
    /// What is wrong with the address, too, is the answer to the first question. No secret is ever
    /// part of it.
    /// - Parameters:
    ///   - address: `sc://host:port`, perhaps with `/;use_ssl=true;user_id=…`, or `sc://` alone.
    ///   - environment: `SPARK_CONNECT_TOKEN` and `SPARK_REMOTE` hold what is secret; `SSL_CERT_FILE`
    ///     names authorities to trust instead of the system's.
    public init(
      _ address: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
      do throws(SparkProblem) {
        let credentials = try SparkCredentials(trialFile: address, environment: environment)
        self.credentials = .success(credentials)
        name = credentials.address.shown
      } catch {
        credentials = .failure(error)
        name = "sc"
      }
      certificates = environment["SSL_CERT_FILE"]
    }

    private func batches(
      of sql: String, _ body: (ArrowBatch) throws(SparkProblem) -> Void
    ) throws(SparkProblem) {
      let credentials = try credentials.get()
      let certificates = certificates
      let session = try opened.withLock { opened throws(SparkProblem) -> SparkSession in
        if let opened { return opened }
        let session = try SparkSession(credentials, certificates: certificates)
        opened = session
        return session
      }
      try session.batches(of: sql, body)
    }

    /// Runs a statement whose answer does not matter, such as what makes a view for the session.
    ///
    /// - Throws: ``DataSources/SQLProblem``.
    func run(_ statement: String) throws(SQLProblem) {
      do throws(SparkProblem) {
        try batches(of: statement) { _ throws(SparkProblem) in }
      } catch {
        throw SQLProblem(error)
      }
    }

    /// Spark keeps no hash of a table.
    public func particulars() throws(SQLProblem) -> SQLParticulars {
      SQLParticulars(sha256: "", encoding: "spark UTF-8")
    }

    public func columns(of table: TableName) throws(SQLProblem) -> [SQLColumn] {
      var columns: [SQLColumn] = []
      var isPastColumns = false
      do throws(SparkProblem) {
        try batches(of: "DESCRIBE TABLE \(quoted(table.parts))") { batch throws(SparkProblem) in
          guard batch.columns.count >= 2 else { throw .unreadable(.damaged(.metadata)) }
          for row in 0..<batch.rowCount {
            let name = batch.columns[0].text(row) ?? ""
            // Partitions and other particulars follow, after a blank or a `# …`.
            isPastColumns = isPastColumns || name.isEmpty || name.hasPrefix("# ")
            if isPastColumns { break }
            let type = batch.columns[1].text(row) ?? ""
            columns.append(SQLColumn(name: name, type: type, kind: SQLColumn.Kind(sparkType: type)))
          }
        }
      } catch {
        guard error.isMissingTable else { throw SQLProblem(error) }
        searched.withLock { $0 = Array(table.parts.dropLast()) }
        return []
      }
      return columns
    }

    public func tableNames() throws(SQLProblem) -> [String] {
      let schema = searched.withLock { $0 }
      var names: [String] = []
      do throws(SparkProblem) {
        let place = schema.isEmpty ? "" : " IN \(quoted(schema))"
        try batches(of: "SHOW TABLES\(place)") { batch throws(SparkProblem) in
          guard batch.columns.count >= 2 else { throw .unreadable(.damaged(.metadata)) }
          for row in 0..<batch.rowCount {
            guard let name = batch.columns[1].text(row) else { continue }
            names.append((schema + [name]).joined(separator: "."))
          }
        }
      } catch {
        guard error.isMissingTable else { throw SQLProblem(error) }
      }
      return names.sorted()
    }

    public func read(
      _ sql: String, isSummary: Bool, into columns: inout SQLColumns
    ) throws(SQLProblem) {
      do throws(SparkProblem) {
        try batches(of: sql) { batch throws(SparkProblem) in try batch.append(to: &columns) }
      } catch {
        throw SQLProblem(error)
      }
    }

    private func quoted(_ parts: [String]) -> String {
      parts.map(dialect.quoted(name:)).joined(separator: ".")
    }
  }

  extension SQLProblem {
    fileprivate init(_ problem: SparkProblem) {
      self = problem.isOutOfRange ? .outOfRange : .said(problem.message)
    }
  }
#endif
