#if Postgres
  import CPQ
  import DataSources
  import Glibc

  /// One connection and its one transaction.
  ///
  /// Whoever has it holds the lock of ``PostgresConnection``: libpq serves one thread at a time.
  final class Session: @unchecked Sendable {
    private let connection: OpaquePointer
    private static let rowsAtOnce = 10_000

    /// Connects and begins to read.
    init(_ address: String) throws(SQLProblem) {
      // The address stands for libpq's dbname, which it takes apart; what it leaves out comes from PGHOST,
      // PGUSER, PGSERVICE and the like.
      let opened = Session.withSettings(
        [("fallback_application_name", "nudge"), ("client_encoding", "UTF8"), ("dbname", address)]
      ) { PQconnectdbParams($0, $1, 1) }
      guard let connection = opened else { throw .said(PostgresWords.noMemory) }
      self.connection = connection
      guard PQstatus(connection) == CONNECTION_OK else {
        // What libpq says names host, port and user; it is not repeated.
        throw .said(
          PostgresWords.notConnected(PQconnectionNeedsPassword(connection) == 1, connection))
      }
      PQsetNoticeProcessor(connection, { _, _ in }, nil)
      try run("SET client_encoding TO 'UTF8'")
      // Shortest digits that are read back as the same double; rows in the order in which they are stored.
      try run("SET extra_float_digits TO 1")
      try run("SET synchronize_seqscans TO off")
      try run("SET enable_indexonlyscan TO off")
      try run("SET standard_conforming_strings TO on")
      // A limit of the role, the database or PGOPTIONS stands; where there is none, nothing runs for ever.
      try run(
        "SELECT set_config('statement_timeout', '1h', false) "
          + "WHERE current_setting('statement_timeout') = '0'")
      try run("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    }

    deinit { PQfinish(connection) }

    private static func withSettings(
      _ settings: [(String, String)],
      _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) ->
        OpaquePointer?
    ) -> OpaquePointer? {
      func pointers(_ texts: [String]) -> [UnsafePointer<CChar>?] {
        texts.map { strdup($0).map { UnsafePointer($0) } } + [nil]
      }
      let (names, values) = (pointers(settings.map(\.0)), pointers(settings.map(\.1)))
      defer { for pointer in names + values { free(UnsafeMutablePointer(mutating: pointer)) } }
      return names.withUnsafeBufferPointer { names in
        values.withUnsafeBufferPointer { values in
          guard let names = names.baseAddress, let values = values.baseAddress else { return nil }
          return body(names, values)
        }
      }
    }

    // MARK: - Queries

    /// Runs a statement that answers nothing.
    func run(_ sql: String) throws(SQLProblem) { _ = try answer(to: sql) }

    /// The rows of a small answer; NULL is the empty text.
    func rows(_ sql: String) throws(SQLProblem) -> [[String]] {
      try keepingTransaction { () throws(SQLProblem) in
        let answer = try answer(to: sql)
        return (0..<answer.rowCount).map { row in
          (0..<answer.columnCount).map { answer.text(row, $0) ?? "" }
        }
      }
    }

    /// Adds the rows of an answer: some thousands at a time, or all at once, because several of the server's
    /// processes work together on a query but not on a cursor.
    func read(
      _ sql: String, isSummary: Bool, into columns: inout SQLColumns
    ) throws(SQLProblem) {
      var filled = columns
      filled = try keepingTransaction { () throws(SQLProblem) in
        var own = filled
        if isSummary {
          try fetch(sql, into: &own)
          return own
        }
        try run("DECLARE nudge_cursor NO SCROLL CURSOR FOR \(sql)")
        let next = "FETCH \(Session.rowsAtOnce) FROM nudge_cursor"
        while try fetch(next, into: &own) == Session.rowsAtOnce {}
        try run("CLOSE nudge_cursor")
        return own
      }
      columns = filled
    }

    @discardableResult
    private func fetch(_ sql: String, into columns: inout SQLColumns) throws(SQLProblem) -> Int {
      let forms = columns.requests.map(\.form)
      let answer = try answer(to: sql)
      for row in 0..<answer.rowCount {
        for (place, form) in forms.enumerated() {
          if form == .number {
            columns.append(answer.number(row, place), at: place)
          } else {
            columns.append(answer.text(row, place) ?? "", at: place)
          }
        }
        columns.endRow()
      }
      return answer.rowCount
    }

    /// An error ends a transaction; a savepoint keeps it, and the state of the data with it.
    private func keepingTransaction<Answer>(
      _ work: () throws(SQLProblem) -> Answer
    ) throws(SQLProblem) -> Answer {
      try run("SAVEPOINT nudge")
      do throws(SQLProblem) {
        let answer = try work()
        try run("RELEASE SAVEPOINT nudge")
        return answer
      } catch {
        try? run("ROLLBACK TO SAVEPOINT nudge")
        throw error
      }
    }

    private func answer(to sql: String) throws(SQLProblem) -> Answer {
      guard !sql.utf8.contains(0) else { throw .said(PostgresWords.zeroByte) }
      let interrupt = InterruptSignal()
      guard PQsendQuery(connection, sql) == 1 else { throw PostgresWords.lostConnection }
      var isCancelled = false
      while PQconsumeInput(connection) == 1, PQisBusy(connection) == 1 {
        if interrupt.isRaised, !isCancelled {
          cancel()
          isCancelled = true
        }
        waitForServer()
      }
      guard var result = PQgetResult(connection) else { throw .said(PostgresWords.noMemory) }
      while let next = PQgetResult(connection) {
        PQclear(result)
        result = next
      }
      let answer = Answer(result)
      guard answer.isSound else { throw PostgresWords.problem(answer.sqlState, answer.message) }
      return answer
    }

    /// Until the server says something, or somebody presses Ctrl-C; another thread may be the one to be told of that.
    private func waitForServer() {
      var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
      poll(&socket, 1, 100)
    }

    /// Asks the server to give up the query, which it then answers as cancelled.
    private func cancel() {
      guard let cancel = PQgetCancel(connection) else { return }
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { words in
        _ = PQcancel(cancel, words.baseAddress, 256)
      }
      PQfreeCancel(cancel)
    }
  }

  /// A result of libpq.
  private struct Answer: ~Copyable {
    private let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    var isSound: Bool {
      let status = PQresultStatus(result)
      return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK
    }

    var rowCount: Int { Int(PQntuples(result)) }
    var columnCount: Int { Int(PQnfields(result)) }

    /// The five letters that say what went wrong.
    var sqlState: String {
      PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
    }

    /// The server's own sentence, without detail, hint or context.
    var message: String {
      PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) } ?? ""
    }

    func text(_ row: Int, _ column: Int) -> String? {
      let (row, column) = (Int32(row), Int32(column))
      guard PQgetisnull(result, row, column) == 0, let bytes = PQgetvalue(result, row, column)
      else { return nil }
      return String(cString: bytes)
    }

    /// A number; nil is NULL. What is not finite stays so: `NaN` as infinity, because NaN means missing.
    func number(_ row: Int, _ column: Int) -> Double? {
      guard let text = text(row, column) else { return nil }
      guard let value = Double(text), !value.isNaN else { return .infinity }
      return value
    }
  }
#endif
