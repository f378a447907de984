import Foundation
import Statistics
import Testing

/// Every value here is worked out by hand: c = (s − s̄)/Σ(s − s̄)².
@Suite("Trend of effects over ordered groups")
struct SubgroupTrendTests {
  private static func effect(
    _ value: Double, _ error: Double, _ freedom: Double? = nil
  ) -> SubgroupEffects.Effect {
    SubgroupEffects.Effect(value: value, standardError: error, degreesOfFreedom: freedom)
  }

  @Test("equal steps and known errors: (4 − 1)/2 ± .5/√2, t = 3√2, whose p is erfc(3)")
  func equalSteps() throws {
    let trend = try SubgroupTrend(
      [Self.effect(1, 0.5), Self.effect(2, 0.5), Self.effect(4, 0.5)], scores: [1, 2, 3])
    #expect(isClose(trend.perStep, 1.5))
    #expect(isClose(trend.statistic, 3 * 2.0.squareRoot()))
    #expect(trend.degreesOfFreedom == nil)
    #expect(isClose(try trend.evidence.pValue(of: 0), 2.209049699858544e-05))
    guard case .between(let low, let high) = try trend.evidence.interval(level: 0.95) else {
      Issue.record("no interval")
      return
    }
    // 1.959963984540054·.5/√2.
    #expect(isClose(low, 1.5 - 0.692951912174839) && isClose(high, 1.5 + 0.692951912174839))
  }

  @Test("unequal steps, errors and degrees of freedom: 3/14, √45/14, 45²/(25.6 + .8 + 625/30)")
  func unequal() throws {
    let trend = try SubgroupTrend(
      [Self.effect(1, 1, 10), Self.effect(3, 2, 20), Self.effect(2, 1, 30)], scores: [1, 2, 4])
    #expect(isClose(trend.perStep, 3.0 / 14))
    #expect(isClose(trend.statistic, 3 / 45.0.squareRoot()))
    #expect(isClose(trend.degreesOfFreedom, 2025 / (26.4 + 625.0 / 30)))
  }

  @Test("with two groups it is the test of all differences", arguments: [7.0, 4000])
  func twoGroups(freedom: Double) throws {
    let effects = [Self.effect(0.3, 0.2, freedom), Self.effect(-0.1, 0.4, 19)]
    let trend = try SubgroupTrend(effects, scores: [1, 2])
    let all = try SubgroupEffects(effects).interaction
    #expect(isClose(trend.statistic * trend.statistic, all.statistic))
    let residual = try #require(all.residualDegreesOfFreedom)
    #expect(isClose(trend.degreesOfFreedom, residual))
    #expect(isClose(try trend.evidence.pValue(of: 0), all.pValue))
  }

  @Test("an order turned round flips the sign; ratios go through their logarithms")
  func symmetry() throws {
    let effects = [Self.effect(0.3, 0.2, 9), Self.effect(0.5, 0.1, 30), Self.effect(1.2, 0.4, 5)]
    let up = try SubgroupTrend(effects, scores: [1, 2, 3])
    let down = try SubgroupTrend(effects, scores: [3, 2, 1])
    #expect(isClose(up.perStep, -down.perStep))
    #expect(isClose(try up.evidence.pValue(of: 0), try down.evidence.pValue(of: 0)))
    let ratios = try SubgroupTrend(
      ratios: effects.map {
        Self.effect(exp($0.value), exp($0.value) * $0.standardError, $0.degreesOfFreedom)
      }, scores: [1, 2, 3])
    #expect(isClose(ratios.perStep, exp(up.perStep)))
    #expect(isClose(ratios.statistic, up.statistic))
    #expect(ratios.evidence.noEffect == 1)
    #expect(isClose(try ratios.evidence.pValue(of: 1), try up.evidence.pValue(of: 0)))
  }

  @Test("what has no trend is said to have none")
  func undefined() {
    let one = [Self.effect(1, 1)]
    #expect(throws: EstimationError.undefined) { try SubgroupTrend(one, scores: [1]) }
    let two = [Self.effect(1, 1), Self.effect(2, 1)]
    #expect(throws: EstimationError.undefined) { try SubgroupTrend(two, scores: [2, 2]) }
    #expect(throws: EstimationError.undefined) { try SubgroupTrend(two, scores: [1]) }
    #expect(throws: EstimationError.undefined) {
      try SubgroupTrend([Self.effect(1, 0), Self.effect(2, 1)], scores: [1, 2])
    }
    #expect(throws: EstimationError.undefined) {
      try SubgroupTrend(ratios: [Self.effect(-1, 1), Self.effect(2, 1)], scores: [1, 2])
    }
  }
}
