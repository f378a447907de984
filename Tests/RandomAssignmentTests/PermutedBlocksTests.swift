import RandomAssignment
import Testing

struct PermutedBlocksTests {
  private let arms = [Arm(id: "control", share: 4), Arm(id: "social", share: 2)]

  private func arrivals(_ count: Int, strata: Int = 1) -> [ExperimentalUnit] {
    (0..<count).map { ExperimentalUnit(id: "u\($0)", block: "s\($0 * $0 % 7 % strata)") }
  }

  @Test("as a second implementation draws: shares 2 : 1, four strata")
  func golden() throws {
    let golden = try GoldenDraws.read()
    var generator = PhiloxGenerator(seed: GoldenDraws.seed)
    let people = golden.blocks.map { ExperimentalUnit(id: "u", block: $0) }
    // 4 : 2 makes the same blocks as 2 : 1.
    let drawn = try PermutedBlocks(arms: arms).assign(people, using: &generator)
    #expect(drawn.armIndices == golden.permutedBlocks_2_1)
  }

  @Test(
    "blocks of one size: every three arrivals of a stratum hold two of one arm and one of the other"
  )
  func balance() throws {
    var generator = PhiloxGenerator(seed: 4)
    let people = arrivals(600, strata: 3)
    let design = PermutedBlocks(arms: arms, multiples: [1])
    let drawn = try design.assign(people, using: &generator).armIndices
    for stratum in ["s0", "s1", "s2"] {
      let own = zip(people, drawn).filter { $0.0.block == stratum }.map(\.1)
      for start in stride(from: 0, to: own.count - 2, by: 3) {
        #expect(own[start..<start + 3].reduce(0, +) == 1)
      }
    }
  }

  @Test(
    "continued at any point, the draw is the one of all arrivals together",
    arguments: [1, 7, 20, 59])
  func continuation(cut: Int) throws {
    let people = arrivals(60, strata: 4)
    let design = PermutedBlocks(arms: arms)
    var together = PhiloxGenerator(seed: 8)
    let whole = try design.assign(people, using: &together).armIndices
    var apart = PhiloxGenerator(seed: 8)
    var state = PermutedBlocks.State()
    let first = try design.assign(Array(people[..<cut]), continuing: &state, using: &apart)
    let second = try design.assign(Array(people[cut...]), continuing: &state, using: &apart)
    #expect(first.armIndices + second.armIndices == whole)
  }

  // The standard error of a share of 1/3 in 100,000 draws is √(2/9/10⁵) = .00149; four are .006.
  @Test("every arrival gets an arm with its share's probability")
  func probabilities() throws {
    let people = arrivals(8)
    let design = PermutedBlocks(arms: arms)
    var generator = PhiloxGenerator(seed: 15)
    var hits = Array(repeating: 0, count: people.count)
    for _ in 0..<100_000 {
      let drawn = try design.assign(people, using: &generator).armIndices
      for (unit, arm) in drawn.enumerated() { hits[unit] += arm }
    }
    for (unit, count) in zip(people, hits) {
      let expected = design.probabilities(for: unit)[1]
      #expect(expected == 1.0 / 3)
      #expect(abs(Double(count) / 100_000 - expected) < 0.006)
    }
  }

  @Test("multiples out of range and seats of another design are refused, and change nothing")
  func refusals() throws {
    var generator = PhiloxGenerator(seed: 1)
    for (multiples, named) in [([], 0), ([0, 1], 0), ([1, 101], 101), ([-2], -2)] as [([Int], Int)]
    {
      let design = PermutedBlocks(arms: arms, multiples: multiples)
      #expect(throws: DesignError.multipleOutOfRange(named)) {
        try design.assign(arrivals(3), using: &generator)
      }
    }
    var foreign = PermutedBlocks.State()
    foreign.seats["s0"] = [0, 5]
    let before = foreign
    #expect(throws: DesignError.foreignState) {
      try PermutedBlocks(arms: arms).assign(arrivals(3), continuing: &foreign, using: &generator)
    }
    #expect(foreign == before)
    #expect(throws: DesignError.noUnits) {
      try PermutedBlocks(arms: arms).assign([], using: &generator)
    }
  }
}
