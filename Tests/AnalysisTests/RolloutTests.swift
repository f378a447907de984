import Foundation
import Statistics
import TestSupport
import Testing
import Trials
import Vocabulary

@testable import Analysis

@Suite("From the trial to the municipalities")
struct RolloutTests {
  private static let trial = """
    nudge: 1
    trial: towns
    title: 町への展開
    arms:
      - {id: control, control: true, cost: 80}
      - {id: social, name: 声, cost: 100}
    unit: row
    assignment: {method: complete, column: arm}
    outcomes: [{id: visited, role: primary, kind: binary, column: visited, better: BETTER}]
    data: {file: data.csv, shape: counts}
    rollout: {municipalities: towns.csv, code: code, targets: goal, tau: 0.02, MORE}
    """

  /// 20 % against 30 % of 1,000 each.
  private static let data = "arm,n,visited\ncontrol,1000,200\nsocial,1000,300\n"
  private static let towns = """
    code,name,population,goal,own
    011002,札幌市,10000,500,-
    01202,函館市,2000,-,90000
    012033,小樽市,-,5,-
    012041,旭川市,100,9,-
    """

  private static func table(
    more: String = "fixed_cost: 1000", better: String = "more", towns: String = towns
  ) throws -> RolloutTable {
    let folder = try TemporaryFolder()
    let yaml = trial.replacing("MORE", with: more).replacing("BETTER", with: better)
    try folder.file(named: "trial.yml", yaml)
    try folder.file(named: "data.csv", data)
    try folder.file(named: "towns.csv", towns)
    let file = try TrialFile.load(contentsOf: folder.url.appending(path: "trial.yml").path)
    let result = try TrialResult.analyzing(file, engineVersion: "test")
    return try RolloutTable(of: result, in: file)
  }

  // s² = .2·.8/1000 + .3·.7/1000 = .00037; B = .0004/(.0004 + .00037); mean = .014 + B·(.1 − .014).
  @Test("effect, people, outcomes and yen by hand")
  func byHand() throws {
    let table = try Self.table()
    let error = table.basis.stdError
    let reliability = 0.0004 / (0.0004 + error * error)
    #expect(abs(error - 0.00037.squareRoot()) < 2e-4)
    #expect(abs(table.basis.effect - (0.014 + reliability * 0.086)) < 1e-12)
    #expect(!table.basis.isTauAssumed && table.basis.priorMean == 0.014)
    #expect(table.municipalities.map(\.name) == ["札幌市", "函館市", "旭川市"])
    #expect(table.municipalities.map(\.code) == ["011002", "012025", "012041"])
    #expect(table.withoutPopulation == ["小樽市"])
    let sapporo = table.municipalities[0]
    #expect(sapporo.people == 10_000 && sapporo.cost == 1_001_000)
    #expect(sapporo.outlooks.map(\.voltage) == [1, 0.75, 0.5])
    let full = sapporo.outlooks[0]
    #expect(abs(full.extra - 10_000 * table.basis.effect) < 1e-9)
    #expect(abs(full.extraLow - 10_000 * table.basis.predLow) < 1e-9)
    #expect(abs((full.costPerExtra ?? 0) - 1_001_000 / full.extra) < 1e-9)
    #expect(abs((full.costLow ?? 0) - 1_001_000 / full.extraHigh) < 1e-9)
    #expect(abs(sapporo.outlooks[2].extra - full.extra / 2) < 1e-9)
    // 500 of 10,000 is 5 points.
    let spread = (reliability * error * error + 0.0004).squareRoot()
    let reached = try #require(full.reachesTarget)
    let z = (0.05 - table.basis.effect) / spread
    let tail = 0.5 * erfc(z / 2.0.squareRoot())
    #expect(abs(reached - tail) < 1e-9)
    #expect(table.municipalities[1].outlooks[0].reachesTarget == nil)
  }

