import Testing

@testable import Analysis

/// How alike the arms were before, in the result.
@Suite struct BalanceRowTests {
  private static let trial = """
    nudge: 1
    trial: balance
    title: そろい方
    arms: [{id: control, control: true}, {id: social}]
    unit: row
    assignment: {method: blocked, blocks: [area], column: arm}
    outcomes: [{id: y, role: primary, kind: continuous, covariates: [age]}]
    data: {file: data.csv, shape: units}
    """

  // By hand: ages 40, 50, 60 against 30, 40, 50: means 50 and 40, s = 10 in both, so that d = 1. Of three, one is in b
  // against two: shares 1/3 and 2/3, s² = 1/3 in both, d = (1/3 − 2/3)/√(1/3) = −1/√3.
  @Test func means() throws {
    let rows = (0..<40).flatMap { copy in
      [
        "social,a,40,\(copy)", "social,a,50,\(copy + 1)", "social,b,60,\(copy)",
        "control,a,30,\(copy)", "control,b,40,\(copy + 2)", "control,b,50,\(copy)",
      ]
    }
    let result = try TrialFixture.analyze(
      Self.trial, data: "arm,area,age,y\n" + rows.joined(separator: "\n") + "\n")
    let n = 120.0
    let age = try #require(result.balance.first { $0.column == "age" })
    #expect(age.level == nil && age.mean == 50 && age.controlMean == 40)
    // 40 copies: s² = 200/3 · n/(n − 1).
    let spread = (200.0 / 3 * n / (n - 1)).squareRoot()
    let ageDifference = try #require(age.standardizedDifference)
    #expect(abs(ageDifference - 10 / spread) < 1e-12)
    let b = try #require(result.balance.first { $0.level == "b" })
    let mean = try #require(b.mean)
    #expect(b.column == "area" && abs(mean - 1.0 / 3) < 1e-12)
    let share = (2.0 / 9 * n / (n - 1)).squareRoot()
    let difference = try #require(b.standardizedDifference)
    #expect(abs(difference + (1.0 / 3) / share) < 1e-12)
    #expect(result.balance.map(\.column) == ["age", "area", "area"])
  }

  @Test(
    "a share of an arm is a number of people: published where an outcome shows it, and not otherwise"
  )
  func publication() throws {
    let rows = (0..<60).flatMap { copy in
      ["social,\(copy < 3 ? "b" : "a"),40,\(copy)", "control,\(copy < 30 ? "b" : "a"),41,\(copy)"]
    }
    let data = "arm,area,age,y\n" + rows.joined(separator: "\n") + "\n"
    let trial = Self.trial.replacing(
      "{method: blocked, blocks: [area], column: arm}", with: "{method: complete, column: arm}")
    for groups in ["analysis: {subgroups: [area]}", "cohorts: [{id: b, where: {area: b}}]"] {
      let result = try TrialFixture.analyze(
        trial + "\n\(groups)\ndisclosure: {minimum_cell: 10}", data: data)
      #expect(result.balance.contains { $0.level == "b" })
      let (published, _) = try #require(result.forPublication())
      #expect(published.balance.map(\.column) == ["age"])
    }
  }
}
