import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Analysis

/// What is published tells nobody's number: read back by linear programming over everything that is in it.
@Suite struct DisclosureTests {
  private static let minimum = 6
  private static let areas = ["ishikari", "oshima", "hiyama", "rumoi", "soya"]

  private static func trial(_ more: String = "") -> String {
    """
    nudge: 1
    trial: small
    title: 小さな試験
    arms: [{id: control, control: true}, {id: social}]
    cohorts:
      - {id: forties, where: {band: {from: 40, to: 49}}}
      - {id: women, where: {sex: f}}
    \(areas.map { "  - {id: \($0), where: {area: \($0)}}" }.joined(separator: "\n"))
    unit: row
    assignment: {method: complete, column: arm}
    outcomes:
      - {id: visited, role: primary, kind: binary, worthwhile: 0.05}
      - {id: placed, role: secondary, kind: binary}
    funnel: [opened, visited, placed]
    analysis: {subgroups: [band]}
    data: {file: data.csv, shape: units}
    disclosure: {minimum_cell: \(minimum)}
    \(more)
    """
  }

  /// One person.
  private struct Row: Hashable {
    var arm, area, band, sex: String
    var opened, visited, placed: Bool

    var line: String {
      let flags = [opened, visited, placed].map { $0 ? "1" : "0" }
      return ([arm, area, band, sex] + flags).joined(separator: ",")
    }

    func isIn(_ group: String) -> Bool {
      switch group {
      case "all": true
      case "forties": band != "35"
      case "women": sex == "f"
      case let group where group.hasPrefix("band="): group == "band=\(band)"
      default: group == area
      }
    }

    func has(_ outcome: String) -> Bool {
      switch outcome {
      case "opened": opened
      case "visited": visited
      default: placed
      }
    }
  }

  /// Areas and age bands of very different sizes, and rates from a few in a hundred to nearly all.
  private static func people(_ seed: UInt64, count: Int) -> [Row] {
    var generator = SplitMix(state: seed)
    let rate = Double.random(in: 0.3...0.9, using: &generator)
    return (0..<count).map { place in
      let spot = Double.random(in: 0..<1, using: &generator)
      let area = [0.55, 0.8, 0.9, 0.97, 1].firstIndex { spot < $0 } ?? 4
      let opened = Double.random(in: 0..<1, using: &generator) < 0.93
      let visited = opened && Double.random(in: 0..<1, using: &generator) < rate
      return Row(
        arm: place % 2 == 0 ? "control" : "social", area: areas[area],
        band: ["35", "40", "40", "45"][Int.random(in: 0..<4, using: &generator)],
        sex: Double.random(in: 0..<1, using: &generator) < 0.8 ? "f" : "m", opened: opened,
        visited: visited, placed: visited && Double.random(in: 0..<1, using: &generator) < 0.35)
    }
  }

  private static func csv(_ rows: [Row]) -> String {
    (["arm,area,band,sex,opened,visited,placed"] + rows.map(\.line)).joined(separator: "\n") + "\n"
  }

  // MARK: - The attack

  /// Everything that a reader of a published result knows about one arm, as sums of kinds of people.
  ///
  /// The reader even knows which combinations of area, band and sex occur at all, and that
  /// nobody is placed who did not visit.
  private struct Attack {
    let kinds: [Row]
    var programme: LinearProgram

    let arm: String

    /// Only people of the later version are in the variables from `kinds.count` on.
    init(arm: String, people: [Row]) {
      self.arm = arm
      kinds = Set(
        people.filter { $0.arm == arm }.flatMap { person in
          (0...3).map { reached in
            var kind = person
            (kind.opened, kind.visited, kind.placed) = (reached > 0, reached > 1, reached > 2)
            return kind
          }
        }
      ).sorted { $0.line < $1.line }
      programme = LinearProgram(variableCount: 2 * kinds.count)
    }

