import Foundation
import RandomAssignment
import Statistics
import Testing

/// Gerber and Green's examples, and the tests that R enumerates.
@Suite struct RandomizationTests {
  // Field Experiments, table 2.2: budgets of seven villages, two of them treated.
  private static let budgets: [Double] = [15, 15, 20, 20, 10, 15, 30]
  private static let villages = [1, 0, 0, 0, 0, 0, 1]

  private static func difference(_ y: [Double], _ arms: [Int]) -> Double {
    let treated = zip(y, arms).filter { $0.1 == 1 }.map(\.0)
    let control = zip(y, arms).filter { $0.1 == 0 }.map(\.0)
    return treated.reduce(0, +) / Double(treated.count)
      - control.reduce(0, +) / Double(control.count)
  }

  @Test func gerberGreenTable22() throws {
    let permutations = try #require(ArmPermutations(observed: Self.villages))
    #expect(permutations.count == 21)
    let test = try RandomizationTest(over: permutations, draws: 1000, seed: 1) {
      (arms) throws(EstimationError) in Self.difference(Self.budgets, arms)
    }
    #expect(test.isExact && test.draws.count == 21)
    #expect(isClose(test.observed, 6.5))
    #expect(isClose(test.pValue(.absolute), 8 / 21))
    #expect(isClose(test.pValue(.upper), 5 / 21))
    #expect(isClose(test.pValue(.lower), 19 / 21))
    #expect(isClose(test.pValue(.twiceSmaller), 10 / 21))
    #expect(abs(test.standardDeviation - 5.322906) < 5e-7)
    #expect(abs(test.mean) < 1e-12)
  }

