import Foundation
import Ledger
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Enrolment

/// The faults that a call throws, in English, one a line.
func faults(_ body: () throws -> Void) -> [String] {
  do {
    try body()
    return []
  } catch let faults as Faults {
    return faults.all.map { $0.line(in: .english) }
  } catch let fault as Fault {
    return [fault.line(in: .english)]
  } catch {
    return ["\(error)"]
  }
}

@Suite("From the list to the arms")
struct DrawingTests {
  @Test("lock, draw, verify: everyone in an arm, and all of it can be checked")
  func whole() throws {
    let trial = try EnrolmentFixture(assignment: "method: blocked\nblocks: [area]\nbalance: [sex]")
    try trial.lock()
    let outcome = try trial.draw()
    #expect(outcome.added == 40 && outcome.drawnBefore == 0)
    #expect(outcome.sizes?.map(\.count) == [20, 20])
    #expect(outcome.balance?.rows.map(\.covariate) == ["sex", "sex", "age"])
    #expect(try trial.verify().isSound)
    let lines = try trial.text(of: "assignment.csv").split(whereSeparator: \.isNewline)
    #expect(lines.count == 41 && lines[0].hasSuffix("id,area,arm"))
    #expect(try trial.record()?.units.count == 40)
  }

  @Test("a stepped wedge draws clusters into sequences, each listed once")
  func wedge() throws {
    let list = "ward,area\n" + (1...8).map { "w\($0),\($0 % 2)\n" }.joined()
    let trial = try EnrolmentFixture(
      assignment: "method: stepped_wedge\nclusters: ward\nperiod: q\nperiods: [a, b, c, d, e]\n"
        + "column: order\nblocks: [area]", list: list)
    try trial.lock()
    let outcome = try trial.draw()
    #expect(outcome.sizes?.map(\.arm) == (1...4).map { "sequence\($0)" })
    #expect(outcome.sizes?.map(\.count) == [2, 2, 2, 2] && outcome.added == 8)
    let lines = try trial.text(of: "assignment.csv").split(whereSeparator: \.isNewline)
    #expect(lines.count == 9 && lines[0].hasSuffix("ward,area,order"))
    #expect(try trial.verify().isSound)
    let units = try #require(try trial.record()?.units)
    #expect(units.allSatisfy { $0.cluster == $0.unit })
  }

  @Test("drawing again changes nobody and writes lost files anew")
  func again() throws {
    let trial = try EnrolmentFixture()
    try trial.lock()
    try trial.draw()
    let first = try trial.text(of: "assignment.csv")
    try FileManager.default.removeItem(atPath: trial.path("assignment.csv"))
    let second = try trial.draw()
    #expect(second.event == nil && second.added == 0 && second.drawnBefore == 40)
    #expect(try trial.text(of: "assignment.csv") == first)
    #expect(try trial.record()?.events.count == 2)
  }

  @Test("the same seed draws the same, another seed another")
  func seeds() throws {
    let arms = try [7, 7, 8 as UInt64].map { seed in
      let trial = try EnrolmentFixture()
      try trial.lock(seed: seed)
      try trial.draw()
      return try trial.record()?.units.map(\.arm)
    }
    #expect(arms[0] == arms[1] && arms[0] != arms[2])
  }

  @Test(
    "where units keep arriving, who came before keeps the arm",
    arguments: [
      "method: simple", "method: hashed", "method: permuted_blocks\nblocks: [area]",
      "method: minimized\nfactors: [area, sex]", "method: biased_coin",
    ])
  func rolling(assignment: String) throws {
    let trial = try EnrolmentFixture(assignment: assignment, list: EnrolmentFixture.people(0..<10))
    try trial.lock()
    try trial.draw()
    let before = try trial.record()?.units ?? []
    try trial.folder.file(named: "more.csv", EnrolmentFixture.people(5..<30))
    let outcome = try trial.draw("more.csv")
    #expect(outcome.added == 20 && outcome.drawnBefore == 5)
    let after = try trial.record()?.units ?? []
    #expect(Array(after.prefix(10)) == before && after.count == 30)
    #expect(try trial.verify().isSound)
  }

