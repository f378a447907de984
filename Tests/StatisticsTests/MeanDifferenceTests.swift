import Foundation
import RandomAssignment
import Statistics
import Testing

struct MeanDifferenceTests {
  @Test(arguments: ContinuousReference.cases, [DifferenceInMeans.Variance.welch, .pooled])
  func matchesTTestInR(name: String, variance: DifferenceInMeans.Variance) throws {
    let reference = try ContinuousReference()
    let estimate = try MeanDifference()
      .estimate(armAgainstControl, from: reference.means(of: name, variance))
    func r(_ quantity: String) throws -> Double {
      try reference.number("\(variance.rawValue).\(quantity)", in: name)
    }
    #expect(isClose(estimate.value, try r("diff"), within: 1e-11))
    #expect(isClose(estimate.standardError, try r("se"), within: 1e-11))
    #expect(isClose(estimate.statistic, try r("t"), within: 1e-11))
    #expect(isClose(estimate.degreesOfFreedom, try r("df"), within: 1e-11))
    #expect(isClose(try FixedHorizon().pValue(of: estimate), try r("p")))
    for level in [95, 99] {
      let interval = try bounds(
        of:
          FixedHorizon().interval(of: estimate, level: Double(level) / 100))
      #expect(isClose(interval.lower, try r("lo\(level)")))
      #expect(isClose(interval.upper, try r("hi\(level)")))
    }
  }

  @Test(arguments: ContinuousReference.cases) func normalMatchesR(name: String) throws {
    let reference = try ContinuousReference()
    let estimate = try MeanDifference()
      .estimate(armAgainstControl, from: reference.means(of: name, .z))
    #expect(estimate.degreesOfFreedom == nil && estimate.standardErrorType == .z)
    #expect(isClose(try FixedHorizon().pValue(of: estimate), try reference.number("z.p", in: name)))
    let interval = try bounds(of: FixedHorizon().interval(of: estimate, level: 0.95))
    #expect(isClose(interval.lower, try reference.number("z.lo95", in: name)))
    #expect(isClose(interval.upper, try reference.number("z.hi95", in: name)))
  }

  @Test(arguments: ContinuousReference.cases) func swappingTheArmsTurnsTheSign(name: String) throws
  {
    let means = try ContinuousReference().means(of: name)
    let forth = try MeanDifference().estimate(Contrast("a", versus: "c"), from: means)
    let back = try MeanDifference().estimate(Contrast("c", versus: "a"), from: means)
    #expect(try #require(forth.value) == -(try #require(back.value)))
    #expect(isClose(back.degreesOfFreedom, try #require(forth.degreesOfFreedom), within: 1e-14))
    let p = try FixedHorizon().pValue(of: forth)
    #expect(isClose(try FixedHorizon().pValue(of: back), p, within: 1e-12))
  }

  // p at each limit is 1 − level: the interval inverts the test.
  @Test(arguments: ContinuousReference.cases, [0.5, 0.9, 0.95, 0.999])
  func theIntervalInvertsTheTest(name: String, level: Double) throws {
    let means = try ContinuousReference().means(of: name)
    let evidence = try MeanDifference().estimate(armAgainstControl, from: means).evidence
    let interval = try bounds(of: evidence.interval(level: level))
    #expect(isClose(try evidence.pValue(of: interval.lower), 1 - level))
    #expect(isClose(try evidence.pValue(of: interval.upper), 1 - level))
  }

  @Test func whatIsMissingIsSaid() throws {
    func error(_ a: [Double], _ c: [Double]) throws -> EstimationError? {
      let means = try marginalMeans(of: ["a": a, "c": c])
      do {
        _ = try MeanDifference().estimate(armAgainstControl, from: means)
        return nil
      } catch { return error }
    }
    #expect(try error([1, 2], []) == .noUnits(arm: "c"))
    #expect(try error([], [1, 2]) == .noUnits(arm: "a"))
    #expect(try error([1], [1, 2]) == .tooFewUnits(arm: "a", count: 1))
    #expect(try error([1, 2], [3]) == .tooFewUnits(arm: "c", count: 1))
    #expect(try error([0.1, 0.1, 0.1], [0.1, 0.1]) == .noVariation)
    #expect(try error([3, 3], [5, 5, 5]) == .noVariation)
    #expect(try error([1e300, 2e300], [1e300, 3e300]) == .numericalFailure)
    #expect(try error([1e-300, 2e-300], [1e-300, 3e-300]) == .numericalFailure)
  }

  // Multiplying the data by a power of two multiplies estimate and error and nothing else.
  @Test(arguments: [0x1p-480, 0x1p480]) func theScaleDoesNotMatter(scale: Double) throws {
    let plain = try MeanDifference().estimate(
      armAgainstControl, from: marginalMeans(of: ["a": [3, 4, 7], "c": [1, 2]]))
    let scaled = try MeanDifference().estimate(
      armAgainstControl,
      from: marginalMeans(of: ["a": [3 * scale, 4 * scale, 7 * scale], "c": [scale, 2 * scale]]))
    #expect(isClose(scaled.value, try #require(plain.value) * scale, within: 1e-15))
    #expect(isClose(scaled.standardError, try #require(plain.standardError) * scale, within: 1e-15))
    #expect(isClose(scaled.degreesOfFreedom, try #require(plain.degreesOfFreedom), within: 1e-15))
  }

