import RandomAssignment
import Statistics
import Testing

/// Averages within blocks, put together as units were drawn.
struct BlockedMeansTests {
  private static let set = VariableSet(["y"])

  /// One value a unit of arms `c` and `a`: by block, then by arm.
  private func compare(
    _ blocks: [(c: [Double], a: [Double])]
  ) throws -> (estimate: Estimate, means: MarginalMeans) {
    var cells: [Cell: [VariableSet: Moments]] = [:]
    for (index, block) in blocks.enumerated() {
      cells[Cell(arm: "c", block: "\(index)")] = [Self.set: moments(of: block.c)]
      cells[Cell(arm: "a", block: "\(index)")] = [Self.set: moments(of: block.a)]
    }
    let means = try DifferenceInMeans().marginalMeans(
      of: .continuous("y"), in: Sample(cells: cells), arms: ["c", "a"])
    return (try MeanDifference().estimate(armAgainstControl, from: means), means)
  }

  /// The same through units and clusters.
  private func compare(
    units: [(block: Int, cluster: Int, arm: Int, y: Double)]
  ) throws -> (estimate: Estimate, means: MarginalMeans) {
    let sample = try #require(
      UnitSample(
        arms: ["c", "a"], assignment: units.map(\.arm), response: [units.map(\.y)],
        blocks: Grouping(units.map(\.block)), clusters: Grouping(units.map(\.cluster))))
    let means = try DifferenceInMeans().marginalMeans(
      of: .continuous("y"), in: Sample(units: sample), arms: ["c", "a"])
    return (try MeanDifference().estimate(armAgainstControl, from: means), means)
  }

  /// R: npk (Yates's peas), nitrogen within six blocks of four;
  /// estimatr::difference_in_means(yield ~ N, npk, blocks = block).
  static let peas: [(c: [Double], a: [Double])] = [
    ([49.5, 46.8], [62.8, 57]), ([55.5, 56], [59.8, 58.5]), ([62.8, 55], [55.8, 69.5]),
    ([45.5, 44.2], [62, 48.8]), ([51.5, 48.8], [52, 49.8]), ([53.2, 56], [57.2, 59]),
  ]

  @Test func blocksOfFour() throws {
    let (estimate, means) = try compare(Self.peas)
    #expect(isClose(estimate.value, 5.6166666666666663, within: 1e-13))
    #expect(isClose(estimate.standardError, 1.8456781349351730, within: 1e-12))
    #expect(estimate.degreesOfFreedom == 12)
    #expect(isClose(try estimate.evidence.pValue(of: 0), 0.0102140003398072, within: 1e-11))
    #expect(means.standardErrorType == .neyman)
    let ends = try bounds(of: estimate.evidence.interval(level: 0.95))
    #expect(agrees(ends.lower, "1.5952795") && agrees(ends.upper, "9.6380539"))
  }

  /// R: sleep; estimatr::difference_in_means(extra ~ group, sleep, blocks = ID).
  static let sleep: [(c: [Double], a: [Double])] = zip(
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
  ).map { (c: [$0], a: [$1]) }

  @Test func matchedPairs() throws {
    let (estimate, means) = try compare(Self.sleep)
    #expect(isClose(estimate.value, 1.58, within: 1e-13))
    #expect(isClose(estimate.standardError, 0.38895872388839525, within: 1e-12))
    #expect(estimate.degreesOfFreedom == 9)
    #expect(isClose(try estimate.evidence.pValue(of: 0), 0.00283289019738427, within: 1e-11))
    #expect(means.standardErrorType == .matchedPairs)
    let ends = try bounds(of: estimate.evidence.interval(level: 0.95))
    #expect(agrees(ends.lower, "0.70011424") && agrees(ends.upper, "2.4598858"))
  }

  /// By hand: 4 units in pairs' blocks are a share 6/14 of all; see the formulas of the hybrid.
  @Test func aMixtureUsesBothRules() throws {
    // A block of 8 (τ = 2, variances 5/3·¼ each) and three pairs (τ = 1, 2, 4).
    let (estimate, means) = try compare([
      ([1, 2, 3, 4], [3, 4, 5, 6]), ([0], [1]), ([0], [2]), ([0], [4]),
    ])
    let inner = (8.0 / 14) * (8.0 / 14) * (2 * (5.0 / 3) / 4)
    // Equal pairs: s²/3 with s² = 7/3.
    let outer = (6.0 / 14) * (6.0 / 14) * (7.0 / 9)
    #expect(isClose(estimate.value, (8 * 2 + 6 * (7.0 / 3)) / 14, within: 1e-14))
    #expect(isClose(estimate.standardError, (inner + outer).squareRoot(), within: 1e-13))
    let share = inner / (inner + outer)
    let freedom = 1 / (share * share / 6 + (1 - share) * (1 - share) / 2)
    #expect(isClose(estimate.degreesOfFreedom, freedom, within: 1e-13))
    #expect(means.standardErrorType == .hybrid)
  }

  @Test func blocksWithoutAnArmAreLeftOutAndCounted() throws {
    let (estimate, means) = try compare(Self.peas + [([7, 8, 9], [])])
    #expect(isClose(estimate.value, 5.6166666666666663, within: 1e-13))
    #expect(means.remarks == [.blocksLeftOut(blocks: 1, units: 3)])
  }

  @Test func pairsOfClustersLearnFromEachOther() throws {
    // Clusters of two whose means are the sleepers': the same paired test.
    var units: [(block: Int, cluster: Int, arm: Int, y: Double)] = []
    for (block, pair) in Self.sleep.enumerated() {
      for offset in [-1.0, 1] {
        units.append((block, 2 * block, 0, pair.c[0] + offset))
        units.append((block, 2 * block + 1, 1, pair.a[0] + offset))
      }
    }
    let (estimate, means) = try compare(units: units)
    #expect(isClose(estimate.value, 1.58, within: 1e-13))
    #expect(isClose(estimate.standardError, 0.38895872388839525, within: 1e-12))
    #expect(means.standardErrorType == .matchedPairs)
  }

  @Test func swappedArmsFlipTheSign() throws {
    let there = try compare(Self.peas).estimate
    let back = try compare(Self.peas.map { (c: $0.a, a: $0.c) }).estimate
    #expect(isClose(back.value, -(there.value ?? 0), within: 1e-15))
    #expect(back.standardError == there.standardError)
  }

  @Test func whatCannotBeToldIsAnError() throws {
    // Two pairs of very different size: the larger holds more than half of the units.
    #expect(throws: EstimationError.undefined) {
      try compare([([1], [2]), ([1, 2, 3], [4])])
    }
    #expect(throws: EstimationError.undefined) { try compare([([1], [2]), ([1, 2], [])]) }
    // Two pairs have a single degree of freedom: s² = 2, SE = 1.
    let two = try compare([([1], [2]), ([1], [4])]).estimate
    #expect(two.standardError == 1 && two.degreesOfFreedom == 1)
    #expect(throws: EstimationError.undefined) { try compare([([1, 2], []), ([], [4, 5])]) }
    #expect(throws: EstimationError.noVariation) {
      try compare([([1, 1], [2, 2]), ([1, 1], [2, 2])])
    }
    #expect(throws: EstimationError.numericalFailure) {
      try compare([([1e300, -1e300], [1, 2]), ([1, 2], [1, 2])])
    }
  }

  /// Blocks whose levels differ by far more than units do: the interval within blocks keeps its
  /// coverage, for an outcome whose effect differs between blocks.
  @Test func coversItsTruth() throws {
    var hits = 0
    let replicates = 2000
    for replicate in 0..<replicates {
      var generator = PhiloxGenerator(seed: 7, stream: UInt64(replicate))
      var blocks: [(c: [Double], a: [Double])] = []
      for block in 0..<8 {
        let level = Double(block) * 10
        let y = { level + generator.uniformDouble() + generator.uniformDouble() }
        blocks.append((c: (0..<4).map { _ in y() }, a: (0..<4).map { _ in y() + 0.5 }))
      }
      let interval = try compare(blocks).estimate.evidence.interval(level: 0.95)
      if interval.contains(0.5) { hits += 1 }
    }
    let coverage = Double(hits) / Double(replicates)
    #expect(abs(coverage - 0.95) < 0.015, "\(coverage)")
  }
}
