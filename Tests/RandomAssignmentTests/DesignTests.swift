import Testing

@testable import RandomAssignment

private func arms(_ shares: Int...) -> [Arm] {
  shares.enumerated().map { Arm(id: "arm\($0)", share: $1) }
}

private func units(_ count: Int) -> [ExperimentalUnit] {
  (0..<count).map { ExperimentalUnit(id: "u\($0)") }
}

struct GoldenDesignTests {
  let golden: GoldenDraws
  let people: [ExperimentalUnit]

  init() throws {
    let golden = try GoldenDraws.read()
    self.golden = golden
    people = golden.blocks.indices.map {
      ExperimentalUnit(id: "u\($0)", block: golden.blocks[$0], cluster: golden.clusters[$0])
    }
  }

  private func draw(
    _ design: some AssignmentDesign, _ units: [ExperimentalUnit]
  ) throws -> [Int] {
    var generator = PhiloxGenerator(seed: GoldenDraws.seed)
    return try design.assign(units, using: &generator).armIndices
  }

  @Test func simple() throws {
    #expect(try draw(SimpleAssignment(arms: arms(1, 2, 3)), people) == golden.simple_1_2_3)
  }

  @Test func complete() throws {
    #expect(try draw(CompleteAssignment(arms: arms(1, 1)), people) == golden.complete_1_1)
    #expect(try draw(CompleteAssignment(arms: arms(3, 2, 2)), people) == golden.complete_3_2_2)
  }

  @Test func blocked() throws {
    #expect(try draw(BlockedAssignment(arms: arms(1, 1, 1)), people) == golden.blocked_1_1_1)
    #expect(try draw(BlockedAssignment(arms: arms(5, 3, 2, 1)), people) == golden.blocked_5_3_2_1)
  }

  @Test func clustered() throws {
    #expect(try draw(ClusteredAssignment(arms: arms(1, 1)), people) == golden.clustered_1_1)
    let nested = zip(people, golden.nested).map { unit, block in
      ExperimentalUnit(id: unit.id, block: block, cluster: unit.cluster)
    }
    let design = ClusteredAssignment(arms: arms(2, 1), isBlocked: true)
    #expect(try draw(design, nested) == golden.clusteredBlocked_2_1)
  }
}

struct CompleteAssignmentTests {
  // HairEyeColor has 592 people: randomizr's vignette gives 296 | 296 and three arms of 197 or 198.
  @Test func hairEyeColor() throws {
    for seed in 0..<20 as Range<UInt64> {
      var generator = PhiloxGenerator(seed: seed)
      let two = try CompleteAssignment(arms: arms(1, 1)).assign(units(592), using: &generator)
      #expect(two.sizes(armCount: 2) == [296, 296])
      let three = try CompleteAssignment(arms: arms(1, 1, 1)).assign(units(592), using: &generator)
      #expect(three.sizes(armCount: 3).sorted() == [197, 197, 198])
    }
  }

  // randomizr's test-permutations.R: 6 of which 3 give 20 equally likely assignments.
  @Test func allTwentyAssignmentsOfSixAreEquallyLikely() throws {
    var generator = PhiloxGenerator(seed: 5)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<20_000 {
      let drawn = try CompleteAssignment(arms: arms(1, 1)).assign(units(6), using: &generator)
      counts[drawn.armIndices, default: 0] += 1
    }
    #expect(counts.count == 20)
    let chiSquared = counts.values.reduce(0.0) { sum, count in
      sum + (Double(count) - 1000) * (Double(count) - 1000) / 1000
    }
    #expect(chiSquared < 43.820)  // qchisq(.999, 19)
  }

  // Two seats are left when 6 units meet 4 arms: each pair of arms takes them with probability 1/6.
  @Test func remainingSeatsGoToEveryPairOfArmsAlike() throws {
    var generator = PhiloxGenerator(seed: 8)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 {
      let drawn = try CompleteAssignment(arms: arms(1, 1, 1, 1)).assign(units(6), using: &generator)
      counts[drawn.sizes(armCount: 4), default: 0] += 1
    }
    #expect(counts.count == 6)
    let chiSquared = counts.values.reduce(0.0) { sum, count in
      sum + (Double(count) - 1000) * (Double(count) - 1000) / 1000
    }
    #expect(chiSquared < 20.515)  // qchisq(.999, 5)
  }

