import RandomAssignment
import Testing

@testable import Statistics

/// What is hard for resampling: draws that are tied, skewed data, balanced covariates, huge numbers.
@Suite struct ResamplingEdgeTests {
  private static let contrast = Contrast("social", versus: "control")

  private func sample(
    _ arms: [Int], _ outcome: [Double], covariate: [Double]? = nil, clusters: [Int]? = nil
  ) throws -> UnitSample {
    try #require(
      UnitSample(
        arms: ["control", "social"], assignment: arms, response: [outcome],
        covariates: covariate.map { ["z": [LinearDesign.Column("z", $0)]] } ?? [:],
        clusters: clusters.map { Grouping($0) }))
  }

  /// One event of three against one of two: τ̂ = −1/6. By hand, with k ~ Bin(3, 1/3), j ~ Bin(2, 1/2):
  /// k/3 − j/2 is below −1/6 at (0, 1), (0, 2), (1, 2), (2, 2), 10.5 of 27, and equal at (1, 1), 6 of 27.
  /// With half of those z₀ is Φ⁻¹(13.5/27) = 0; without the ties it would be 0.28 off.
  @Test func tiesWithTheEstimateCountHalf() throws {
    let units = try sample([1, 1, 1, 0, 0], [1, 0, 0, 0, 1])
    let estimate = try BootstrapInference(draws: 20_000).estimate(
      Self.contrast, of: .binary("y"), in: units, by: DifferenceInMeans())
    let evidence = try #require(estimate.evidence as? BootstrapInterval)
    #expect(abs(evidence.bias) < 0.035)
    let own = try #require(estimate.value)
    let share = Double(evidence.draws.count { $0 == own }) / 20_000
    #expect(abs(share - 6.0 / 27) < 0.012)
  }

  /// Rates have draws in steps, among which 0 is hit again and again.
  @Test func pAgreesWithTheIntervalWhereDrawsAreTied() throws {
    for seed in 0..<40 {
      var generator = PhiloxGenerator(seed: 31, stream: UInt64(seed))
      let arms = (0..<40).map { $0 % 2 }
      let y = arms.map { generator.uniformDouble() < ($0 == 1 ? 0.45 : 0.15) ? 1.0 : 0 }
      for kind in BootstrapInterval.Kind.allCases {
        let evidence = try BootstrapInference(draws: 499, kind: kind).estimate(
          Self.contrast, of: .binary("y"), in: sample(arms, y), by: DifferenceInMeans()
        ).evidence
        for null in [0, 0.05, 0.1, 0.3] {
          let p = try evidence.pValue(of: null)
          for error in [0.01, 0.05, 0.1, 0.3] {
            let contains = try evidence.interval(level: 1 - error).contains(null)
            #expect(contains == (p >= error), "\(seed) \(null) \(error) \(p)")
          }
        }
      }
    }
  }

  @Test func noPIsFinerThanTheDraws() throws {
    var influences = Array(repeating: -0.1, count: 100)
    influences[0] = 9.9
    let evidence = try BootstrapInterval(
      estimate: 500, draws: (1...999).map(Double.init), influences: influences)
    // Without the bound, 4·10⁻¹⁰.
    #expect(try evidence.pValue(of: -5) == 1.0 / 1000)
    #expect(
      try evidence.interval(level: 0.9995) == .between(lower: -.infinity, upper: .infinity))
    #expect(throws: EstimationError.undefined) { try evidence.pValue(of: .nan) }
  }

  /// With equal covariate means Lin's estimate is the plain one, and far more precise.
  @Test func aBalancedCovariateStillAdjusts() throws {
    var generator = PhiloxGenerator(seed: 7)
    let arms = (0..<120).map { $0 % 2 }
    let z = (0..<120).map { Double(($0 / 2) % 10) }
    let y = arms.indices.map { 3 * z[$0] + 0.3 * Double(arms[$0]) + generator.uniformDouble() }
    let units = try sample(arms, y, covariate: z)
    let estimator = Lin(covariates: ["z"])
    let means = try estimator.marginalMeans(
      of: .continuous("y"), in: Sample(units: units), arms: units.arms)
    let own = try #require(MeanDifference().estimate(Self.contrast, from: means).standardError)
    let drawn = try #require(
      BootstrapInference(draws: 199, kind: .percentile).estimate(
        Self.contrast, of: .continuous("y"), in: units, by: estimator
      ).standardError)
    #expect(abs(drawn / own - 1) < 0.3, "\(drawn) \(own)")
  }

  @Test func swappedArmsMirrorTheInterval() throws {
    let values = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3]
    let draws = values.map { $0 - 4 }
    let there = try BootstrapInterval(
      estimate: 0, draws: draws, influences: values.map { $0 - 3.9 })
    let back = try BootstrapInterval(
      estimate: 0, draws: draws.map { -$0 }, influences: values.map { 3.9 - $0 })
    let a = try bounds(of: there.interval(level: 0.5))
    let b = try bounds(of: back.interval(level: 0.5))
    #expect(isClose(a.lower, -b.upper, within: 1e-12) && isClose(a.upper, -b.lower, within: 1e-12))
    #expect(isClose(try there.pValue(of: 1.5), try back.pValue(of: -1.5), within: 1e-12))
  }

  private static let clusters = [3, 5, 4, 6, 2, 5, 4, 3].enumerated().flatMap { cluster, size in
    Array(repeating: cluster, count: size)
  }

  private func wild(
    scale: Double, tails: WildClusterEvidence.Tails = .symmetric, swapped: Bool = false
  ) throws -> Estimate {
    var generator = PhiloxGenerator(seed: 3)
    let levels = (0..<8).map { _ in generator.uniformDouble() }
    let y = Self.clusters.map { cluster in
      scale * (levels[cluster] + 0.8 * Double(cluster % 2) + generator.uniformDouble())
    }
    let units = try sample(
      Self.clusters.map { swapped ? 1 - $0 % 2 : $0 % 2 }, y, clusters: Self.clusters)
    return try WildClusterBootstrap(weights: .rademacher, tails: tails).estimate(
      Self.contrast, of: .continuous("y"), in: units, by: DifferenceInMeans())
  }

  @Test(arguments: [1e-300, 1e-170, 1e-3, 1e100, 1e160, 1e300])
  func theUnitDoesNotMatter(scale: Double) throws {
    let (plain, scaled) = (try wild(scale: 1), try wild(scale: scale))
    #expect(isClose(scaled.statistic, try #require(plain.statistic), within: 1e-12))
    #expect(try scaled.evidence.pValue(of: 0) == plain.evidence.pValue(of: 0))
    let a = try bounds(of: plain.evidence.interval(level: 0.9))
    let b = try bounds(of: scaled.evidence.interval(level: 0.9))
    #expect(isClose(b.lower / scale, a.lower) && isClose(b.upper / scale, a.upper))
  }

  /// However far away, only the data and their mirror image are as extreme: 2 of 256.
  @Test(arguments: [1e3, 1e8, 1e100, 1e200, 1e300, -1e300])
  func anEffectFarAwayIsRejected(null: Double) throws {
    #expect(try wild(scale: 1).evidence.pValue(of: null) == 2.0 / 256)
    #expect(try wild(scale: 1e-300).evidence.pValue(of: null) == 2.0 / 256)
  }

  @Test(arguments: [1e-300, 1, 1e300])
  func theIntervalHoldsNoEffectUnlessItIsRejected(scale: Double) throws {
    let evidence = try wild(scale: scale).evidence
    let p = try evidence.pValue(of: 0)
    for error in [0.005, 0.02, 0.05, 0.09, p, p.nextUp, 0.11, 0.2, 0.5] {
      let contains = try evidence.interval(level: 1 - error).contains(0)
      #expect(contains == (p >= 1 - (1 - error)), "\(error) \(p)")
    }
  }

  @Test(arguments: WildClusterEvidence.Tails.allCases)
  func swappedArmsMirrorTheTest(tails: WildClusterEvidence.Tails) throws {
    let there = try wild(scale: 1, tails: tails)
    let back = try wild(scale: 1, tails: tails, swapped: true)
    #expect(isClose(back.statistic, -(there.statistic ?? 0), within: 1e-12))
    for null in [0, 0.3, 2] {
      #expect(try there.evidence.pValue(of: null) == back.evidence.pValue(of: -null))
    }
  }

  /// Student's sleepers as pairs of clusters of two. By hand: t is the paired 1.58/0.38895872388839525 but
  /// for CR1's factor (n − 1)/(n − k) = 39/29. Reweighting pairs flips the signs of their differences,
  /// nine above 0 and one 0: of 1,024 only those with nine equal signs, 4, are as extreme.
  @Test func pairsOfClustersAreReweightedTogether() throws {
    var (arms, blocks, clusters, y) = ([Int](), [Int](), [Int](), [Double]())
    for (pair, values) in zip(
      [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
      [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    ).enumerated() {
      for (arm, value) in [values.0, values.1].enumerated() {
        for offset in [-1.0, 1] {
          arms.append(arm)
          blocks.append(pair)
          clusters.append(2 * pair + arm)
          y.append(value + offset)
        }
      }
    }
    let units = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: arms, response: [y], blocks: Grouping(blocks),
        clusters: Grouping(clusters)))
    let estimate = try WildClusterBootstrap().estimate(
      Self.contrast, of: .continuous("y"), in: units, by: DifferenceInMeans())
    let t = 1.58 / 0.38895872388839525 / (39.0 / 29).squareRoot()
    #expect(isClose(estimate.statistic, t, within: 1e-10))
    #expect(try estimate.evidence.pValue(of: 0) == 4.0 / 1024)
    #expect((estimate.evidence as? WildClusterEvidence)?.isExact == true)
  }

  /// Whole clusters without any difference, and arms that say everything, have no yardstick.
  @Test func withoutVariationThereIsNoTest() throws {
    for y in [
      Self.clusters.map { Double($0 % 2) }, Self.clusters.map { _ in 4.0 },
      Self.clusters.map { _ in 0.0 },
    ] {
      #expect(throws: EstimationError.self) {
        try WildClusterBootstrap().estimate(
          Self.contrast, of: .continuous("y"),
          in: sample(Self.clusters.map { $0 % 2 }, y, clusters: Self.clusters),
          by: DifferenceInMeans())
      }
    }
  }
}
