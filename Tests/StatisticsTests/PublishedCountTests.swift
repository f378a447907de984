import Statistics
import TestSupport
import Testing

/// Published effects that the published counts say (published_counts.csv): all that has events and
/// arms, or arms whose size follows from what is printed.
@Suite(.enabled(if: SharedFolder.file("reference/published_counts.csv") != nil))
struct PublishedCountTests {
  private func arms(_ trial: String) throws -> [[String: String]] {
    let rows = try SharedTable("../reference/published_counts").rows.filter {
      $0["trial"]?.contains(trial) ?? false
    }
    try #require(!rows.isEmpty)
    return rows
  }

  private func rate(_ row: [String: String]) throws -> SingleRate {
    try #require(
      SingleRate(events: Int(try row.number("events")), of: Int(try row.number("n"))))
  }

  /// Sallis 2018: 4,256 against 3,085 joined, OR 1.38 (1.32–1.45). If each arm was an eighth of all
  /// it is 1.392 (4256·132580/(3085·131409)), so arms were not quite equal: within one hundredth.
  @Test func organDonors() throws {
    let rows = try arms("UK organ donor register")
    let table = try #require(
      TwoByTwoTable(
        events: Int(try rows[1].number("events")), of: 1_085_322 / 8,
        versus: Int(try rows[0].number("events")), of: 1_085_322 / 8))
    let byHand = 4256.0 * 132_580 / (3085 * 131_409)
    #expect(isClose(OddsRatioScale.value(of: table), byHand, within: 1e-14))
    #expect(abs(byHand - 1.38) < 0.0125)
    for interval in [
      try table.woolfOddsRatioInterval(level: 0.95),
      try ScoreTest<OddsRatioScale>(table).interval(level: 0.95),
    ] {
      let limits = try ends(interval)
      #expect(abs(limits.lower - 1.32) < 0.0125 && abs(limits.upper - 1.45) < 0.0125, "\(limits)")
    }
  }

  /// Moore 2022: 40, 45 and 46 %, any letter 14 % above none.
  @Test func lettersAboutBenefits() throws {
    let rows = try arms("TANF letters DC")
    let rates = try rows.map(rate)
    for (ours, row) in zip(rates, rows) {
      #expect(agrees(100 * ours.value, row["rate_pct"] ?? ""), "\(ours)")
    }
    let table = try #require(
      TwoByTwoTable(
        events: rates[1].events + rates[2].events, of: rates[1].count + rates[2].count,
        versus: rates[0].events, of: rates[0].count))
    #expect(agrees(try #require(RatioScale.value(of: table)) - 1, "0.14"))
  }

  /// Kato 2024: 20.8 → 35.1 % (+14.3 points) intend to, 3.5 → 10.9 % (+7.4 points) do. The
  /// paper's differences are those of the rounded rates; the exact ones are 14.37 and 7.46.
  @Test func rubella() throws {
    let rows = try arms("Rubella text nudges")
    let rates = try rows.map(rate)
    for (ours, row) in zip(rates, rows) { #expect(agrees(100 * ours.value, row["rate_pct"] ?? "")) }
    for (control, arm, points) in [(0, 1, 14.3), (2, 3, 7.4)] {
      let table = try #require(
        TwoByTwoTable(
          events: rates[arm].events, of: rates[arm].count, versus: rates[control].events,
          of: rates[control].count))
      let rounded = [table.arm.rate, table.control.rate].map { (1000 * $0).rounded() / 10 }
      #expect(isClose(rounded[0] - rounded[1], points, within: 1e-12))
      let value = try #require(DifferenceScale.value(of: table))
      #expect(abs(100 * value - points) < 0.1)
    }
  }

  /// Kamakura: 56.0 and 32.3 % of 2,000 each, about 1.7 times.
  @Test func kamakura() throws {
    let rows = try arms("鎌倉市")
    let events = try rows.map { Int((try $0.number("rate_pct") * 20).rounded()) }
    let table = try #require(
      TwoByTwoTable(events: events[0], of: 2000, versus: events[1], of: 2000))
    #expect(agrees(RatioScale.value(of: table), "1.7"))
    #expect(try ScoreTest<RatioScale>(table).pValue(of: 1) < 1e-40)
  }

  /// Hallsworth 2015, a fourth of 10,111 in each arm: 8.4 against 11.1 % did not attend, OR .74
  /// (.61–.89). Rates and arms are rounded: the second digit may be one off.
  @Test func appointments() throws {
    let rows = try arms("NHS SMS trial 1")
    let n = 10_111 / 4
    let events = try rows.map { Int((try $0.number("rate_pct") * Double(n) / 100).rounded()) }
    let table = try #require(TwoByTwoTable(events: events[1], of: n, versus: events[0], of: n))
    let limits = try ends(table.woolfOddsRatioInterval(level: 0.95))
    for (ours, printed) in zip(
      [try #require(OddsRatioScale.value(of: table)), limits.lower, limits.upper],
      [0.74, 0.61, 0.89])
    {
      #expect(abs(ours - printed) < 0.011, "\(ours)")
    }
  }
}
