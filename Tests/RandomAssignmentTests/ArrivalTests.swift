import Foundation
import Testing

@testable import RandomAssignment

/// The output of Reference/arrivals.py.
private struct Arrivals: Decodable {
  struct Pair: Decodable {
    var first: [Int]
    var second: [Int]
    var p: Double
  }
  struct Several: Decodable {
    var counts: [[Int]]
    var p: [Double]
  }
  var factors: [[String]]
  var minimized_1_1: [Int]
  var minimized_2_1_1: [Int]
  var biased_coin: [Int]
  var second_better: [Pair]
  var best: [Several]

  static func read() throws -> Arrivals {
    let url = try #require(
      Bundle.module.url(forResource: "Reference/arrivals", withExtension: "json"))
    return try JSONDecoder().decode(Arrivals.self, from: Data(contentsOf: url))
  }

  var people: [ExperimentalUnit] {
    factors.enumerated().map { ExperimentalUnit(id: "u\($0)", block: $1[0], factors: $1) }
  }
}

private func arms(_ shares: Int...) -> [Arm] {
  shares.enumerated().map { Arm(id: "arm\($0)", share: $1) }
}

@Suite("Units that arrive one by one")
struct ArrivalTests {
  private let golden: Arrivals

  init() throws { golden = try Arrivals.read() }

  private func draw(_ design: some AssignmentDesign) throws -> [Int] {
    var generator = PhiloxGenerator(seed: GoldenDraws.seed)
    return try design.assign(golden.people, using: &generator).armIndices
  }

  @Test("as a second implementation draws")
  func second() throws {
    #expect(try draw(Minimized(arms: arms(1, 1))) == golden.minimized_1_1)
    #expect(try draw(Minimized(arms: arms(2, 1, 1), coin: 0.9)) == golden.minimized_2_1_1)
    #expect(try draw(BiasedCoin(arms: arms(1, 1))) == golden.biased_coin)
  }

  @Test("who came before keeps the arm, however many follow", arguments: [1, 17, 59])
  func prefix(count: Int) throws {
    for design in [Minimized(arms: arms(2, 1, 1)), BiasedCoin(arms: arms(1, 1))]
      as [any AssignmentDesign]
    {
      var generator = PhiloxGenerator(seed: 6)
      let few = try design.assign(Array(golden.people[..<count]), using: &generator)
      generator = PhiloxGenerator(seed: 6)
      let all = try design.assign(golden.people, using: &generator)
      #expect(Array(all.armIndices[..<count]) == few.armIndices)
    }
  }

  @Test("a minimised draw that is continued is the draw of all together")
  func continued() throws {
    let design = Minimized(arms: arms(1, 1, 1))
    var together = PhiloxGenerator(seed: 8)
    let whole = try design.assign(golden.people, using: &together).armIndices
    var apart = PhiloxGenerator(seed: 8)
    var state = Minimized.State()
    let first = try design.assign(
      Array(golden.people[..<20]), continuing: &state, using: &apart)
    let copy = try JSONDecoder().decode(
      Minimized.State.self, from: JSONEncoder().encode(state))
    state = copy
    let rest = try design.assign(Array(golden.people[20...]), continuing: &state, using: &apart)
    #expect(first.armIndices + rest.armIndices == whole)
  }

  @Test("margins are balanced far better than by chance")
  func margins() throws {
    var generator = PhiloxGenerator(seed: 12)
    let people = (0..<200).map {
      ExperimentalUnit(id: "u\($0)", factors: ["\($0 % 2)", "\($0 * $0 % 5)", "\($0 * 7 % 3)"])
    }
    let drawn = try Minimized(arms: arms(1, 1)).assign(people, using: &generator).armIndices
    for place in 0..<3 {
      for (_, members) in Dictionary(grouping: zip(people, drawn), by: { $0.0.factors[place] }) {
        let lead = members.reduce(0) { $0 + ($1.1 == 0 ? 1 : -1) }
        #expect(abs(lead) <= 6)
      }
    }
  }

  @Test("a coin of 1 always balances; probabilities sum to 1 and respect the shares")
  func conditional() throws {
    let sure = Minimized(arms: arms(1, 1), coin: 1)
    var state = Minimized.State()
    var generator = PhiloxGenerator(seed: 1)
    let first = try sure.assign(
      [ExperimentalUnit(id: "a", factors: ["x"])], continuing: &state, using: &generator)
    let next = try sure.conditionalProbabilities(
      for: ExperimentalUnit(id: "b", factors: ["x"]), given: state)
    #expect(next[first.armIndices[0]] == 0 && next.reduce(0, +) == 1)
    let uneven = Minimized(arms: arms(3, 1))
    let start = try uneven.conditionalProbabilities(
      for: ExperimentalUnit(id: "a", factors: ["x"]), given: .init())
    // A first unit weighs 1/3 in the large arm and 1 in the small one.
    #expect(abs(start[0] - 0.8) < 1e-12 && abs(start[1] - 0.2) < 1e-12)
  }