    /// Takes in what is published; of the earlier version, or of the later one with those who came since.
    mutating func read(_ published: TrialResult, people: [Row], isLater: Bool = false) {
      func know(_ group: String, _ outcome: String, _ n: Int?, _ events: Int?) {
        for (answer, total) in [(Bool?.none, n), (true, events)] {
          guard let total else { continue }
          let members = members(group, outcome, answer)
          programme.require(
            members + (isLater ? members.map { $0 + kinds.count } : []), total: total)
        }
      }
      know("all", "", people.filter { $0.arm == arm }.count, nil)
      for row in published.means where row.arm == arm {
        know(row.cohort, row.outcome, row.n, row.events)
      }
      for row in published.results where row.arm == arm {
        know(row.cohort, row.outcome, row.nArm, row.eventsArm)
      }
      for row in published.results where row.control == arm {
        know(row.cohort, row.outcome, row.nControl, row.eventsControl)
      }
      for finding in published.subgroups {
        for level in finding.levels {
          let isArm = finding.arm == arm
          know(
            "band=\(level.value)", finding.outcome, isArm ? level.nArm : level.nControl,
            isArm ? level.eventsArm : level.eventsControl)
        }
      }
      for row in published.funnel where row.arm == arm {
        know("all", row.step, row.n, row.events)
      }
    }

    private func members(_ group: String, _ outcome: String, _ answer: Bool?) -> [Int] {
      kinds.indices.filter { place in
        kinds[place].isIn(group) && (answer.map { $0 == kinds[place].has(outcome) } ?? true)
      }
    }

    /// What can be known of the number of a group's people who answered one way; of those who came later alone.
    func bounds(
      _ group: String, _ outcome: String, _ answer: Bool?, ofThoseWhoCame: Bool = false
    ) throws -> ClosedRange<Double> {
      let members = members(group, outcome, answer)
      return try #require(
        try programme.bounds(of: ofThoseWhoCame ? members.map { $0 + kinds.count } : members))
    }
  }

  /// The small numbers of an arm that somebody might look for.
  private static func secrets(
    _ people: [Row], arm: String
  ) -> [(group: String, outcome: String, answer: Bool?, count: Int)] {
    let mine = people.filter { $0.arm == arm }
    let groups = ["all", "forties", "women", "band=35", "band=40", "band=45"] + areas
    return groups.flatMap { group in
      ["visited", "placed"].flatMap { outcome in
        [true, false, nil].map { answer in
          (
            group, outcome, answer,
            mine.count { row in
              row.isIn(group) && (answer.map { $0 == row.has(outcome) } ?? true)
            }
          )
        }
      }
    }.filter { $0.3 < minimum }
  }

  @Test(
    "no small number can be had from what is published", .enabled(if: LinearProgram.isAvailable),
    arguments: 1...24)
  func attack(seed: Int) throws {
    let people = Self.people(UInt64(seed), count: 200 + 40 * seed)
    let result = try TrialFixture.analyze(Self.trial(), data: Self.csv(people))
    let (published, log) = try #require(result.forPublication())
    #expect(!log.isEmpty)
    for arm in ["control", "social"] {
      var attack = Attack(arm: arm, people: people)
      attack.read(published, people: people)
      for secret in Self.secrets(people, arm: arm) {
        let bounds = try attack.bounds(secret.group, secret.outcome, secret.answer)
        let truth = Double(secret.count)
        #expect(bounds.lowerBound <= truth + 1e-6 && truth <= bounds.upperBound + 1e-6)
        #expect(
          bounds.upperBound - bounds.lowerBound >= Double(Self.minimum) - 1e-6,
          "\(seed) \(arm) \(secret) \(bounds)")
      }
    }
  }

  @Test(
    "nor of those who came since an earlier version", .enabled(if: LinearProgram.isAvailable),
    arguments: 1...16)
  func attackOnTheDifference(seed: Int) throws {
    let people = Self.people(UInt64(seed), count: 260 + 40 * seed)
    let came = Self.people(UInt64(100 + seed), count: [3, 8, 30, 90][seed % 4])
    let before = try TrialFixture.analyze(Self.trial(), data: Self.csv(people))
    let after = try TrialFixture.analyze(Self.trial(), data: Self.csv(people + came))
    let (first, _) = try #require(before.forPublication())
    let (second, _) = try #require(after.forPublication(since: first))
    for arm in ["control", "social"] {
      var attack = Attack(arm: arm, people: people + came)
      attack.read(first, people: people)
      attack.read(second, people: people + came, isLater: true)
      let size = came.count { $0.arm == arm }
      for secret in Self.secrets(came, arm: arm) {
        let bounds = try attack.bounds(
          secret.group, secret.outcome, secret.answer, ofThoseWhoCame: true)
        // How many came in all is no secret, nor that nobody did.
        guard secret.group != "all" || secret.answer != nil,
          came.contains(where: { $0.arm == arm && $0.isIn(secret.group) })
        else { continue }
        // Two versions tell more than one: sums over age, sex and area together narrow the intervals.
        #expect(
          bounds.upperBound - bounds.lowerBound >= Double(min(size, Self.minimum)) / 2 - 1e-6,
          "\(seed) \(arm) \(secret) \(bounds)")
      }
    }
  }

  @Test(
    "the attack finds what only small cells being hidden would give away",
    .enabled(if: LinearProgram.isAvailable))
  func attackCanSucceed() throws {
    var exact = 0
    for seed in 1...4 {
      let people = Self.people(UInt64(seed), count: 200 + 40 * seed)
      let result = try TrialFixture.analyze(Self.trial(), data: Self.csv(people))
      var (leaky, log) = try #require(result.forPublication())
      let complements = log.filter { $0.reason == .complement || $0.reason == .holder }.map(\.cell)
      leaky.means += result.means.filter { row in
        complements.contains {
          $0.outcome == row.outcome && $0.arm == row.arm && $0.group == row.cohort && !$0.isStep
        }
      }
      for arm in ["control", "social"] {
        var attack = Attack(arm: arm, people: people)
        attack.read(leaky, people: people)
        for secret in Self.secrets(people, arm: arm) {
          let bounds = try attack.bounds(secret.group, secret.outcome, secret.answer)
          if bounds.upperBound - bounds.lowerBound < 0.5 { exact += 1 }
        }
      }
    }
    #expect(exact > 0)
  }
}

