import Analysis
import Foundation
import TestSupport
import Testing

/// Outcomes beyond rates and means, against R (Reference/outcome_kinds.R).
struct OutcomeKindTests {
  private static func reference(_ name: String) throws -> String {
    let url = SharedFolder.repository.appending(path: "Tests/AnalysisTests/Reference/\(name)")
    return try String(contentsOf: url, encoding: .utf8)
  }

  static func analyze(_ assignment: String, outcomes: String) throws -> TrialResult {
    try TrialFixture.analyze(
      """
      nudge: 1
      trial: kinds
      title: Kinds
      arms: [{id: control, control: true}, {id: social}]
      unit: row
      assignment: \(assignment)
      outcomes: \(outcomes)
      data: {file: data.csv, shape: units}
      """,
      data: reference("outcome_kinds_data.csv"))
  }

  static let placed =
    "{id: placed_in, role: primary, kind: time_to_event, column: days, event: placed, horizon: 180}"
  static let cases: [(case: String, assignment: String, outcomes: String)] = [
    (
      "units", "{method: complete, column: arm}",
      "[{id: ctr, role: primary, kind: ratio, numerator: clicks, denominator: shown}]"
    ),
    (
      "units", "{method: complete, column: arm}",
      "[{id: visits, role: primary, kind: count, exposure: weeks}]"
    ),
    (
      "units", "{method: complete, column: arm}",
      "[{id: income, role: primary, kind: quantile}]"
    ),
    ("units", "{method: complete, column: clustered}", "[\(placed)]"),
    (
      "clusters", "{method: clustered, clusters: household, column: clustered}", "[\(placed)]"
    ),
  ]

  @Test("every figure agrees with R", arguments: cases.indices)
  func figures(index: Int) throws {
    let (name, assignment, outcomes) = Self.cases[index]
    let result = try Self.analyze(assignment, outcomes: outcomes)
    let outcome = try #require(result.trial.outcomes.first?.id)
    let lines = try Self.reference("outcome_kinds.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").map(String.init) }
      .filter { $0[0] == name && $0[1] == outcome }
    #expect(!lines.isEmpty)
    for line in lines {
      let row = try #require(result.results.first { $0.measure == line[2] }, "\(line)")
      let figures = [
        row.estimate, row.stdError, row.df, row.pValue, row.confLow, row.confHigh,
      ]
      // coxph stops a little before the maximum.
      let tolerance = line[2] == "hazard_ratio" ? 1e-6 : 1e-8
      for (ours, theirs) in zip(figures, line.dropFirst(3)) {
        guard theirs != "NA" else {
          #expect(ours == nil, "\(line)")
          continue
        }
        let wanted = try #require(Double(theirs))
        let found = try #require(ours, "\(line)")
        #expect(abs(found - wanted) <= tolerance * max(abs(wanted), 1e-3), "\(line): \(found)")
      }
    }
    #expect(result.verdicts.count == 1)
  }

  @Test("a horizon beyond the follow-up is said, with the time up to which it goes")
  func horizon() throws {
    let result = try Self.analyze(
      "{method: complete, column: arm}",
      outcomes: "[\(Self.placed.replacing("180", with: "400"))]")
    let row = try #require(result.results.first { $0.measure == "rmst_difference" })
    #expect(row.estimate == nil)
    guard case .horizonBeyondFollowUp(_, let lastTime)? = row.notes.first else {
      Issue.record("\(row.notes)")
      return
    }
    #expect(lastTime == 240)
  }

  @Test("an event column holds 0 and 1")
  func events() throws {
    #expect(throws: (any Error).self) {
      try Self.analyze(
        "{method: complete, column: arm}",
        outcomes: "[\(Self.placed.replacing("event: placed", with: "event: weeks"))]")
    }
  }
}
