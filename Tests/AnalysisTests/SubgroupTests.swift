import Analysis
import Foundation
import TestSupport
import Testing

/// Whether effects differ between groups, from the trial file to the finding.
struct SubgroupTests {
  private static func reference(_ name: String) throws -> String {
    let url = SharedFolder.repository.appending(path: "Tests/AnalysisTests/Reference/\(name)")
    return try String(contentsOf: url, encoding: .utf8)
  }

  static func analyze(subgroups: String, data: String? = nil) throws -> TrialResult {
    try TrialFixture.analyze(
      """
      nudge: 1
      trial: subgroups
      title: Subgroups
      arms: [{id: control, control: true}, {id: social}]
      unit: row
      assignment: {method: complete, column: arm}
      outcomes: [{id: y, role: primary, kind: continuous}]
      analysis: {subgroups: \(subgroups)}
      data: {file: data.csv, shape: units}
      """,
      data: data ?? reference("subgroups_data.csv"))
  }

  // Welch's F over the groups' effects; predictions by metafor (Reference/subgroups.R).
  @Test func agreesWithR() throws {
    let result = try Self.analyze(subgroups: "[band]")
    let finding = try #require(result.subgroups.first)
    let lines = try Self.reference("subgroups.csv").split(separator: "\n").dropFirst()
      .map { line in
        line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      }
    func close(_ ours: Double?, _ theirs: String, _ tolerance: Double = 1e-8) throws -> Bool {
      let (ours, theirs) = (try #require(ours), try #require(Double(theirs)))
      return abs(ours - theirs) <= tolerance * abs(theirs)
    }
    #expect(try close(finding.statistic, lines[0][1]))
    #expect(finding.df == 2)
    #expect(try close(finding.residualDF, lines[0][2]))
    #expect(try close(finding.pValue, lines[0][3]))
    #expect(finding.levels.map(\.value) == ["35", "40", "45"])
    for (level, line) in zip(finding.levels, lines.dropFirst()) {
      #expect(try close(level.estimate, line[1]))
      #expect(try close(level.stdError, line[2]))
      // R's own search for τ² ends at about six digits.
      #expect(try close(level.shrunken, line[3], 1e-5))
      #expect(try close(level.shrunkenError, line[4], 1e-5))
    }
  }

  // The line through the groups' effects (Reference/subgroup_trend.R).
  @Test("an order asks for the trend, which is R's; values without a place in it are shown")
  func trend() throws {
    let lines = try Self.reference("subgroup_trend.csv").split(separator: "\n")
    let theirs = lines[1].split(separator: ",").map {
      Double($0.trimmingCharacters(in: .whitespaces)) ?? .nan
    }
    let finding = try #require(
      try Self.analyze(subgroups: "[{column: band, order: [35, 40, 45]}]").subgroups.first)
    let trend = try #require(finding.trend)
    let ours = [
      trend.perStep, trend.confLow, trend.confHigh, finding.statistic, finding.residualDF,
      finding.pValue,
    ]
    for (ours, theirs) in zip(ours, theirs) {
      let ours = try #require(ours)
      #expect(abs(ours - theirs) <= 1e-9 * abs(theirs))
    }
    #expect(finding.df == 1 && trend.order == ["35", "40", "45"])
    let down = try #require(
      try Self.analyze(subgroups: "[{column: band, order: [45, 40, 35]}]").subgroups.first?.trend)
    #expect(abs(down.perStep + trend.perStep) < 1e-12)
    let some = try #require(
      try Self.analyze(subgroups: "[{column: band, order: [40, 45]}]").subgroups.first)
    #expect(some.notes == [.groupsLeftOut(1)] && some.levels.count == 3)
    let one = try #require(
      try Self.analyze(subgroups: "[{column: band, order: [40, 50]}]").subgroups.first)
    #expect(one.notes == [.tooFewGroups(1)] && one.pValue == nil && one.trend == nil)
  }

  @Test("what was not planned is kept apart and not adjusted")
  func exploratory() throws {
    let result = try Self.analyze(subgroups: "[{column: band, planned: false}]")
    let finding = try #require(result.subgroups.first)
    #expect(!finding.planned && finding.pAdjusted == nil && finding.pValue != nil)
    let planned = try Self.analyze(subgroups: "[band]").subgroups[0]
    #expect(planned.planned && planned.pAdjusted == planned.pValue)
  }

  @Test("a group without one arm is left out, and said to be")
  func oneArmMissing() throws {
    let data = try Self.reference("subgroups_data.csv").split(separator: "\n")
      .filter { !$0.hasPrefix("control,45") }.joined(separator: "\n")
    let finding = try #require(try Self.analyze(subgroups: "[band]", data: data).subgroups.first)
    #expect(finding.levels.count == 3 && finding.df == 1)
    #expect(finding.levels[2].estimate == nil && finding.levels[2].shrunken == nil)
    #expect(finding.levels[2].notes.contains(.noUnits(arm: "control")))
    #expect(finding.notes == [.groupsLeftOut(1)])
  }

  @Test func aSingleGroupComparesNothing() throws {
    let data = try Self.reference("subgroups_data.csv").split(separator: "\n")
      .filter { $0.contains(",35,") || $0.hasPrefix("arm") }.joined(separator: "\n")
    let finding = try #require(try Self.analyze(subgroups: "[band]", data: data).subgroups.first)
    #expect(finding.pValue == nil && finding.notes == [.tooFewGroups(1)])
  }

  @Test func aColumnOfManyValuesIsRefused() throws {
    #expect(throws: (any Error).self) { try Self.analyze(subgroups: "[y]") }
  }
}
