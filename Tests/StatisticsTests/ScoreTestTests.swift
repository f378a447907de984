import Statistics
import Testing

@Suite struct ScoreTestTests {
  /// two_by_two.R, which finds restricted rates and limits by bisection on the published statistics.
  @Test func agreesWithR() throws {
    var compared = 0
    for row in try TwoByTwoReference.rows(of: "two_by_two") {
      let parts = row["method"].split(separator: ".").map(String.init)
      guard parts.count == 2 else { continue }
      let mee = parts[0] == "mee"
      switch parts[1] {
      case "difference": try check(DifferenceScale.self, row, mee)
      case "ratio": try check(RatioScale.self, row, mee)
      default: try check(OddsRatioScale.self, row, mee)
      }
      compared += 1
    }
    #expect(compared > 100)
  }

  private func check<Scale: RateScale>(
    _ scale: Scale.Type, _ row: TwoByTwoReference, _ mee: Bool
  ) throws {
    let test = ScoreTest<Scale>(
      try row.table, varianceFactor: mee ? .mee : .miettinenNurminen)
    #expect(
      agree(test.statistic(at: Scale.noEffect), try row.number("statistic"), within: 1e-12),
      "\(row.testDescription)")
    let p = try test.pValue(of: Scale.noEffect)
    let reference = try row.number("p")
    #expect(abs(p - reference) <= 1e-9 * reference, "\(row.testDescription)")
    let interval = try ends(test.interval(level: 0.95))
    // The limits of ratios on 10,000,000 units an arm are roots of a z that double precision knows to
    // about 1e-9 of them.
    #expect(
      agree(interval.lower, try row.number("lower"), within: 1e-9),
      "\(row.testDescription): \(interval.lower)")
    #expect(
      agree(interval.upper, try row.number("upper"), within: 1e-9),
      "\(row.testDescription): \(interval.upper)")
  }

  /// newcombe_cases.csv: Newcombe's cases to four digits.
  @Test func reproducesNewcombesCases() throws {
    for row in try TwoByTwoReference.rows(of: "newcombe_cases") {
      let interval: Interval
      switch row["method"] {
      case "mn.difference":
        interval = try ScoreTest<DifferenceScale>(row.table).interval(level: 0.95)
      case "mee.difference":
        interval = try ScoreTest<DifferenceScale>(row.table, varianceFactor: .mee)
          .interval(level: 0.95)
      case "newcombe": interval = try row.table.newcombeInterval(level: 0.95)
      default:
        let rate = try #require(SingleRate(events: row.count("x1"), of: row.count("n1")))
        interval =
          try row["method"] == "wilson"
          ? rate.wilsonInterval(level: 0.95) : rate.clopperPearsonInterval(level: 0.95)
      }
      let limits = try ends(interval)
      #expect(abs(limits.lower - (try row.number("lower"))) <= 0.51e-4, "\(row.testDescription)")
      #expect(abs(limits.upper - (try row.number("upper"))) <= 0.51e-4, "\(row.testDescription)")
    }
  }

  @Test func newcombeAndSingleRatesAgreeWithR() throws {
    for row in try TwoByTwoReference.rows(of: "two_by_two") {
      let interval: Interval
      switch row["method"] {
      case "newcombe": interval = try row.table.newcombeInterval(level: 0.95)
      case "wilson", "clopper":
        let rate = try #require(SingleRate(events: row.count("x1"), of: row.count("n1")))
        interval =
          try row["method"] == "wilson"
          ? rate.wilsonInterval(level: 0.95) : rate.clopperPearsonInterval(level: 0.95)
      default: continue
      }
      let limits = try ends(interval)
      #expect(
        abs(limits.lower - (try row.number("lower"))) <= 1e-11, "\(row.testDescription)")
      #expect(
        abs(limits.upper - (try row.number("upper"))) <= 1e-11, "\(row.testDescription)")
    }
  }

  /// GrowthBook prints p = .030 on one display and .107 on another for these counts.
  @Test func oneP() throws {
    let table = try #require(TwoByTwoTable(events: 20, of: 1000, versus: 36, of: 1000))
    let p = try ScoreTest<DifferenceScale>(table).pValue(of: 0)
    #expect(try ScoreTest<RatioScale>(table).pValue(of: 1) == p)
    #expect(try ScoreTest<OddsRatioScale>(table).pValue(of: 1) == p)
    #expect(try ScoreTest<AngleScale>(table).pValue(of: 0) == p)
  }

  /// 500,000 ± shift events in two arms of a million; z by hand's formula and 2·norm.sf(z) in scipy.
  @Test(arguments: [
    (3182, 9.000052860928317, 2.2560902736403035e-19),
    (12374, 34.99894849186895, 2.3342323230238634e-268),
  ])
  func farTailsKeepTheirP(shift: Int, z: Double, p: Double) throws {
    let n = 1_000_000
    let table = try #require(
      TwoByTwoTable(events: n / 2 + shift, of: n, versus: n / 2 - shift, of: n))
    let test = ScoreTest<RatioScale>(table)
    #expect(abs(test.statistic(at: 1) - z) < 1e-12 * z)
    #expect(abs(try test.pValue(of: 1) - p) < 1e-10 * p)
  }

  @Test func refusesWhatMakesNoSense() throws {
    #expect(TwoByTwoTable(events: 3, of: 2, versus: 0, of: 1) == nil)
    #expect(TwoByTwoTable(events: -1, of: 2, versus: 0, of: 1) == nil)
    #expect(TwoByTwoTable(events: 0, of: 0, versus: 0, of: 1) == nil)
    #expect(TwoByTwoTable(events: 0, of: Int.max, versus: 0, of: 1) == nil)
    let test = ScoreTest<DifferenceScale>(
      try #require(TwoByTwoTable(events: 1, of: 2, versus: 1, of: 2)))
    #expect(throws: EstimationError.undefined) { try test.interval(level: 1) }
    #expect(throws: EstimationError.undefined) { try test.interval(level: .nan) }
    #expect(throws: EstimationError.undefined) { try test.pValue(of: .nan) }
    #expect(try test.pValue(of: 7) == 0)
  }
}
