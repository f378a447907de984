import Foundation
import RandomAssignment
import Statistics
import Testing

/// Weights, strata, likeness within clusters and pooled tables against R (Reference/weighting.R).
@Suite struct WeightingTests {
  struct Reference: Decodable {
    let p: [Double]
    let own: [Double]
    let stratum: [Int]
    let z: [Int]
    let y: [Double]
    let answered: [Int]
    let ht: [Double]
    let hajek: [Double]
    let bm_df: Double
    let post: [Double]
    let cluster: [Int]
    let cluster_own: [Double]
    let cluster_z: [Int]
    let cluster_y: [Double]
    let htc: [Double]
    let hajekc: [Double]
    let icc: [Double]
    let tables: [[Int]]
    let cmh: [Double]
    let response: [[Double]]

    static func load() throws -> Reference {
      let url = Bundle.module.url(forResource: "Reference/weighting", withExtension: "json")
      guard let url else { throw CocoaError(.fileNoSuchFile) }
      return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }

    func units() throws -> UnitSample {
      let levels = [1, 2].map { level in
        LinearDesign.Column("stratum=\(level)", stratum.map { $0 == level ? 1 : 0 })
      }
      return try #require(
        UnitSample(
          arms: ["control", "social"], assignment: z, response: [y],
          covariates: ["p": [LinearDesign.Column("p", own)], "stratum": levels]))
    }