  // Table 2.1: both potential outcomes of each village; what 21 draws would have estimated.
  @Test func gerberGreenTable21() throws {
    let y0: [Double] = [10, 15, 20, 20, 10, 15, 15]
    let y1: [Double] = [15, 15, 30, 15, 20, 15, 30]
    let permutations = try #require(ArmPermutations(observed: Self.villages))
    var estimates: [Double] = []
    permutations.visitAll { arms in
      estimates.append(Self.difference(zip(arms, zip(y0, y1)).map { $0 == 1 ? $1.1 : $1.0 }, arms))
      return true
    }
    let mean = estimates.reduce(0, +) / 21
    #expect(isClose(mean, 5))
    let variance = estimates.reduce(0) { $0 + ($1 - 5) * ($1 - 5) } / 21
    #expect(abs(variance.squareRoot() - 4.603311) < 5e-7)
    let counts = Dictionary(estimates.map { (($0 * 1e6).rounded() / 1e6, 1) }, uniquingKeysWith: +)
    #expect(
      counts == [
        -1: 2, 0: 2, 0.5: 1, 1: 2, 1.5: 2, 2.5: 1, 6.5: 1, 7.5: 3, 8.5: 3, 9: 1, 9.5: 1, 10: 1,
        16: 1,
      ])
  }

  // The help file of R's ri: nine clusters of two in three blocks; probabilities differ by block.
  @Test func blocksOfClusters() throws {
    let y: [Double] = [8, 6, 2, 0, 3, 1, 1, 1, 2, 2, 0, 1, 0, 2, 2, 4, 1, 1]
    let clusterBlocks = [0, 0, 1, 1, 1, 2, 2, 2, 2]
    let drawn = [1, 0, 1, 0, 1, 1, 0, 1, 0]
    // Treated clusters over clusters, by block.
    let probability = [1.0 / 2, 2.0 / 3, 2.0 / 4]
    let permutations = try #require(
      ArmPermutations(observed: drawn, blocks: Grouping(clusterBlocks)))
    #expect(permutations.count == 36)
    let test = try RandomizationTest(over: permutations, draws: 1000, seed: 1) {
      (arms) throws(EstimationError) in
      var sums = [(weight: 0.0, y: 0.0), (weight: 0.0, y: 0.0)]
      for (unit, y) in y.enumerated() {
        let arm = arms[unit / 2]
        let p = probability[clusterBlocks[unit / 2]]
        let weight = 1 / (arm == 1 ? p : 1 - p)
        sums[arm].weight += weight
        sums[arm].y += weight * y
      }
      return sums[1].y / sums[1].weight - sums[0].y / sums[0].weight
    }
    #expect(test.draws.count == 36 && isClose(test.observed, 2))
    #expect(isClose(test.pValue(.absolute), 7 / 36))
    #expect(isClose(test.pValue(.upper), 3 / 36))
    #expect(isClose(test.pValue(.lower), 34 / 36))
  }

  @Test(arguments: [(3, 20), (5, 252)])
  func counts(perArm: Int, expected: Int) throws {
    let arms = (0..<(2 * perArm)).map { $0 % 2 }
    let permutations = try #require(ArmPermutations(observed: arms))
    #expect(permutations.count == Double(expected))
    var seen: Set<[Int]> = []
    permutations.visitAll { seen.insert($0).inserted }
    #expect(seen.count == expected)
  }

  private static func sample(_ reference: RandomizationReference.Case) throws -> UnitSample {
    try #require(
      UnitSample(
        arms: ["control", "social"], assignment: reference.arm,
        response: [reference.t, reference.m], blocks: Grouping(reference.block)))
  }

  private static let contrast = Contrast("social", versus: "control")

  @Test(arguments: ["plain", "blocked", "pairs", "clusters"])
  func agreesWithR(name: String) throws {
    let reference = try #require(try RandomizationReference.load().cases[name])
    let estimate = try RandomizationInference().estimate(
      Self.contrast, of: .ratio("t", over: "m"), in: Self.sample(reference), by: RatioOfSums())
    let evidence = try #require(estimate.evidence as? RandomizationEvidence)
    #expect(evidence.isExact && evidence.draws == reference.count)
    #expect(isClose(estimate.statistic, reference.statistic, within: 1e-9))
    #expect(isClose(try evidence.pValue(of: 0), reference.p))
    #expect(isClose(try evidence.pValue(of: 1), reference.p_one))
    let ends = try bounds(of: evidence.interval(level: reference.level))
    #expect(abs(ends.lower - reference.low) < 1e-6, "\(ends)")
    #expect(abs(ends.upper - reference.high) < 1e-6, "\(ends)")
  }

  @Test("clusters by their members say the same as their totals")
  func membersOfClusters() throws {
    let reference = try #require(try RandomizationReference.load().cases["clusters"])
    let members = reference.m.indices.flatMap { cluster in
      (0..<Int(reference.m[cluster])).map { _ in cluster }
    }
    let units = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: members.map { reference.arm[$0] },
        response: [members.map { reference.t[$0] / reference.m[$0] }],
        clusters: Grouping(members)))
    let estimate = try RandomizationInference().estimate(
      Self.contrast, of: .continuous("y"), in: units, by: DifferenceInMeans())
    #expect(isClose(try estimate.evidence.pValue(of: 0), reference.p))
    #expect(isClose(try estimate.evidence.pValue(of: 1), reference.p_one))
    #expect(isClose(estimate.value, reference.difference, within: 1e-9))
  }

  @Test("in a trial of several arms a contrast draws its own units, and its null is centred")
  func ownUnits() throws {
    let reference = try RandomizationReference.load().multi
    let y = try #require(reference.y)
    let arms = try #require(reference.arms)
    let units = try #require(
      UnitSample(arms: ["control", "easy", "social"], assignment: arms, response: [y]))
    let estimate = try RandomizationInference().estimate(
      Self.contrast, of: .continuous("y"), in: units, by: DifferenceInMeans())
    #expect(isClose(try estimate.evidence.pValue(of: 0), reference.p))
    #expect(isClose(try estimate.evidence.pValue(of: 1), reference.p_one))
    // Every arm's null is centred on 0, wherever the third arm's outcomes lie.
    for arm in 1...2 {
      let own = arms.indices.filter { arms[$0] == arm || arms[$0] == 0 }
      let permutations = try #require(
        ArmPermutations(observed: own.map { arms[$0] == arm ? 1 : 0 }))
      let test = try RandomizationTest(over: permutations, draws: 1000, seed: 1) {
        (drawn) throws(EstimationError) in Self.difference(own.map { y[$0] }, drawn)
      }
      #expect(abs(test.mean) < 1e-12)
    }
  }

  @Test("restricted means of whole households")
  func survivalInClusters() throws {
    let reference = try RandomizationReference.load().survival
    let times = try #require(reference.times)
    let events = try #require(reference.events)
    let household = try #require(reference.household)
    let units = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: household.map { reference.arm[$0] },
        response: [times, events], clusters: Grouping(household)))
    let estimate = try RandomizationInference().estimate(
      Self.contrast, of: .timeToEvent("t", event: "e", horizon: 180), in: units,
      by: RestrictedMean())
    #expect(isClose(try estimate.evidence.pValue(of: 0), reference.p))
    // R's derivative is numerical.
    #expect(isClose(estimate.statistic, reference.statistic, within: 1e-6))
    let ends = try bounds(of: estimate.evidence.interval(level: reference.level))
    #expect(abs(ends.lower - reference.low) < 1e-4 * abs(reference.low))
    #expect(abs(ends.upper - reference.high) < 1e-4 * abs(reference.high))
  }

  @Test("an interaction is computed again in every draw")
  func factorial() throws {
    let reference = try RandomizationReference.load().factorial
    let permutations = try #require(ArmPermutations(observed: reference.cells))
    #expect(permutations.count == Double(reference.count))
    let plain = try ArmContrast([1, -1, -1, 1], studentised: false)
      .test(of: reference.y, over: permutations)
    #expect(isClose(plain.standardDeviation, reference.sd))
    #expect(abs(plain.mean) < 1e-12 && abs(reference.mean) < 1e-12)
    #expect(isClose(plain.pValue(), reference.p_plain))
    let studentised = try ArmContrast([1, -1, -1, 1]).test(of: reference.y, over: permutations)
    #expect(isClose(studentised.observed, reference.observed))
    #expect(isClose(studentised.pValue(), reference.p))
  }

  @Test("several arms and outcomes from joint draws, step by step")
  func stepDown() throws {
    let reference = try RandomizationReference.load().joint
    let units = try #require(
      UnitSample(
        arms: ["control", "easy", "social"], assignment: reference.arms,
        response: [reference.y1, reference.y2]))
    let joint = try JointRedraws(
      of: [(.continuous("y1"), [0]), (.continuous("y2"), [1])], in: units, control: "control",
      arms: ["easy", "social"])
    #expect(joint.isExact && joint.draws.count == 1680)
    for (ours, theirs) in zip(joint.observed, reference.observed) {
      #expect(isClose(ours, theirs, within: 1e-10))
    }
    for (ours, theirs) in zip(try joint.adjustedPValues, reference.adjusted) {
      #expect(isClose(ours, theirs))
    }
  }
}
