import Crypto
public import DataSources
import Foundation
import GRDB
import Synchronization
public import Vocabulary

/// A SQLite file, opened for reading only.
///
/// One transaction holds from the first query on, so that all answers come from one state of the file.
public final class SQLiteConnection: SQLConnection {
  public let dialect = SQLDialect.sqlite
  public let name: String
  private let path: String
  private let opened = Mutex<DatabaseQueue?>(nil)

  /// Names a file; it is opened by the first question.
  public init(path: String) {
    self.path = path
    name = path.split(separator: "/").last.map(String.init) ?? path
  }

  public func particulars() throws(SQLProblem) -> SQLParticulars {
    let encoding = try asking { db in
      try String.fetchOne(db, sql: "PRAGMA encoding") ?? "UTF-8"
    }
    return SQLParticulars(sha256: try fileHash(), encoding: "sqlite \(encoding)")
  }

  /// SHA-256 of the file; empty while changes wait beside it in a write-ahead log.
  private func fileHash() throws(SQLProblem) -> String {
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    guard log ?? 0 == 0, let file = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? file.close() }
    var hash = SHA256()
    do {
      while let bytes = try file.read(upToCount: 4 << 20), !bytes.isEmpty {
        hash.update(data: bytes)
      }
    } catch {
      return ""
    }
    return hash.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  public func columns(of table: TableName) throws(SQLProblem) -> [SQLColumn] {
    try asking { db in
      let sql = "SELECT name, type FROM pragma_table_info(?, ?)"
      let rows = try Row.fetchAll(db, sql: sql, arguments: [table.name, table.schema ?? "main"])
      return rows.map { row in
        // Types belong to values: what a column declares is a wish.
        SQLColumn(
          name: Self.text(row, 0), type: Self.text(row, 1), kind: .mixed)
      }
    }
  }

  public func tableNames() throws(SQLProblem) -> [String] {
    try asking { db in
      let sql = """
        SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')
        AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name
        """
      return try Row.fetchAll(db, sql: sql).map { Self.text($0, 0) }
    }
  }

  public func read(_ sql: String, isSummary: Bool, into columns: inout SQLColumns)
    throws(SQLProblem)
  {
    // The closure of an access must not hold an inout of ours.
    var filled = columns
    filled = try asking { db in
      var own = filled
      let forms = own.requests.map(\.form)
      let cursor = try Row.fetchCursor(db, sql: sql)
      while let row = try cursor.next() {
        for (place, form) in forms.enumerated() {
          if form == .number {
            own.append(Self.number(row, place), at: place)
          } else {
            own.append(Self.text(row, place), at: place)
          }
        }
        own.endRow()
      }
      return own
    }
    columns = filled
  }

  // MARK: - Values

  private static func number(_ row: Row, _ column: Int) -> Double? {
    switch DatabaseValue.Storage.of(row, column) {
    case .int64(let value): Double(value)
    case .double(let value): value
    case .null: nil
    case .string, .blob: .infinity
    }
  }

  private static func text(_ row: Row, _ column: Int) -> String {
    switch DatabaseValue.Storage.of(row, column) {
    case .string(let text): text
    case .int64(let value): "\(value)"
    case .double(let value): "\(value)"
    case .blob(let data): String(decoding: data, as: UTF8.self)
    case .null: ""
    }
  }

  // MARK: - The file

  private func asking<Answer>(
    _ question: (Database) throws -> Answer
  ) throws(SQLProblem) -> Answer {
    do {
      return try queue().writeWithoutTransaction(question)
    } catch {
      throw (error as? SQLProblem) ?? .said(SQLiteConnection.words(error))
    }
  }

  private func queue() throws -> DatabaseQueue {
    try opened.withLock { opened in
      if let opened { return opened }
      guard FileManager.default.fileExists(atPath: path) else {
        throw SQLProblem.said(
          BilingualText(ja: "ファイルがありません。", en: "there is no such file"))
      }
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(60)
      // The transaction below is meant to stay open.
      configuration.allowsUnsafeTransactions = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "BEGIN")
        _ = try Row.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")
      }
      opened = queue
      return queue
    }
  }

  private static func words(_ error: any Error) -> BilingualText {
    guard let error = error as? DatabaseError else {
      return BilingualText(
        ja: "データベースを読めません（\(error)）。", en: "the database cannot be read: \(error)")
    }
    let reason = error.message ?? error.resultCode.description
    return switch error.resultCode {
    case .SQLITE_NOTADB:
      BilingualText(
        ja: "SQLite のデータベースではありません。", en: "this is no SQLite database")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      BilingualText(
        ja: "ほかの処理が書き込んでいます。終わってから、もう一度実行してください。",
        en: "another program is writing; run again when it has finished")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      BilingualText(
        ja: "データベースを開けません（\(reason)）。", en: "the database cannot be opened: \(reason)")
    default:
      BilingualText(
        ja: "データベースを読めません（\(reason)）。", en: "the database cannot be read: \(reason)")
    }
  }
}

extension DatabaseValue.Storage {
  /// The value at a place; NULL where there is none.
  fileprivate static func of(_ row: Row, _ column: Int) -> DatabaseValue.Storage {
    guard column < row.count else { return .null }
    let value: DatabaseValue = row[column]
    return value.storage
  }
}
