import Analysis
import Foundation
import TestSupport
import Testing

/// What a trial file's estimators print, against R (Reference/estimators.R).
struct EstimatorTests {
  private static func reference(_ name: String) throws -> String {
    let url = SharedFolder.repository.appending(path: "Tests/AnalysisTests/Reference/\(name)")
    return try String(contentsOf: url, encoding: .utf8)
  }

  static func analyze(
    assignment: String, estimator: String, without arm: String? = nil
  ) throws -> TrialResult {
    // The third and fourth columns are the arms of the two draws.
    let draw = assignment.contains("column: clustered") ? 2 : 3
    let lines = try reference("estimators_data.csv").split(separator: "\n").filter {
      $0.split(separator: ",", omittingEmptySubsequences: false)[draw] != arm ?? "-"
    }
    let treatments: [String] = ["simple", "social"].filter { $0 != arm }
    let arms = treatments.map { "{id: \($0)}" }.joined(separator: ", ")
    return try TrialFixture.analyze(
      """
      nudge: 1
      trial: estimators
      title: Estimators
      arms: [{id: control, control: true}, \(arms)]
      unit: row
      assignment: \(assignment)
      outcomes:
        - {id: y, role: primary, kind: continuous, column: y}
        - {id: b, role: secondary, kind: binary, column: b}
      analysis: {estimator: \(estimator), takeup: attended}
      data: {file: data.csv, shape: units}
      """,
      data: lines.joined(separator: "\n"))
  }

  static let individual = "{method: complete, column: individual}"
  static let clustered = "{method: clustered, clusters: household, column: clustered}"

  static let cases: [(case: String, assignment: String, estimator: String, name: String)] = [
    ("lin", individual, "{lin: {covariates: [age, months], factors: [sex]}}", "lin"),
    ("lin_hc2", individual, "{lin: {factors: [sex], standard_error: hc2}}", "lin"),
    ("lin_clustered", clustered, "{lin: {covariates: [age]}}", "lin"),
    ("clustered", clustered, "difference_in_means", "difference_in_means"),
    (
      "blocked", "{method: blocked, blocks: block, column: individual}", "difference_in_means",
      "difference_in_means"
    ),
    (
      "blocked_clustered",
      "{method: clustered, blocks: [block], clusters: household, column: clustered}",
      "difference_in_means", "difference_in_means"
    ),
    ("cace", individual, "difference_in_means", "two_stage_least_squares"),
    // The comparison without adjustment stands beside the planned one.
    ("clustered", clustered, "{lin: {covariates: [age]}}", "difference_in_means"),
  ]

  @Test("every figure agrees with R", arguments: cases.indices)
  func figures(index: Int) throws {
    let (name, assignment, estimator, printed) = Self.cases[index]
    let result = try Self.analyze(
      assignment: assignment, estimator: estimator,
      without: name.hasPrefix("blocked") ? "simple" : nil)
    let lines = try Self.reference("estimators.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").map(String.init) }.filter { $0[0] == name }
    #expect(!lines.isEmpty)
    for line in lines {
      let row = try #require(
        result.results.first {
          $0.outcome == line[1] && $0.arm == line[2] && $0.measure == line[3]
            && $0.estimator == printed
        })
      let figures = [
        row.estimate, row.stdError, row.df, row.pValue, row.confLow, row.confHigh,
      ]
      for (ours, theirs) in zip(figures, line.dropFirst(4)) where theirs != "NA" {
        let wanted = try #require(Double(theirs))
        let found = try #require(ours, "\(line)")
        #expect(abs(found - wanted) <= 1e-8 * max(abs(wanted), 1e-3), "\(line): \(found)")
      }
    }
  }

  @Test("what was done to covariates is said on every row")
  func remarks() throws {
    let result = try Self.analyze(
      assignment: Self.individual, estimator: "{lin: {covariates: [age, months], factors: [sex]}}")
    for row in result.results where row.estimator == "lin" {
      #expect(row.notes.contains(.covariateFilled(column: "age", missing: 12)))
      #expect(row.notes.contains(.covariateIndicated(column: "months", missing: 48)))
    }
    #expect(result.results.contains { $0.estimator == "difference_in_means" && $0.notes.isEmpty })
  }

  @Test("sixty clusters have room for three covariates")
  func cap() throws {
    let result = try Self.analyze(
      assignment: Self.clustered,
      estimator: "{lin: {covariates: [age, months, household, y], factors: [sex]}}")
    let rows = result.results.filter { $0.estimator == "lin" }
    #expect(!rows.isEmpty)
    #expect(rows.allSatisfy { $0.notes.contains(.covariatesCapped(used: 3, of: 5)) })
  }

  @Test("the verdict and the adjusted p rest on the planned estimator alone")
  func confirmation() throws {
    let result = try Self.analyze(
      assignment: Self.clustered, estimator: "{lin: {covariates: [age]}}")
    let adjusted = result.results.filter { $0.pAdjusted != nil }
    #expect(!adjusted.isEmpty)
    #expect(adjusted.allSatisfy { $0.estimator == "lin" })
    #expect(result.verdicts.count == 2)
  }

  @Test("a row without a cluster is a fault at its line")
  func missingCluster() throws {
    let data = try Self.reference("estimators_data.csv")
      .replacing("\n2,", with: "\n,", maxReplacements: 1)
    #expect(throws: (any Error).self) {
      try TrialFixture.analyze(
        """
        nudge: 1
        trial: estimators
        title: Estimators
        arms: [{id: control, control: true}, {id: simple}, {id: social}]
        unit: row
        assignment: \(Self.clustered)
        outcomes: [{id: y, role: primary, kind: continuous, column: y}]
        data: {file: data.csv, shape: units}
        """, data: data)
    }
  }
}
