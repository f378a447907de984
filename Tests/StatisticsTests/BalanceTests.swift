import Foundation
import RandomAssignment
import Statistics
import Testing

/// The answers of Reference/balance.R.
private struct Answers: Decodable {
  var smd: Double
  var ratio: Double
  var m: Double
  var p: Double
  var m_two: Double
  var share_two: Double
  var log_evidence: [Double]
  var log_evidence_third: [Double]
  var price_obf_5: Double

  static func read() throws -> Answers {
    let url = try #require(
      Bundle.module.url(forResource: "Reference/balance", withExtension: "json"))
    return try JSONDecoder().decode(Answers.self, from: Data(contentsOf: url))
  }
}

private func isNear(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(b))
}

@Suite("Balance of the drawn arms")
struct BalanceTests {
  private let answers: Answers

  init() throws { answers = try Answers.read() }

  private let x: [Double] = [34, 41, 38, 49, 36, 45, 40, 39, 47, 35, 42, 44]
  private let w: [Double] = [3, 14, 8, 30, 2, 22, 9, 12, 26, 4, 15, 19.5]
  private let arms = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]
  private let units = (0..<12).map { ExperimentalUnit(id: "\($0)") }
  private let design = CompleteAssignment(arms: ["a", "b", "c"].map { Arm(id: $0) })

  @Test("SMD and variance ratio are R's; unknown values are left out")
  func covariates() throws {
    func values(_ arm: Int) -> [Double] { zip(w, arms).filter { $1 == arm }.map(\.0) }
    let balance = CovariateBalance(arm: values(1) + [.nan], control: values(0))
    #expect(balance.count == 4 && balance.mean == 10.75 && balance.controlMean == 11.5)
    #expect(isNear(try #require(balance.standardizedDifference), answers.smd))
    #expect(isNear(try #require(balance.varianceRatio), answers.ratio))
  }

  @Test("A large common part costs no digits, and swapped arms flip the sign")
  func shifted() throws {
    let (a, b) = ([1.0, 2, 4], [2.0, 5, 9, 1])
    let plain = try #require(CovariateBalance(arm: a, control: b).standardizedDifference)
    let far = CovariateBalance(arm: a.map { $0 + 1e9 }, control: b.map { $0 + 1e9 })
    #expect(isNear(try #require(far.standardizedDifference), plain, 1e-12))
    #expect(CovariateBalance(arm: b, control: a).standardizedDifference == -plain)
  }

  @Test(
    "What does not exist is nil",
    arguments: [([], [1.0]), ([1.0], [2.0, 3]), ([2.0, 2], [2, 2])])
  func undefined(arm: [Double], control: [Double]) {
    let balance = CovariateBalance(arm: arm, control: control)
    #expect(balance.standardizedDifference == nil && balance.varianceRatio == nil)
  }

  @Test("M is R's, with a covariate that says nothing new, and p its χ² limit")
  func omnibus() throws {
    let third = zip(x, w).map { 2 * $0 - $1 }
    let test = try OmnibusBalance(
      of: [x, w, third], arms: arms, units: units, design: design, draws: 0, seed: 1)
    #expect(test.rank == 2 && test.method == .chiSquared)
    #expect(isNear(test.statistic, answers.m))
    #expect(isNear(test.pValue, answers.p))
  }

  @Test("Re-drawn p approaches the exact share of all 20 draws, and any scale gives the same")
  func permutations() throws {
    let y: [Double] = [10, 12, 9, 15, 20, 11]
    let two = CompleteAssignment(arms: ["a", "b"].map { Arm(id: $0) })
    func test(_ values: [Double]) throws -> OmnibusBalance {
      try OmnibusBalance(
        of: [values], arms: [1, 0, 0, 1, 1, 0], units: Array(units.prefix(6)), design: two,
        draws: 4000, seed: 7)
    }
    let plain = try test(y)
    #expect(isNear(plain.statistic, answers.m_two))
    let exact = answers.share_two
    #expect(abs(plain.pValue - exact) < 4 * (exact * (1 - exact) / 4000).squareRoot() + 1e-3)
    #expect(try test(y.map { 1e6 - 3 * $0 }).pValue == plain.pValue)
  }

  @Test("Under the design p is uniform: one in twenty draws has p ≤ .05")
  func uniform() throws {
    var small = 0
    let draws = 400
    for seed in 0..<draws {
      var generator = PhiloxGenerator(seed: UInt64(seed), stream: 99)
      let drawn = try design.assign(units, using: &generator)
      let test = try OmnibusBalance(
        of: [x, w], arms: drawn.armIndices, units: units, design: design, draws: 99,
        seed: UInt64(seed))
      if test.pValue <= 0.05 { small += 1 }
    }
    // Four standard errors of a share of .05.
    #expect(abs(Double(small) / Double(draws) - 0.05) < 4 * (0.05 * 0.95 / 400).squareRoot())
  }

  // R: qchisq(.001, 3), qchisq(.01, 2), qchisq(.5, 1), qchisq(.2, 40).
  @Test(
    "The threshold is a χ² quantile",
    arguments: [
      (0.001, 3, 2, 0.02429759), (0.01, 1, 3, 0.02010067), (0.5, 1, 2, 0.4549364),
      (0.2, 20, 3, 32.34495),
    ])
  func threshold(share: Double, covariates: Int, arms: Int, expected: Double) {
    let value = MahalanobisThreshold.value(accepting: share, covariates: covariates, arms: arms)
    #expect(isNear(value, expected, 1e-6))
    #expect(MahalanobisThreshold.value(accepting: 0, covariates: 1, arms: 2) == 0)
  }

  @Test("Lists that do not fit and covariates that do not vary are refused")
  func refused() {
    #expect(throws: EstimationError.undefined) {
      try OmnibusBalance(of: [x], arms: [0, 1], units: units, design: design, seed: 1)
    }
    #expect(throws: EstimationError.noVariation) {
      try OmnibusBalance(
        of: [x.map { _ in 1 }], arms: arms, units: units, design: design, seed: 1)
    }
  }
}

