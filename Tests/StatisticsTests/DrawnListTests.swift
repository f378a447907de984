import RandomAssignment
import Testing

@testable import Statistics

@Suite("Draws made again by the trial's own design")
struct DrawnListTests {
  private static let two = [Arm(id: "control"), Arm(id: "letter")]
  private static let contrast = Contrast("letter", versus: "control")

  private static func sample(
    _ outcome: [Double], _ arms: [Int], names: [Arm] = two, in list: DrawnList
  ) throws -> UnitSample {
    let sample = UnitSample(arms: names.map(\.id), assignment: arms, response: [outcome])
    return try #require(sample).redrawn(.design(list, places: Array(outcome.indices)))
  }

  private static func pValue(_ sample: UnitSample, draws: Int, seed: UInt64 = 5) throws -> Double {
    let method = RandomizationInference(draws: draws, seed: seed)
    let estimate = try method.estimate(
      contrast, of: .continuous("y"), in: sample, by: DifferenceInMeans())
    return try estimate.evidence.pValue(of: 0)
  }

  /// |t| of Welch, 0 for the variance of a single unit, and beyond everything where an arm is empty.
  private static func welch(_ outcome: [Double], _ arms: [Int]) -> Double {
    func part(_ arm: Int) -> (n: Double, mean: Double, variance: Double) {
      let own = zip(outcome, arms).filter { $0.1 == arm }.map(\.0)
      let n = Double(own.count)
      let mean = own.reduce(0, +) / n
      let squares = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (n, mean, own.count < 2 ? 0 : squares / (n - 1) / n)
    }
    let (a, b) = (part(0), part(1))
    guard a.n > 0, b.n > 0 else { return .infinity }
    return abs(b.mean - a.mean) / (a.variance + b.variance).squareRoot()
  }

  /// All 2⁸ paths of the coin with their probabilities, each step by hand.
  @Test("a biased coin: the p-value is the sum of the probabilities of its paths")
  func biasedCoin() throws {
    let outcome = [1.0, 2.5, 3, 4.2, 5, 6.1, 7, 8.4]
    let arms = [0, 1, 0, 1, 0, 1, 1, 1]
    let coin = 0.7
    let seen = Self.welch(outcome, arms)
    var exact = 0.0
    for path in 0..<256 {
      let drawn = (0..<8).map { path >> $0 & 1 }
      var probability = 1.0
      var lead = 0
      for arm in drawn {
        let second = lead == 0 ? 0.5 : lead > 0 ? 1 - coin : coin
        probability *= arm == 1 ? second : 1 - second
        lead += arm == 1 ? 1 : -1
      }
      if Self.welch(outcome, drawn) >= seen - 1e-9 { exact += probability }
    }
    let design = BiasedCoin(arms: Self.two, coin: coin)
    let units = (0..<8).map { ExperimentalUnit(id: "\($0)") }
    let list = try #require(DrawnList(units, arms: arms, drawnBy: design))
    let draws = 20_000
    let p = try Self.pValue(Self.sample(outcome, arms, in: list), draws: draws)
    let error = (exact * (1 - exact) / Double(draws)).squareRoot()
    #expect(abs(p - exact) < 4 * error, "\(p) \(exact)")
    // A shuffle keeps five of eight: another null.
    let shuffled = try Self.pValue(
      #require(UnitSample(arms: ["control", "letter"], assignment: arms, response: [outcome])),
      draws: draws)
    #expect(abs(shuffled - exact) > 6 * error)
  }

  /// M = Σ n(x̄ₖ − x̄)²/s² of one covariate, by hand.
  @Test("two of three rerandomised arms: the accepted orders of the two, the third as it is")
  func rerandomized() throws {
    let covariate = [1.0, 2, 3, 4, 5, 6, 7, 8, 9]
    let outcome = [3.0, 1, 4, 1, 5, 9, 2, 6, 5]
    let arms = [0, 1, 2, 1, 0, 2, 2, 0, 1]
    let threshold = 1.0
    func imbalance(_ arms: [Int]) -> Double {
      (0..<3).reduce(0) { sum, arm in
        let own = zip(covariate, arms).filter { $0.1 == arm }.map(\.0)
        let mean = own.reduce(0, +) / Double(own.count)
        return sum + Double(own.count) * (mean - 5) * (mean - 5) / 7.5
      }
    }
    #expect(imbalance(arms) <= threshold)
    let places = arms.indices.filter { arms[$0] != 2 }
    var (extreme, accepted) = (0, 0)
    let pair = places.map { outcome[$0] }
    let seen = Self.welch(pair, places.map { arms[$0] })
    for mask in 0..<64 where mask.nonzeroBitCount == 3 {
      var drawn = arms
      for (bit, place) in places.enumerated() { drawn[place] = mask >> bit & 1 }
      guard imbalance(drawn) <= threshold else { continue }
      accepted += 1
      if Self.welch(pair, places.map { drawn[$0] }) >= seen - 1e-9 { extreme += 1 }
    }
    #expect(accepted > 3 && accepted < 20)
    let names = Self.two + [Arm(id: "call")]
    let design = Rerandomized(arms: names, threshold: threshold)
    let units = covariate.enumerated().map {
      ExperimentalUnit(id: "\($0)", measurements: [$1])
    }
    let list = try #require(DrawnList(units, arms: arms, drawnBy: design))
    let draws = 10_000
    let p = try Self.pValue(Self.sample(outcome, arms, names: names, in: list), draws: draws)
    let exact = Double(extreme) / Double(accepted)
    #expect(abs(p - exact) < 4 * (exact * (1 - exact) / Double(draws)).squareRoot() + 1e-4)
  }