  /// The same trial twice: the average is its own, 1/Σw = (s² + τ²)/2.
  @Test("two trials are averaged with the τ of the file; without one they cannot be carried over")
  func two() throws {
    func table(_ more: String, _ yaml: String = Self.trial) throws -> RolloutTable {
      let folder = try TemporaryFolder()
      let text = yaml.replacing("MORE", with: more).replacing("BETTER", with: "more")
      try folder.file(named: "trial.yml", text)
      try folder.file(named: "data.csv", Self.data)
      try folder.file(named: "towns.csv", Self.towns)
      let file = try TrialFile.load(contentsOf: folder.url.appending(path: "trial.yml").path)
      let result = try TrialResult.analyzing(file, engineVersion: "test")
      let pooled = try PooledEffect([("a", "a", result), ("b", "b", result)])
      return try RolloutTable(of: result, in: file, pooled: pooled)
    }
    let basis = try table("fixed_cost: 0").basis
    let error = try Self.table().basis.stdError
    #expect(basis.pooled == 2 && basis.tau == 0.02 && !basis.isTauAssumed)
    #expect(abs(basis.effect - 0.1) < 1e-12 && basis.priorMean == nil && basis.reliability == 1)
    let variance = (error * error + 0.0004) / 2
    #expect(abs(basis.stdError - variance.squareRoot()) < 1e-12)
    let half = 1.959963984540054 * (variance + 0.0004).squareRoot()
    #expect(abs(basis.predLow - (0.1 - half)) < 1e-10)
    #expect(throws: Faults.self) {
      try table("fixed_cost: 0", Self.trial.replacing("tau: 0.02, ", with: ""))
    }
  }

  @Test("no more can be gained than there are people who have not come")
  func bounded() throws {
    let table = try Self.table(more: "fixed_cost: 0, voltage: [1]")
    for town in table.municipalities {
      let n = Double(town.people)
      #expect(town.outlooks.allSatisfy { $0.extraHigh <= n * 0.8 && $0.extraLow >= -n * 0.2 })
    }
    // Nine of a hundred are far, ninety of a hundred impossible.
    let goal = try Self.table(
      more: "voltage: [1]", towns: "code,name,population,goal\n011002,a,100,90\n")
    #expect(goal.municipalities[0].outlooks[0].reachesTarget == 0)
  }

  @Test("budgets: a town's own limits it, that for all is spent where it brings most")
  func budgets() throws {
    let own = try Self.table(more: "fixed_cost: 1000, budgets: own")
    // (90,000 − 1,000)/100.
    #expect(own.municipalities.first { $0.name == "函館市" }?.people == 890)
    let all = try Self.table(more: "fixed_cost: 1000, budget: 1100000")
    #expect(all.municipalities.map(\.allocated) == [10_000, 980, 0])
    let total = all.total(voltage: 1)
    #expect(total.people == 10_980 && total.cost == 1_100_000)
    #expect(abs(total.extra - 10_980 * all.basis.effect) < 1e-6)
  }

  @Test("where less is better, a rise is a loss")
  func less() throws {
    let table = try Self.table(better: "less")
    #expect(abs(table.basis.estimate + 0.1) < 1e-12 && table.basis.effect < 0)
    let outlook = table.municipalities[0].outlooks[0]
    #expect(outlook.extra < 0 && outlook.costPerExtra == nil && (outlook.noGain ?? 0) > 0.9)
  }

  @Test("τ that nobody gives is assumed, and said to be")
  func assumed() throws {
    let folder = try TemporaryFolder()
    let yaml = Self.trial.replacing("tau: 0.02, MORE", with: "fixed_cost: 0").replacing(
      "BETTER", with: "more")
    try folder.file(named: "trial.yml", yaml)
    try folder.file(named: "data.csv", Self.data)
    try folder.file(named: "towns.csv", Self.towns)
    let file = try TrialFile.load(contentsOf: folder.url.appending(path: "trial.yml").path)
    let result = try TrialResult.analyzing(file, engineVersion: "test")
    let table = try RolloutTable(of: result, in: file)
    #expect(table.basis.isTauAssumed && abs(table.basis.tau - 0.05) < 1e-12)
  }

  @Test(
    "a list that is wrong is said to be, at its line",
    arguments: [
      ("011002", "011003", "towns.csv:2:1", "no code"),
      ("10000", "-5", "towns.csv:2:", "whole number"),
      ("10000", "1.5", "towns.csv:2:", "whole number"),
      ("population", "people", "towns.csv:1", "population"),
    ])
  func faulty(old: String, new: String, place: String, message: String) throws {
    do {
      _ = try Self.table(towns: Self.towns.replacing(old, with: new))
      Issue.record("accepted")
    } catch let faults as Faults {
      let lines = faults.all.map { $0.line(in: .english) }
      #expect(
        lines.count == 1 && lines[0].contains(place) && lines[0].contains(message), "\(lines)")
    }
  }

  // R: metafor::rma(yi, sei, test = "knha"), Tests/StatisticsTests/Reference/transfer.R, has the method; here the wiring.
  @Test("pooled results: average, prediction, and what could not be used")
  func pooled() throws {
    func result(_ events: Int) throws -> TrialResult {
      try TrialFixture.analyze(
        Self.trial.replacing(
          "    rollout: {municipalities: towns.csv, code: code, targets: goal, tau: 0.02, MORE}\n",
          with: ""
        )
        .split(separator: "\n").filter { !$0.contains("rollout") }.joined(separator: "\n")
        .replacing("BETTER", with: "more"),
        data: "arm,n,visited\ncontrol,1000,200\nsocial,1000,\(events)\n")
    }
    let results = try [230, 260, 210, 245].map(result)
    let pooled = try PooledEffect(
      results.enumerated().map { ("trial \($0)", "r\($0).json", $1) })
    #expect(pooled.studies.count == 4 && pooled.leftOut.isEmpty && pooled.isRate)
    let effects = pooled.studies.map {
      StudyEffect(value: $0.estimate, variance: $0.stdError * $0.stdError)
    }
    let model = try MetaAnalysis(of: effects, inference: .hartungKnapp)
    #expect(pooled.estimate == model.pooled.estimate)
    #expect((pooled.predLow ?? 1) < (pooled.confLow ?? 0))
    #expect((pooled.predHigh ?? 0) > (pooled.confHigh ?? 1))
    #expect(abs(pooled.studies.compactMap(\.weight).reduce(0, +) - 1) < 1e-12)
    let two = try PooledEffect(results.prefix(2).enumerated().map { ("t\($0)", "r", $1) })
    #expect(two.estimate != nil && two.predLow == nil)
    let one = try PooledEffect([("t", "r", results[0])])
    #expect(one.estimate == nil && one.studies.count == 1)
    #expect(throws: Faults.self) {
      try PooledEffect([("t", "r", results[0])], outcome: "nothing")
    }
    #expect(throws: Faults.self) { try PooledEffect(results[0], file: "r", by: "town") }
  }
}
