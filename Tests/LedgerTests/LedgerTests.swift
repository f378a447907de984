import Foundation
import GRDB
import TestSupport
import Testing

@testable import Ledger

/// What a test writes into an event.
private struct Remark: Codable {
  var text: String
}

private struct Draw: Codable {
  var rows: String
}

private func units(_ numbers: Range<Int>) -> [DrawnUnit] {
  numbers.map {
    DrawnUnit(
      unit: "札幌市-\($0)", code: "c\($0)", block: $0 % 3 == 0 ? nil : "石狩", factors: ["女", "4:0"],
      measurements: [Double($0) / 3, -0.0], arm: $0 % 2 == 0 ? "control" : "social")
  }
}

private func ledger(at path: String) throws -> Ledger {
  let ledger = try Ledger(at: path, creating: true)
  try ledger.append(.lock, Remark(text: "計画"), at: Date(timeIntervalSince1970: 1_600_000_000))
  let drawn = units(0..<5)
  _ = try ledger.append { events, before in
    #expect(events.count == 1 && before.isEmpty)
    return Ledger.Addition(.draw, Draw(rows: DrawnUnit.digest(of: drawn)), units: drawn)
  }
  try ledger.append(.look, Remark(text: "1"))
  return ledger
}

@Suite("The ledger")
struct LedgerTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.url.appendingPathComponent("ledger.sqlite").path }

  @Test("What was written is read, in its order, and nothing is wrong")
  func roundTrip() throws {
    let written = try ledger(at: path)
    let read = try Ledger(at: path)
    #expect(try read.units() == units(0..<5))
    let events = try read.events()
    #expect(events == (try written.events()))
    #expect(events.map(\.kind) == [.lock, .draw, .look])
    #expect(events.first?.time == "2020-09-13T12:26:40Z")
    #expect(events.first?.particulars(as: Remark.self)?.text == "計画")
    #expect(events.first?.previous == LedgerEvent.genesis)
    #expect(read.problems() == [])
  }

  @Test("A ledger that is not there, and files that are none, say so")
  func noLedger() throws {
    #expect(throws: LedgerError.missing) { try Ledger(at: path) }
    let text = try folder.file(named: "text.sqlite", "これは台帳ではありません")
    #expect(throws: LedgerError.self) { try Ledger(at: text.path) }
    let other = folder.url.appendingPathComponent("other.sqlite").path
    try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE event (a)") }
    #expect(throws: LedgerError.unreadable("application_id")) { try Ledger(at: other) }
  }

  @Test("A unit is drawn once, and what fails leaves nothing behind")
  func drawnOnce() throws {
    let ledger = try ledger(at: path)
    let again = units(4..<7)
    #expect(throws: LedgerError.drawnBefore("札幌市-4")) {
      try ledger.append { _, _ in
        Ledger.Addition(.draw, Draw(rows: DrawnUnit.digest(of: again)), units: again)
      }
    }
    struct Refusal: Error {}
    #expect(throws: Refusal.self) { try ledger.append { _, _ in throw Refusal() } }
    #expect(try ledger.append { _, _ in nil } == nil)
    #expect(try ledger.events().count == 3)
    #expect(try ledger.units().count == 5)
  }

  @Test(
    "SQLite itself refuses to change or take away",
    arguments: [
      "UPDATE event SET body = '{}'", "DELETE FROM event", "UPDATE assignment SET arm = 'social'",
      "DELETE FROM assignment WHERE position = 5",
    ])
  func appendOnly(sql: String) throws {
    let ledger = try ledger(at: path)
    #expect(throws: DatabaseError.self) {
      try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    }
    #expect(ledger.problems() == [])
  }

  @Test(
    "A change that goes around the triggers is named",
    arguments: [
      ("UPDATE event SET body = '{\"text\":\"別\"}' WHERE sequence = 1", "[changed(event: 1"),
      ("UPDATE event SET time = '2020-09-13T12:26:41Z' WHERE sequence = 1", "[changed(event: 1"),
      ("UPDATE event SET kind = 'analysis' WHERE sequence = 3", "[changed(event: 3"),
      ("DELETE FROM event WHERE sequence = 1", "gap(expected: 1, found: 2)"),
      ("DELETE FROM event WHERE sequence = 1", "brokenChain(event: 2)"),
      ("UPDATE assignment SET arm = 'social' WHERE position = 1", "[rowsChanged(event: 2)"),
      ("UPDATE assignment SET block = '' WHERE position = 1", "[rowsChanged(event: 2)"),
      ("UPDATE assignment SET measurements = '1 2' WHERE position = 1", "[rowsChanged(event: 2)"),
      ("DELETE FROM assignment WHERE position = 5", "[rowsChanged(event: 2)"),
      ("UPDATE assignment SET position = 9 WHERE position = 1", "[rowsChanged(event: 2)"),
      ("UPDATE assignment SET event = 3 WHERE position = 1", "strayRows(event: 3, count: 1)"),
    ])
  func tampering(sql: String, expected: String) throws {
    let ledger = try ledger(at: path)
    try DatabaseQueue(path: path).write { db in
      for name in try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type='trigger'")
      {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      try db.execute(sql: sql)
    }
    let found = String(describing: ledger.problems()).replacing("Ledger.LedgerProblem.", with: "")
    #expect(found.contains(expected), "\(found)")
  }

  /// A byte that SQLite never reads may change unseen; none may change what is read.
  @Test("No changed byte of the file changes what is read without being named")
  func everyByte() throws {
    let original = try ledger(at: path)
    let (events, units) = (try original.events(), try original.units())
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let copy = folder.url.appendingPathComponent("copy.sqlite")
    var named = 0
    for place in stride(from: 0, to: bytes.count, by: 17) {
      var changed = bytes
      changed[place] ^= 0x15
      try changed.write(to: copy)
      guard let ledger = try? Ledger(at: copy.path) else {
        named += 1
        continue
      }
      let problems = ledger.problems()
      if problems.isEmpty {
        #expect(try ledger.events() == events && ledger.units() == units, "byte \(place)")
      } else {
        named += 1
      }
    }
    #expect(named > 50)
  }

  @Test("Several connections at once never draw a unit twice")
  func concurrently() async throws {
    let path = path
    _ = try Ledger(at: path, creating: true)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let ledger = try Ledger(at: path, creating: true)
          for number in 0..<25 {
            _ = try ledger.append { _, before in
              // Each takes the next free number, so any overlap of decisions would collide.
              let unit = DrawnUnit(unit: "\(before.count)", arm: "\(writer)")
              return Ledger.Addition(
                .draw, Draw(rows: DrawnUnit.digest(of: [unit])), units: [unit])
            }
            if number % 10 == 0 { try ledger.append(.look, Remark(text: "\(writer)")) }
          }
        }
      }
      try await group.waitForAll()
    }
    let ledger = try Ledger(at: path)
    #expect(try ledger.units().map(\.unit) == (0..<100).map(String.init))
    #expect(ledger.problems() == [])
  }

  /// The second implementation shares nothing with ours but the description in docs/ledger.
  @Test("The verifier in Python agrees, on a sound ledger and on a changed one")
  func secondImplementation() throws {
    _ = try ledger(at: path)
    #expect(try verifyInPython() == "no fault found\n")
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "DROP TRIGGER assignment_no_update; UPDATE assignment SET arm = 'social'")
    }
    #expect(try verifyInPython() == "the units drawn by event 2 were changed\n")
  }

  private func verifyInPython() throws -> String {
    let process = Process()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/ledger/verify.py")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path, path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }

  @Test(
    "Factors and measurements survive as text",
    arguments: [[], [""], ["a", ""], ["1:a", "2:b"], ["女", "40代"]] as [[String]])
  func factors(_ factors: [String]) {
    let unit = DrawnUnit(unit: "a", factors: factors, measurements: [0.1, -0.0, 1e300])
    #expect(DrawnUnit.factors(reading: unit.factorsText) == factors)
    #expect(DrawnUnit.measurements(reading: unit.measurementsText) == unit.measurements)
  }

  @Test("Texts that are no factors are refused", arguments: ["a", "3:ab", "-1:", "1", ":a"])
  func brokenFactors(text: String) {
    #expect(DrawnUnit.factors(reading: text) == nil)
  }
}
