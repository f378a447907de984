import Foundation
import RandomAssignment
import Testing

@testable import Statistics

/// Tables of looks and arms drawn in place of shuffles.
@Suite("Units that look alike are counted, not shuffled")
struct KindsOfUnitsTests {
  /// Looks (clicked, placed) by arms (control, easy, social), as in joint_binary.R.
  private static let observed: [(look: [Double], arms: [Int])] = [
    ([0, 0], [9, 6, 3]), ([0, 1], [3, 5, 4]), ([1, 0], [3, 2, 5]), ([1, 1], [1, 3, 4]),
  ]

  /// The units above in each of some blocks.
  private static func sample(blocks: Int) throws -> UnitSample {
    var (arms, clicked, placed, block): ([Int], [Double], [Double], [Int]) = ([], [], [], [])
    for number in 0..<blocks {
      for (look, numbers) in observed {
        for (arm, count) in numbers.enumerated() {
          arms += Array(repeating: arm, count: count)
          clicked += Array(repeating: look[0], count: count)
          placed += Array(repeating: look[1], count: count)
          block += Array(repeating: number, count: count)
        }
      }
    }
    return try #require(
      UnitSample(
        arms: ["control", "easy", "social"], assignment: arms, response: [clicked, placed],
        blocks: blocks > 1 ? Grouping(block) : nil))
  }

  private static func totals(of units: UnitSample) throws -> [DrawnTotals] {
    try (0..<2).map { column in
      let own = try #require(
        UnitSample(
          arms: units.arms, assignment: units.assignment, response: [units.response[column]],
          blocks: units.blocks))
      return try DrawnTotals(own, response: .binary("y"), arms: [0, 1, 2], treated: 0)
    }
  }

  @Test("adjusted p-values are those of every possible table, by R")
  func agreesWithR() throws {
    let url = try #require(
      Bundle.module.url(
        forResource: "joint_binary", withExtension: "csv", subdirectory: "Reference"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    let reference = lines.map { $0.split(separator: ",").suffix(2).compactMap { Double($0) } }
    try #require(reference.count == 4)
    let units = try Self.sample(blocks: 1)
    let outcomes = try Self.totals(of: units)
    try #require(KindsOfUnits(outcomes, arms: 3, blocks: Grouping(outcomes[0].blocks)) != nil)
    let draws = 100_000
    let joint = try JointRedraws(
      of: [(.binary("clicked"), [0]), (.binary("placed"), [1])], in: units, control: "control",
      arms: ["easy", "social"], draws: draws, seed: 3)
    #expect(!joint.isExact && joint.draws.count == draws)
    for (place, p) in try joint.adjustedPValues.enumerated() {
      let (statistic, expected) = (reference[place][0], reference[place][1])
      #expect(abs(joint.observed[place] - statistic) < 1e-10)
      let error = (expected * (1 - expected) / Double(draws)).squareRoot()
      #expect(abs(p - expected) < 4 * error + 2 / Double(draws), "\(place): \(p)")
    }
  }

  /// Of N units in a block, K of a kind and L of another, an arm of n gets nK/N on average; the covariance is
  /// −n(N − n)KL/(N²(N − 1)), the variance n(N − n)K(N − K)/(N²(N − 1)).
  @Test("means and covariances of a multivariate hypergeometric draw, block by block")
  func moments() throws {
    let outcomes = try Self.totals(of: Self.sample(blocks: 2))
    let kinds = try #require(
      KindsOfUnits(outcomes, arms: 3, blocks: Grouping(outcomes[0].blocks)))
    #expect(kinds.examples.count == 4)
    let draws = 50_000
    let tables = replicates(draws, seed: 11) { kinds.draw(using: &$0) }
    let sizes = Self.observed.map { $0.arms.reduce(0, +) }
    for table in tables {
      for block in table {
        #expect(block.map { $0.reduce(0, +) } == sizes)
        #expect((0..<3).map { arm in block.reduce(0) { $0 + $1[arm] } } == [16, 16, 16])
      }
    }
    for (block, arm) in [(0, 0), (0, 2), (1, 1)] {
      var found = Moments(variables: 4)
      var across = Moments(variables: 2)
      for table in tables {
        found.add(table[block].map { Double($0[arm]) })
        across.add([Double(table[0][0][arm]), Double(table[1][0][arm])])
      }
      let (n, all) = (16.0, 48.0)
      let scale = n * (all - n) / (all * all * (all - 1))
      for (kind, size) in sizes.map(Double.init).enumerated() {
        let variance = scale * size * (all - size)
        let error = (variance / Double(draws)).squareRoot()
        #expect(abs(found.means[kind] - n * size / all) < 5 * error)
        for (other, otherSize) in sizes.map(Double.init).enumerated() {
          let expected = kind == other ? variance : -scale * size * otherSize
          let tolerance = 8 * variance / Double(draws).squareRoot()
          #expect(abs((found.covariance(of: kind, and: other) ?? .nan) - expected) < tolerance)
        }
      }
      // Blocks are drawn by themselves.
      let spread = scale * Double(sizes[0]) * (all - Double(sizes[0]))
      let between = try #require(across.covariance(of: 0, and: 1))
      #expect(abs(between) < 5 * spread / Double(draws).squareRoot())
    }
  }

  @Test("units that differ are shuffled")
  func manyKinds() throws {
    let arms = (0..<300).map { $0 % 3 }
    let units = try #require(
      UnitSample(
        arms: ["control", "easy", "social"], assignment: arms,
        response: [arms.indices.map { Double($0) }]))
    let outcome = try DrawnTotals(
      units, response: .continuous("y"), arms: [0, 1, 2], treated: 0)
    #expect(KindsOfUnits([outcome], arms: 3, blocks: Grouping(outcome.blocks)) == nil)
    #expect(KindsOfUnits([], arms: 3, blocks: Grouping(outcome.blocks)) == nil)
  }
}
