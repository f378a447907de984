import Foundation
import RandomAssignment
import Statistics
import Testing

@Suite struct SequentialBoundaryTests {
  private typealias Published = (spending: SpendingFunction, fractions: [Double], upper: [Double])

  /// One-sided 0.025, to four decimals; the second and the fourth are gsDesign's examples, whose
  /// vignette prints 4.33263, 2.96333, 2.35902, 2.01409 for the latter.
  @Test func publishedSpendingBoundaries() throws {
    let third = 1.0 / 3
    let published: [Published] = [
      (.obrienFleming, [third, 2 * third, 1], [3.7103, 2.5114, 1.9930]),
      (.obrienFleming, [0.5, 0.75, 1], [2.9626, 2.3590, 2.0141]),
      (.obrienFleming, [0.5, 1], [2.9626, 1.9686]),
      (.obrienFleming, [0.25, 0.5, 0.75, 1], [4.3326, 2.9631, 2.3590, 2.0141]),
      (.pocock, [third, 2 * third, 1], [2.2794, 2.2949, 2.2959]),
    ]
    for row in published {
      let boundary = try SequentialBoundary.lanDeMets(
        informationFractions: row.fractions, significance: 0.025, sides: .one,
        spending: row.spending)
      #expect(agree(boundary.upper, row.upper, within: 6e-5), "\(boundary.upper)")
      #expect(abs(try boundary.typeIError() - 0.025) < 1e-9)
    }
  }

  @Test func spendingBoundariesMatchMultivariateNormal() throws {
    let cases = try SequentialReference.load().spending
    #expect(cases.count == 30)
    for row in cases {
      let boundary = try SequentialBoundary.lanDeMets(
        informationFractions: row.t, significance: row.significance,
        sides: row.sides == 2 ? .two : .one, spending: row.function)
      #expect(agree(boundary.upper, row.upper, within: 2e-6), "\(row): \(boundary.upper)")
    }
  }

  @Test func classicalMatchesMultivariateNormal() throws {
    let cases = try SequentialReference.load().classical
    #expect(cases.count == 6)
    for row in cases {
      let shape = try #require(SequentialBoundary.Classical(rawValue: row.shape))
      let boundary = try SequentialBoundary.classical(
        shape, looks: row.upper.count, significance: 0.05)
      #expect(agree(boundary.upper, row.upper, within: 2e-6), "\(row): \(boundary.upper)")
    }
  }

  /// Jennison & Turnbull (1999), tables 2.1 and 2.3, to the digits given there and one more.
  @Test(arguments: zip(2...5, [2.1783, 2.2895, 2.3613, 2.4132]))
  func pocockConstants(looks: Int, constant: Double) throws {
    let boundary = try SequentialBoundary.classical(.pocock, looks: looks, significance: 0.05)
    #expect(boundary.upper.allSatisfy { abs($0 - constant) < 6e-5 }, "\(boundary.upper)")
  }

  @Test(arguments: [
    [2.7965, 1.9774], [3.4711, 2.4544, 2.0040], [4.0486, 2.8628, 2.3375, 2.0243],
    [4.5617, 3.2256, 2.6337, 2.2809, 2.0401],
  ])
  func obrienFlemingConstants(expected: [Double]) throws {
    let boundary = try SequentialBoundary.classical(
      .obrienFleming, looks: expected.count, significance: 0.05)
    #expect(agree(boundary.upper, expected, within: 6e-5), "\(boundary.upper)")
  }

  @Test func fourteenLooksKeepTheTypeIError() throws {
    let fractions = (1...14).map { Double($0) / 14 }
    let boundary = try SequentialBoundary.lanDeMets(
      informationFractions: fractions, significance: 0.05, sides: .two, spending: .obrienFleming)
    #expect(abs(try boundary.typeIError() - 0.05) < 1e-6)

    // 60,000 Brownian paths: standard error 0.0009.
    var generator = PhiloxGenerator(seed: 20_261_122)
    let paths = 60_000
    var rejected = 0
    for _ in 0..<paths {
      var position = 0.0
      for (look, fraction) in fractions.enumerated() {
        position += normalDraw(from: &generator) / 14.0.squareRoot()
        if abs(position) > boundary.upper[look] * fraction.squareRoot() {
          rejected += 1
          break
        }
      }
    }
    #expect(abs(Double(rejected) / Double(paths) - 0.05) < 0.003)
  }

