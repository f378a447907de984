import Testing

@testable import RandomAssignment

private let two = [Arm(id: "control"), Arm(id: "social")]

@Suite("Matched pairs and rerandomised draws")
struct MatchedPairsTests {
  private func units(_ values: [[Double]], blocks: [String]? = nil) -> [ExperimentalUnit] {
    values.enumerated().map { place, value in
      ExperimentalUnit(id: "u\(place)", block: blocks?[place], measurements: value)
    }
  }

  private func scattered(_ count: Int) -> [[Double]] {
    var values: [[Double]] = []
    for n in 0..<count {
      let (first, second) = (n * n % 17, n * 7 % 13)
      values.append([Double(first), Double(second)])
    }
    return values
  }

  @Test("neighbours on a line are paired, whatever the unit of measurement")
  func line() throws {
    let design = MatchedPairs(arms: two)
    let ages: [Double] = [30, 47, 31, 60, 48, 61]
    #expect(try design.pairs(of: units(ages.map { [$0] })) == [0, 1, 0, 2, 1, 2])
    let scaled = try design.pairs(of: units(ages.map { [1e6 - $0 * 365.25, 1] }))
    #expect(scaled == [0, 1, 0, 2, 1, 2])
  }

  @Test("each pair has one unit of each arm, and the pair is told")
  func onePerArm() throws {
    var generator = PhiloxGenerator(seed: 3)
    let people = units(scattered(40))
    let drawn = try MatchedPairs(arms: two).assign(people, using: &generator)
    let pairs = try #require(drawn.formedBlocks)
    for (_, members) in Dictionary(grouping: zip(pairs, drawn.armIndices), by: \.0) {
      #expect(members.map(\.1).sorted() == [0, 1])
    }
  }

  @Test("pairs stay within blocks, clusters stay whole")
  func blocksAndClusters() throws {
    let blocks = (0..<12).map { $0 < 4 ? "a" : "b" }
    let ages = [0, 5, 10, 3, 8, 1, 6, 11, 4, 9, 2, 7]
    let people = units(ages.map { [Double($0)] }, blocks: blocks)
    let pairs = try MatchedPairs(arms: two, isBlocked: true).pairs(of: people)
    for (_, members) in Dictionary(grouping: zip(pairs, blocks), by: \.0) {
      #expect(Set(members.map(\.1)).count == 1 && members.count == 2)
    }
    let households = (0..<12).map {
      ExperimentalUnit(id: "u\($0)", cluster: "h\($0 / 3)", measurements: [Double($0 / 3 % 2)])
    }
    var generator = PhiloxGenerator(seed: 5)
    let drawn = try MatchedPairs(arms: two, isClustered: true)
      .assign(households, using: &generator)
    // Households 0 and 2 are alike, 1 and 3 too.
    #expect(drawn.formedBlocks?[0] == drawn.formedBlocks?[6])
    #expect(drawn.formedBlocks?[3] == drawn.formedBlocks?[9])
    #expect(
      drawn.armIndices[0] == drawn.armIndices[2] && drawn.armIndices[0] != drawn.armIndices[6])
  }

  @Test("what cannot be paired is refused")
  func refused() {
    func error(_ design: MatchedPairs, _ units: [ExperimentalUnit]) -> DesignError? {
      var generator = PhiloxGenerator(seed: 1)
      do throws(DesignError) {
        _ = try design.assign(units, using: &generator)
        return nil
      } catch {
        return error
      }
    }
    let design = MatchedPairs(arms: two)
    #expect(error(design, units([[1], [2], [3]])) == .oddNumber(block: nil, count: 3))
    #expect(error(design, units([[1], [1]])) == .noVariation)
    #expect(error(design, units([[1], [.nan]])) == .unequalMeasurements(unit: "u1"))
    #expect(error(design, units([[1], [1, 2]])) == .unequalMeasurements(unit: "u1"))
    #expect(error(design, units([[], []])) == .unequalMeasurements(unit: "u0"))
    #expect(error(design, []) == .noUnits)
    #expect(error(MatchedPairs(arms: two + [Arm(id: "c")]), units([[1], [2]])) == .notTwoArms(3))
    let uneven = MatchedPairs(arms: [Arm(id: "a"), Arm(id: "b", share: 2)])
    #expect(error(uneven, units([[1], [2]])) == .unequalShares)
    #expect(
      error(MatchedPairs(arms: two, isBlocked: true), units([[1], [2]]))
        == .missingBlock(unit: "u0"))
    #expect(
      error(MatchedPairs(arms: two, isClustered: true), units([[1], [2]]))
        == .missingCluster(unit: "u0"))
    let many = units((0..<(MatchedPairs.limit + 2)).map { [Double($0)] })
    #expect(
      error(design, many)
        == .tooManyToPair(count: MatchedPairs.limit + 2, limit: MatchedPairs.limit))
  }

  @Test("accepted draws are balanced, and a threshold out of reach is said to be")
  func rerandomized() throws {
    let people = units(scattered(20))
    let space = try WhitenedCovariates(of: people)
    for seed in 0..<20 as Range<UInt64> {
      var generator = PhiloxGenerator(seed: seed)
      let drawn = try Rerandomized(arms: two, threshold: 0.1).assign(people, using: &generator)
      #expect(space.imbalance(of: drawn.armIndices, armCount: 2) <= 0.1)
      #expect(drawn.sizes(armCount: 2) == [10, 10])
    }
    var generator = PhiloxGenerator(seed: 1)
    let far = units([[0], [100], [0], [1]])
    #expect(throws: DesignError.noneAccepted(tries: Rerandomized.mostTries)) {
      try Rerandomized(arms: two, threshold: 1e-9).assign(far, using: &generator)
    }
    #expect(throws: DesignError.parameterOutOfRange("threshold", 0)) {
      try Rerandomized(arms: two, threshold: 0).assign(far, using: &generator)
    }
    #expect(throws: DesignError.unequalShares) {
      try Rerandomized(arms: [Arm(id: "a"), Arm(id: "b", share: 2)], threshold: 1)
        .assign(far, using: &generator)
    }
  }

  /// For two arms M is (n₁n₀/n)(x̄₁ − x̄₀)ᵀS⁻¹(x̄₁ − x̄₀): by hand for 1, 2, 3, 6 with the last treated.
  @Test("M by hand")
  func imbalance() {
    let space = WhitenedCovariates(columns: [[1, 2, 3, 6]])
    // x̄ = 3, S = 14/3; x̄₁ − x̄₀ = 4; (1·3/4)·16/(14/3) = 18/7.
    #expect(abs(space.imbalance(of: [0, 0, 0, 1], armCount: 2) - 18.0 / 7) < 1e-12)
    #expect(abs(space.distance(0, 3) - 5 / (14.0 / 3).squareRoot()) < 1e-12)
  }

  // Gerber & Green, table 2.1: two of seven villages; the book prints 4.60.
  @Test("the true standard error of a difference in means over all 21 draws is 4.603311")
  func gerberGreen() {
    let untreated: [Double] = [10, 15, 20, 20, 10, 15, 15]
    let treated: [Double] = [15, 15, 30, 15, 20, 15, 30]
    var estimates: [Double] = []
    for a in 0..<7 {
      for b in 0..<a {
        let control = (0..<7).filter { $0 != a && $0 != b }.map { untreated[$0] }
        estimates.append((treated[a] + treated[b]) / 2 - control.reduce(0, +) / 5)
      }
    }
    let mean = estimates.reduce(0, +) / 21
    let variance = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 21
    #expect(abs(mean - 5) < 1e-12 && abs(variance.squareRoot() - 4.603311) < 5e-7)
  }
}
