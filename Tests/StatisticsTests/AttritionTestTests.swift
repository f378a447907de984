import Foundation
import RandomAssignment
import Statistics
import Testing

/// Missing outcomes by arm, against R (Reference/attrition.R).
@Suite struct AttritionTestTests {
  struct Reference: Decodable {
    let arm: [Int]
    let block: [Int]
    let missing: [Double]
    let three, threeP: Double
    let threeDF: Int
    let pair, pairP: Double
    let size: [Int]
    let gone: [Int]
    let treated: [Int]
    let clusters, clustersP, withinP: Double

    static func load() throws -> Reference {
      let url = Bundle.module.url(forResource: "Reference/attrition", withExtension: "json")
      guard let url else { throw CocoaError(.fileNoSuchFile) }
      return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }

    /// Units of eight clusters, four a block.
    func clustered(blocks: Bool) throws -> UnitSample {
      let cluster = size.indices.flatMap { Array(repeating: $0, count: size[$0]) }
      let y = size.indices.flatMap { place in
        (0..<size[place]).map { $0 < gone[place] ? 1.0 : 0 }
      }
      return try #require(
        UnitSample(
          arms: ["control", "a"], assignment: cluster.map { treated[$0] }, response: [y],
          blocks: blocks ? Grouping(cluster.map { $0 / 4 }) : nil, clusters: Grouping(cluster)))
    }
  }

  private let arms = ["control", "a", "b"]

  @Test("within blocks: the generalised Mantel–Haenszel test of any number of arms")
  func blocks() throws {
    let reference = try Reference.load()
    let units = try #require(
      UnitSample(
        arms: arms, assignment: reference.arm, response: [reference.missing],
        blocks: Grouping(reference.block)))
    let test = try AttritionTest(of: units)
    #expect(test.method == .mantelHaenszel && test.degreesOfFreedom == reference.threeDF)
    #expect(abs(test.statistic - reference.three) < 1e-12 * reference.three)
    #expect(abs(test.pValue - reference.threeP) < 1e-12)

    let rows = reference.arm.indices.filter { reference.arm[$0] != 2 }
    let two = try #require(
      UnitSample(
        arms: arms, assignment: rows.map { reference.arm[$0] },
        response: [rows.map { reference.missing[$0] }],
        blocks: Grouping(rows.map { reference.block[$0] })))
    let pair = try AttritionTest(of: two)
    #expect(pair.degreesOfFreedom == 1 && abs(pair.statistic - reference.pair) < 1e-12)
    #expect(abs(pair.pValue - reference.pairP) < 1e-12)
  }

  @Test("whole clusters: every possible draw, freely and within blocks")
  func clusters() throws {
    let reference = try Reference.load()
    let free = try AttritionTest(of: reference.clustered(blocks: false))
    #expect(free.method == .randomization && free.degreesOfFreedom == nil)
    #expect(abs(free.statistic - reference.clusters) < 1e-12)
    #expect(abs(free.pValue - reference.clustersP) < 1e-12)
    let within = try AttritionTest(of: reference.clustered(blocks: true))
    #expect(abs(within.pValue - reference.withinP) < 1e-12)
  }

  @Test("units one by one: Pearson's table, and the order of arms does not matter")
  func units() throws {
    // 12 of 40 against 4 of 40: X² = 80(12·36 − 4·28)²/(16·64·40·40) = 5.
    let test = try AttritionTest(missing: [12, 4], known: [28, 36])
    #expect(abs(test.statistic - 5) < 1e-12 && test.method == .chiSquared)
    let y = (0..<80).map { $0 % 40 < ($0 < 40 ? 12 : 4) ? 1.0 : 0 }
    let units = try #require(
      UnitSample(arms: ["x", "y"], assignment: (0..<80).map { $0 / 40 }, response: [y]))
    let swapped = try #require(
      UnitSample(arms: ["x", "y"], assignment: (0..<80).map { 1 - $0 / 40 }, response: [y]))
    #expect(abs(try AttritionTest(of: units).statistic - 5) < 1e-12)
    #expect(abs(try AttritionTest(of: swapped).statistic - 5) < 1e-12)
  }

  @Test("nothing missing, one arm, a cluster with two arms: said, not computed")
  func refusals() throws {
    func sample(_ y: [Double], _ z: [Int], clusters: [Int]? = nil) throws -> UnitSample {
      try #require(
        UnitSample(
          arms: ["x", "y"], assignment: z, response: [y], clusters: clusters.map { Grouping($0) }))
    }
    for (y, z) in [
      ([0.0, 0, 0, 0], [0, 1, 0, 1]), ([1, 1, 1, 1], [0, 1, 0, 1]), ([1, 0], [0, 0]),
    ] {
      let units = try sample(y, z)
      #expect(throws: EstimationError.noVariation) { try AttritionTest(of: units) }
    }
    let torn = try sample([1, 0, 0, 1], [0, 1, 0, 1], clusters: [0, 0, 1, 1])
    #expect(throws: EstimationError.undefined) { try AttritionTest(of: torn) }
  }

  @Test("clusters that go missing together: χ² of units rejects far too often, this does not")
  func level() throws {
    var rejected = (units: 0, clusters: 0)
    let replicates = 400
    for replicate in 0..<replicates {
      var generator = PhiloxGenerator(seed: 3, stream: UInt64(replicate))
      var z = (0..<16).map { $0 % 2 }
      generator.permute(&z)
      let rate = (0..<16).map { _ in generator.uniformDouble() < 0.3 ? 0.6 : 0.05 }
      let cluster = (0..<320).map { $0 / 20 }
      let y = cluster.map { generator.uniformDouble() < rate[$0] ? 1.0 : 0 }
      let units = try #require(
        UnitSample(
          arms: ["x", "y"], assignment: cluster.map { z[$0] }, response: [y],
          clusters: Grouping(cluster)))
      let alone = try #require(
        UnitSample(arms: ["x", "y"], assignment: cluster.map { z[$0] }, response: [y]))
      if try AttritionTest(of: units, draws: 199).pValue < 0.05 { rejected.clusters += 1 }
      if try AttritionTest(of: alone).pValue < 0.05 { rejected.units += 1 }
    }
    // 5 % of 400 with four Monte-Carlo errors of 1.1 points.
    #expect(abs(Double(rejected.clusters) / 400 - 0.05) < 0.044)
    #expect(Double(rejected.units) / 400 > 0.3)
  }
}