  @Test func oneLookIsTheFixedTest() throws {
    // qnorm(.975), and power 1 − Φ(z − drift) + Φ(−z − drift): .9 at z_.025 + z_.1 up to Φ(−5.2).
    let boundary = try SequentialBoundary.classical(.pocock, looks: 1, significance: 0.05)
    #expect(abs(boundary.upper[0] - 1.959963984540054) < 1e-12)
    #expect(abs(try boundary.power(drift: 1.959963984540054 + 1.2815515655446004) - 0.9) < 1e-6)
  }

  @Test func laterLooksDoNotMoveEarlierValues() throws {
    func upper(_ fractions: [Double]) throws -> [Double] {
      try SequentialBoundary.lanDeMets(
        informationFractions: fractions, significance: 0.05, sides: .two, spending: .pocock
      ).upper
    }
    let short = try upper([0.21, 0.48])
    let long = try upper([0.21, 0.48, 0.5, 1])
    #expect(agree(Array(long.prefix(2)), short, within: 1e-10))
  }

  @Test func whatIsLeftIsSpentAtTheEnd() throws {
    let early = try SequentialBoundary.lanDeMets(
      informationFractions: [0.4, 0.8], significance: 0.05, sides: .two, spending: .obrienFleming)
    #expect(try early.typeIError() < 0.04)
    let ended = try SequentialBoundary.lanDeMets(
      informationFractions: [0.4, 0.8], significance: 0.05, sides: .two, spending: .obrienFleming,
      spendsAllAtLast: true)
    #expect(abs(try ended.typeIError() - 0.05) < 1e-9)
    // More than planned: everything is spent, and no more.
    let over = try SequentialBoundary.lanDeMets(
      informationFractions: [0.5, 1.2], significance: 0.05, sides: .two, spending: .obrienFleming)
    #expect(abs(try over.typeIError() - 0.05) < 1e-9)
  }

  @Test func aLookThatMaySpendNothingCannotStop() throws {
    let boundary = try SequentialBoundary.lanDeMets(
      informationFractions: [0.002, 1], significance: 0.05, sides: .two, spending: .obrienFleming)
    #expect(boundary.upper[0] > 39)
    #expect(abs(boundary.upper[1] - 1.959963984540054) < 1e-6)
  }

  @Test func nonsenseIsRefused() {
    for fractions in [[], [0, 1], [0.5, 0.5], [0.5, .nan], [1, .infinity], [-1, 1]] {
      #expect(throws: EstimationError.undefined) {
        try SequentialBoundary.lanDeMets(
          informationFractions: fractions, significance: 0.05, sides: .two, spending: .pocock)
      }
    }
    #expect(throws: EstimationError.undefined) {
      try SequentialBoundary(informationFractions: [0.5, 1], upper: [1], sides: .one)
    }
    #expect(throws: EstimationError.undefined) {
      try SequentialBoundary(informationFractions: [0.5, 1], upper: [-1, 2], sides: .two)
    }
    #expect(throws: EstimationError.undefined) {
      try SpendingFunction.kimDeMets(rho: 0).spent(of: 0.05, at: 0.5)
    }
    #expect(throws: EstimationError.undefined) { try SpendingFunction.pocock.spent(of: 0, at: 0.5) }
    #expect(throws: EstimationError.undefined) {
      try SequentialBoundary.classical(.pocock, looks: 0, significance: 0.05)
    }
    // Two looks a billionth apart.
    #expect(throws: EstimationError.numericalFailure) {
      try SequentialBoundary.lanDeMets(
        informationFractions: [0.5, 0.500000001], significance: 0.05, sides: .two, spending: .pocock
      )
    }
  }
}

/// A standard normal draw by the ratio of uniforms: Kinderman & Monahan (1977), doi:10.1145/355744.355750.
func normalDraw(from generator: inout PhiloxGenerator) -> Double {
  while true {
    let u = 1 - generator.uniformDouble()
    let x = (8 / M_E).squareRoot() * (generator.uniformDouble() - 0.5) / u
    if x * x <= -4 * log(u) { return x }
  }
}