  @Test("pairs are told in the file, and can be drawn again")
  func pairs() throws {
    let trial = try EnrolmentFixture(assignment: "method: matched_pairs\ncovariates: [age]")
    try trial.lock()
    try trial.draw()
    let units = try trial.record()?.units ?? []
    for (_, pair) in Dictionary(grouping: units, by: \.formedBlock) {
      #expect(Set(pair.map(\.arm)).count == 2 && pair.count == 2)
    }
    #expect(try trial.text(of: "assignment.csv").contains("drawn_block"))
    #expect(try trial.verify().isSound)
  }

  @Test("a rerandomised draw can be drawn again")
  func rerandomized() throws {
    let trial = try EnrolmentFixture(
      assignment: "method: rerandomized\ncovariates: [age]\nacceptance: 0.05")
    try trial.lock()
    let outcome = try trial.draw()
    let balance = outcome.balance?.rows.first { $0.covariate == "age" }?.balance
    #expect(abs(balance?.standardizedDifference ?? 9) < 0.05)
    #expect(try trial.verify().isSound)
  }

  @Test("clusters stay whole")
  func clusters() throws {
    let trial = try EnrolmentFixture(
      assignment: "method: clustered\nclusters: household\nblocks: [area]")
    // Households lie in several areas here.
    try trial.lock()
    #expect(faults { try trial.draw() }.first?.contains("lies in several blocks") == true)
    let whole = try EnrolmentFixture(assignment: "method: clustered\nclusters: household")
    try whole.lock()
    try whole.draw()
    for (_, members) in Dictionary(grouping: try whole.record()?.units ?? [], by: \.cluster) {
      #expect(Set(members.map(\.arm)).count == 1)
    }
  }

  @Test("a part of a shared population is left to other trials")
  func layer() throws {
    func units(_ from: Int, _ to: Int) throws -> Set<String> {
      let trial = try EnrolmentFixture(
        assignment: "method: hashed\nlayer: {name: 北海道2021, from: \(from), to: \(to)}",
        list: EnrolmentFixture.people(0..<400))
      try trial.lock()
      let outcome = try trial.draw()
      #expect(outcome.frame.outsideLayer == 400 - outcome.added)
      return Set(try trial.record()?.units.map(\.unit) ?? [])
    }
    let (first, second) = (try units(0, 40), try units(40, 90))
    #expect(first.isDisjoint(with: second) && first.count > 120 && second.count > 150)
    #expect(first.count + second.count < 390)
  }

  @Test("small blocks are refused by name, or merged")
  func smallBlocks() throws {
    let list = EnrolmentFixture.people(0..<40) + "x1,40,宗谷,女,h90\nx2,41,留萌,男,h91\n"
    let refusing = try EnrolmentFixture(assignment: "method: blocked\nblocks: [area]", list: list)
    try refusing.lock()
    let found = faults { try refusing.draw() }
    #expect(found.count == 1 && found[0].contains("宗谷 (1), 留萌 (1)"))
    #expect(try refusing.record()?.units.isEmpty == true)
    let merging = try EnrolmentFixture(
      assignment: "method: blocked\nblocks: [area]\nsmall_blocks: merge", list: list)
    try merging.lock()
    try merging.draw()
    let merged = try merging.record()?.units.filter { $0.formedBlock == "merged" } ?? []
    #expect(merged.map(\.unit) == ["x1", "x2"] && Set(merged.map(\.arm)).count == 2)
    #expect(try merging.verify().isSound)
  }
}

@Suite("What is wrong with a list or a lock")
struct EnrolmentFaultTests {
  @Test("twins in any form, gaps and unknown columns are found at once, each at its line")
  func list() throws {
    let list = """
      id,age,area
      a1,40,石狩
      a1,41,石狩
      が,40,渡島
      か\u{3099},40,渡島
      Ｂ２,40,
      B2,40,渡島
      ,40,渡島
      """
    let trial = try EnrolmentFixture(
      assignment: "method: blocked\nblocks: [area]", list: list + "\n")
    try trial.lock()
    let found = faults { try trial.draw() }.map { $0.split(separator: "frame.csv:").last ?? "" }
    #expect(found.count == 5, "\(found)")
    #expect(found.contains { $0.hasPrefix("3:1: 'a1' stands in line 2 as well") })
    #expect(found.contains { $0.hasPrefix("5:1: ") && $0.contains("in line 4 only in width") })
    #expect(found.contains { $0.hasPrefix("6:7: the column 'area' is empty") })
    #expect(found.contains { $0.hasPrefix("7:1: 'B2' differs from 'Ｂ２' in line 6") })
    #expect(found.contains { $0.hasPrefix("8:1: the identifier is empty") })
    #expect(try trial.record()?.units.isEmpty == true)
    #expect(!FileManager.default.fileExists(atPath: trial.path("assignment.csv")))
  }