    func clusters() throws -> UnitSample {
      try #require(
        UnitSample(
          arms: ["control", "social"], assignment: cluster_z, response: [cluster_y],
          covariates: ["p": [LinearDesign.Column("p", cluster_own)]], clusters: Grouping(cluster)))
    }
  }

  private static func effect(
    _ estimator: any Estimator, _ units: UnitSample
  ) throws -> Estimate {
    try MeanDifference().estimate(
      Contrast("social", versus: "control"),
      from: estimator.marginalMeans(
        of: .continuous("y"), in: Sample(units: units), arms: units.arms))
  }

  @Test func horvitzThompson() throws {
    let reference = try Reference.load()
    let units = try Self.effect(HorvitzThompson(probability: "p"), reference.units())
    #expect(isClose(units.value, reference.ht[0]))
    #expect(isClose(units.standardError, reference.ht[1]))
    let clusters = try Self.effect(HorvitzThompson(probability: "p"), reference.clusters())
    #expect(isClose(clusters.value, reference.htc[0]))
    #expect(isClose(clusters.standardError, reference.htc[1]))
  }

  @Test func hajek() throws {
    let reference = try Reference.load()
    let units = try Self.effect(Hajek(probability: "p"), reference.units())
    #expect(isClose(units.value, reference.hajek[0]))
    #expect(isClose(units.standardError, reference.hajek[1]))
    #expect(isClose(units.degreesOfFreedom, reference.bm_df, within: 1e-6))
    let clusters = try Self.effect(Hajek(probability: "p"), reference.clusters())
    #expect(isClose(clusters.value, reference.hajekc[0]))
    #expect(isClose(clusters.standardError, reference.hajekc[1]))
    #expect(isClose(clusters.degreesOfFreedom, reference.hajekc[2], within: 1e-6))
  }

  @Test("with the shares of a single block Hájek is the difference in means")
  func equalProbabilities() throws {
    let reference = try Reference.load()
    let hajek = try Self.effect(Hajek(), reference.units())
    let plain = try Self.effect(DifferenceInMeans(), reference.units())
    #expect(isClose(hajek.value, try #require(plain.value)))
    #expect(isClose(hajek.standardError, try #require(plain.standardError)))
  }

  @Test func postStratified() throws {
    let reference = try Reference.load()
    let found = try Self.effect(PostStratified(strata: ["stratum"]), reference.units())
    #expect(isClose(found.value, reference.post[0]))
    #expect(isClose(found.standardError, reference.post[1]))
    // Without strata it is the plain comparison.
    let plain = try Self.effect(PostStratified(), reference.units())
    #expect(
      isClose(plain.value, try #require(Self.effect(DifferenceInMeans(), reference.units()).value)))
  }

  @Test func likenessWithinClusters() throws {
    let reference = try Reference.load()
    let found = try IntraclassCorrelation(
      of: reference.cluster_y, in: Grouping(reference.cluster), arms: reference.cluster_z)
    #expect(isClose(found.value, reference.icc[0]))
    let ends = try bounds(of: found.interval(level: 0.95))
    #expect(isClose(ends.lower, reference.icc[1]) && isClose(ends.upper, reference.icc[2]))
    #expect(isClose(found.size, reference.icc[3]) && isClose(found.ratio, reference.icc[4]))
    // 1 + (Σm²/Σm − 1)ρ.
    let sizes = found.clusterSizes.map(Double.init)
    let seen = sizes.reduce(0) { $0 + $1 * $1 } / sizes.reduce(0, +)
    #expect(isClose(try found.designEffect().value, 1 + (seen - 1) * found.value))
  }

  // Two clusters an arm of two: (1, 3), (2, 4) against (5, 9), (6, 8). MSW = (2 + 2 + 8 + 2)/4 = 3.5;
  // MSB = (2·(0.5² + 0.5²) + 0)/2 = 0.5: ρ̂ = (0.5 − 3.5)/(0.5 + 3.5) = −3/4, and no design effect.
  @Test func likenessMayBeNegative() throws {
    let found = try IntraclassCorrelation(
      of: [1, 3, 2, 4, 5, 9, 6, 8], in: Grouping([0, 0, 1, 1, 2, 2, 3, 3]),
      arms: [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(isClose(found.value, -0.75))
    #expect(try found.designEffect().value == 1)
  }

  @Test("Berkeley's admissions, as R prints them")
  func cochranMantelHaenszel() throws {
    let reference = try Reference.load()
    let tables = try reference.tables.map { t in
      // Men admitted, men rejected, women admitted, women rejected.
      try #require(TwoByTwoTable(events: t[0], of: t[0] + t[1], versus: t[2], of: t[2] + t[3]))
    }
    let found = try CochranMantelHaenszel(tables)
    #expect(isClose(found.correctedStatistic, reference.cmh[0]))
    #expect(isClose(found.correctedPValue, reference.cmh[1]))
    #expect(isClose(found.statistic, reference.cmh[2]))
    #expect(isClose(found.pValue, reference.cmh[3]))
    #expect(isClose(found.oddsRatio, reference.cmh[4]))
    // values.md: common odds ratio .90469683.
    #expect(abs(found.oddsRatio - 0.90469683) < 5e-9)
    let ends = try bounds(of: found.oddsRatioInterval(level: 0.95))
    #expect(isClose(ends.lower, reference.cmh[5]) && isClose(ends.upper, reference.cmh[6]))
    #expect(isClose(found.homogeneityStatistic, reference.cmh[7], within: 1e-7))
    #expect(isClose(found.homogeneityPValue, reference.cmh[8], within: 1e-7))
    // Swapped arms turn the ratio over and leave the tests.
    let swapped = try CochranMantelHaenszel(
      reference.tables.map { t in
        try #require(TwoByTwoTable(events: t[2], of: t[2] + t[3], versus: t[0], of: t[0] + t[1]))
      })
    #expect(isClose(swapped.oddsRatio, 1 / found.oddsRatio))
    #expect(isClose(swapped.statistic, found.statistic))
    #expect(isClose(swapped.homogeneityStatistic, found.homogeneityStatistic, within: 1e-7))
  }

  @Test func responseWeights() throws {
    let reference = try Reference.load()
    let cells = [0, 1].map { arm in
      (0..<3).map { stratum in
        let rows = reference.y.indices.filter {
          reference.z[$0] == arm && reference.stratum[$0] == stratum
        }
        let known = rows.filter { reference.answered[$0] == 1 }
        return ResponseWeights.Cell(
          known: known.map { reference.y[$0] }, missing: rows.count - known.count)
      }
    }
    let means = try ResponseWeights.marginalMeans(cells, arms: ["control", "social"])
    for arm in 0...1 {
      #expect(isClose(means.arms[arm].mean, reference.response[arm][0]))
      #expect(isClose(means.covariance[arm][arm] ?? nil, reference.response[arm][1]))
    }
  }

  @Test func degenerateDataAreErrors() throws {
    let reference = try Reference.load()
    let units = try reference.units()
    #expect(throws: EstimationError.undefined) {
      try Self.effect(Hajek(probability: "missing"), units)
    }
    let zero = try #require(
      UnitSample(
        arms: units.arms, assignment: units.assignment, response: units.response,
        covariates: ["p": [LinearDesign.Column("p", units.assignment.map { _ in 0 })]]))
    for estimator in [Hajek(probability: "p") as any Estimator, HorvitzThompson(probability: "p")] {
      #expect(throws: EstimationError.undefined) { try Self.effect(estimator, zero) }
    }
    #expect(throws: EstimationError.undefined) {
      try Self.effect(PostStratified(strata: ["stratum"]), reference.clusters())
    }
    #expect(throws: EstimationError.undefined) { try CochranMantelHaenszel([]) }
    let empty = try #require(TwoByTwoTable(events: 0, of: 5, versus: 0, of: 5))
    #expect(throws: EstimationError.undefined) { try CochranMantelHaenszel([empty]) }
    #expect(throws: EstimationError.noVariation) {
      try IntraclassCorrelation(
        of: [1, 1, 2, 2], in: Grouping([0, 0, 1, 1]), arms: [0, 0, 0, 0])
    }
    #expect(throws: EstimationError.undefined) {
      try IntraclassCorrelation(of: [1, 2, 3], in: Grouping([0, 0, 0]), arms: [0, 0, 0])
    }
    #expect(throws: EstimationError.tooFewUnits(arm: "a", count: 1)) {
      try ResponseWeights.marginalMeans([[.init(known: [1], missing: 3)]], arms: ["a"])
    }
  }

  @Test("Hájek's intervals cover where probabilities differ")
  func coverage() throws {
    var covered = 0
    let trials = 300
    for trial in 0..<trials {
      var generator = PhiloxGenerator(seed: 13, stream: UInt64(trial))
      var y: [Double] = []
      var own: [Double] = []
      var arms: [Int] = []
      for _ in 0..<150 {
        let p = 0.2 + 0.6 * generator.uniformDouble()
        let arm = generator.uniformDouble() < p ? 1 : 0
        arms.append(arm)
        own.append(arm == 1 ? p : 1 - p)
        y.append(3 * p + Double(arm) + generator.uniformDouble())
      }
      let units = try #require(
        UnitSample(
          arms: ["control", "social"], assignment: arms, response: [y],
          covariates: ["p": [LinearDesign.Column("p", own)]]))
      let estimate = try Self.effect(Hajek(probability: "p"), units)
      if try estimate.evidence.interval(level: 0.95).contains(1) { covered += 1 }
    }
    let share = Double(covered) / Double(trials)
    #expect(share > 0.95 - 4 * (0.0475 / Double(trials)).squareRoot(), "\(share)")
  }
}
