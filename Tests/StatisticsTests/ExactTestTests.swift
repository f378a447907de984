import Statistics
import Testing

@Suite struct ExactTestTests {
  /// exact_two_by_two.py: every table enumerated, dense grids, bisection; p checked against
  /// scipy.stats.barnard_exact.
  @Test func agreesWithBruteForce() throws {
    let rows = try TwoByTwoReference.rows(of: "exact_two_by_two")
    #expect(rows.count > 30)
    for row in rows {
      switch row["scale"] {
      case "difference": try check(DifferenceScale.self, row)
      case "ratio": try check(RatioScale.self, row)
      default: try check(OddsRatioScale.self, row)
      }
    }
  }

  private func check<Scale: RateScale>(_ scale: Scale.Type, _ row: TwoByTwoReference) throws {
    let test = try #require(ExactTest<Scale>(try row.table))
    let p = try test.pValue(of: Scale.noEffect)
    #expect(agree(p, try row.number("p"), within: 1e-9), "\(row.testDescription): \(p)")
    let interval = try ends(test.interval(level: 0.95))
    #expect(
      agree(interval.lower, try row.number("lower"), within: 1e-7),
      "\(row.testDescription): \(interval.lower)")
    #expect(
      agree(interval.upper, try row.number("upper"), within: 1e-7),
      "\(row.testDescription): \(interval.upper)")
  }
}
