import Statistics
import Testing

struct FiellerRatioTests {
  @Test(arguments: ContinuousReference.cases) func matchesTheInvertedPivotInR(name: String) throws {
    let reference = try ContinuousReference()
    let means = try reference.means(of: name)
    let evidence = try FiellerRatio(armAgainstControl, from: means)
    let lift = try FiellerRatio.relativeLift(armAgainstControl, from: means)
    #expect(isClose(lift.value, try reference.number("lift", in: name), within: 1e-11))
    #expect(isClose(lift.standardError, try reference.number("lift.se", in: name), within: 1e-11))

    let interval = try evidence.interval(level: 0.95)
    switch try reference.text("fieller.shape", in: name) {
    case "everything": #expect(interval == .everything)
    case "between":
      let limits = try bounds(of: interval)
      #expect(isClose(limits.lower, try reference.number("fieller.lo", in: name)))
      #expect(isClose(limits.upper, try reference.number("fieller.hi", in: name)))
    case let shape:
      #expect(shape == "outside")
      guard case .outside(let below, let above) = interval else {
        Issue.record("expected the outside of an interval, got \(interval)")
        return
      }
      #expect(isClose(below, try reference.number("fieller.lo", in: name)))
      #expect(isClose(above, try reference.number("fieller.hi", in: name)))
    }
    #expect(try lift.evidence.interval(level: 0.95) == interval.mapped { $0 - 1 })
  }

  // Excludes a ratio exactly when its p-value is below α; at 1 that is the test of the difference.
  @Test(arguments: ContinuousReference.cases, [0.5, 0.8, 0.9, 0.95, 0.99])
  func theSetInvertsTheTest(name: String, level: Double) throws {
    let means = try ContinuousReference().means(of: name)
    let difference = try MeanDifference().estimate(armAgainstControl, from: means)
    let evidence = try FiellerRatio(armAgainstControl, from: means)
    let lift = try FiellerRatio.relativeLift(armAgainstControl, from: means)
    let p = try difference.evidence.pValue(of: 0)
    #expect(isClose(try evidence.pValue(of: 1), p, within: 1e-10))
    #expect(isClose(try FixedHorizon().pValue(of: lift), p, within: 1e-10))
    #expect(isClose(lift.statistic, try #require(difference.statistic), within: 1e-14))
    let set = try evidence.interval(level: level)
    #expect(set.contains(1) == (p >= 1 - level))
    for null in [-20, -3, -1, -0.2, 0.31, 0.77, 1.1, 1.4, 2.5, 7, 90] {
      #expect(set.contains(null) == (try evidence.pValue(of: null) >= 1 - level), "\(null)")
    }
  }

  // Means −0.05 against 0.3 and the other way round: −117 % is a fact about a positive control mean,
  // while a ratio to −0.05 has no reading.
  @Test func aNegativeControlMeanIsSaid() throws {
    let means = try marginalMeans(of: ["a": [0.2, 0.4], "c": [-0.1, 0]])
    #expect(throws: EstimationError.controlMeanNotPositive(-0.05)) {
      try FiellerRatio.relativeLift(Contrast("a", versus: "c"), from: means)
    }
    let back = try FiellerRatio.relativeLift(Contrast("c", versus: "a"), from: means)
    #expect(isClose(back.value, -0.35 / 0.3, within: 1e-14))
    let zero = try marginalMeans(of: ["a": [1, 2], "c": [0, 0]])
    #expect(throws: EstimationError.controlMeanNotPositive(0)) {
      try FiellerRatio(armAgainstControl, from: zero)
    }
  }

  // All zeros in the arm: the difference is tested, but (−100 %, −100 %) is not an interval.
  @Test func anArmOfZerosHasNoInterval() throws {
    let means = try marginalMeans(of: ["a": [0, 0, 0], "c": [1, 4, 2]])
    let lift = try FiellerRatio.relativeLift(armAgainstControl, from: means)
    #expect(lift.value == -1 && lift.standardError == nil)
    let p = try MeanDifference().estimate(armAgainstControl, from: means).evidence.pValue(of: 0)
    #expect(isClose(try lift.evidence.pValue(of: 0), p, within: 1e-12))
    #expect(throws: EstimationError.noVariation) { try lift.evidence.interval(level: 0.95) }
    #expect(throws: EstimationError.noVariation) { try lift.evidence.pValue(of: -1) }
  }

  // Control mean 2 with standard error 1 and z = 2: the coefficient of ρ² is 2² − 2²·1² = 0, so one
  // end is at infinity. Arm mean 3, variance 1: −2·6ρ + (9 − 4) ≤ 0, that is ρ ≥ 5/12.
  @Test func oneEndCanBeInfinite() throws {
    let means = MarginalMeans(
      quantity: .mean,
      arms: [
        .init(arm: "c", count: 9, mean: 2, standardDeviation: 3),
        .init(arm: "a", count: 9, mean: 3, standardDeviation: 3),
      ],
      covariance: [[1, 0], [0, 1]], degreesOfFreedom: .infinite, standardErrorType: .z,
      areSimpleAverages: true)
    let evidence = try FiellerRatio(armAgainstControl, from: means)
    // The level whose critical value is 2: 2Φ(2) − 1 = .9544997361036416.
    let interval = try evidence.interval(level: 0.954_499_736_103_641_6)
    switch interval {
    case .between(let lower, let upper):
      #expect(isClose(lower, 5.0 / 12, within: 1e-9) && upper > 1e9)
    case .outside(let below, let above):
      // Rounding may leave the coefficient just below zero: the far end comes round from −∞.
      #expect(isClose(above, 5.0 / 12, within: 1e-9) && below < -1e9)
    case .everything: Issue.record("5/12 is excluded from below")
    }
  }

  @Test(arguments: [0x1p-480, 0x1p480]) func theScaleDoesNotMatter(scale: Double) throws {
    let plain = try FiellerRatio(
      armAgainstControl, from: marginalMeans(of: ["a": [3, 4, 7], "c": [1, 2, 2]]))
    let scaled = try FiellerRatio(
      armAgainstControl,
      from: marginalMeans(of: [
        "a": [3 * scale, 4 * scale, 7 * scale], "c": [scale, 2 * scale, 2 * scale],
      ]))
    let (ours, theirs) = (
      try bounds(of: scaled.interval(level: 0.9)), try bounds(of: plain.interval(level: 0.9))
    )
    #expect(isClose(ours.lower, theirs.lower, within: 1e-12))
    #expect(isClose(ours.upper, theirs.upper, within: 1e-12))
  }
}