  @Test("bad input is refused")
  func refused() throws {
    var generator = PhiloxGenerator(seed: 1)
    let unit = ExperimentalUnit(id: "a", factors: ["x"])
    #expect(throws: DesignError.parameterOutOfRange("coin", 0.5)) {
      try Minimized(arms: arms(1, 1), coin: 0.5).assign([unit], using: &generator)
    }
    #expect(throws: DesignError.unequalFactors(unit: "b")) {
      try Minimized(arms: arms(1, 1)).assign(
        [unit, ExperimentalUnit(id: "b")], using: &generator)
    }
    #expect(throws: DesignError.notTwoArms(3)) {
      try BiasedCoin(arms: arms(1, 1, 1)).assign([unit], using: &generator)
    }
    #expect(throws: DesignError.unequalShares) {
      try BiasedCoin(arms: arms(1, 2)).assign([unit], using: &generator)
    }
    #expect(throws: DesignError.parameterOutOfRange("floor", 0.6)) {
      try ThompsonSampling(arms: arms(1, 1), successes: [0, 0], failures: [0, 0], floor: 0.6)
        .propensities()
    }
    #expect(throws: DesignError.foreignState) {
      try ThompsonSampling(arms: arms(1, 1), successes: [0], failures: [0, 0]).propensities()
    }
    #expect(throws: DesignError.foreignState) {
      try ThompsonSampling(arms: arms(1, 1), successes: [-1, 0], failures: [0, 0]).propensities()
    }
  }

  @Test("P(best) is the exact sum for two arms and the integral for three")
  func best() throws {
    for pair in golden.second_better {
      let design = ThompsonSampling(
        arms: arms(1, 1), successes: [pair.first[0], pair.second[0]],
        failures: [pair.first[1], pair.second[1]], floor: 0)
      #expect(abs(try design.propensities()[1] - pair.p) < 1e-4)
    }
    for several in golden.best {
      let design = ThompsonSampling(
        arms: arms(1, 1, 1), successes: several.counts.map { $0[0] },
        failures: several.counts.map { $0[1] }, floor: 0)
      for (ours, theirs) in zip(try design.propensities(), several.p) {
        #expect(abs(ours - theirs) < 1e-4)
      }
    }
  }

  // Beta(1, n + 1) lies below Beta(m + 1, 1) for certain here; a flat arm beside one that is pinned at r
  // is the better one with probability 1 − r, exactly 1 − E(r).
  @Test("arms of any two sizes: nothing is lost between points, nothing is NaN")
  func extremes() throws {
    func second(_ first: (Int, Int), _ second: (Int, Int)) throws -> Double {
      try ThompsonSampling(
        arms: arms(1, 1), successes: [first.0, second.0], failures: [first.1, second.1], floor: 0
      ).propensities()[1]
    }
    let most = 1_000_000_000
    #expect(try second((0, most), (most, 0)) == 1)
    #expect(try second((most, 0), (0, most)) == 0)
    #expect(abs(try second((0, most), (0, most)) - 0.5) < 1e-6)
    #expect(abs(try second((most, 0), (most, 0)) - 0.5) < 1e-6)
    #expect(abs(try second((300_000_000, 700_000_000), (0, 0)) - 0.7) < 1e-4)
    #expect(abs(try second((0, most), (0, 0)) - 1) < 1e-4)
    #expect(abs(try second((most, 0), (0, 0))) < 1e-4)
  }

  @Test("the floor is kept, propensities sum to 1, a billion of each is no trouble")
  func floor() throws {
    let design = ThompsonSampling(
      arms: arms(1, 1, 1), successes: [900_000_000, 10, 0], failures: [1_000_000_000, 5, 0],
      floor: 0.2)
    let propensities = try design.propensities()
    #expect(propensities.allSatisfy { $0 >= 0.2 && $0.isFinite })
    #expect(abs(propensities.reduce(0, +) - 1) < 1e-12)
  }
}

@Suite("Blocks that are too small")
struct SmallBlocksTests {
  private let units = [
    ("a", "h1"), ("b", "h2"), ("b", "h2"), ("c", "h3"), ("b", "h4"), ("d", "h5"),
  ]
  .enumerated().map { ExperimentalUnit(id: "u\($0)", block: $1.0, cluster: $1.1) }

  @Test("are listed with their numbers, of units or of clusters")
  func list() {
    let small = SmallBlocks.list(in: units, armCount: 2)
    #expect(small.map(\.block) == ["a", "c", "d"] && small.map(\.count) == [1, 1, 1])
    let clusters = SmallBlocks.list(in: units, armCount: 3, byCluster: true)
    #expect(
      clusters.map(\.block) == ["a", "b", "c", "d"] && clusters.map(\.count) == [1, 2, 1, 1])
  }

  @Test("are merged into one, the others stay")
  func merged() {
    let merged = SmallBlocks.merged(in: units, armCount: 2, into: "rest")
    #expect(merged.map(\.block) == ["rest", "b", "b", "rest", "b", "rest"])
    #expect(SmallBlocks.list(in: merged, armCount: 2).isEmpty)
  }
}
