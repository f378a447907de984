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
        // How many came is no secret; of so few nothing else may be known.
        guard secret.group != "all" || secret.answer != nil else { continue }
        #expect(
          bounds.upperBound - bounds.lowerBound >= Double(min(size, Self.minimum)) - 1e-6,
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

/// Steele, Lea and Flood (2014), doi:10.1145/2660193.2660195.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
