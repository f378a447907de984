import Enrolment
import Foundation
import Ledger
import TestSupport
import Testing
import Trials
import Vocabulary

@testable import Analysis

/// A trial that was locked and drawn, with outcomes by identifier alone.
private final class DrawnTrial {
  let folder: TemporaryFolder
  var assignment = "{method: blocked, blocks: [area], balance: [age]}"
  var outcomes = "- {id: visited, role: primary, kind: binary, column: visited, better: more}"
  var analysis = "{level: 0.95}"
  var more = ""

  init() throws { folder = try TemporaryFolder() }

  static let rows = (0..<120).map { number in
    (id: "P\(number)", area: number % 3 == 0 ? "石狩" : "渡島", age: 34 + number % 16)
  }

  func write() throws {
    try folder.file(
      named: "trial.yml",
      """
      nudge: 1
      trial: drawn
      title: 引いた名簿
      arms:
        - {id: control, control: true}
        - {id: social}
      unit: id
      assignment: \(assignment)
      outcomes:
        \(outcomes)
      analysis: \(analysis)
      data: {file: data.csv}
      \(more)
      """)
  }

  var file: TrialFile { get throws { try TrialFile.load(contentsOf: folder.url.path) } }

  func lockAndDraw() throws {
    try write()
    let list = Self.rows.map { "\($0.id),\($0.area),\($0.age)" }.joined(separator: "\n")
    try folder.file(named: "frame.csv", "id,area,age\n\(list)\n")
    _ = try Locking(of: file, engineVersion: "test").lock(seed: 11)
    _ = try Drawing(of: file, engineVersion: "test")
      .draw(folder.url.appendingPathComponent("frame.csv").path)
  }

  var units: [DrawnUnit] {
    get throws { try TrialRecord.load(for: file, engineVersion: "test")?.units ?? [] }
  }

  /// Outcomes for everybody; the social message brings more.
  func data(changing change: (inout [String: String]) -> Void = { _ in }) throws {
    var lines: [[String: String]] = []
    for (number, unit) in try units.enumerated() {
      let visited = number % (unit.arm == "social" ? 2 : 4) == 0
      var row = [
        "id": unit.unit, "visited": visited ? "1" : "0", "day": "2021-06-0\(1 + number % 3)",
      ]
      change(&row)
      lines.append(row)
    }
    let columns =
      lines.contains { $0["arm"] != nil }
      ? ["id", "visited", "day", "arm"] : ["id", "visited", "day"]
    let text = lines.filter { $0["id"] != "" }.map { row in
      columns.map { row[$0] ?? "" }.joined(separator: ",")
    }
    try folder.file(
      named: "data.csv", ([columns.joined(separator: ",")] + text).joined(separator: "\n") + "\n")
  }

  func analyze(look: Int? = nil) throws -> TrialResult {
    try TrialResult.analyzing(file, look: look, engineVersion: "test")
  }
}

private func kinds(_ result: TrialResult) -> [Check.Kind] { result.checks.map(\.kind) }

@Suite("Analysis of what was locked and drawn")
struct LockedAnalysisTests {
  @Test("data without arms and blocks get them from the drawn list")
  func join() throws {
    let trial = try DrawnTrial()
    try trial.lockAndDraw()
    try trial.data()
    let result = try trial.analyze()
    #expect(result.lock?.count == 64)
    let row = try #require(result.results.first)
    #expect(row.nArm == 60 && row.nControl == 60 && row.role == "primary")
    #expect(result.checks.first?.status == .pass)
    let tally = kinds(result).compactMap {
      if case .drawnList(let tally) = $0 { tally } else { nil }
    }
    #expect(tally.first?.agreeing == 120 && tally.first?.absent == 0)
    // Sizes were fixed by the draw: a test of the sample ratio would say nothing.
    #expect(!kinds(result).contains { if case .sampleRatio = $0 { true } else { false } })
    // Blocks are analysed as drawn: the same estimate as with the columns in the data.
    let arms = Dictionary(uniqueKeysWithValues: try trial.units.map { ($0.unit, $0) })
    let text = try String(
      contentsOf: trial.folder.url.appendingPathComponent("data.csv"), encoding: .utf8)
    let joined = text.split(separator: "\n").enumerated().map { place, line in
      let unit = arms[line.split(separator: ",").first.map(String.init) ?? ""]
      let area = unit?.block.flatMap { DrawnUnit.parts(ofKey: $0) }?.first ?? ""
      return "\(line)," + (place == 0 ? "arm,area" : "\(unit?.arm ?? ""),\(area)")
    }
    try trial.folder.file(named: "data.csv", joined.joined(separator: "\n") + "\n")
    let again = try #require(try trial.analyze().results.first)
    #expect(again.estimate == row.estimate && again.stdError == row.stdError)
  }

