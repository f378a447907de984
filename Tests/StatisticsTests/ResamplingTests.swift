import Foundation
import RandomAssignment
import Testing

@testable import Statistics

/// Bootstrap intervals and wild cluster tests against R (Reference/resampling.R).
@Suite struct ResamplingTests {
  struct Reference: Decodable {
    struct Ends: Decodable {
      let level: Double
      let perc: [Double]
      let bca: [Double]
    }
    struct Wild: Decodable {
      let theta: [Double]
      let t: [Double]
      let p: [Double]
      let equal: [Double]
      let hundred: [Double]
      let hundredEqual: [Double]
      let ends: [Double]
      let equalEnds: [Double]
    }
    let x: [Double]
    let t0: Double
    let t: [Double]
    let L: [Double]
    let intervals: [Ends]
    let group: [Int]
    let d: [Int]
    let z: [Double]
    let y: [Double]
    let wild: [String: Wild]

    static func load() throws -> Reference {
      let url = Bundle.module.url(forResource: "Reference/resampling", withExtension: "json")
      guard let url else { throw CocoaError(.fileNoSuchFile) }
      return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }
  }

  private static let contrast = Contrast("social", versus: "control")

  @Test("the same draws give the intervals of boot.ci")
  func intervalsOfGivenDraws() throws {
    let reference = try Reference.load()
    let percentile = try BootstrapInterval(estimate: reference.t0, draws: reference.t)
    let bca = try BootstrapInterval(
      estimate: reference.t0, draws: reference.t, influences: reference.L)
    for ends in reference.intervals {
      for (evidence, theirs) in [(percentile, ends.perc), (bca, ends.bca)] {
        let ours = try bounds(of: evidence.interval(level: ends.level))
        #expect(isClose(ours.lower, theirs[0], within: 1e-10))
        #expect(isClose(ours.upper, theirs[1], within: 1e-10))
        // The p-value inverts the interval.
        #expect(isClose(try evidence.pValue(of: ours.lower), 1 - ends.level, within: 1e-9))
        #expect(isClose(try evidence.pValue(of: ours.upper), 1 - ends.level, within: 1e-9))
      }
    }
    // 499 draws do not reach a tail of 0.0005.
    #expect(
      try percentile.interval(level: 0.999) == .between(lower: -.infinity, upper: .infinity))
  }

  @Test("a small sample's bootstrap distribution")
  func smallSample() throws {
    // Two units an arm: an arm's mean is the low value, the middle or the high value with probabilities
    // 1/4, 1/2, 1/4: 0, 1, 2 and 10, 12, 14.
    let units = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: [0, 0, 1, 1], response: [[0, 2, 10, 14]]))
    let estimate = try BootstrapInference(draws: 20_000, kind: .percentile).estimate(
      Self.contrast, of: .continuous("y"), in: units, by: DifferenceInMeans())
    let draws = try #require(estimate.evidence as? BootstrapInterval).draws
    #expect(Set(draws.map { ($0 * 1e6).rounded() / 1e6 }) == [8, 9, 10, 11, 12, 13, 14])
    // P(8) = P(social low)·P(control high) = 1/16.
    let share = Double(draws.count { abs($0 - 8) < 1e-6 }) / 20_000
    #expect(abs(share - 1.0 / 16) < 4 * (15.0 / 256 / 20_000).squareRoot())
    #expect(estimate.value == 11)
  }

  @Test("an estimator that adjusts is computed anew on every sample")
  func adjustedEstimator() throws {
    let reference = try Reference.load()
    let units = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: reference.d, response: [reference.y],
        covariates: ["z": [LinearDesign.Column("z", reference.z)]]))
    let plain = try BootstrapInference(draws: 299).estimate(
      Self.contrast, of: .continuous("y"), in: units, by: DifferenceInMeans())
    let adjusted = try BootstrapInference(draws: 299).estimate(
      Self.contrast, of: .continuous("y"), in: units, by: Lin(covariates: ["z"]))
    let a = try bounds(of: plain.evidence.interval(level: 0.9))
    let b = try bounds(of: adjusted.evidence.interval(level: 0.9))
    // z explains part of y.
    #expect(b.upper - b.lower < a.upper - a.lower)
    #expect(plain.standardErrorType == .bootstrapBCa)
  }

  @Test(arguments: ["plain", "lin"])
  func wildClusterAgreesWithRegressionsRunAnew(name: String) throws {
    let reference = try Reference.load()
    let wild = try #require(reference.wild[name])
    let units = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: reference.d, response: [reference.y],
        clusters: Grouping(reference.group)))
    let model = try WildClusterModel(
      Self.contrast, in: units,
      covariates: name == "lin" ? [LinearDesign.Column("z", reference.z)] : [])
    let all = (0..<256).map { signs in
      model.draw((0..<8).map { signs >> $0 & 1 == 0 ? 1.0 : -1 })
    }
    let evidence = WildClusterEvidence(model: model, draws: all, isExact: true)
    let equal = WildClusterEvidence(model: model, draws: all, isExact: true, tails: .equal)
    for (place, theta) in wild.theta.enumerated() {
      #expect(isClose(model.statistic(theta: theta), wild.t[place], within: 1e-9))
      #expect(isClose(try evidence.pValue(of: theta), wild.p[place]))
      #expect(isClose(try equal.pValue(of: theta), wild.equal[place]))
      for (tails, theirs) in [
        (WildClusterEvidence.Tails.symmetric, wild.hundred), (.equal, wild.hundredEqual),
      ] {
        let some = WildClusterEvidence(
          model: model, draws: Array(all.prefix(100)), isExact: true, tails: tails)
        #expect(isClose(try some.pValue(of: theta), theirs[place]))
      }
    }
    for (evidence, theirs) in [(evidence, wild.ends), (equal, wild.equalEnds)] {
      let ends = try bounds(of: evidence.interval(level: 0.9))
      #expect(isClose(ends.lower, theirs[0], within: 1e-8))
      #expect(isClose(ends.upper, theirs[1], within: 1e-8))
      #expect(try evidence.pValue(of: ends.lower + 1e-7) >= 0.1)
      #expect(try evidence.pValue(of: ends.lower - 1e-7) < 0.1)
      #expect(try evidence.pValue(of: ends.upper - 1e-7) >= 0.1)
      #expect(try evidence.pValue(of: ends.upper + 1e-7) < 0.1)
    }
  }

  @Test("six unequal clusters: the test keeps its level where the t-test does not")
  func sizeWithFewClusters() throws {
    var rejected = (wild: 0, plain: 0)
    let trials = 300
    for trial in 0..<trials {
      var generator = PhiloxGenerator(seed: 5, stream: UInt64(trial))
      var y: [Double] = []
      var arms: [Int] = []
      var clusters: [Int] = []
      for (cluster, size) in [4, 6, 20, 5, 8, 30].enumerated() {
        let level = (0..<4).reduce(-2.0) { sum, _ in sum + generator.uniformDouble() }
        for _ in 0..<size {
          y.append(level + generator.uniformDouble())
          arms.append(cluster % 2)
          clusters.append(cluster)
        }
      }
      let units = try #require(
        UnitSample(
          arms: ["control", "social"], assignment: arms, response: [y],
          clusters: Grouping(clusters)))
      let wild = try WildClusterBootstrap(draws: 199, seed: UInt64(trial)).estimate(
        Self.contrast, of: .continuous("y"), in: units, by: DifferenceInMeans())
      if try wild.evidence.pValue(of: 0) < 0.1 { rejected.wild += 1 }
      // CR0 with the normal distribution: 1.645.
      let model = try WildClusterModel(Self.contrast, in: units, covariates: [])
      if abs(model.statistic(theta: 0)) > 1.645 { rejected.plain += 1 }
    }
    let share = Double(rejected.wild) / Double(trials)
    #expect(share < 0.1 + 4 * (0.09 / Double(trials)).squareRoot(), "\(share)")
    #expect(rejected.plain > rejected.wild)
  }

  @Test("bootstrap intervals of a skewed mean cover")
  func coverage() throws {
    var covered = 0
    let trials = 300
    for trial in 0..<trials {
      var generator = PhiloxGenerator(seed: 9, stream: UInt64(trial))
      let arms = (0..<80).map { $0 % 2 }
      let y = arms.map { arm in
        let u = generator.uniformDouble()
        return u * u * 3 + Double(arm)
      }
      let units = try #require(
        UnitSample(arms: ["control", "social"], assignment: arms, response: [y]))
      let evidence = try BootstrapInference(draws: 399, seed: UInt64(trial)).estimate(
        Self.contrast, of: .continuous("y"), in: units, by: DifferenceInMeans()
      ).evidence
      if try evidence.interval(level: 0.9).contains(1) { covered += 1 }
    }
    let share = Double(covered) / Double(trials)
    #expect(abs(share - 0.9) < 4 * (0.09 / Double(trials)).squareRoot() + 0.01, "\(share)")
  }

  @Test func degenerateDataAreErrors() throws {
    #expect(throws: EstimationError.noVariation) {
      try BootstrapInterval(estimate: 1, draws: [1, 1, 1])
    }
    #expect(throws: EstimationError.undefined) {
      try BootstrapInterval(estimate: 1, draws: [1, .nan])
    }
    #expect(throws: EstimationError.noVariation) {
      try BootstrapInterval(estimate: 9, draws: [1, 2, 3], influences: [1, -1])
    }
    let oneCluster = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: [0, 0, 1, 1, 1], response: [[1, 2, 3, 4, 9]],
        clusters: Grouping([0, 0, 1, 1, 2])))
    #expect(throws: EstimationError.tooFewClusters(arm: "control", count: 1)) {
      try WildClusterBootstrap().estimate(
        Self.contrast, of: .continuous("y"), in: oneCluster, by: DifferenceInMeans())
    }
    let constant = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: [0, 0, 1, 1], response: [[2, 2, 2, 2]],
        clusters: Grouping([0, 1, 2, 3])))
    #expect(throws: EstimationError.self) {
      try WildClusterBootstrap().estimate(
        Self.contrast, of: .continuous("y"), in: constant, by: DifferenceInMeans())
    }
    #expect(throws: EstimationError.self) {
      try BootstrapInference(draws: 99).estimate(
        Self.contrast, of: .continuous("y"), in: constant, by: DifferenceInMeans())
    }
  }
}
