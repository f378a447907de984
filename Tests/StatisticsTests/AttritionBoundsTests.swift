import RandomAssignment
import Statistics
import Testing

struct AttritionBoundsTests {
  private func response(_ known: [Double], _ missing: Int) throws -> ArmResponse {
    try #require(ArmResponse(known: known, missing: missing))
  }

  /// 1 to 10 known of 12 against 1 to 8 of 12: a fifth is trimmed, the bounds are 0 and 2.
  @Test func byHand() throws {
    let arm = try response((1...10).map(Double.init), 2)
    let control = try response((1...8).map(Double.init), 4)
    let bounds = try LeeBounds.effect(of: arm, versus: control)
    #expect(isClose(bounds.lower, 0, within: 1e-12) && isClose(bounds.upper, 2, within: 1e-12))
    // Proposition 3: s² = 6 of eight values, cut − mean = 3.5, q = 0.2, and V_p.
    let selection = 0.64 * ((2.0 / 12) / 10 + (4.0 / 12) / 8)
    let own = (6 + 12.25 * 0.2) / 8 + 12.25 / 0.64 * selection
    #expect(isClose(bounds.lowerStandardError, (own + 6.0 / 8).squareRoot(), within: 1e-12))
    #expect(isClose(bounds.upperStandardError, bounds.lowerStandardError, within: 1e-12))
  }

  @Test func aUnitAtTheCutCountsInPart() throws {
    // Rates 1 and 0.9: of ten values nine are kept. Rates 1 and 0.85: eight and a half.
    let arm = try response((1...10).map(Double.init), 0)
    let control = try response(Array(repeating: 0, count: 16) + [1], 3)
    let bounds = try LeeBounds.effect(of: arm, versus: control)
    let trimmed = ((1...8).reduce(0, +), 0.5 * 9)
    let mean = (Double(trimmed.0) + trimmed.1) / 8.5
    #expect(isClose(bounds.lower, mean - 1.0 / 17, within: 1e-12))
  }

  @Test func swappedArmsFlipTheSign() throws {
    let arm = try response([1, 4, 2, 8, 5, 7], 1)
    let control = try response([3, 1, 2, 6], 3)
    let there = try LeeBounds.effect(of: arm, versus: control)
    let back = try LeeBounds.effect(of: control, versus: arm)
    #expect(there.lower == -back.upper && there.upper == -back.lower)
    #expect(there.lowerStandardError == back.upperStandardError)
  }

  @Test func withoutMissingOutcomesTheBoundsMeet() throws {
    let arm = try response([1, 4, 2, 8, 5, 7], 0)
    let control = try response([3, 1, 2, 6], 0)
    for bounds in [
      try LeeBounds.effect(of: arm, versus: control),
      try ExtremeBounds.effect(of: arm, versus: control, range: 0...10),
    ] {
      #expect(isClose(bounds.upper - bounds.lower, 0, within: 1e-12))
      #expect(isClose(bounds.lower, 1.5, within: 1e-12))
      // Where the bounds meet, Imbens and Manski's interval is the normal one.
      let own = try ends(of: bounds.interval(level: 0.95))
      let region = try ends(of: bounds.regionInterval(level: 0.95))
      #expect(isClose(own.0, region.0, within: 1e-8) && isClose(own.1, region.1, within: 1e-8))
    }
  }

  @Test func farApartTheReachIsOneSided() throws {
    let bounds = try BoundedEffect(
      lower: 0, upper: 100, lowerStandardError: 1, upperStandardError: 1)
    let (low, high) = try ends(of: bounds.interval(level: 0.95))
    #expect(isClose(low, -1.6448536269514722, within: 1e-8))
    #expect(isClose(high, 101.6448536269514722, within: 1e-10))
  }

  /// A rate of 3 known events of 8 with 2 missing, against 1 of 9 with 1 missing, by hand.
  @Test func extremesByHand() throws {
    let arm = try response([1, 1, 1, 0, 0, 0, 0, 0], 2)
    let control = try response([1] + Array(repeating: 0, count: 8), 1)
    let bounds = try ExtremeBounds.effect(of: arm, versus: control, range: 0...1)
    #expect(isClose(bounds.lower, 0.3 - 0.2, within: 1e-12))
    #expect(isClose(bounds.upper, 0.5 - 0.1, within: 1e-12))
    let low = (0.3 * 0.7 / 9 + 0.2 * 0.8 / 9).squareRoot()
    #expect(isClose(bounds.lowerStandardError, low, within: 1e-12))
    #expect(throws: EstimationError.undefined) {
      try ExtremeBounds.effect(of: arm, versus: control, range: 0...0.5)
    }
  }

  @Test func whatCannotBeToldIsAnError() throws {
    let nobody = try response([], 4)
    let few = try response([1], 3)
    let some = try response([1, 2, 3], 1)
    #expect(throws: EstimationError.noUnits(arm: "arm")) {
      try LeeBounds.effect(of: nobody, versus: some)
    }
    #expect(throws: EstimationError.self) { try LeeBounds.effect(of: some, versus: few) }
    #expect(throws: EstimationError.noVariation) {
      let same = try response([2, 2, 2], 0)
      return try LeeBounds.effect(of: same, versus: same)
    }
    #expect(ArmResponse(known: [.nan], missing: 0) == nil)
    #expect(ArmResponse(known: [], missing: 0) == nil)
  }

  /// Answers depend on the outcome's own level; the effect on those who always answer is 1.
  @Test func coversTheEffectOnThoseWhoAlwaysAnswer() throws {
    var hits = 0
    let replicates = 1000
    for replicate in 0..<replicates {
      var generator = PhiloxGenerator(seed: 5, stream: UInt64(replicate))
      var known: [[Double]] = [[], []]
      var missing = [0, 0]
      for unit in 0..<400 {
        let arm = unit % 2
        let level = generator.uniformDouble() + generator.uniformDouble() * 2
        // One in five answers under the message alone.
        let kind = generator.uniformDouble()
        let answers = kind < 0.6 || (arm == 1 && kind < 0.8)
        if answers { known[arm].append(level + Double(arm)) } else { missing[arm] += 1 }
      }
      let bounds = try LeeBounds.effect(
        of: response(known[1], missing[1]), versus: response(known[0], missing[0]))
      if try bounds.interval(level: 0.95).contains(1) { hits += 1 }
    }
    #expect(Double(hits) / Double(replicates) > 0.95, "\(hits)")
  }

  private func ends(of interval: Interval) throws -> (Double, Double) {
    guard case .between(let low, let high) = interval else {
      throw EstimationError.undefined
    }
    return (low, high)
  }
}
