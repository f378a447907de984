#if Postgres
  import CPQ
  public import DataSources
  import Synchronization
  public import Vocabulary

  /// A server of PostgreSQL, asked by libpq for reading only.
  ///
  /// One transaction (repeatable read, read only) holds from the first query on, so that all answers come from one
  /// state of the data. Who asks, and how it is kept secret, libpq takes from its own environment, password and
  /// service files; nothing of it appears in a fault. Ctrl-C cancels the query on the server, too.
  public final class PostgresConnection: SQLConnection {
    public let dialect = SQLDialect.postgres
    /// The address may name people and machines, so it is called by its kind.
    public let name = "postgres"
    private let address: String
    private let opened = Mutex<Session?>(nil)

    /// Names a server; it is called by the first question.
    ///
    /// - Parameter address: `postgres://[user@][host][:port][/database][?setting=value]`, without a password.
    public init(address: String) { self.address = address }

    public func particulars() throws(SQLProblem) -> SQLParticulars {
      let encoding = try session { (session) throws(SQLProblem) in
        try session.rows("SHOW server_encoding").first?.first ?? "UTF8"
      }
      return SQLParticulars(sha256: "", encoding: "postgres \(encoding)")
    }

    public func columns(of table: TableName) throws(SQLProblem) -> [SQLColumn] {
      let name = table.parts.map(dialect.quoted(name:)).joined(separator: ".")
      // Names are resolved by the server itself, search path and all; a name that is none gives no row.
      let sql = """
        SELECT a.attname, format_type(a.atttypid, a.atttypmod),
          CASE WHEN t.typname IN ('int2', 'int4', 'int8') THEN 'integer' ELSE t.typcategory::text END
        FROM pg_attribute AS a
        JOIN pg_type AS t ON t.oid = CASE WHEN (SELECT typtype FROM pg_type WHERE oid = a.atttypid) = 'd'
          THEN (SELECT typbasetype FROM pg_type WHERE oid = a.atttypid) ELSE a.atttypid END
        WHERE a.attrelid = to_regclass(\(dialect.quoted(text: name)))
          AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """
      let rows = try session { (session) throws(SQLProblem) in try session.rows(sql) }
      return rows.map { row in
        let kind: SQLColumn.Kind =
          switch row[2] {
          case "integer": .integer
          case "N": .number
          case "B": .boolean
          default: .other
          }
        return SQLColumn(name: row[0], type: row[1], kind: kind)
      }
    }

    public func tableNames() throws(SQLProblem) -> [String] {
      let sql = """
        SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname !~ '^pg_'
          AND n.nspname <> 'information_schema' AND has_table_privilege(c.oid, 'SELECT')
        ORDER BY 1
        """
      return try session { (session) throws(SQLProblem) in try session.rows(sql) }.map { $0[0] }
    }

    public func read(_ sql: String, isSummary: Bool, into columns: inout SQLColumns)
      throws(SQLProblem)
    {
      var filled = columns
      filled = try session { (session) throws(SQLProblem) in
        var own = filled
        try session.read(sql, isSummary: isSummary, into: &own)
        return own
      }
      columns = filled
    }

    private func session<Answer: Sendable>(
      _ work: (Session) throws(SQLProblem) -> Answer
    ) throws(SQLProblem) -> Answer {
      let answer: Result<Answer, SQLProblem> = opened.withLock { opened in
        Result { () throws(SQLProblem) in
          if let opened { return try work(opened) }
          let session = try Session(address)
          opened = session
          return try work(session)
        }
      }
      return try answer.get()
    }
  }
#endif