  @Test("another arm than drawn, and units that were never drawn, fail the check and are named")
  func departures() throws {
    let complete = try DrawnTrial()
    complete.assignment = "{method: complete}"
    try complete.lockAndDraw()
    let own = Dictionary(uniqueKeysWithValues: try complete.units.map { ($0.unit, $0.arm ?? "") })
    try complete.data { row in
      let arm = own[row["id"] ?? ""] ?? ""
      row["arm"] = row["id"] == "P7" ? (arm == "social" ? "control" : "social") : arm
      if row["id"] == "P9" { row["id"] = "stranger" }
    }
    let found = try complete.analyze()
    let check = try #require(
      found.checks.first { if case .drawnList = $0.kind { true } else { false } })
    guard case .drawnList(let tally) = check.kind else { return }
    #expect(check.status == .fail && tally.otherArm == 1 && tally.notDrawn == 1)
    #expect(tally.absent == 1 && tally.agreeing == 118)
    #expect(Set(tally.examples) == ["P7", "stranger"])
  }

  @Test("what is not in the lock is exploratory: a new outcome, a changed one, everything")
  func exploratory() throws {
    let trial = try DrawnTrial()
    try trial.lockAndDraw()
    try trial.data()
    let locking = { try Locking(of: trial.file, engineVersion: "test") }
    // Changed without a word: the check fails.
    let old = trial.outcomes
    trial.outcomes = old + "\n  - {id: late, role: primary, kind: binary, column: visited}"
    try trial.write()
    let silent = try trial.analyze()
    #expect(silent.checks.first?.status == .fail)
    #expect(silent.results.first { $0.outcome == "late" }?.role == "exploratory")
    #expect(silent.results.first { $0.outcome == "visited" }?.role == "primary")
    #expect(silent.verdicts.map(\.outcome) == ["visited"])
    // Amended before anybody looked: confirmatory.
    _ = try locking().amend(reason: "追加")
    let early = try trial.analyze()
    #expect(early.checks.first?.status == .pass)
    #expect(early.results.first { $0.outcome == "late" }?.role == "primary")
    // Amended afterwards: exploratory, and said to be.
    try TrialRecord.note(.analysis, AccessParticulars(), for: trial.file, engineVersion: "test")
    trial.outcomes = trial.outcomes.replacing("better: more", with: "better: less")
    try trial.write()
    _ = try locking().amend(reason: "向きの誤り")
    let late = try trial.analyze()
    #expect(late.checks.first?.status == .warn)
    #expect(late.results.first { $0.outcome == "visited" }?.role == "exploratory")
    #expect(late.results.first { $0.outcome == "late" }?.role == "primary")
    // What touches every number makes all of them exploratory.
    trial.analysis = "{level: 0.9}"
    try trial.write()
    _ = try locking().amend(reason: "水準")
    let all = try trial.analyze()
    #expect(all.verdicts.isEmpty)
    guard case .protocolLock(_, let changes, let outcomes) = all.checks[0].kind else { return }
    #expect(changes.isEmpty && outcomes == ["visited", "late"])
  }

  @Test("deviations stand in the result, and a result reads back as it was written")
  func deviations() throws {
    let trial = try DrawnTrial()
    try trial.lockAndDraw()
    try trial.data()
    _ = try Locking(of: trial.file, engineVersion: "test").deviate("発送が一週間遅れた")
    let result = try trial.analyze()
    #expect(
      kinds(result).contains {
        if case .deviation("発送が一週間遅れた", _, late: false) = $0 { true } else { false }
      })
    #expect(try TrialResult(json: result.json(), file: "").checks == result.checks)
  }

  @Test("pairs are analysed as pairs")
  func pairs() throws {
    let trial = try DrawnTrial()
    trial.assignment = "{method: matched_pairs, covariates: [age]}"
    try trial.lockAndDraw()
    try trial.data()
    let row = try #require(
      try trial.analyze().results.first { $0.estimator == "difference_in_means" })
    // Sixty pairs: the spread between pairs has 59 degrees of freedom.
    #expect(row.seType == "matched_pairs" && row.df == 59)
  }

  @Test("a trial that was never locked says so")
  func unlocked() throws {
    let trial = try DrawnTrial()
    trial.assignment = "{method: complete}"
    try trial.write()
    try trial.folder.file(
      named: "data.csv", "id,arm,visited\na,control,0\nb,social,1\nc,control,1\nd,social,1\n")
    let result = try trial.analyze()
    #expect(result.lock == nil)
    #expect(result.checks.first?.kind == .protocolLock(hash: nil, changes: [], exploratory: []))
  }
}

@Suite("Watching a trial")
struct MonitoringTests {
  private func watch(
    _ trial: DrawnTrial, look: Int? = nil, reason: String? = nil
  ) throws -> Monitoring {
    try Monitoring.watching(trial.file, look: look, reason: reason, engineVersion: "test")
  }

