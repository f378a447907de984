import RandomAssignment
import Statistics
import Testing

struct EquivalenceTests {
  private static func plants() throws -> Estimate {
    let reference = try DecisionReference()
    let means = try marginalMeans(of: [
      "a": reference.series("a", in: "margin"), "c": reference.series("c", in: "margin"),
    ])
    return try MeanDifference().estimate(armAgainstControl, from: means)
  }

  @Test(arguments: ["0.1", "0.8", "1.2"]) func matchesTwoTTests(margin: String) throws {
    let reference = try DecisionReference()
    let value = try #require(Double(margin))
    let verdict = try Equivalence(within: value).verdict(on: Self.plants())
    let lower = try reference.number("lower.\(margin)", in: "margin")
    let upper = try reference.number("upper.\(margin)", in: "margin")
    #expect(isClose(verdict.pValueOfLower, lower) && isClose(verdict.pValueOfUpper, upper))
    #expect(verdict.pValue == max(verdict.pValueOfLower, verdict.pValueOfUpper))
    #expect(verdict.isEquivalent == (max(lower, upper) < 0.05))
    let down = try NonInferiority(margin: -value).verdict(on: Self.plants())
    let up = try NonInferiority(margin: value, direction: .lowerIsBetter).verdict(on: Self.plants())
    #expect(isClose(down.pValue, lower) && isClose(up.pValue, upper))
  }

  private static func rates(_ case: Int) throws -> (TwoByTwoTable, margin: Double) {
    let t = try DecisionReference().series("table", in: "rates.\(`case`)")
    let table = try #require(
      TwoByTwoTable(events: Int(t[0]), of: Int(t[1]), versus: Int(t[2]), of: Int(t[3])))
    return (table, t[4])
  }

  private static func estimate(
    _ table: TwoByTwoTable, _ factor: ScoreTest<DifferenceScale>.VarianceFactor
  ) -> Estimate {
    Estimate(
      value: DifferenceScale.value(of: table), standardErrorType: .score,
      evidence: ScoreTest<DifferenceScale>(table, varianceFactor: factor))
  }

  /// Farrington and Manning's one-sided test, its rates found from the likelihood in R.
  @Test(arguments: 1...5) func ratesMatchFarringtonManning(case: Int) throws {
    let reference = try DecisionReference()
    let (table, margin) = try Self.rates(`case`)
    let group = "rates.\(`case`)"
    for (name, factor) in [
      ("fm", ScoreTest<DifferenceScale>.VarianceFactor.mee), ("mn", .miettinenNurminen),
    ] {
      let estimate = Self.estimate(table, factor)
      let above = try estimate.pValue(ofAtMost: margin)
      let below = try estimate.pValue(ofAtLeast: margin)
      #expect(isClose(above, try reference.number("\(name).above", in: group), within: 1e-8))
      #expect(isClose(below, try reference.number("\(name).below", in: group), within: 1e-8))
    }
    let none = try Self.estimate(table, .mee).pValue(ofAtMost: 0)
    #expect(isClose(none, try reference.number("prop.above", in: group), within: 1e-10))
  }

  /// Equivalence at α is the interval at 1 − 2α between the margins, on every scale.
  @Test func theIntervalSaysTheSame() throws {
    var generator = PhiloxGenerator(seed: 12)
    for _ in 0..<60 {
      let table = try #require(
        TwoByTwoTable(
          events: generator.uniformInteger(below: 61), of: 60,
          versus: generator.uniformInteger(below: 61), of: 60))
      let estimate = Self.estimate(table, .miettinenNurminen)
      let interval = try ends(estimate.evidence.interval(level: 0.9))
      for margin in [0.05, 0.1, 0.2, 0.3] {
        let verdict = try Equivalence(within: margin).verdict(on: estimate)
        #expect(verdict.isEquivalent == (interval.lower > -margin && interval.upper < margin))
      }
      // The two one-sided questions about one value add up to 1.
      let both = try estimate.pValue(ofAtMost: 0.1) + estimate.pValue(ofAtLeast: 0.1)
      #expect(abs(both - 1) < 1e-12 || estimate.value == 0.1)
    }
  }

  @Test func strangeQuestionsAreRefused() throws {
    let estimate = try Self.plants()
    for (lower, upper) in [(1.0, -1.0), (0, 0), (.nan, 1), (-.infinity, 1)] {
      #expect(throws: EstimationError.undefined) {
        try Equivalence(lower: lower, upper: upper).verdict(on: estimate)
      }
    }
    for significance in [0, 0.5, 1, .nan] {
      #expect(throws: EstimationError.undefined) {
        try Equivalence(within: 1, significance: significance).verdict(on: estimate)
      }
      #expect(throws: EstimationError.undefined) {
        try NonInferiority(margin: -1, significance: significance).verdict(on: estimate)
      }
    }
    var undefined = estimate
    undefined.value = nil
    #expect(throws: EstimationError.undefined) { try undefined.pValue(ofAtMost: 0) }
    #expect(throws: EstimationError.undefined) { try estimate.pValue(ofAtLeast: .nan) }
  }
}
