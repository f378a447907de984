import RandomAssignment
import Statistics
import Testing

/// Looks read through the p-values of the fixed-horizon test.
@Suite struct GroupSequentialTests {
  private static func inference(look: Int, level: Double = 0.95) throws -> GroupSequential {
    try GroupSequential(
      informationFractions: [0.4, 0.7, 1], spending: .obrienFleming, significance: 1 - level,
      look: look)
  }

  /// A z-test by two arms with known variances.
  private static func estimate(_ value: Double, error: Double) throws -> Estimate {
    try MeanDifference().estimate(
      Contrast("a", versus: "c"),
      from: MarginalMeans(
        quantity: .mean,
        arms: [
          .init(arm: "c", count: 100, mean: 0, standardDeviation: 1),
          .init(arm: "a", count: 100, mean: value, standardDeviation: 1),
        ],
        covariance: [[error * error / 2, 0], [0, error * error / 2]],
        degreesOfFreedom: .infinite, standardErrorType: .z, areSimpleAverages: false))
  }

  // On the normal scale nothing is approximated: the two ways to the same ordering must agree. The
  // boundary is 3.36, 2.68, 2.00.
  @Test(arguments: [
    (-3.5, 0), (4, 0), (6, 0), (-3, 1), (2.7, 1), (15, 1), (-3.5, 2), (-2, 2), (0, 2), (1.1, 2),
    (2.3, 2), (12, 2),
  ])
  func agreesWithTheOrderingItself(z: Double, look: Int) throws {
    let error = 0.02
    let sequential = try Self.inference(look: look)
    let estimate = try Self.estimate(z * error, error: error)
    let evidence = try StagewiseEvidence(
      boundary: sequential.boundary, endedAtLook: look, estimate: z * error, standardError: error)
    #expect(isClose(try sequential.pValue(of: estimate), try evidence.pValue(of: 0), within: 1e-8))
    let ours = try bounds(of: sequential.interval(of: estimate, level: 0.95))
    let theirs = try bounds(of: evidence.interval(level: 0.95))
    #expect(abs(ours.lower - theirs.lower) < 1e-8 * error * 100)
    #expect(abs(ours.upper - theirs.upper) < 1e-8 * error * 100)
    let median = try #require(try sequential.medianUnbiased(estimate))
    #expect(abs(median - (try evidence.medianUnbiasedEstimate())) < 1e-6 * error)
  }

  @Test func aSingleLookIsTheFixedHorizon() throws {
    let once = try GroupSequential(
      informationFractions: [1], spending: .pocock, significance: 0.05, look: 0)
    let estimate = try Self.estimate(0.05, error: 0.02)
    #expect(isClose(try once.pValue(of: estimate), try FixedHorizon().pValue(of: estimate)))
    let ours = try bounds(of: once.interval(of: estimate, level: 0.95))
    let fixed = try bounds(of: FixedHorizon().interval(of: estimate, level: 0.95))
    #expect(isClose(ours.lower, fixed.lower) && isClose(ours.upper, fixed.upper))
  }

  @Test("on every scale of a rate, the interval excludes no effect exactly when p < α")
  func oneTestManyScales() throws {
    var generator = PhiloxGenerator(seed: 11)
    for trial in 0..<60 {
      let sequential = try Self.inference(look: trial % 3)
      let sizes = (
        40 + generator.uniformInteger(below: 300), 40 + generator.uniformInteger(below: 300)
      )
      let events = (
        generator.uniformInteger(below: sizes.0 / 2), generator.uniformInteger(below: sizes.1 / 2)
      )
      let cells: [Cell: [VariableSet: Moments]] = [
        Cell(arm: "a"): [VariableSet(["y"]): Moments(events: events.0, of: sizes.0)],
        Cell(arm: "c"): [VariableSet(["y"]): Moments(events: events.1, of: sizes.1)],
      ]
      let means = try DifferenceInMeans().marginalMeans(
        of: .binary("y"), in: Sample(cells: cells), arms: ["c", "a"])
      for measure in Catalogue.effectMeasures(for: .rate) {
        guard let estimate = try? measure.estimate(Contrast("a", versus: "c"), from: means),
          let p = try? sequential.pValue(of: estimate)
        else { continue }
        let interval = try sequential.interval(of: estimate, level: 0.95)
        #expect(
          interval.contains(estimate.evidence.noEffect) == (p >= 0.05),
          "\(events) of \(sizes), \(type(of: measure).name): \(p), \(interval)")
      }
    }
  }

  // Lan–DeMets, O'Brien–Fleming-like at half: 2.9626 one-sided at .025 (values of gsDesign). At |z| =
  // 2.9626 the repeated p-value is .05, and the repeated interval is the estimate ± 2.9626 errors.
  @Test func repeatedWhileTheTrialGoesOn() throws {
    let half = try GroupSequential(
      informationFractions: [0.5, 1], spending: .obrienFleming, significance: 0.05, look: 0)
    let estimate = try Self.estimate(2.9625 * 0.02, error: 0.02)
    #expect(abs(try half.pValue(of: estimate) - 0.05) < 2e-5)
    #expect(try half.pValue(of: estimate) > 0.05)
    let weak = try Self.estimate(1.5 * 0.02, error: 0.02)
    let interval = try bounds(of: half.interval(of: weak, level: 0.95))
    #expect(abs(interval.lower - (1.5 - 2.9626) * 0.02) < 1e-5)
    #expect(abs(interval.upper - (1.5 + 2.9626) * 0.02) < 1e-5)
    #expect(try half.medianUnbiased(weak) == nil)
    #expect(try half.pValue(of: weak) > 0.3)
  }

  @Test func refusesALookThatIsNotThere() throws {
    for look in [-1, 2] {
      #expect(throws: EstimationError.undefined) {
        try GroupSequential(
          informationFractions: [0.5, 1], spending: .pocock, significance: 0.05, look: look)
      }
    }
  }
}
