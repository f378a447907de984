import RandomAssignment
import Statistics
import Testing

/// What must hold of any randomisation test.
@Suite struct RandomizationPropertyTests {
  private static let contrast = Contrast("social", versus: "control")

  private static func sample(
    _ y: [Double], _ arms: [Int], clusters: Grouping? = nil,
    covariates: [String: [LinearDesign.Column]] = [:]
  ) throws -> UnitSample {
    try #require(
      UnitSample(
        arms: ["control", "social"], assignment: arms, response: [y], covariates: covariates,
        clusters: clusters))
  }

  private static func noise(_ count: Int, seed: UInt64) -> [Double] {
    var generator = PhiloxGenerator(seed: seed)
    return (0..<count).map { _ in
      (0..<6).reduce(0) { sum, _ in sum + generator.uniformDouble() } - 3
    }
  }

  @Test("the interval is the set of effects that the test does not reject", arguments: [0.8, 0.95])
  func inversion(level: Double) throws {
    let arms = (0..<60).map { $0 % 2 }
    let y = zip(Self.noise(60, seed: 3), arms).map { $0 + 0.6 * Double($1) }
    let evidence = try RandomizationInference(draws: 1999, seed: 5).estimate(
      Self.contrast, of: .continuous("y"), in: Self.sample(y, arms), by: DifferenceInMeans()
    ).evidence
    let ends = try bounds(of: evidence.interval(level: level))
    #expect(try evidence.pValue(of: ends.lower) >= 1 - level)
    #expect(try evidence.pValue(of: ends.upper) >= 1 - level)
    #expect(try evidence.pValue(of: ends.lower - 0.02) < 1 - level)
    #expect(try evidence.pValue(of: ends.upper + 0.02) < 1 - level)
  }

  @Test("swapped arms flip the interval and keep the p-value")
  func swapped() throws {
    let arms = (0..<12).map { $0 % 2 }
    let y = Self.noise(12, seed: 8)
    let forth = try RandomizationInference().estimate(
      Self.contrast, of: .continuous("y"), in: Self.sample(y, arms), by: DifferenceInMeans())
    let back = try RandomizationInference().estimate(
      Contrast("control", versus: "social"), of: .continuous("y"), in: Self.sample(y, arms),
      by: DifferenceInMeans())
    #expect(isClose(try forth.evidence.pValue(of: 0), try back.evidence.pValue(of: 0)))
    let (a, b) = (
      try bounds(of: forth.evidence.interval(level: 0.9)),
      try bounds(of: back.evidence.interval(level: 0.9))
    )
    #expect(abs(a.lower + b.upper) < 1e-8 && abs(a.upper + b.lower) < 1e-8)
  }

  @Test("the same seed gives the same draws, another seed others")
  func seeds() throws {
    let arms = (0..<40).map { $0 % 2 }
    let sample = try Self.sample(Self.noise(40, seed: 1), arms)
    func p(_ seed: UInt64) throws -> Double {
      try RandomizationInference(draws: 999, seed: seed).estimate(
        Self.contrast, of: .continuous("y"), in: sample, by: DifferenceInMeans()
      ).evidence.pValue(of: 0)
    }
    #expect(try p(1) == p(1))
    #expect(try p(1) != p(2))
  }

  // The large-sample test is Welch's: with 400 an arm the two p-values agree within Monte-Carlo error.
  @Test func agreesWithWelchInLargeSamples() throws {
    let arms = (0..<800).map { $0 % 2 }
    let y = zip(Self.noise(800, seed: 2), arms).map { $0 * (1 + Double($1)) + 0.12 * Double($1) }
    let units = try Self.sample(y, arms)
    let redrawn = try RandomizationInference(draws: 4000, seed: 1).estimate(
      Self.contrast, of: .continuous("y"), in: units, by: DifferenceInMeans())
    let means = try DifferenceInMeans().marginalMeans(
      of: .continuous("y"), in: Sample(units: units), arms: units.arms)
    let welch = try MeanDifference().estimate(Self.contrast, from: means)
    #expect(isClose(redrawn.value, try #require(welch.value)))
    #expect(isClose(redrawn.statistic, try #require(welch.statistic), within: 1e-9))
    let p = try welch.evidence.pValue(of: 0)
    #expect(abs(try redrawn.evidence.pValue(of: 0) - p) < 4 * (p * (1 - p) / 4000).squareRoot())
    let (ours, theirs) = (
      try bounds(of: redrawn.evidence.interval(level: 0.95)),
      try bounds(of: welch.evidence.interval(level: 0.95))
    )
    let width = theirs.upper - theirs.lower
    #expect(abs(ours.lower - theirs.lower) < 0.05 * width)
    #expect(abs(ours.upper - theirs.upper) < 0.05 * width)
  }

  @Test("a covariate that explains the outcome narrows the interval")
  func covariates() throws {
    let arms = (0..<40).map { $0 % 2 }
    let x = Self.noise(40, seed: 9).map { 3 * $0 }
    let y = zip(zip(x, Self.noise(40, seed: 10)), arms).map { $0.0 + 0.3 * $0.1 + Double($1) }
    let units = try Self.sample(y, arms, covariates: ["x": [LinearDesign.Column("x", x)]])
    func interval(_ estimator: some Estimator) throws -> (lower: Double, upper: Double) {
      try bounds(
        of: RandomizationInference(draws: 999).estimate(
          Self.contrast, of: .continuous("y"), in: units, by: estimator
        ).evidence.interval(level: 0.95))
    }
    let plain = try interval(DifferenceInMeans())
    let adjusted = try interval(Lin(covariates: ["x"]))
    #expect(adjusted.upper - adjusted.lower < 0.3 * (plain.upper - plain.lower))
    #expect(adjusted.lower < 1 && adjusted.upper > 1)
  }

  @Test("too few assignments never reject, and the interval is everything")
  func fewAssignments() throws {
    let evidence = try RandomizationInference().estimate(
      Self.contrast, of: .continuous("y"),
      in: Self.sample([1, 2, 3, 14, 15, 16], [0, 0, 0, 1, 1, 1]),
      by: DifferenceInMeans()
    ).evidence
    #expect(isClose(try evidence.pValue(of: 0), 0.1))
    #expect(try evidence.interval(level: 0.95) == .between(lower: -.infinity, upper: .infinity))
  }

  @Test func degenerateDataAreErrors() throws {
    let inference = RandomizationInference(draws: 99)
    // One possible assignment: each block holds one arm, so nothing is compared.
    let alone = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: [0, 0, 1, 1], response: [[1, 2, 3, 4]],
        blocks: Grouping([0, 0, 1, 1])))
    #expect(throws: EstimationError.self) {
      try inference.estimate(
        Self.contrast, of: .continuous("y"), in: alone, by: DifferenceInMeans())
    }
    // A cluster with two arms was not drawn whole.
    let torn = try Self.sample([1, 2, 3, 4], [0, 1, 0, 1], clusters: Grouping([0, 0, 1, 1]))
    #expect(throws: EstimationError.self) {
      try inference.estimate(Self.contrast, of: .continuous("y"), in: torn, by: DifferenceInMeans())
    }
    #expect(throws: EstimationError.noVariation) {
      try RandomizationTest(observed: 0, draws: [0, 0, 0], isExact: true)
    }
    #expect(throws: EstimationError.undefined) {
      try RandomizationTest(observed: .nan, draws: [0, 1], isExact: true)
    }
    #expect(throws: EstimationError.undefined) { try ArmContrast([1, 1]) }
    // Everyone alike: no effect is as likely as any draw.
    let same = try Self.sample([2, 2, 2, 2, 2, 2], [0, 1, 0, 1, 0, 1])
    let p = try? inference.estimate(
      Self.contrast, of: .continuous("y"), in: same, by: DifferenceInMeans()
    ).evidence.pValue(of: 0)
    #expect(p == nil || p == 1)
  }

  @Test("under the sharp null the sampled test rejects as often as it says")
  func size() throws {
    var rejected = 0
    for trial in 0..<400 {
      var generator = PhiloxGenerator(seed: 77, stream: UInt64(trial))
      var arms = (0..<40).map { $0 < 20 ? 0 : 1 }
      generator.permute(&arms)
      let y = (0..<40).map { _ in generator.uniformDouble() < 0.2 ? 1.0 : 0 }
      let evidence = try RandomizationInference(draws: 199, seed: UInt64(trial)).estimate(
        Self.contrast, of: .binary("y"), in: Self.sample(y, arms), by: DifferenceInMeans()
      ).evidence
      if try evidence.pValue(of: 0) <= 0.1 { rejected += 1 }
    }
    // Four Monte-Carlo errors above 10 %; discreteness makes it conservative.
    #expect(Double(rejected) / 400 < 0.1 + 4 * (0.09 / 400).squareRoot())
  }
}