  // A factor that moves the outcome far more than chance does: a shuffle within the whole would hardly ever reject.
  @Test("without an effect a minimised trial is rejected as often as allowed")
  func typeOne() throws {
    let design = Minimized(arms: Self.two, coin: 0.85)
    var (rejected, shuffled) = (0, 0)
    let trials = 300
    for trial in 0..<trials {
      var generator = PhiloxGenerator(seed: 77, stream: UInt64(trial))
      let units = (0..<24).map { place in
        ExperimentalUnit(
          id: "\(place)", factors: ["\(generator.uniformInteger(below: 3))", "\(place % 2)"])
      }
      let outcome = units.map { unit in
        4 * (Double(unit.factors[0]) ?? 0) + generator.uniformDouble()
      }
      let arms = try design.assign(units, using: &generator).armIndices
      let list = try #require(DrawnList(units, arms: arms, drawnBy: design))
      let sample = try Self.sample(outcome, arms, in: list)
      let seed = UInt64(trial)
      if try Self.pValue(sample, draws: 99, seed: seed) <= 0.1 { rejected += 1 }
      if try Self.pValue(sample.redrawn(.shuffle), draws: 99, seed: seed) <= 0.1 { shuffled += 1 }
    }
    let error = (0.1 * 0.9 / Double(trials)).squareRoot()
    #expect(abs(Double(rejected) / Double(trials) - 0.1) < 4 * error, "\(rejected)")
    #expect(Double(shuffled) / Double(trials) < 0.05, "\(shuffled)")
  }

  @Test("joint re-draws of minimised arms adjust for the largest of them")
  func joint() throws {
    let names = Self.two + [Arm(id: "call")]
    let design = Minimized(arms: names)
    let units = (0..<30).map { ExperimentalUnit(id: "\($0)", factors: ["\($0 % 3)"]) }
    var generator = PhiloxGenerator(seed: 3)
    let arms = try design.assign(units, using: &generator).armIndices
    let outcome = arms.map { Double($0 == 2 ? 3 : 0) + generator.uniformDouble() }
    let list = try #require(DrawnList(units, arms: arms, drawnBy: design))
    let sample = try Self.sample(outcome, arms, names: names, in: list)
    let joint = try JointRedraws(
      of: [(.continuous("y"), [0])], in: sample, control: "control",
      arms: ["letter", "call"], draws: 499)
    let adjusted = try joint.adjustedPValues
    #expect(!joint.isExact && adjusted[1] == 1.0 / 500 && adjusted[0] > 0.05)
    // Two of three minimised arms alone have no draw.
    #expect(throws: EstimationError.drawUnknown) { try Self.pValue(sample, draws: 9) }
  }

  @Test("a list that does not fit, or says too little, is no shuffle but no answer")
  func unknown() throws {
    let units = (0..<4).map { ExperimentalUnit(id: "\($0)") }
    let arms = [0, 1, 0, 1]
    let outcome = [1.0, 2, 3, 5]
    #expect(DrawnList(units, arms: [0], drawnBy: BiasedCoin(arms: Self.two)) == nil)
    // Minimised without factors.
    let list = try #require(DrawnList(units, arms: arms, drawnBy: Minimized(arms: Self.two)))
    #expect(throws: EstimationError.drawUnknown) {
      try Self.pValue(Self.sample(outcome, arms, in: list), draws: 9)
    }
    let plain = try #require(
      UnitSample(arms: ["control", "letter"], assignment: arms, response: [outcome]))
    for redrawing in [
      Redrawing.unknown, .design(list, places: [0, 1, 2]),
      .design(list, places: [0, 1, 2, 4]),
    ] {
      #expect(throws: EstimationError.drawUnknown) {
        try Self.pValue(plain.redrawn(redrawing), draws: 9)
      }
    }
  }
}