  @Test("who is not eligible is left out and counted; nobody at all is a fault")
  func eligibility() throws {
    let trial = try EnrolmentFixture(list: "id,age\na,33\nb,34\nc,49\nd,50\ne,\n")
    try trial.lock()
    let outcome = try trial.draw()
    #expect(outcome.added == 2 && outcome.frame.ineligible == 3)
    let empty = try EnrolmentFixture(list: "id,age\na,33\n")
    try empty.lock()
    #expect(faults { try empty.draw() }.first?.contains("nobody is eligible") == true)
  }

  @Test("no draw without a lock, after a change, with another seed, or twice")
  func order() throws {
    let trial = try EnrolmentFixture()
    #expect(faults { try trial.draw() }.first?.contains("lock the protocol first") == true)
    try trial.lock()
    #expect(faults { try trial.lock() }.first?.contains("locked already") == true)
    try trial.write(assignment: "method: complete", worthwhile: "0.02")
    #expect(
      faults { try trial.draw() }.first?
        .contains("the protocol was changed (outcomes[visited].worthwhile)") == true)
    try trial.write(assignment: "method: complete")
    let secret = try trial.text(of: "seed.secret.json")
    try secret.replacing("\"7\"", with: "\"8\"").write(
      toFile: trial.path("seed.secret.json"), atomically: true, encoding: .utf8)
    #expect(faults { try trial.draw() }.first?.contains("not the seed") == true)
    try secret.write(toFile: trial.path("seed.secret.json"), atomically: true, encoding: .utf8)
    try trial.draw()
    try trial.folder.file(named: "more.csv", EnrolmentFixture.people(30..<50))
    #expect(faults { try trial.draw("more.csv") }.first?.contains("10 new units") == true)
    #expect(try trial.record()?.units.count == 40)
  }

  @Test("a file that nudge did not write is not replaced without --force")
  func foreignFile() throws {
    let trial = try EnrolmentFixture()
    try trial.lock()
    try trial.folder.file(named: "assignment.csv", "mine")
    #expect(faults { try trial.draw() }.first?.contains("add --force") == true)
    #expect(try trial.record()?.units.isEmpty == true)
    try trial.draw(force: true)
    #expect(try trial.verify().isSound)
  }
}