  @Test func largeSharesDoNotOverflow() throws {
    var generator = PhiloxGenerator(seed: 1)
    let design = CompleteAssignment(arms: arms(1_000_000, 1_000_000, 1))
    // 3·10⁶/(2·10⁶ + 1) and 3/(2·10⁶ + 1): one or two, one or two, none or one.
    let sizes = try design.assign(units(3), using: &generator).sizes(armCount: 3)
    #expect(sizes.reduce(0, +) == 3)
    #expect((1...2).contains(sizes[0]) && (1...2).contains(sizes[1]) && (0...1).contains(sizes[2]))
  }
}

struct MarginalProbabilityTests {
  private static let designs: [any AssignmentDesign] = [
    SimpleAssignment(arms: arms(3, 2, 2)), CompleteAssignment(arms: arms(3, 2, 2)),
    BlockedAssignment(arms: arms(3, 2, 2)), ClusteredAssignment(arms: arms(3, 2, 2)),
    ClusteredAssignment(arms: arms(3, 2, 2), isBlocked: true),
  ]

  // Every unit gets arm i with probability sᵢ/S: 20,000 draws have a standard error of at most
  // √(12/49/20000) = .0035; ±.014 is four of them, for 13 units × 3 arms × 5 designs.
  @Test(arguments: designs.indices) func matchWhatTheDesignSays(index: Int) throws {
    let design = Self.designs[index]
    let people = (0..<13).map {
      ExperimentalUnit(id: "u\($0)", block: "b\($0 / 5)", cluster: "c\($0 / 5)-\($0 % 3)")
    }
    var generator = PhiloxGenerator(seed: 2026, stream: UInt64(index))
    var hits = people.map { _ in [0, 0, 0] }
    for _ in 0..<20_000 {
      let drawn = try design.assign(people, using: &generator).armIndices
      for (unit, arm) in drawn.enumerated() { hits[unit][arm] += 1 }
    }
    let expected: [Double] = [3 / 7, 2 / 7, 2 / 7]
    for (unit, counts) in zip(people, hits) {
      let probabilities = design.probabilities(for: unit)
      #expect(probabilities == expected)
      for (count, probability) in zip(counts, probabilities) {
        #expect(abs(Double(count) / 20_000 - probability) < 0.014, "\(unit)")
      }
    }
  }
}

struct BlockedAssignmentTests {
  // Every arm's exact number of seats, in each block and over all, is rounded down or up.
  @Test(arguments: 0..<200) func totalsStayWithinOneOfThePlan(trial: Int) throws {
    var generator = PhiloxGenerator(seed: 99, stream: UInt64(trial))
    let shares = (0..<(2 + generator.uniformInteger(below: 5))).map { _ in
      1 + generator.uniformInteger(below: 6)
    }
    let total = shares.reduce(0, +)
    let blockCount = 1 + generator.uniformInteger(below: 40)
    let people = (0..<(1 + generator.uniformInteger(below: 150))).map {
      ExperimentalUnit(id: "u\($0)", block: "b\(generator.uniformInteger(below: blockCount))")
    }
    let design = BlockedAssignment(
      arms: shares.enumerated().map { Arm(id: "arm\($0)", share: $1) })
    let drawn = try design.assign(people, using: &generator)

    func check(_ members: [Int]) {
      let sizes = Assignment(armIndices: members).sizes(armCount: shares.count)
      #expect(sizes.reduce(0, +) == members.count)
      for (size, share) in zip(sizes, shares) {
        #expect(abs(size * total - members.count * share) < total)
      }
    }
    check(drawn.armIndices)
    let pairs = zip(people, drawn.armIndices)
    for block in Set(people.map(\.block)) {
      check(pairs.filter { $0.0.block == block }.map(\.1))
    }
  }