@Suite("Watching the arms' sizes")
struct SampleRatioSequenceTests {
  private let answers: Answers

  init() throws { answers = try Answers.read() }

  static let batches = [[52, 48], [240, 260], [700, 1300], [5000, 5200]]

  @Test("The evidence is R's, for equal and unequal shares")
  func evidence() throws {
    for (weights, expected) in [
      ([1.0, 1], answers.log_evidence), ([1, 2], answers.log_evidence_third),
    ] {
      var sequence = try SampleRatioSequence(weights: weights)
      for batch in Self.batches { try sequence.add(batch) }
      for (ours, theirs) in zip(sequence.logEvidence, expected) { #expect(isNear(ours, theirs)) }
    }
  }

  @Test("p never rises again, and batches may be cut anywhere")
  func cutting() throws {
    var whole = try SampleRatioSequence(weights: [1, 1])
    var parts = try SampleRatioSequence(weights: [3, 3])
    try whole.add([700, 900])
    try parts.add([300, 800])
    try parts.add([400, 100])
    #expect(isNear(whole.logEvidence[0], parts.logEvidence[1]))
    #expect(parts.pValue <= whole.pValue)
  }

  /// Ville's inequality: the share of plans kept that are ever suspected at .05 is at most .05.
  @Test("Under the plan it rarely alarms, however often one looks; a 48 : 52 split is found")
  func calibration() throws {
    var alarms = 0
    for trial in 0..<300 {
      var generator = PhiloxGenerator(seed: 5, stream: UInt64(trial))
      var sequence = try SampleRatioSequence(weights: [1, 1])
      for _ in 0..<60 {
        let first = (0..<50).count { _ in generator.uniformInteger(below: 2) == 0 }
        try sequence.add([first, 50 - first])
      }
      if sequence.pValue < 0.05 { alarms += 1 }
    }
    #expect(Double(alarms) / 300 < 0.05 + 4 * (0.05 * 0.95 / 300).squareRoot())
    var broken = try SampleRatioSequence(weights: [1, 1])
    for _ in 0..<100 { try broken.add([480, 520]) }
    #expect(broken.pValue < 0.001)
  }

  @Test("Bad input is refused and changes nothing")
  func refused() throws {
    #expect(throws: SampleRatioError.fewerThanTwoArms) { try SampleRatioSequence(weights: [1, 0]) }
    #expect(throws: SampleRatioError.malformed) { try SampleRatioSequence(weights: [1, .nan]) }
    var sequence = try SampleRatioSequence(weights: [1, 1, 0])
    #expect(throws: SampleRatioError.unitsInZeroWeightArms([2])) { try sequence.add([1, 1, 1]) }
    #expect(throws: SampleRatioError.malformed) { try sequence.add([1, 1]) }
    var full = try SampleRatioSequence(weights: [1, 1])
    try full.add([.max, .max])
    let last = try #require(full.logEvidence.last)
    #expect(last.isFinite)
    #expect(throws: SampleRatioError.malformed) { try full.add([1, 0]) }
    #expect(sequence.pValue == 1 && sequence.logEvidence.isEmpty)
  }
}

@Suite("The price of looking")
struct PriceOfLookingTests {
  // Normal quantiles from tables: z(.975) = 1.959963984540054, z(.8) = .8416212335729143, z(.9) = 1.2815515655446004. What is
  // beyond the other critical value is Φ(−4.76) < 1e-6.
  @Test(
    "the power of one look: the type I error without an effect, and 80 and 90 % where the quantiles add up"
  )
  func fixedPower() throws {
    func power(_ drift: Double) throws -> Double {
      try PriceOfLooking.fixedPower(drift: drift, significance: 0.05)
    }
    #expect(abs(try power(0) - 0.05) < 1e-12)
    #expect(abs(try power(1.959963984540054 + 0.8416212335729143) - 0.8) < 1e-6)
    #expect(abs(try power(1.959963984540054 + 1.2815515655446004) - 0.9) < 1e-6)
    #expect(try power(-2) == power(2))
    #expect(throws: EstimationError.undefined) { try power(.nan) }
  }

