import RandomAssignment
import Statistics
import Testing

struct ComplierEffectTests {
  private func units(
    y: [Double], d: [Double], z: [Int], blocks: Grouping? = nil, clusters: Grouping? = nil
  ) throws -> UnitSample {
    try #require(
      UnitSample(
        arms: ["c", "a"], assignment: z, response: [y, d], blocks: blocks, clusters: clusters))
  }

  /// Units in groups of equal ones: (how many, z, d, y).
  private func units(_ groups: [(Int, z: Int, d: Double, y: Double)]) throws -> UnitSample {
    try units(
      y: groups.flatMap { Array(repeating: $0.y, count: $0.0) },
      d: groups.flatMap { Array(repeating: $0.d, count: $0.0) },
      z: groups.flatMap { Array(repeating: $0.z, count: $0.0) })
  }

  /// 400 and 400, take-up 120 and 0; events 36 of 120 takers, 28 of 280 others, 40 of 400 controls.
  /// R: iv_robust(y ~ d | z, se_type = "HC2") prints .20 (.0775567), whose t-interval is
  /// .0477608 to .3522392; the interval here is Anderson and Rubin's, near it for a strong instrument.
  @Test func byHand() throws {
    let units = try units([
      (36, z: 1, d: 1, y: 1), (84, z: 1, d: 1, y: 0), (28, z: 1, d: 0, y: 1),
      (252, z: 1, d: 0, y: 0), (40, z: 0, d: 0, y: 1), (360, z: 0, d: 0, y: 0),
    ])
    let effect = try ComplierEffect(armAgainstControl, of: units, by: DifferenceInMeans())
    #expect(isClose(effect.estimate.value, 0.2, within: 1e-13))
    #expect(isClose(effect.estimate.standardError, 0.0775567, within: 1e-6))
    #expect(isClose(effect.takeupEffect, 0.3, within: 1e-13))
    // t² of 0.3 with variance 0.3·0.7/399.
    #expect(isClose(effect.firstStageF, 0.09 / (0.21 / 399), within: 1e-10))
    let interval = try effect.estimate.evidence.interval(level: 0.95)
    guard case .between(let low, let high) = interval else {
      Issue.record("\(interval)")
      return
    }
    #expect(abs(low - 0.0477608) < 0.003 && abs(high - 0.3522392) < 0.003)
    // The test of no effect is that of the assignment: HC2 SE .0237151 of .06.
    #expect(isClose(effect.estimate.statistic, 0.06 / 0.0237151, within: 1e-5))
  }

  @Test func intervalInvertsTheTest() throws {
    let units = try units([
      (30, z: 1, d: 1, y: 3), (50, z: 1, d: 0, y: 1), (20, z: 1, d: 1, y: 5),
      (10, z: 0, d: 1, y: 4),
      (90, z: 0, d: 0, y: 1), (10, z: 0, d: 0, y: 2),
    ])
    let evidence = try ComplierEffect(armAgainstControl, of: units, by: DifferenceInMeans())
      .estimate.evidence
    guard case .between(let low, let high) = try evidence.interval(level: 0.9) else {
      Issue.record("not an interval")
      return
    }
    #expect(isClose(try evidence.pValue(of: low), 0.1, within: 1e-9))
    #expect(isClose(try evidence.pValue(of: high), 0.1, within: 1e-9))
  }

  @Test func fullComplianceIsTheEffectOfAssignment() throws {
    let units = try units([
      (5, z: 1, d: 1, y: 3), (5, z: 1, d: 1, y: 4), (5, z: 0, d: 0, y: 1), (5, z: 0, d: 0, y: 2),
    ])
    let effect = try ComplierEffect(armAgainstControl, of: units, by: DifferenceInMeans())
    #expect(isClose(effect.estimate.value, 2, within: 1e-13))
    #expect(effect.firstStageF == nil)
    // Two variances of 5/18 over ten units each.
    #expect(isClose(effect.estimate.standardError, (5.0 / 18 / 5).squareRoot(), within: 1e-12))
  }

  @Test func weakTakeupGivesAnUnboundedInterval() throws {
    let units = try units([
      (11, z: 1, d: 1, y: 1), (9, z: 1, d: 0, y: 0), (10, z: 0, d: 1, y: 1), (10, z: 0, d: 0, y: 0),
    ])
    let effect = try ComplierEffect(armAgainstControl, of: units, by: DifferenceInMeans())
    #expect((effect.firstStageF ?? 99) < ComplierEffect.weakInstrument)
    let interval = try effect.estimate.evidence.interval(level: 0.95)
    if case .between = interval { Issue.record("\(interval)") }
  }

  @Test func withoutTakeupThereIsNoEffect() throws {
    let nobody = try units([(5, z: 1, d: 0, y: 1), (4, z: 1, d: 0, y: 0), (9, z: 0, d: 0, y: 0)])
    #expect(throws: EstimationError.noTakeup) {
      try ComplierEffect(armAgainstControl, of: nobody, by: DifferenceInMeans())
    }
    let same = try units([
      (5, z: 1, d: 1, y: 1), (5, z: 1, d: 0, y: 0), (5, z: 0, d: 1, y: 0), (5, z: 0, d: 0, y: 0),
    ])
    let alike = try ComplierEffect(armAgainstControl, of: same, by: DifferenceInMeans())
    #expect(alike.estimate.value == nil && alike.takeupEffect == 0)
    if case .between = try alike.estimate.evidence.interval(level: 0.95) {
      Issue.record("an interval with ends")
    }
  }

  /// A first stage with F about 4, where t-intervals of two-stage least squares miss: this one keeps
  /// its coverage.
  @Test func coversWhenTheInstrumentIsWeak() throws {
    var hits = 0
    let replicates = 2000
    for replicate in 0..<replicates {
      var generator = PhiloxGenerator(seed: 11, stream: UInt64(replicate))
      let count = 200
      var y: [Double] = []
      var d: [Double] = []
      let z = (0..<count).map { $0 % 2 }
      for unit in 0..<count {
        let leaning = generator.uniformDouble()
        let takes = leaning < 0.4 + 0.14 * Double(z[unit]) ? 1.0 : 0
        d.append(takes)
        y.append(1 * takes + 4 * leaning + generator.uniformDouble())
      }
      let effect = try ComplierEffect(
        armAgainstControl, of: units(y: y, d: d, z: z), by: DifferenceInMeans())
      if try effect.estimate.evidence.interval(level: 0.95).contains(1) { hits += 1 }
    }
    #expect(abs(Double(hits) / Double(replicates) - 0.95) < 0.015, "\(hits)")
  }
}
