import TestSupport
import Testing

@testable import Statistics

/// The closed form for clusters is the regression on the arms' columns, to the last digits.
@Suite("CR2 of plain means")
struct ClusteredArmMeansTests {
  /// Clusters of unequal size with a level of their own; each in one arm, or spread over all.
  private static func sample(
    seed: UInt64, clusters: Int, arms: Int, isNested: Bool, scale: Double = 1
  ) throws -> UnitSample {
    var generator = SplitMix(state: seed)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    var (assignment, outcome, groups): ([Int], [Double], [Int]) = ([], [], [])
    for cluster in 0..<clusters {
      let level = 3 * uniform()
      for _ in 0..<(1 + Int(20 * uniform() * uniform())) {
        let arm = isNested ? cluster % arms : Int(Double(arms) * uniform())
        assignment.append(arm)
        outcome.append(scale * (100 + level + uniform() + Double(arm)))
        groups.append(cluster)
      }
    }
    return try #require(
      UnitSample(
        arms: (0..<arms).map { "a\($0)" }, assignment: assignment, response: [outcome],
        clusters: Grouping(groups)))
  }

  private func compare(_ sample: UnitSample, noise: Double = 0) throws {
    let clusters = try #require(sample.clusters)
    let present = sample.presentArms
    let totals = try #require(ClusterTotals(of: sample))
    let ours = try ClusteredArmMeans(of: totals).pairs
    let theirs = try LinAdjustment(
      of: sample.outcome, assignment: sample.assignment.map { sample.arms[$0] },
      arms: present.map { sample.arms[$0] }, covariates: []
    ).pairs(covariance: .cr2(clusters))
    let scale = theirs.covariance.indices.compactMap { theirs.covariance[$0][$0] }.max() ?? 1
    for row in present.indices {
      #expect(isClose(ours.means[row], theirs.means[row], within: 1e-12))
      for column in present.indices {
        let (a, b) = (ours.covariance[row][column], theirs.covariance[row][column])
        // Where nothing is common to two arms rounding leaves a last digit, or none.
        if row == column { #expect((a == nil) == (b == nil)) }
        if let a, let b { #expect(abs(a - b) <= 1e-10 * scale + noise, "\(row) \(column)") }
        let (f, g) = (ours.degreesOfFreedom[row][column], theirs.degreesOfFreedom[row][column])
        #expect((f == nil) == (g == nil), "\(row) \(column)")
        if let f, let g { #expect(isClose(f, g, within: 1e-8), "\(row) \(column): \(f), \(g)") }
      }
    }
  }

  @Test("two, three and five arms, clusters in one arm or in all", arguments: 1...6)
  func agrees(seed: Int) throws {
    for (clusters, arms) in [(8, 2), (40, 2), (30, 3), (200, 5)] {
      for isNested in [true, false] {
        try compare(
          Self.sample(seed: UInt64(seed), clusters: clusters, arms: arms, isNested: isNested))
      }
    }
  }

  @Test("huge and tiny outcomes", arguments: [1e150, 1e-150, 1e300])
  func scales(scale: Double) throws {
    try compare(Self.sample(seed: 4, clusters: 20, arms: 2, isNested: true, scale: scale))
  }

  @Test("a cluster that is a whole arm, no variation within clusters, and none at all")
  func unpleasant() throws {
    let groups = [0, 0, 0, 1, 1, 2, 2, 2]
    for (arms, outcome) in [
      ([0, 0, 0, 1, 1, 1, 1, 1], [1.0, 2, 4, 3, 5, 2, 2, 9]),
      ([0, 0, 0, 1, 1, 1, 1, 1], [1.0, 2, 4, 3, 5, 3, 4, 5]),
      ([0, 0, 0, 1, 1, 0, 0, 0], [1.0, 1, 1, 2, 2, 5, 5, 5]),
      ([0, 0, 0, 1, 1, 1, 1, 1], [3.0, 3, 3, 7, 7, 7, 7, 7]),
    ] {
      let sample = try #require(
        UnitSample(
          arms: ["a", "b", "none"], assignment: arms, response: [outcome],
          clusters: Grouping(groups)))
      // Where an arm does not vary at all rounding leaves a variance of its own.
      try compare(sample, noise: 1e-30)
    }
  }

  @Test("one cluster alone has no error")
  func single() throws {
    let sample = try #require(
      UnitSample(
        arms: ["a", "b"], assignment: [0, 1, 1], response: [[1, 2, 4]],
        clusters: Grouping([0, 0, 0])))
    let totals = try #require(ClusterTotals(of: sample))
    #expect(throws: EstimationError.undefined) {
      try ClusteredArmMeans(of: totals)
    }
  }
}
