import TestSupport
import Testing

@testable import Statistics

@Suite("What whole clusters add up to")
struct ClusterTotalsTests {
  private static let outcome: [Double] = [1, 2, 3, 4, 6, 5, 7, 9, 11]
  private static let assignment = [0, 0, 0, 0, 0, 1, 1, 1, 1]

  private static func moments(_ values: [Double]) -> Moments {
    var moments = Moments(variables: 1)
    for value in values { moments.add([value]) }
    return moments
  }

  private static func units(clusters: [Int]) throws -> UnitSample {
    try #require(
      UnitSample(
        arms: ["a", "b"], assignment: assignment, response: [outcome],
        clusters: Grouping(clusters)))
  }

  private static func difference(_ sample: Sample) throws -> Estimate {
    let means = try DifferenceInMeans().marginalMeans(
      of: .continuous("y"), in: sample, arms: ["a", "b"])
    return try MeanDifference().estimate(Contrast("b", versus: "a"), from: means)
  }

  /// By hand: an arm's variance is Σm²d²/(n(n − m)), 1.296 + 0.864 and 0.75 + 2.25.
  @Test("four clusters by hand")
  func hand() throws {
    let totals = try #require(
      ClusterTotals(
        arms: ["a", "b"],
        parts: [
          (cluster: "north", arm: 0, moments: Self.moments([1, 2, 3])),
          (cluster: "south", arm: 0, moments: Self.moments([4, 6])),
          (cluster: "east", arm: 1, moments: Self.moments([5])),
          (cluster: "west", arm: 1, moments: Self.moments([7, 9, 11])),
          (cluster: "nobody", arm: 1, moments: Self.moments([])),
        ]))
    #expect(totals.clusterCount == 4 && totals.clusterCount(of: Contrast("b", versus: "b")) == 2)
    let means = try DifferenceInMeans().marginalMeans(
      of: .continuous("y"), in: Sample(clusterTotals: totals), arms: ["a", "b"])
    #expect(means.arms.map(\.count) == [5, 4] && means.standardErrorType == .cr2)
    #expect(isClose(means.arms[0].mean, 3.2, within: 1e-15))
    // 14.8 over four.
    #expect(isClose(means.arms[0].standardDeviation ?? 0, 3.7.squareRoot(), within: 1e-14))
    #expect(isClose(means.covariance[0][0] ?? 0, 2.16, within: 1e-14))
    #expect(isClose(means.covariance[1][1] ?? 0, 3, within: 1e-14))
    let found = try Self.difference(Sample(clusterTotals: totals))
    #expect(isClose(found.value ?? 0, 4.8, within: 1e-14))
    #expect(isClose(found.standardError ?? 0, 5.16.squareRoot(), within: 1e-14))
    #expect(isClose(found.degreesOfFreedom ?? 0, 81.0 / 41, within: 1e-13))
  }

  /// `estimatr::lm_robust(y ~ z, clusters = c, se_type = "CR2")` with c = 1,1,2,2,2,1,1,2,3.
  @Test("clusters that hold units of both arms, as in R")
  func bothArms() throws {
    let units = try Self.units(clusters: [1, 1, 2, 2, 2, 1, 1, 2, 3])
    let totals = try #require(ClusterTotals(of: units))
    #expect(totals.clusterCount == 3)
    for sample in [Sample(units: units), Sample(clusterTotals: totals)] {
      let found = try Self.difference(sample)
      #expect(isClose(found.value ?? 0, 4.8, within: 1e-13))
      #expect(isClose(found.standardError ?? 0, 1.2869494321083721, within: 1e-12))
      #expect(isClose(found.degreesOfFreedom ?? 0, 1.5610278372591013, within: 1e-12))
    }
  }

  /// Random units of three arms in clusters, most of them in one arm.
  private static func random(_ seed: UInt64, scale: Double = 1) throws -> UnitSample {
    var generator = SplitMix(state: seed)
    var (assignment, outcome, clusters): ([Int], [Double], [Int]) = ([], [], [])
    for cluster in 0..<60 {
      let level = Double.random(in: 0...2, using: &generator)
      for member in 0..<Int.random(in: 1...30, using: &generator) {
        assignment.append(cluster % 10 == 0 ? member % 3 : cluster % 3)
        outcome.append(scale * (5 + level + Double.random(in: -1...1, using: &generator)))
        clusters.append(cluster)
      }
    }
    return try #require(
      UnitSample(
        arms: ["a", "b", "c"], assignment: assignment, response: [outcome],
        clusters: Grouping(clusters)))
  }

  /// The units' moments by cluster and arm, in some number of parts each, and in any order.
  private static func parts(
    of units: UnitSample, pieces: Int, _ generator: inout SplitMix
  ) -> [(cluster: Int, arm: Int, moments: Moments)] {
    var found: [[Int]: Moments] = [:]
    for unit in 0..<units.count {
      let key = [
        units.clusters?.groups[unit] ?? 0, units.assignment[unit],
        Int.random(in: 0..<pieces, using: &generator),
      ]
      found[key, default: Moments(variables: 1)].add([units.outcome[unit]])
    }
    return found.map { (cluster: $0.key[0], arm: $0.key[1], moments: $0.value) }
      .shuffled(using: &generator)
  }

  private static func expectSame(_ one: MarginalMeans, _ other: MarginalMeans) throws {
    for (left, right) in zip(one.arms, other.arms) {
      #expect(left.count == right.count && isClose(left.mean, right.mean, within: 1e-14))
      let deviations = (left.standardDeviation ?? -1, right.standardDeviation ?? -1)
      #expect(isClose(deviations.0, deviations.1, within: 1e-12))
    }
    guard case .pairs(let freedom) = one.degreesOfFreedom,
      case .pairs(let others) = other.degreesOfFreedom
    else {
      Issue.record("degrees of freedom go by pairs")
      return
    }
    let largest = other.covariance.joined().compactMap(\.self).max() ?? 0
    for row in one.arms.indices {
      for column in one.arms.indices {
        let pair = (one.covariance[row][column] ?? 0, other.covariance[row][column] ?? 0)
        #expect(abs(pair.0 - pair.1) <= 1e-12 * largest)
        #expect(isClose(freedom[row][column] ?? 0, others[row][column] ?? 0, within: 1e-11))
      }
    }
  }

  @Test("parts in any order and number are the units", arguments: 1...8)
  func merge(seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed) * 7)
    for (pieces, scale) in [(1, 1.0), (4, 1.0), (3, 1e120), (3, 1e-120)] {
      let units = try Self.random(UInt64(seed), scale: scale)
      let parts = Self.parts(of: units, pieces: pieces, &generator)
      let totals = try #require(ClusterTotals(arms: units.arms, parts: parts))
      #expect(totals.clusterCount == units.clusters?.count && totals.keepsDigits)
      let response = Response.continuous("y")
      try Self.expectSame(
        DifferenceInMeans().marginalMeans(
          of: response, in: Sample(clusterTotals: totals), arms: units.arms),
        DifferenceInMeans().marginalMeans(
          of: response, in: Sample(units: units), arms: units.arms))
    }
  }

  @Test("swapped arms turn the sign", arguments: 1...4)
  func swapped(seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed))
    let parts = try Self.parts(of: Self.random(UInt64(seed)), pieces: 1, &generator)
      .filter { $0.arm < 2 }
    let there = try #require(ClusterTotals(arms: ["a", "b"], parts: parts))
    let back = try #require(
      ClusterTotals(
        arms: ["a", "b"],
        parts: parts.map { (cluster: $0.cluster, arm: 1 - $0.arm, moments: $0.moments) }))
    let (one, other) = (
      try Self.difference(Sample(clusterTotals: there)),
      try Self.difference(Sample(clusterTotals: back))
    )
    #expect(isClose(one.value ?? 0, -(other.value ?? 0), within: 1e-13))
    #expect(isClose(one.standardError ?? 0, other.standardError ?? 1, within: 1e-13))
    #expect(isClose(one.degreesOfFreedom ?? 0, other.degreesOfFreedom ?? 1, within: 1e-12))
  }

  @Test("a rate counts its events")
  func rate() throws {
    let totals = try #require(
      ClusterTotals(
        arms: ["a", "b"],
        parts: [(1, 0, 3, 7), (2, 0, 0, 4), (3, 1, 5, 9), (4, 1, 2, 2)].map {
          (cluster: $0.0, arm: $0.1, moments: Moments(events: $0.2, of: $0.3))
        }))
    let means = try DifferenceInMeans().marginalMeans(
      of: .binary("y"), in: Sample(clusterTotals: totals), arms: ["a", "b"])
    #expect(means.quantity == .rate && means.arms.map(\.events) == [3, 7])
    #expect(means.arms.map(\.count) == [11, 11])
  }

  @Test("what cannot be totals, and totals of nobody")
  func impossible() throws {
    let one = Self.moments([1, 2])
    #expect(ClusterTotals(arms: ["a"], parts: [(cluster: 1, arm: 1, moments: one)]) == nil)
    #expect(ClusterTotals(arms: ["a"], parts: [(cluster: 1, arm: -1, moments: one)]) == nil)
    let pair = Moments(variables: 2)
    #expect(ClusterTotals(arms: ["a"], parts: [(cluster: 1, arm: 0, moments: pair)]) == nil)
    let alone = try #require(
      UnitSample(arms: ["a"], assignment: [0], response: [[1]]))
    #expect(ClusterTotals(of: alone) == nil)
    let nobody = try #require(
      ClusterTotals(arms: ["a", "b"], parts: [(cluster: Int, arm: Int, moments: Moments)]()))
    #expect(throws: EstimationError.noUnits(arm: "a")) {
      try Self.difference(Sample(clusterTotals: nobody))
    }
    let single = try #require(
      ClusterTotals(arms: ["a", "b"], parts: [(cluster: 1, arm: 0, moments: one)]))
    #expect(throws: EstimationError.undefined) {
      try Self.difference(Sample(clusterTotals: single))
    }
  }

  @Test("digits that a rounded mean keeps")
  func digits() throws {
    func totals(around level: Double) throws -> ClusterTotals {
      try #require(
        ClusterTotals(
          arms: ["a", "b"],
          parts: [[1.0, 2], [3, 5], [2, 2], [4, 9]].enumerated().map {
            (cluster: $0, arm: $0 % 2, moments: Self.moments($1.map { level + $0 }))
          }))
    }
    #expect(try totals(around: 0).keepsDigits && totals(around: 100).keepsDigits)
    #expect(try !totals(around: 1e6).keepsDigits)
    let constant = try #require(
      ClusterTotals(
        arms: ["a"], parts: [(cluster: 1, arm: 0, moments: Self.moments([7, 7, 7]))]))
    #expect(!constant.keepsDigits)
    let zeros = try #require(
      ClusterTotals(arms: ["a"], parts: [(cluster: 1, arm: 0, moments: Self.moments([0, 0]))]))
    #expect(zeros.keepsDigits)
  }
}
