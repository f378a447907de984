import Testing
import Trials

@testable import Analysis

/// The interval against the smallest effect of interest.
struct VerdictTests {
  static let cases: [(low: Double, high: Double, p: Double, expected: Verdict.Conclusion)] = [
    (0.02, 0.06, 0.001, .increases),
    (0.002, 0.03, 0.02, .increases),
    (-0.06, -0.02, 0.001, .decreases),
    (-0.004, 0.006, 0.7, .practicallyUnchanged),
    // Certainly above zero, and certainly too small to be worthwhile.
    (0.001, 0.009, 0.01, .practicallyUnchanged),
    (-0.01, 0.03, 0.3, .undecided),
    // The bound touches the smallest effect of interest: not within it.
    (-0.01, 0.005, 0.4, .undecided),
    // The interval excludes zero, but the test does not survive the adjustment.
    (0.002, 0.05, 0.07, .undecided),
  ]

  private func analysis() throws -> TrialAnalysis {
    TrialAnalysis(of: try Trial.decode(yaml: TrialFixture.standard, file: "trial.yml"))
  }

  private func row(low: Double?, high: Double?, p: Double?) -> ResultRow {
    ResultRow(
      outcome: "visited", role: "primary", arm: "social", control: "control", cohort: "all",
      estimand: "ITT", measure: "risk_difference", estimator: "difference_in_means",
      pAdjusted: p, confLow: low, confHigh: high, confLevel: 0.95, notes: [])
  }

  @Test("three conclusions, the first in two directions", arguments: cases.indices)
  func conclusion(index: Int) throws {
    let (low, high, p, expected) = Self.cases[index]
    #expect(
      try analysis().conclusion(of: row(low: low, high: high, p: p), worthwhile: 0.01) == expected)
  }

  @Test("an event that comes faster means less time")
  func hazards() throws {
    var faster = row(low: 1.2, high: 1.9, p: 0.001)
    faster.measure = "hazard_ratio"
    var slower = row(low: 0.5, high: 0.8, p: 0.001)
    slower.measure = "hazard_ratio"
    var unclear = row(low: 0.8, high: 1.3, p: 0.7)
    unclear.measure = "hazard_ratio"
    let analysis = try analysis()
    #expect(analysis.conclusion(of: faster, worthwhile: nil) == .decreases)
    #expect(analysis.conclusion(of: slower, worthwhile: nil) == .increases)
    #expect(analysis.conclusion(of: unclear, worthwhile: nil) == .undecided)
  }

  @Test("without a smallest effect of interest nothing is called unchanged")
  func withoutWorthwhile() throws {
    let narrow = row(low: -0.0001, high: 0.0001, p: 0.9)
    #expect(try analysis().conclusion(of: narrow, worthwhile: nil) == .undecided)
  }

  @Test("without an interval nothing is concluded")
  func withoutInterval() throws {
    #expect(
      try analysis().conclusion(of: row(low: nil, high: nil, p: nil), worthwhile: 0.01)
        == .undecided)
  }

  @Test("the family is the primary outcomes for everyone, on their own scale")
  func family() throws {
    let data =
      TrialFixture.header
      + (1...40).map {
        "\($0),\($0 % 2 == 0 ? "control" : "social"),40,1,\($0 % 3 == 0 ? 1 : 0),\($0)"
      }
      .joined(separator: "\n") + "\n"
    let result = try TrialFixture.analyze(data: data)
    let adjusted = result.results.filter { $0.pAdjusted != nil }
    #expect(adjusted.allSatisfy { $0.outcome == "visited" && $0.cohort == "all" })
    #expect(adjusted.contains { $0.measure == "risk_difference" })
    // One test in the family: the adjustment changes nothing.
    #expect(adjusted.allSatisfy { $0.pAdjusted == $0.pValue })
    #expect(result.verdicts.count == 1)
  }

  @Test("power by size is .8 where the numbers of people still needed say so")
  func powerBySize() throws {
    let data =
      TrialFixture.header
      + (1...400).map {
        "\($0),\($0 % 2 == 0 ? "control" : "social"),40,1,\($0 % 5 == 0 ? 1 : 0),\($0)"
      }
      .joined(separator: "\n") + "\n"
    let verdict = try #require(try TrialFixture.analyze(data: data).verdicts.first)
    let more = try #require(verdict.moreUnits)
    let needed = Double(400 + more)
    #expect(verdict.power.map(\.units) == verdict.power.map(\.units).sorted())
    for point in verdict.power {
      #expect((Double(point.units) >= needed) == (point.power >= 0.8), "\(point) \(needed)")
    }
    #expect(verdict.power.contains { $0.units == 400 })
  }
}