@Suite("Concealment, amendments and verification")
struct RecordTests {
  @Test("concealed arms stand nowhere until they are released, and the release is in the ledger")
  func concealed() throws {
    let trial = try EnrolmentFixture(assignment: "method: complete\nconcealed: true")
    try trial.lock()
    let outcome = try trial.draw()
    #expect(outcome.sizes == nil)
    #expect(try trial.record()?.units.allSatisfy { $0.arm == nil && $0.code != nil } == true)
    for name in ["codes.csv", "draw.json", "ledger.sqlite"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: trial.path(name)))
      let text = String(decoding: bytes, as: UTF8.self)
      // The arms' names are in the protocol, but nowhere beside a unit.
      #expect(!text.contains("札幌市-10000,control") && !text.contains("札幌市-10000,social"))
    }
    #expect(!FileManager.default.fileExists(atPath: trial.path("assignment.csv")))
    let releasing = Releasing(of: try trial.file, engineVersion: "test")
    let one = try releasing.release(["札幌市-10003"], to: "印刷業者")
    #expect(one.count == 1 && one[0].unit == "札幌市-10003")
    #expect(try trial.record()?.units.filter { $0.arm != nil }.map(\.unit) == ["札幌市-10003"])
    let byCode = try releasing.release([one[0].code])
    #expect(byCode == one)
    let all = try releasing.release(nil)
    #expect(all.count == 40 && all.contains(one[0]))
    #expect(try trial.record()?.events.filter { $0.kind == .release }.count == 3)
    #expect(faults { _ = try releasing.release(["nobody"]) }.first?.contains("'nobody'") == true)
    #expect(try trial.verify().isSound)
    // Arms of an open trial need no release.
    let open = try EnrolmentFixture()
    try open.lock()
    try open.draw()
    #expect(
      faults { _ = try Releasing(of: open.file, engineVersion: "test").release(nil) }.count == 1)
  }

  @Test("the revealed seed lets anybody draw again without the secret file")
  func reveal() throws {
    let trial = try EnrolmentFixture(assignment: "method: complete\nconcealed: true")
    try trial.lock()
    try trial.draw()
    try FileManager.default.moveItem(
      atPath: trial.path("seed.secret.json"), toPath: trial.path("kept.json"))
    #expect(
      try trial.verify().findings.contains { $0.status == .open && $0.words.en.contains("seed") })
    try FileManager.default.moveItem(
      atPath: trial.path("kept.json"), toPath: trial.path("seed.secret.json"))
    let secret = try Releasing(of: try trial.file, engineVersion: "test").reveal()
    try FileManager.default.removeItem(atPath: trial.path("seed.secret.json"))
    #expect(secret.seed == "7")
    #expect(try trial.verify().findings.contains { $0.words.en.contains("all 40 arms") })
    #expect(try trial.record()?.units.allSatisfy { $0.arm != nil } == true)
  }

  @Test("an amendment keeps its reason and what it changed; without a change there is none")
  func amendment() throws {
    let trial = try EnrolmentFixture()
    try trial.lock()
    func amend(_ reason: String) throws -> LedgerEvent {
      try Locking(of: trial.file, engineVersion: "test").amend(reason: reason, by: "分析担当")
    }
    #expect(faults { _ = try amend("理由") }.first?.contains("nothing differs") == true)
    try trial.write(assignment: "method: complete", worthwhile: "0.02")
    #expect(faults { _ = try amend("  ") }.first?.contains("give a reason") == true)
    let record = try amend("費用が変わったため").particulars(as: ProtocolRecord.self)
    #expect(record?.changes == ["outcomes[visited].worthwhile"])
    #expect(record?.isAfterUnblinding == false && record?.by == "分析担当")
    #expect(try trial.verify().isSound)
    // Once somebody has seen data by arm, later changes are late, and the earlier version counts.
    try TrialRecord.note(
      .look, AccessParticulars(look: 1), for: trial.file, engineVersion: "test")
    try trial.write(assignment: "method: complete", worthwhile: "0.03")
    #expect(try amend("後から").particulars(as: ProtocolRecord.self)?.isAfterUnblinding == true)
    let locked = try #require(try trial.record()?.locked)
    #expect(locked.confirmatory == record && locked.versions.count == 3)
  }

  @Test("a rehearsal on simulated data unblinds nobody; deviations say when they were noted")
  func deviations() throws {
    let trial = try EnrolmentFixture()
    try trial.lock()
    let locking = Locking(of: try trial.file, engineVersion: "test")
    try TrialRecord.note(
      .analysis, AccessParticulars(isRehearsal: true), for: trial.file, engineVersion: "test")
    _ = try locking.deviate("発送が遅れた")
    try TrialRecord.note(.analysis, AccessParticulars(), for: trial.file, engineVersion: "test")
    _ = try locking.deviate("一部に再送した")
    let notes = try trial.record()?.deviations.map(\.deviation.isAfterUnblinding)
    #expect(notes == [false, true])
  }

  @Test("comments and spaces are no change; every other change is named by its key")
  func comments() throws {
    let trial = try EnrolmentFixture()
    try trial.lock()
    let text = try trial.text(of: "trial.yml")
    try ("# 注釈\n" + text.replacing("{id: social}", with: "{ id: social }")).write(
      toFile: trial.path("trial.yml"), atomically: true, encoding: .utf8)
    let sound = try trial.verify()
    #expect(sound.isSound && sound.findings.contains { $0.words.en.contains("layout only") })
    try text.replacing("from: 34", with: "from: 35").write(
      toFile: trial.path("trial.yml"), atomically: true, encoding: .utf8)
    let broken = try trial.verify()
    #expect(!broken.isSound && broken.findings.contains { $0.words.en.contains("(population") })
  }

  @Test("a changed file is named with the event that wrote it; one that is gone is said to be")
  func files() throws {
    let trial = try EnrolmentFixture()
    try trial.lock()
    try trial.draw()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: trial.path("assignment.csv")))
    bytes[bytes.count - 4] ^= 1
    try bytes.write(to: URL(fileURLWithPath: trial.path("assignment.csv")))
    let broken = try trial.verify().findings.filter { $0.status == .broken }.map(\.words.en)
    #expect(broken == ["assignment.csv: was changed (event 2, draw)"])
    try FileManager.default.removeItem(atPath: trial.path("assignment.csv"))
    #expect(try trial.verify().isSound)
  }
}