  // 101 blocks of one unit: rounding each block alone would leave the arms ±10 apart.
  @Test func manySingletonsStillMakeEqualArms() throws {
    let people = (0..<101).map { ExperimentalUnit(id: "u\($0)", block: "b\($0)") }
    var generator = PhiloxGenerator(seed: 3)
    let drawn = try BlockedAssignment(arms: arms(1, 1)).assign(people, using: &generator)
    #expect(drawn.sizes(armCount: 2).sorted() == [50, 51])
  }

  @Test func thousandsOfBlocksTakeLinearTime() throws {
    let people = (0..<30_000).map { ExperimentalUnit(id: "u\($0)", block: "b\($0 / 3)") }
    var generator = PhiloxGenerator(seed: 4)
    let drawn = try BlockedAssignment(arms: arms(1, 1, 1, 1)).assign(people, using: &generator)
    #expect(drawn.sizes(armCount: 4) == [7500, 7500, 7500, 7500])
  }
}

struct ClusteredAssignmentTests {
  @Test func membersShareAnArmAndClustersAreCountedWhole() throws {
    let people = (0..<100).map { ExperimentalUnit(id: "u\($0)", cluster: "c\($0 * 7 % 10)") }
    var generator = PhiloxGenerator(seed: 6)
    let drawn = try ClusteredAssignment(arms: arms(1, 1)).assign(people, using: &generator)
    let armsOfCluster = Dictionary(grouping: zip(people, drawn.armIndices), by: \.0.cluster)
      .mapValues { Set($0.map(\.1)) }
    #expect(armsOfCluster.count == 10)
    #expect(armsOfCluster.values.allSatisfy { $0.count == 1 })
    #expect(armsOfCluster.values.filter { $0 == [0] }.count == 5)
  }
}

struct DesignErrorTests {
  private func error(
    _ design: some AssignmentDesign, _ units: [ExperimentalUnit]
  ) -> DesignError? {
    var generator = PhiloxGenerator(seed: 0)
    do throws(DesignError) {
      _ = try design.assign(units, using: &generator)
      return nil
    } catch { return error }
  }

  @Test func armsMustMakeSense() {
    #expect(error(SimpleAssignment(arms: []), units(2)) == .noArms)
    #expect(
      error(CompleteAssignment(arms: arms(1, 0)), units(2))
        == .shareOutOfRange(arm: "arm1", share: 0))
    #expect(
      error(BlockedAssignment(arms: arms(.max)), units(2))
        == .shareOutOfRange(arm: "arm0", share: .max))
    let twins = [Arm(id: "a"), Arm(id: "a")]
    #expect(error(CompleteAssignment(arms: twins), units(2)) == .duplicateArm("a"))
    #expect(CompleteAssignment(arms: twins).probabilities(for: units(1)[0]).isEmpty)
  }

  @Test func somebodyMustBeThere() {
    #expect(error(SimpleAssignment(arms: arms(1, 1)), []) == .noUnits)
    #expect(error(CompleteAssignment(arms: arms(1, 1)), []) == .noUnits)
    #expect(error(BlockedAssignment(arms: arms(1, 1)), []) == .noUnits)
    #expect(error(ClusteredAssignment(arms: arms(1, 1)), []) == .noUnits)
  }

  @Test func blocksAndClustersMustBeGiven() {
    let people = [
      ExperimentalUnit(id: "a", block: "x", cluster: "1"), ExperimentalUnit(id: "b"),
    ]
    #expect(error(BlockedAssignment(arms: arms(1, 1)), people) == .missingBlock(unit: "b"))
    #expect(error(ClusteredAssignment(arms: arms(1, 1)), people) == .missingCluster(unit: "b"))
    let unblocked = [ExperimentalUnit(id: "c", cluster: "1")]
    let design = ClusteredAssignment(arms: arms(1, 1), isBlocked: true)
    #expect(error(design, unblocked) == .missingBlock(unit: "c"))
    let torn = [
      ExperimentalUnit(id: "a", block: "x", cluster: "1"),
      ExperimentalUnit(id: "b", block: "y", cluster: "1"),
    ]
    #expect(error(design, torn) == .clusterInSeveralBlocks(cluster: "1"))
  }
}