// MARK: - What is hidden

extension DisclosureTests {
  private static func counts(_ rows: [(String, String, Int, Int)]) -> String {
    (["arm,area,n,visited"] + rows.map { "\($0.0),\($0.1),\($0.2),\($0.3)" }).joined(
      separator: "\n") + "\n"
  }

  private static func areaTrial(_ disclosure: String, funnel: String = "") -> String {
    """
    nudge: 1
    trial: areas
    title: 地域
    arms: [{id: control, control: true}, {id: social}]
    cohorts:
      - {id: a, name: 甲, where: {area: a}}
      - {id: b, name: 乙, where: {area: b}}
      - {id: c, name: 丙, where: {area: c}}
    unit: row
    assignment: {method: complete, column: arm}
    outcomes: [{id: visited, role: primary, kind: binary}]
    \(funnel)
    data: {file: data.csv, shape: counts}
    disclosure: \(disclosure)
    """
  }

  private static let table = counts([
    ("control", "a", 200, 60), ("control", "b", 40, 15), ("control", "c", 30, 4),
    ("social", "a", 200, 80), ("social", "b", 40, 14), ("social", "c", 30, 12),
  ])

  @Test("a small cell, the smallest group beside it, and every number that is made of them")
  func primaryAndComplement() throws {
    let result = try TrialFixture.analyze(Self.areaTrial("{minimum_cell: 10}"), data: Self.table)
    let (published, log) = try #require(result.forPublication())
    #expect(log.map(\.cell.group) == ["b", "c"] && log.allSatisfy { $0.cell.arm == "control" })
    #expect(log.map(\.reason) == [.complement, .small])
    #expect(log.map(\.units) == [40, 30] && log.map(\.events) == [15, 4])
    #expect(published.means.count == result.means.count - 2)
    let hidden = published.results.filter { ["b", "c"].contains($0.cohort) }
    #expect(!hidden.isEmpty)
    for row in hidden {
      #expect(row.notes == [.withheld])
      #expect(
        [row.estimate, row.stdError, row.statistic, row.pValue, row.confLow, row.confHigh]
          .allSatisfy { $0 == nil })
      #expect([row.nArm, row.nControl, row.eventsArm, row.eventsControl].allSatisfy { $0 == nil })
    }
    let kept = { (row: ResultRow) in !["b", "c"].contains(row.cohort) }
    #expect(published.results.filter(kept) == result.results.filter(kept))
    #expect(published.verdicts == result.verdicts)
    // Which of the two is small itself is not said.
    #expect(try !published.json().contains("complement"))
    #expect(try TrialResult(json: published.json(), file: "") == published)
    #expect(published.forPublication()?.result == published)
  }

  @Test(
    "zero and full cells are small",
    arguments: [(0, true), (9, true), (10, false), (20, false), (21, true), (30, true)])
  func zeroAndFull(events: Int, isHidden: Bool) throws {
    let data = Self.table.replacing("control,c,30,4", with: "control,c,30,\(events)")
    let result = try TrialFixture.analyze(Self.areaTrial("{minimum_cell: 10}"), data: data)
    let (published, _) = try #require(result.forPublication())
    let isShown = published.means.contains { $0.arm == "control" && $0.cohort == "c" }
    #expect(isShown != isHidden)
  }

  @Test("people in no group are a group: the difference to everyone is a number as well")
  func othersAreAGroup() throws {
    let data = Self.table.replacing("control,c,30,4", with: "control,z,30,4")
      .replacing("social,c,30,12", with: "social,z,30,12")
    let result = try TrialFixture.analyze(Self.areaTrial("{minimum_cell: 10}"), data: data)
    let (_, log) = try #require(result.forPublication())
    #expect(
      log.contains { $0.cell.group == "b" && $0.cell.arm == "control" && $0.reason == .complement })
  }

  @Test("where everyone is too few, the conclusion keeps its word and loses its numbers")
  func everyone() throws {
    let data = Self.counts([
      ("control", "a", 100, 4), ("control", "b", 20, 0), ("social", "a", 100, 28),
      ("social", "b", 20, 3),
    ])
    let result = try TrialFixture.analyze(Self.areaTrial("{minimum_cell: 10}"), data: data)
    let (published, _) = try #require(result.forPublication())
    let verdict = try #require(published.verdicts.first)
    #expect(verdict.conclusion == .increases && verdict.beneficial == true)
    #expect(
      [verdict.estimate, verdict.confLow, verdict.pValue, verdict.meanArm, verdict.meanControl]
        .allSatisfy { $0 == nil })
    #expect(published.results.allSatisfy { $0.notes == [.withheld] })
  }

  @Test(
    "steps of the funnel: a few who went no further are a small number, and outcomes come first")
  func steps() throws {
    let data = """
      arm,area,n,opened,clicked,visited
      control,a,200,100,64,60
      social,a,200,110,95,80

      """
    let result = try TrialFixture.analyze(
      Self.areaTrial("{minimum_cell: 10}", funnel: "funnel: [opened, clicked, visited]"), data: data
    )
    let (published, log) = try #require(result.forPublication())
    #expect(
      log.filter(\.cell.isStep).map { "\($0.cell.outcome) \($0.cell.arm)" } == ["clicked control"])
    let social = try #require(published.funnel.first { $0.step == "clicked" })
    #expect(social.arm == "social" && social.difference == nil && social.rateOfAll == 95.0 / 200)
    let after = published.funnel.filter { $0.step == "visited" }
    #expect(after.map(\.rateOfPrevious) == [nil, 80.0 / 95])
    #expect(after.allSatisfy { $0.rateOfAll != nil })
  }

  @Test("合算: small areas are one group, analysed as one")
  func merging() throws {
    let trial = Self.areaTrial("{minimum_cell: 10, small_groups: merge}")
    let result = try TrialFixture.analyze(trial, data: Self.table)
    #expect(result.cohortsToMerge() == [["b", "c"]])
    let merged = try TrialFixture.analyze(trial, data: Self.table, merging: result.cohortsToMerge())
    #expect(merged.trial.cohorts.map(\.id) == ["a", "b+c"])
    #expect(merged.trial.cohorts[1].name.ja == "乙・丙（合算）")
    let (published, log) = try #require(merged.forPublication())
    #expect(log.isEmpty)
    let mean = try #require(published.means.first { $0.cohort == "b+c" && $0.arm == "control" })
    #expect(mean.n == 70 && mean.events == 19)
    // The same people as one group of their own.
    let own = try TrialFixture.analyze(
      trial.replacing("- {id: c, name: 丙, where: {area: c}}", with: "")
        .replacing("{area: b}", with: "{area: {in: [b, c]}}"), data: Self.table)
    let (mine, theirs) = (
      merged.results.first { $0.cohort == "b+c" }, own.results.first { $0.cohort == "b" }
    )
    #expect(mine?.estimate == theirs?.estimate && mine?.confLow == theirs?.confLow)
  }

  @Test("a factorial trial hides its levels together, because every factor has the same people")
  func factorial() throws {
    let trial = """
      nudge: 1
      trial: crossed
      title: 要因
      arms:
        - {id: xu, control: true, levels: {f: x, g: u}}
        - {id: yu, levels: {f: y, g: u}}
        - {id: xv, levels: {f: x, g: v}}
        - {id: yv, levels: {f: y, g: v}}
      unit: row
      assignment: {method: factorial, factors: [{id: f, levels: [x, y]}, {id: g, levels: [u, v]}]}
      outcomes: [{id: b, role: primary, kind: binary, column: b}]
      data: {file: data.csv, shape: counts}
      disclosure: {minimum_cell: 10}
      """
    // One combination is small: no combination is shown, the main effects are.
    let one = try TrialFixture.analyze(
      trial, data: "arm,n,b\nxu,100,6\nyu,100,30\nxv,100,50\nyv,100,44\n")
    let (first, _) = try #require(one.forPublication())
    #expect(first.means.isEmpty)
    #expect(first.factors.flatMap(\.means).count == 4)
    #expect(
      first.factors.flatMap(\.subgroups).flatMap(\.levels).allSatisfy { $0.notes == [.withheld] })
    // One level is small: the other could be had from the other factor's total.
    let level = try TrialFixture.analyze(
      trial, data: "arm,n,b\nxu,100,3\nyu,100,30\nxv,100,4\nyv,100,44\n")
    let (second, _) = try #require(level.forPublication())
    #expect(second.factors.flatMap(\.means).isEmpty && second.means.isEmpty)
    #expect(second.factors.flatMap(\.results).allSatisfy { $0.notes == [.withheld] })
  }

  @Test("an effect on compliers, which tells how many took up the offer, is not published")
  func compliers() throws {
    let trial = """
      nudge: 1
      trial: takeup
      title: 利用
      arms: [{id: control, control: true}, {id: social}]
      unit: row
      assignment: {method: complete, column: arm}
      outcomes: [{id: y, role: primary, kind: binary}]
      analysis: {takeup: came}
      data: {file: data.csv, shape: units}
      disclosure: {minimum_cell: 10}
      """
    let rows = (0..<400).map { place in
      let isArm = place % 2 == 0
      return
        "\(isArm ? "social" : "control"),\(isArm && place % 100 < 6 ? 1 : 0),\(place % 5 == 0 ? 1 : 0)"
    }
    let result = try TrialFixture.analyze(
      trial, data: "arm,came,y\n" + rows.joined(separator: "\n") + "\n")
    #expect(result.results.contains { $0.estimand == "CACE" && $0.estimate != nil })
    let (published, _) = try #require(result.forPublication())
    let compliers = published.results.filter { $0.estimand == "CACE" }
    #expect(!compliers.isEmpty && compliers.allSatisfy { $0.notes == [.withheld] })
    #expect(published.results.contains { $0.estimand == "ITT" && $0.estimate != nil })
  }

  @Test("no identifier of anybody is published")
  func identifiers() throws {
    let trial = """
      nudge: 1
      trial: ids
      title: 重複
      arms: [{id: control, control: true}, {id: social}]
      unit: id
      assignment: {method: complete, column: arm}
      outcomes: [{id: y, role: primary, kind: continuous}]
      data: {file: data.csv, shape: units}
      disclosure: {}
      """
    let rows = (0..<60).map {
      "P\($0 == 7 ? 6 : $0),\($0 % 2 == 0 ? "control" : "social"),\($0 % 11)"
    }
    let result = try TrialFixture.analyze(
      trial, data: "id,arm,y\n" + rows.joined(separator: "\n") + "\n")
    #expect(try result.json().contains("\"P6\""))
    let (published, _) = try #require(result.forPublication())
    #expect(try !published.json().contains("\"P6\""))
    #expect(published.disclosure?.minimumCell == 10 && published.disclosure?.symbol == "X")
  }
}
