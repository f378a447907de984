import Statistics
import Testing

/// Fisher's conditional odds ratio and interval.
struct ConditionalOddsRatioTests {
  private func table(_ n: [Int]) throws -> TwoByTwoTable {
    try #require(TwoByTwoTable(events: n[0], of: n[0] + n[1], versus: n[2], of: n[2] + n[3]))
  }

  /// fisher.test's equations, solved to the last digits (Reference/published_tables.R).
  @Test func matchesTheEquationsOfFisherTest() throws {
    var compared = 0
    for row in try ContinuousReference.rows(of: "published_tables") where row[0] == "fisher" {
      let odds = try ConditionalOddsRatio(
        table(row[1].split(separator: " ").compactMap { Int($0) }))
      let limits = try ends(odds.interval(level: 0.95))
      let ours = ["value": odds.value, "lower": limits.lower, "upper": limits.upper]
      let number = try #require(ours[row[2]])
      let expected = try #require(Double(row[3] == "Inf" ? "infinity" : row[3]))
      #expect(number == expected || isClose(number, expected, within: 1e-9), "\(row): \(number)")
      compared += 1
    }
    #expect(compared == 27)
  }

  @Test(arguments: [
    [140, 45, 168, 92], [3, 1, 1, 3], [0, 10, 5, 5], [7, 0, 2, 5], [1, 9, 2, 3],
  ])
  func exchangedArmsAndOutcomesInvertIt(cells n: [Int]) throws {
    let odds = try ConditionalOddsRatio(table(n))
    let limits = try ends(odds.interval(level: 0.9))
    for other in [[n[2], n[3], n[0], n[1]], [n[1], n[0], n[3], n[2]]] {
      let mirrored = try ConditionalOddsRatio(table(other))
      #expect(mirrored.value == 1 / odds.value || isClose(mirrored.value, 1 / odds.value))
      let bounds = try ends(mirrored.interval(level: 0.9))
      #expect(bounds.lower == 1 / limits.upper || isClose(bounds.lower, 1 / limits.upper))
      #expect(bounds.upper == 1 / limits.lower || isClose(bounds.upper, 1 / limits.lower))
    }
  }

  /// Two of four events in the arm of two tables of margins 4 and 4: P(X = 4) = ψ⁴/Σ, by hand for
  /// 4, 0, 0, 4: the lower limit solves ψ⁴/(ψ⁴ + 16ψ³ + 36ψ² + 16ψ + 1) = α/2.
  @Test func byHand() throws {
    let odds = try ConditionalOddsRatio(table([4, 0, 0, 4]))
    #expect(odds.value == .infinity)
    let limits = try ends(odds.interval(level: 0.9))
    let x = limits.lower
    let all = x * x * x * x + 16 * x * x * x + 36 * x * x + 16 * x + 1
    #expect(isClose(x * x * x * x / all, 0.05, within: 1e-12))
    #expect(limits.upper == .infinity)
  }

  @Test func refusesWhatMakesNoSense() throws {
    #expect(throws: EstimationError.noVariation) { try ConditionalOddsRatio(table([0, 4, 0, 5])) }
    #expect(throws: EstimationError.noVariation) { try ConditionalOddsRatio(table([4, 0, 5, 0])) }
    let odds = try ConditionalOddsRatio(table([3, 1, 1, 3]))
    #expect(throws: EstimationError.undefined) { try odds.interval(level: 1) }
    #expect(throws: EstimationError.undefined) { try odds.interval(level: .nan) }
    // The widest level that a double can ask for.
    let wide = try ends(odds.interval(level: 1 - 0x1p-52))
    #expect(wide.lower > 0 && wide.upper.isFinite && wide.lower < wide.upper)
  }

  @Test func manyUnits() throws {
    let many = try ConditionalOddsRatio(
      try #require(TwoByTwoTable(events: 30_000, of: 1_000_000, versus: 29_000, of: 1_000_000)))
    // Conditional and sample odds ratio meet: 30000·971000/(29000·970000).
    #expect(isClose(many.value, 30_000 * 971_000 / (29_000 * 970_000.0), within: 1e-5))
  }
}