  private let answers: Answers

  init() throws { answers = try Answers.read() }

  // Jennison & Turnbull (1999), tables 2.2 and 2.4: α = .05, power .8.
  @Test(
    "Five looks cost what is published",
    arguments: [(SequentialBoundary.Classical.pocock, 1.229), (.obrienFleming, 1.028)])
  func published(shape: SequentialBoundary.Classical, inflation: Double) throws {
    let price = try PriceOfLooking(
      of: .classical(shape, looks: 5, significance: 0.05, sides: .two), significance: 0.05)
    #expect((price.inflation * 1000).rounded() / 1000 == inflation)
    // R's integral of the crossing probabilities.
    if shape == .obrienFleming {
      #expect(isNear(price.inflation, answers.price_obf_5, 2e-4))
    }
  }

  @Test("One look costs nothing; a confidence sequence is 1.55 times as wide at its end")
  func ends() throws {
    let once = try PriceOfLooking(
      of: .lanDeMets(
        informationFractions: [1], significance: 0.05, sides: .two, spending: .pocock),
      significance: 0.05)
    #expect(isNear(once.inflation, 1, 1e-6))
    let sequence = try PriceOfLooking(ofSequenceAt: 0.05)
    #expect(abs(sequence.finalCritical / 1.959964 - 1.55) < 0.005)
    let expected = (sequence.finalCritical + 0.841621) / (1.959964 + 0.841621)
    #expect(isNear(sequence.inflation, expected * expected, 1e-5))
  }
}
