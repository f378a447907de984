import Statistics
import Testing

struct StandardizedDifferenceTests {
  @Test(arguments: ContinuousReference.cases) func matchesR(name: String) throws {
    let reference = try ContinuousReference()
    func r(_ quantity: String) throws -> Double { try reference.number(quantity, in: name) }
    // Whatever variance the estimator has, d stands on the pooled t.
    let d = try CohensD().estimate(armAgainstControl, from: reference.means(of: name))
    #expect(isClose(d.value, try r("d"), within: 1e-12))
    #expect(isClose(d.standardError, try r("d.se"), within: 1e-12))
    #expect(isClose(d.statistic, try r("pooled.t"), within: 1e-11))
    #expect(isClose(d.degreesOfFreedom, try r("pooled.df")))
    #expect(d.standardErrorType == .pooled)
    #expect(isClose(try d.evidence.pValue(of: 0), try r("pooled.p")))
    let half = try d.evidence.pValue(of: 0.5)
    #expect(abs(half - (try r("d.p.half"))) < 1e-11)
    let interval = try bounds(of: d.evidence.interval(level: 0.95))
    #expect(abs(interval.lower - (try r("d.lo95"))) < 1e-8 * max(1, abs(interval.lower)))
    #expect(abs(interval.upper - (try r("d.hi95"))) < 1e-8 * max(1, abs(interval.upper)))

    let g = try HedgesG().estimate(armAgainstControl, from: reference.means(of: name))
    #expect(isClose(g.value, try r("g"), within: 1e-10))
    #expect(isClose(g.standardError, try r("g.se"), within: 1e-10))
    #expect(try g.evidence.interval(level: 0.95) == d.evidence.interval(level: 0.95))
  }

  @Test(arguments: ContinuousReference.cases, [0.8, 0.95, 0.999])
  func excludesZeroExactlyWhenThePooledTestRejects(name: String, level: Double) throws {
    let reference = try ContinuousReference()
    let evidence = try CohensD().estimate(armAgainstControl, from: reference.means(of: name))
      .evidence
    let interval = try evidence.interval(level: level)
    let p = try reference.number("pooled.p", in: name)
    #expect(interval.contains(0) == (p >= 1 - level))
    let limits = try bounds(of: interval)
    #expect(isClose(try evidence.pValue(of: limits.lower), 1 - level, within: 1e-8))
    #expect(isClose(try evidence.pValue(of: limits.upper), 1 - level, within: 1e-8))
  }

  // Given the pooled covariance as an adjusted estimator would give it, the answer is the same.
  @Test func adjustedMeansUseTheEstimatorsOwnError() throws {
    var means = try ContinuousReference().means(of: "mtcars", .pooled)
    let simple = try CohensD().estimate(armAgainstControl, from: means)
    means.areSimpleAverages = false
    let adjusted = try CohensD().estimate(armAgainstControl, from: means)
    let (ours, theirs) = (
      try bounds(of: adjusted.evidence.interval(level: 0.95)),
      try bounds(of: simple.evidence.interval(level: 0.95))
    )
    #expect(isClose(adjusted.value, try #require(simple.value), within: 1e-14))
    #expect(isClose(ours.lower, theirs.lower) && isClose(ours.upper, theirs.upper))
  }

  // Γ(1)/(1·Γ(½)) = 1/√π for four units; three units have Γ(0) below the line.
  @Test func theCorrectionIsExactForFewUnits() throws {
    let four = try marginalMeans(of: ["a": [3, 5], "c": [1, 2]])
    let d = try #require(try CohensD().estimate(armAgainstControl, from: four).value)
    let g = try HedgesG().estimate(armAgainstControl, from: four).value
    #expect(isClose(g, d / Double.pi.squareRoot(), within: 1e-14))
    let three = try marginalMeans(of: ["a": [3, 5], "c": [1]])
    #expect(throws: EstimationError.undefined) {
      try HedgesG().estimate(armAgainstControl, from: three)
    }
  }

  @Test func whatIsMissingIsSaid() throws {
    let flat = try marginalMeans(of: ["a": [3, 3], "c": [1, 1]])
    #expect(throws: EstimationError.noVariation) {
      try CohensD().estimate(armAgainstControl, from: flat)
    }
    let pair = try marginalMeans(of: ["a": [3], "c": [1]])
    #expect(throws: EstimationError.tooFewUnits(arm: "a", count: 1)) {
      try CohensD().estimate(armAgainstControl, from: pair)
    }
    let rates = try marginalMeans(of: ["a": [0, 1], "c": [0, 1]], kind: .binary)
    #expect(throws: EstimationError.wrongKindOfOutcome) {
      try HedgesG().estimate(armAgainstControl, from: rates)
    }
    let huge = try marginalMeans(of: ["a": [1e300, 2e300], "c": [1, 2]])
    #expect(throws: EstimationError.numericalFailure) {
      try CohensD().estimate(armAgainstControl, from: huge)
    }
  }
}