  @Test("counts by day and place, gaps and the drawn list; nothing by arm")
  func blind() throws {
    let trial = try DrawnTrial()
    trial.more = "monitoring: {day: day, by: [area]}"
    try trial.lockAndDraw()
    try trial.data { row in
      if row["id"] == "P3" { row["visited"] = "" }
      if row["id"] == "P5" { row["id"] = "" }
    }
    let seen = try watch(trial)
    #expect(seen.units == 119 && seen.drawn?.absent == 1 && seen.drawn?.agreeing == 119)
    #expect(seen.days.map(\.name) == ["2021-06-01", "2021-06-02", "2021-06-03"])
    #expect(seen.days.map(\.rows).reduce(0, +) == 119)
    #expect(seen.groups.first?.counts.map(\.name) == ["渡島", "石狩"])
    #expect(seen.missing.first?.missing == 1)
    #expect(seen.information?.known == 118 && seen.information?.planned == 120)
    #expect(seen.look == nil && seen.looks == nil && seen.sampleRatio == nil)
    let text = String(decoding: try JSONEncoder().encode(seen), as: UTF8.self)
    #expect(!text.contains("social") && !text.contains("control"))
  }

  @Test("a look waits for its share of the information, or for a reason, and is recorded")
  func looks() throws {
    let trial = try DrawnTrial()
    trial.analysis = "{looks: {at: [0.5, 1], spending: obrien-fleming}}"
    try trial.lockAndDraw()
    var kept = 0
    try trial.data { row in
      kept += 1
      if kept > 70 { row["visited"] = "" }
    }
    let seen = try watch(trial)
    // LD-OF at .5 and 1: 2.9626, 1.9686.
    let critical = try #require(seen.looks).critical.compactMap { $0 }[0]
    #expect(abs(critical - 2.9626) < 1e-4)
    #expect(seen.looks?.allowed == 1 && seen.looks?.taken == [])
    #expect(seen.looks?.prices.map(\.method).first == "fixed")
    #expect(throws: Fault.self) { try watch(trial, look: 2) }
    let first = try watch(trial, look: 1)
    #expect(first.look?.comparisons.count == 1 && first.look?.comparisons.first?.arm == "social")
    #expect(try watch(trial).looks?.taken == [1])
    let early = try watch(trial, look: 2, reason: "予算の都合")
    #expect(early.look?.number == 2)
    let events = try #require(try TrialRecord.load(for: trial.file, engineVersion: "test")).events
    #expect(events.filter { $0.kind == .look }.count == 2)
    #expect(
      events.last?.particulars(as: AccessParticulars.self)?.note == "予算の都合")
  }

  @Test("z at a look is the score test's: 4.0 of 2 × 2 by hand")
  func deviate() throws {
    let trial = try DrawnTrial()
    trial.assignment = "{method: complete}"
    trial.analysis = "{looks: {at: [1], spending: pocock}}"
    try trial.lockAndDraw()
    var order: [String: Int] = [:]
    let arms = Dictionary(uniqueKeysWithValues: try trial.units.map { ($0.unit, $0.arm ?? "") })
    try trial.data { row in
      let arm = arms[row["id"] ?? ""] ?? ""
      order[arm, default: 0] += 1
      // 30 of 60 against 12 of 60.
      row["visited"] = (order[arm] ?? 0) <= (arm == "social" ? 30 : 12) ? "1" : "0"
    }
    let z = try #require(try watch(trial, look: 1).look?.comparisons.first?.z)
    // (.5 − .2)/√(.35·.65·(1/60 + 1/60)·120/119): Miettinen & Nurminen's variance.
    let variance = 0.35 * 0.65 * (2.0 / 60) * 120 / 119
    #expect(abs(z - 0.3 / variance.squareRoot()) < 1e-6)
  }

  @Test("arms that are left to chance are watched by a test that may be read every day")
  func sampleRatio() throws {
    let trial = try DrawnTrial()
    trial.assignment = "{method: hashed}"
    trial.more = "monitoring: {day: day, received: got}"
    try trial.write()
    var lines = ["id,arm,got,visited,day"]
    for number in 0..<3000 {
      let arm = number % 5 < 3 ? "social" : "control"
      let got = number % 50 == 0 ? "control" : arm
      lines.append("P\(number),\(arm),\(got),0,2021-06-\(10 + number / 200)")
    }
    try trial.folder.file(named: "data.csv", lines.joined(separator: "\n") + "\n")
    let seen = try watch(trial)
    #expect((seen.sampleRatio?.pValue ?? 1) < 0.001 && seen.sampleRatio?.batches == 15)
    #expect(seen.sampleRatio?.firstAlarm?.hasPrefix("2021-06-1") == true)
    #expect(seen.crossovers == Monitoring.Crossovers(known: 3000, crossed: 60))
  }
}
