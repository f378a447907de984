import RandomAssignment
import Statistics
import Testing

struct NormalPosteriorTests {
  @Test(arguments: 1...3) func matchesBayesRuleByQuadrature(case: Int) throws {
    let reference = try DecisionReference()
    let group = "normal.\(`case`)"
    let z = try reference.series("z", in: group)
    let posterior = try NormalPosterior(
      estimate: z[0], standardError: z[1], prior: NormalPrior(mean: z[2], standardDeviation: z[3]))
    #expect(isClose(posterior.mean, try reference.number("mean", in: group), within: 1e-9))
    let at = try reference.number("at", in: group)
    let above = try reference.number("above", in: group)
    #expect(isClose(try posterior.probability(above: at), above, within: 1e-9))
    let loss = try reference.number("loss", in: group)
    #expect(isClose(try posterior.expectedLoss(ofAdoptingAt: at), loss, within: 1e-9))
  }

  /// By hand: two estimates of equal weight meet in the middle, with 1/√2 of the error.
  @Test func byHand() throws {
    let posterior = try NormalPosterior(
      estimate: 0.034, standardError: 0.02, prior: .nudgeUnits(assumedSpread: 0.02))
    #expect(isClose(posterior.mean, 0.024, within: 1e-12))
    #expect(isClose(posterior.standardDeviation, 0.02 / 2.0.squareRoot(), within: 1e-12))
    #expect(posterior.reliability == 0.5)
    #expect(isClose(try posterior.probability(above: 0.024), 0.5, within: 1e-12))
    // The losses of the two choices differ by the mean's distance from what it must be worth.
    let gap =
      try posterior.expectedLoss(ofDecliningAt: 0.01) - posterior.expectedLoss(ofAdoptingAt: 0.01)
    #expect(isClose(gap, 0.014, within: 1e-10))
  }

  @Test func sizesDoNotMatter() throws {
    for scale in [1e-150, 1, 1e150] {
      let posterior = try NormalPosterior(
        estimate: 3 * scale, standardError: scale,
        prior: NormalPrior(mean: 0, standardDeviation: 2 * scale))
      #expect(isClose(posterior.mean, 2.4 * scale, within: 1e-12))
    }
    let sure = try NormalPosterior(
      estimate: 3, standardError: 1e-200, prior: NormalPrior(mean: 0, standardDeviation: 1e200))
    #expect(sure.mean == 3 && sure.reliability == 1 && sure.standardDeviation == 1e-200)
  }

  @Test func whatHasNoPosteriorIsRefused() throws {
    for (estimate, error, spread) in [
      (.nan, 1, 1), (0, 0, 1), (0, 1, 0), (0, 1, .infinity), (.infinity, 1, 1), (0, .nan, 1),
      (0, 1, -1),
    ] as [(Double, Double, Double)] {
      #expect(throws: EstimationError.undefined) {
        try NormalPosterior(
          estimate: estimate, standardError: error,
          prior: NormalPrior(mean: 0, standardDeviation: spread))
      }
    }
    let posterior = try NormalPosterior(
      estimate: 0, standardError: 1, prior: NormalPrior(mean: 0, standardDeviation: 1))
    #expect(throws: EstimationError.undefined) { try posterior.interval(level: 0) }
    #expect(throws: EstimationError.undefined) { try posterior.probability(above: .nan) }
    #expect(throws: EstimationError.undefined) {
      try posterior.expectedLoss(ofAdoptingAt: .infinity)
    }
  }

  /// Effects drawn from the prior, estimates drawn around them.
  @Test func intervalsCoverWhenThePriorIsRight() throws {
    var generator = PhiloxGenerator(seed: 41)
    func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + generator.uniformDouble() } }
    let prior = NormalPrior.nudgeUnits(assumedSpread: 0.02)
    let trials = 4000
    var covered = 0
    for _ in 0..<trials {
      let truth = prior.mean + prior.standardDeviation * normal()
      let posterior = try NormalPosterior(
        estimate: truth + 0.015 * normal(), standardError: 0.015, prior: prior)
      if try posterior.interval(level: 0.8).contains(truth) { covered += 1 }
    }
    // 0.8 with a standard error of 0.006.
    #expect(abs(Double(covered) / Double(trials) - 0.8) < 0.02)
  }
}
