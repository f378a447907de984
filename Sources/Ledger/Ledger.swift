public import Foundation
import GRDB

/// The append-only, hash-chained record of a trial: its lock, draws, looks and everything else that a
/// stranger needs to check that what was analysed is what was planned and drawn.
///
/// One SQLite file. Every event carries the hash of the event before; a draw's event carries the
/// hash of its rows. Writers exclude one another for as long as they decide and write, and a commit
/// is on the disk before anybody is told of it, so that two of them never give a unit two arms and a
/// crash at any instant loses nothing that was told.
///
/// The chain cannot tell that its newest events were cut off; publish the last hash (results and
/// reports carry it) so that others can.
public final class Ledger: Sendable {
  /// The file.
  public let path: String
  private let queue: DatabaseQueue

  /// Opens a ledger, or makes an empty one.
  ///
  /// - Throws: ``LedgerError``.
  public init(at path: String, creating: Bool = false) throws(LedgerError) {
    self.path = path
    guard creating || FileManager.default.fileExists(atPath: path) else { throw .missing }
    queue = try Self.translating {
      var configuration = Configuration()
      configuration.busyMode = .timeout(60)
      configuration.prepareDatabase { db in
        // A commit must have reached the disk before an arm is told to anybody.
        try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -262144")
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        if creating {
          try db.inTransaction(.immediate) {
            try LedgerSchema.create(in: db)
            return .commit
          }
        }
        let id = try Row.fetchOne(db, sql: "PRAGMA application_id")?.integer(0)
        guard id == LedgerSchema.applicationID else {
          throw LedgerError.unreadable("application_id")
        }
      }
      return queue
    }
  }

  // MARK: - Reading

  /// All events, the oldest first.
  ///
  /// - Throws: ``LedgerError``.
  public func events() throws(LedgerError) -> [LedgerEvent] {
    try Self.translating { try queue.read(Self.events) }
  }

  /// All units that were drawn, in the order in which they arrived.
  ///
  /// - Throws: ``LedgerError``.
  public func units() throws(LedgerError) -> [DrawnUnit] {
    try Self.translating { try queue.read { try Self.units(in: $0).map(\.unit) } }
  }

  // MARK: - Writing

  /// Adds an event.
  ///
  /// - Parameters:
  ///   - kind: what happened.
  ///   - particulars: what is to be known about it.
  ///   - time: when; now by default.
  /// - Returns: the event as it stands in the ledger.
  /// - Throws: ``LedgerError``; the ledger is then as before.
  @discardableResult
  public func append(
    _ kind: LedgerEvent.Kind, _ particulars: some Encodable, at time: Date = .now
  ) throws(LedgerError) -> LedgerEvent {
    try Self.translating {
      try exclusively { db in try Self.append(kind, particulars, at: time, in: db) }
    }
  }

  /// Decides on an event while nobody else can write, and adds it with the units that it drew.
  ///
  /// `decide` sees the events and units so far and returns what is to be added, or nil for nothing. What it
  /// throws passes through, and the ledger is then as before.
  ///
  /// - Throws: ``LedgerError``, or what `decide` throws.
  public func append(
    at time: Date = .now,
    deciding decide: (_ events: [LedgerEvent], _ units: [DrawnUnit]) throws -> Addition?
  ) throws -> LedgerEvent? {
    try Self.rethrowing {
      try exclusively { db in
        let addition = try decide(Self.events(db), Self.units(in: db).map(\.unit))
        guard let addition else { return nil }
        let event = try Self.append(addition.kind, addition.particulars, at: time, in: db)
        try Self.insert(addition.units, of: event, in: db)
        return event
      }
    }
  }

  /// Does something while nobody else can write; `units` reads everyone who was drawn.
  ///
  /// - Throws: ``LedgerError``, or what `body` throws.
  public func whileNobodyWrites(
    _ body: (_ events: [LedgerEvent], _ units: () throws -> [DrawnUnit]) throws -> Void
  ) throws {
    try Self.rethrowing {
      try exclusively { db in
        try body(Self.events(db)) { try Self.units(in: db).map(\.unit) }
      }
    }
  }

  /// What a decision adds to the ledger.
  public struct Addition {
    /// What happened.
    public var kind: LedgerEvent.Kind
    /// What is to be known about it.
    public var particulars: any Encodable
    /// The units that it drew.
    public var units: [DrawnUnit]

    /// Makes an addition.
    public init(
      _ kind: LedgerEvent.Kind, _ particulars: any Encodable, units: [DrawnUnit] = []
    ) {
      self.kind = kind
      self.particulars = particulars
      self.units = units
    }
  }

