import Analysis
import DataSources
import Foundation
import TestSupport
import Testing
import Trials
import Vocabulary

/// A source that never adds its rows up.
struct RowsAlone: DataSource {
  let base: any DataSource

  func description() throws(Faults) -> SourceDescription { try base.description() }
  func columnNames() throws(Faults) -> [String] { try base.columnNames() }
  func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    try base.table(of: columns)
  }
  func locations(ofRows rows: Set<Int>, column: String?) throws(Faults) -> [Int: Vocabulary
    .SourceLocation]
  {
    try base.locations(ofRows: rows, column: column)
  }
}

@Suite("A source that adds up and one that hands over rows")
struct TwoRoadsTests {
  /// Every trial of units that its file's data serve without a ledger.
  static let folders = [
    "hokkaido-jobcafe", "yamanashi-webad", "tochigi-seminar", "hyogo-kigyo",
    "ota-survey", "tottori-shokuba", "hokkaido-workshop",
  ]

  /// Trials that sums alone serve, in many shapes.
  static let trials: [(String, String)] = [
    ("binary", "- {id: placed, role: primary, kind: binary}"),
    ("lin", "- {id: days, role: primary, kind: continuous, estimator: {lin: {covariates: [age]}}}"),
    (
      "lin of two",
      "- {id: days, role: primary, kind: continuous, estimator: {lin: {covariates: [age, months]}}}"
    ),
    (
      "lin of a rate, HC3",
      "- {id: placed, role: primary, kind: binary, "
        + "estimator: {lin: {covariates: [age], standard_error: hc3}}}"
    ),
    ("mean", "- {id: days, role: primary, kind: continuous}"),
  ]

  static func trial(_ outcomes: String, _ data: String, more: String = "") -> String {
    """
    nudge: 1
    trial: two-roads
    title: two roads
    arms: [{id: control, control: true}, {id: easy}, {id: social}]
    unit: row
    population: {where: {age: {from: 20, to: 70}}}
    cohorts:
      - {id: young, where: {age: {to: 40}}}
      - {id: sapporo, where: {town: {in: [札幌]}}}
    assignment: {method: complete, column: arm}
    outcomes:
      \(outcomes)
    funnel: [sent, opened, placed]
    \(more)
    data: {file: \(data)}
    """
  }

  static func data(rows: Int) -> String {
    var generator = SplitMix(state: 20_261_128)
    var text = "arm,town,age,months,sent,opened,placed,days\n"
    for row in 0..<rows {
      let arm = ["control", "easy", "social"][row % 3]
      let age = Int.random(in: 18...75, using: &generator)
      let months = Int.random(in: 0...240, using: &generator)
      let opened = Int.random(in: 0...2, using: &generator) > 0 ? 1 : 0
      let placed = Int.random(in: 0...9, using: &generator) < 2 + row % 3 ? 1 : 0
      let noise = Double(Int.random(in: -500...500, using: &generator)) / 10
      let days = 90 + 0.4 * Double(age) + 0.05 * Double(months) + noise
      text += "\(arm),\(["札幌", "函館", "旭川"][row / 3 % 3]),\(age),\(Double(months) / 4),1,"
      text += "\(opened),\(placed),\(String(format: "%.1f", days))\n"
    }
    return text
  }

  static func close(_ left: Double?, _ right: Double?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return abs(left - right) <= 1e-9 * max(abs(right), 1e-6)
  }

  static func expectSame(_ short: TrialAnalysis, _ file: TrialFile) throws {
    let source = file.data
    let quick = try short.observations(from: source, definedIn: file)
    let slow = try short.observations(from: RowsAlone(base: source), definedIn: file)
    #expect(quick.units == slow.units && quick.rows == slow.rows)
    #expect(quick.outsidePopulation == slow.outsidePopulation)
    #expect(quick.withoutArm == slow.withoutArm && quick.levels == slow.levels)
    let (found, expected) = (short.findings(from: quick), short.findings(from: slow))
    #expect(found.results.count == expected.results.count)
    for (one, other) in zip(found.results, expected.results) {
      #expect(one.outcome == other.outcome && one.measure == other.measure)
      #expect(one.notes == other.notes && one.nArm == other.nArm, "\(one.measure)")
      #expect(one.eventsArm == other.eventsArm && one.seType == other.seType)
      let numbers = [
        (one.estimate, other.estimate), (one.stdError, other.stdError), (one.df, other.df),
        (one.pValue, other.pValue), (one.confLow, other.confLow), (one.confHigh, other.confHigh),
        (one.pAdjusted, other.pAdjusted),
      ]
      for (a, b) in numbers {
        #expect(close(a, b), "\(one.outcome) \(one.measure): \(a as Any) \(b as Any)")
      }
    }
    #expect(found.means.count == expected.means.count)
    for (one, other) in zip(found.means, expected.means) {
      #expect(one.n == other.n && one.missing == other.missing && one.events == other.events)
      #expect(close(one.mean, other.mean) && close(one.confLow, other.confLow))
    }
    #expect(found.funnel.map(\.events) == expected.funnel.map(\.events))
    #expect(found.checks.map(\.status) == expected.checks.map(\.status))
    #expect(found.verdicts.map(\.conclusion) == expected.verdicts.map(\.conclusion))
  }

  @Test("agree to ten digits", arguments: trials.map(\.0))
  func agree(name: String) throws {
    let outcomes = try #require(Self.trials.first { $0.0 == name }?.1)
    let folder = try TemporaryFolder()
    _ = try folder.file(named: "data.csv", Self.data(rows: 3_000))
    for more in ["", "analysis: {subgroups: [town], multiplicity: holm}"] {
      let path = try folder.file(
        named: "trial.yml", Self.trial(outcomes, "data.csv", more: more)
      ).path
      let file = try TrialFile.load(contentsOf: path)
      let analysis = TrialAnalysis(of: file.trial)
      #expect(analysis.tallyRequest != nil)
      try Self.expectSame(analysis, file)
    }
  }

  @Test("agree on the trials of the programmes", arguments: folders)
  func programmes(folder: String) throws {
    let path = SharedFolder.repository.appending(path: "experiments/\(folder)").path
    let file = try TrialFile.load(contentsOf: path)
    guard file.trial.data.shape == .units else { return }
    try Self.expectSame(TrialAnalysis(of: file.trial.analysedAsDrawn()), file)
  }
}
