import DataSources
import Ledger
import Testing
import Trials
import Vocabulary

@testable import Analysis

@Suite("Tests by the draw that was made")
struct DrawnAgainTests {
  private static let assignments = [
    "{method: minimized, factors: [area, age]}", "{method: biased_coin, blocks: [area]}",
    "{method: rerandomized, covariates: [income], acceptance: 0.2}",
    "{method: permuted_blocks, blocks: [area]}",
  ]

  private func trial(_ assignment: String) throws -> Trial {
    try Trial.decode(
      yaml: """
        nudge: 1
        trial: again
        title: 引き直し
        arms:
          - {id: control, control: true}
          - {id: letter}
        unit: id
        assignment: \(assignment)
        outcomes:
          - {id: visit, role: primary, kind: binary, column: visited}
        analysis: {inference: [randomization], draws: 400}
        simulation:
          seed: 8
          units: 120
          columns: {area: {a: 1, b: 1}, age: {y: 1, o: 1}, income: {from: 0, to: 99}}
          steps: [{column: visited, baseline: 0.3, effects: {letter: 0.4}}]
        """, file: "trial.yml")
  }

  private func row(
    of trial: Trial, in source: some DataSource, drawn: [DrawnUnit] = []
  ) throws -> ResultRow {
    let analysis = TrialAnalysis(of: trial, drawn: drawn)
    let findings = analysis.findings(
      from: try UnitRows(of: analysis, in: source).observations())
    return try #require(findings.results.first { $0.estimator == "randomization" })
  }

  @Test("the data in their order serve where no ledger is", arguments: assignments)
  func fromData(assignment: String) throws {
    let trial = try trial(assignment)
    let source = try Simulation(of: trial, at: .init(file: "trial.yml")).source()
    let row = try row(of: trial, in: source)
    let p = try #require(row.pValue)
    #expect(p < 0.01 && row.notes.contains(.draws(400, exact: false)))
    #expect((row.confLow ?? 0) > 0 && (row.confHigh ?? 1) < 0.8)
  }

  @Test(
    "the ledger's list serves where the data lack what the draw looked at", arguments: assignments)
  func fromLedger(assignment: String) throws {
    let trial = try trial(assignment)
    let source = try Simulation(of: trial, at: .init(file: "trial.yml")).source()
    let table = try source.table(of: [
      .init("id", as: .identifier), .init("area", as: .category), .init("age", as: .category),
      .init("income", as: .number), .init("arm", as: .category),
    ])
    let (area, age) = (try table.categories("area"), try table.categories("age"))
    let (income, arm) = (try table.numbers("income"), try table.categories("arm"))
    let identifiers = try table.identifiers("id")
    let drawn = (0..<table.rowCount).map { row in
      DrawnUnit(
        unit: identifiers[row] ?? "",
        block: trial.assignment.blocks.isEmpty ? nil : area.levels[Int(area.codes[row])],
        factors: trial.assignment.factors.isEmpty
          ? [] : [area.levels[Int(area.codes[row])], age.levels[Int(age.codes[row])]],
        measurements: trial.assignment.covariates.isEmpty ? [] : [income[row]],
        arm: arm.levels[Int(arm.codes[row])])
    }
    // Without what the draw looked at, and with one who was drawn but is not in the data.
    let bare = SomeColumns(base: source, kept: ["id", "arm", "visited"] + trial.assignment.blocks)
    let known = try row(
      of: trial, in: bare, drawn: drawn + [absent(like: drawn[0])])
    let p = try #require(known.pValue)
    #expect(p < 0.01)
    if trial.assignment.factors.isEmpty && trial.assignment.covariates.isEmpty { return }
    let unknown = try row(of: trial, in: bare)
    #expect(unknown.pValue == nil && unknown.notes.contains(.drawUnknown))
  }

  private func absent(like unit: DrawnUnit) -> DrawnUnit {
    var unit = unit
    unit.unit = "absent"
    return unit
  }
}

/// A source that has only some of another's columns.
private struct SomeColumns: DataSource {
  let base: SimulatedSource
  let kept: [String]

  func description() throws(Faults) -> SourceDescription { try base.description() }
  func columnNames() throws(Faults) -> [String] { kept }
  func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    try base.table(of: columns)
  }
  func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: Vocabulary.SourceLocation] {
    try base.locations(ofRows: rows, column: column)
  }
}