  private func exclusively<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
    try queue.writeWithoutTransaction { db in
      var answer: Answer?
      try db.inTransaction(.immediate) {
        answer = try body(db)
        return .commit
      }
      guard let answer else { throw LedgerError.unreadable("no answer") }
      return answer
    }
  }

  private static func append(
    _ kind: LedgerEvent.Kind, _ particulars: some Encodable, at time: Date, in db: Database
  ) throws -> LedgerEvent {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let last = try Row.fetchOne(
      db, sql: "SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1")
    let event = LedgerEvent(
      sequence: (try last?.integer(0) ?? 0) + 1, time: time.formatted(.iso8601), kind: kind,
      body: String(decoding: try encoder.encode(particulars), as: UTF8.self),
      previous: try last?.text(1) ?? LedgerEvent.genesis)
    try db.execute(
      sql: "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        event.sequence, event.time, event.kind.rawValue, event.body, event.previous, event.hash,
      ])
    return event
  }

  private static func insert(
    _ units: [DrawnUnit], of event: LedgerEvent, in db: Database
  ) throws {
    guard !units.isEmpty else { return }
    let statement = try db.makeStatement(
      sql: """
        INSERT INTO assignment
          (unit, code, block, cluster, factors, measurements, arm, formed_block, event)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for unit in units {
      do {
        try statement.execute(arguments: [
          unit.unit, unit.code, unit.block, unit.cluster, unit.factorsText,
          unit.measurementsText, unit.arm, unit.formedBlock, event.sequence,
        ])
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        throw LedgerError.drawnBefore(unit.unit)
      }
    }
  }
}

// MARK: - Rows

extension Ledger {
  static func events(_ db: Database) throws -> [LedgerEvent] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT sequence, time, kind, body, previous, hash FROM event ORDER BY sequence")
    return try rows.map { row in
      guard let kind = LedgerEvent.Kind(rawValue: try row.text(2)) else {
        throw LedgerError.unreadable("kind")
      }
      return LedgerEvent(
        sequence: try row.integer(0), time: try row.text(1), kind: kind, body: try row.text(3),
        previous: try row.text(4), hash: try row.text(5))
    }
  }

  /// The units with the number of the event that drew each.
  static func units(in db: Database) throws -> [(unit: DrawnUnit, event: Int)] {
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT unit, code, block, cluster, factors, measurements, arm, formed_block, event
        FROM assignment ORDER BY position
        """)
    var units: [(unit: DrawnUnit, event: Int)] = []
    while let row = try cursor.next() {
      guard let factors = DrawnUnit.factors(reading: try row.optionalText(4)),
        let measurements = DrawnUnit.measurements(reading: try row.optionalText(5))
      else { throw LedgerError.unreadable("assignment") }
      let unit = DrawnUnit(
        unit: try row.text(0), code: try row.optionalText(1), block: try row.optionalText(2),
        cluster: try row.optionalText(3), factors: factors, measurements: measurements,
        arm: try row.optionalText(6), formedBlock: try row.optionalText(7))
      units.append((unit, try row.integer(8)))
    }
    return units
  }

  /// Reads everything within one moment, for verification.
  func everything() throws -> (events: [LedgerEvent], units: [(unit: DrawnUnit, event: Int)]) {
    try queue.read { db in (try Self.events(db), try Self.units(in: db)) }
  }

  /// What SQLite itself finds wrong with the file; empty where it finds nothing.
  func damage() throws -> [String] {
    try queue.read { db in
      let lines = try Row.fetchAll(db, sql: "PRAGMA integrity_check(5)").map { try $0.text(0) }
      return lines == ["ok"] ? [] : lines
    }
  }

  // MARK: - Errors

  static func translating<Answer>(
    _ body: () throws -> Answer
  ) throws(LedgerError) -> Answer {
    do {
      return try body()
    } catch {
      throw (error as? LedgerError) ?? ledgerError(error)
    }
  }

  /// As ``translating(_:)``, but errors that are not the database's pass through.
  fileprivate static func rethrowing<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw ledgerError(error)
    }
  }

  private static func ledgerError(_ error: any Error) -> LedgerError {
    guard let error = error as? DatabaseError else { return .unreadable("\(error)") }
    let reason = error.message ?? error.resultCode.description
    return switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
    case .SQLITE_FULL: .noSpace
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: .notWritable(reason)
    default: .unreadable(reason)
    }
  }
}

// GRDB's own subscripts trap where a damaged file holds another type than the schema promises.
extension Row {
  fileprivate func text(_ column: Int) throws -> String {
    guard let text = try optionalText(column) else { throw LedgerError.unreadable("NULL") }
    return text
  }

  fileprivate func optionalText(_ column: Int) throws -> String? {
    let value: DatabaseValue = self[column]
    if value.isNull { return nil }
    guard case .string(let text) = value.storage else { throw LedgerError.unreadable("text") }
    return text
  }

  fileprivate func integer(_ column: Int) throws -> Int {
    let value: DatabaseValue = self[column]
    guard case .int64(let integer) = value.storage else { throw LedgerError.unreadable("integer") }
    return Int(integer)
  }
}