  @Test(arguments: [0, 1, -0.5, 2, .nan]) func impossibleLevelsAreRefused(level: Double) throws {
    let means = try marginalMeans(of: ["a": [3, 4, 7], "c": [1, 2]])
    for evidence in [
      try MeanDifference().estimate(armAgainstControl, from: means).evidence,
      try CohensD().estimate(armAgainstControl, from: means).evidence,
      try FiellerRatio(armAgainstControl, from: means),
    ] {
      #expect(throws: EstimationError.numericalFailure) { try evidence.interval(level: level) }
    }
  }

  // Whatever the data hold, the answer is a number with a p-value or a typed error: never NaN.
  @Test(arguments: 0..<400 as Range<UInt64>) func strangeDataGiveNumbersOrErrors(stream: UInt64)
    throws
  {
    let strange: [Double] = [
      0, 0, 1, 1, -1, 0.1, 0x1p-1070, 1e-160, 1e-8, 1e8, 1e155, 1e300, .greatestFiniteMagnitude,
      -.greatestFiniteMagnitude, .infinity, .nan,
    ]
    var generator = PhiloxGenerator(seed: 404, stream: stream)
    func values() -> [Double] {
      // A window of the list, so that many samples are of one magnitude.
      let start = generator.uniformInteger(below: strange.count)
      let width = 1 + generator.uniformInteger(below: 4)
      return (0..<generator.uniformInteger(below: 5)).map { _ in
        strange[(start + generator.uniformInteger(below: width)) % strange.count]
      }
    }
    let data = ["a": values(), "c": values()]
    for variance in DifferenceInMeans.Variance.allCases {
      do {
        let means = try marginalMeans(of: data, variance)
        for measure in [MeanDifference(), CohensD(), HedgesG()] as [any EffectMeasure] {
          check { () throws(EstimationError) in try measure.estimate(armAgainstControl, from: means)
          }
        }
        check { () throws(EstimationError) in
          try FiellerRatio.relativeLift(armAgainstControl, from: means)
        }
      } catch is EstimationError {}
    }

    func check(_ estimate: () throws(EstimationError) -> Estimate) {
      guard let estimate = try? estimate() else { return }
      #expect(estimate.value?.isFinite == true, "\(data)")
      #expect((estimate.standardError ?? 1) > 0, "\(data)")
      #expect((estimate.degreesOfFreedom ?? 1) > 0, "\(data)")
      if let p = try? FixedHorizon().pValue(of: estimate) {
        #expect(p >= 0 && p <= 1, "\(data)")
      }
      if let interval = try? FixedHorizon().interval(of: estimate, level: 0.95) {
        switch interval {
        case .between(let lower, let upper): #expect(lower <= upper, "\(data)")
        case .outside(let below, let above): #expect(below <= above, "\(data)")
        case .everything: break
        }
      }
    }
  }

  // 400 against 4000 normal units with deviations 3 and 1: 4000 trials cover the true difference
  // 0.2 with a Monte Carlo error of √(.95·.05/4000) = .0034; three of them is .0103. The pooled
  // interval's deviation is √((400·9 + 4000)/4400)·√(1/400 + 1/4000) = .0690 where the truth is
  // √(9/400 + 1/4000) = .1508, so it covers only 2Φ(1.96·.0690/.1508) − 1 = .63.
  @Test func welchCoversWherePooledDoesNot() throws {
    var hits = (welch: 0, pooled: 0)
    for stream in 0..<4000 as Range<UInt64> {
      var generator = PhiloxGenerator(seed: 2104, stream: stream)
      // The two sufficient statistics of a normal sample are drawn as such: mean and sum of squares.
      func sample(_ n: Int, mean: Double, sd: Double) -> Moments? {
        let center = mean + sd / Double(n).squareRoot() * normal(&generator)
        // χ² of n − 1, by Wilson–Hilferty's cube of a normal: at 399 its error is far below
        // the Monte Carlo error.
        let f = Double(n - 1)
        let cube = 1 - 2 / (9 * f) + normal(&generator) * (2 / (9 * f)).squareRoot()
        return Moments(
          count: n, means: [center], crossProducts: [sd * sd * f * cube * cube * cube])
      }
      let a = try #require(sample(400, mean: 1.2, sd: 3))
      let c = try #require(sample(4000, mean: 1, sd: 1))
      for variance in [DifferenceInMeans.Variance.welch, .pooled] {
        let means = try DifferenceInMeans(variance: variance).marginalMeans(
          of: Response.continuous("y"),
          in: Sample(cells: [
            Cell(arm: "a"): [VariableSet(["y"]): a], Cell(arm: "c"): [VariableSet(["y"]): c],
          ]),
          arms: ["c", "a"])
        let estimate = try MeanDifference().estimate(armAgainstControl, from: means)
        guard try FixedHorizon().interval(of: estimate, level: 0.95).contains(0.2) else { continue }
        if variance == .welch { hits.welch += 1 } else { hits.pooled += 1 }
      }
    }
    #expect(abs(Double(hits.welch) / 4000 - 0.95) < 0.0103)
    #expect(abs(Double(hits.pooled) / 4000 - 0.63) < 0.03)
  }
}

/// A standard normal draw (Box–Muller; 1 − u keeps the logarithm finite).
func normal(_ generator: inout PhiloxGenerator) -> Double {
  let radius = (-2 * log(1 - generator.uniformDouble())).squareRoot()
  return radius * cos(2 * .pi * generator.uniformDouble())
}
