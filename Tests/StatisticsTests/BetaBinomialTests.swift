import RandomAssignment
import Statistics
import Testing

/// The answers of Reference/bayes.R.
struct BayesReference {
  let answers: [String: [String: Double]]

  static let pairs = [
    "pilot", "letters", "close", "none", "all", "one", "mixed", "full", "far", "uniform",
    "informed",
    "lopsided", "empty", "sure",
  ]

  init() throws {
    var answers: [String: [String: Double]] = [:]
    for row in try ContinuousReference.rows(of: "bayes") {
      answers[row[0], default: [:]][row[1]] = Double(row[2])
    }
    self.answers = answers
  }

  func number(_ name: String, in group: String) throws -> Double {
    try #require(answers[group]?[name], "\(group) \(name)")
  }

  func pair(_ name: String) throws -> (arm: BetaPosterior, control: BetaPosterior) {
    let prior = BetaPrior(events: try number("a", in: name), nonEvents: try number("b", in: name))
    func posterior(_ x: String, _ n: String) throws -> BetaPosterior {
      try BetaPosterior(
        events: Int(number(x, in: name)), of: Int(number(n, in: name)), prior: prior)
    }
    return (try posterior("x1", "n1"), try posterior("x2", "n2"))
  }
}

struct BetaBinomialTests {
  @Test(arguments: BayesReference.pairs) func differencesMatchR(name: String) throws {
    let reference = try BayesReference()
    let (arm, control) = try reference.pair(name)
    let difference = RateDifferencePosterior(arm, versus: control)
    let better = try difference.probability(above: 0)
    // R's own pbeta is off by 10⁻¹¹ for shapes of a million; below is a better reference for those.
    #expect(abs(better - (try reference.number("better", in: name))) < 2e-11)
    for k in -2...2 {
      guard let value = reference.answers[name]?["d.\(k)"] else { continue }
      let expected = try reference.number("beyond.\(k)", in: name)
      let ours = try difference.probability(above: value)
      #expect(abs(ours - expected) < 1e-10, "\(name) \(k) \(ours) \(expected)")
    }
    if reference.answers[name]?["low"] != nil {
      let ends = try ends(difference.interval(level: 0.95))
      let scale = ends.upper - ends.lower
      #expect(abs(ends.lower - (try reference.number("low", in: name))) < 1e-9 * scale)
      #expect(abs(ends.upper - (try reference.number("high", in: name))) < 1e-9 * scale)
    }
  }

  /// Reference/bayes_extreme.py: 40 digits, by another method.
  @Test(arguments: try TwoByTwoReference.rows(of: "bayes_extreme"))
  func extremeShapesMatchFortyDigits(row: TwoByTwoReference) throws {
    let arm = try BetaPosterior(events: row.count("x1"), of: row.count("n1"))
    let control = try BetaPosterior(events: row.count("x2"), of: row.count("n2"))
    let expected = try row.number("better")
    let ours = try RateDifferencePosterior(arm, versus: control).probability(above: 0)
    #expect(abs(ours - expected) < 1e-12, "\(ours) \(expected)")
    #expect(abs(try BetaBinomial([control, arm]).probabilitiesOfBest[1] - expected) < 1e-12)
  }

  @Test(arguments: BayesReference.pairs) func ratiosMatchR(name: String) throws {
    let reference = try BayesReference()
    let (arm, control) = try reference.pair(name)
    let posterior = RiskRatioPosterior(arm, versus: control)
    for ratio in ["0.5", "0.9", "1.1", "2"] {
      let expected = try reference.number("ratio.\(ratio)", in: name)
      let ours = try posterior.probability(above: try #require(Double(ratio)))
      #expect(abs(ours - expected) < 1e-10, "\(name) \(ratio) \(ours) \(expected)")
    }
    let ends = try ends(posterior.interval(level: 0.9))
    #expect(abs(try posterior.probability(above: ends.lower) - 0.95) < 1e-9)
    #expect(abs(try posterior.probability(above: ends.upper) - 0.05) < 1e-9)
  }

  @Test(arguments: BayesReference.pairs) func ratesAndLossesMatchR(name: String) throws {
    let reference = try BayesReference()
    let (arm, control) = try reference.pair(name)
    let losses = try BetaBinomial([arm, control]).expectedLosses
    for (ours, side) in zip(losses, ["arm", "control"]) {
      let expected = try reference.number("loss.\(side)", in: name)
      #expect(
        abs(ours - expected) < 1e-10 * max(expected, 1e-10), "\(name) \(side) \(ours) \(expected)")
    }
    for (posterior, side) in [(arm, "arm"), (control, "control")] {
      let ends = try ends(posterior.interval(level: 0.95))
      #expect(isClose(ends.lower, try reference.number("\(side).low", in: name), within: 1e-8))
      #expect(isClose(ends.upper, try reference.number("\(side).high", in: name), within: 1e-8))
    }
  }

  @Test(arguments: [("three", 3), ("five", 5)]) func manyArmsMatchR(name: String, count: Int) throws
  {
    let reference = try BayesReference()
    let arms = try BetaBinomial(
      try (1...count).map {
        try BetaPosterior(
          events: Int(reference.number("x.\($0)", in: name)),
          of: Int(reference.number("n.\($0)", in: name)))
      })
    let best = try arms.probabilitiesOfBest
    let losses = try arms.expectedLosses
    for j in 1...count {
      #expect(abs(best[j - 1] - (try reference.number("best.\(j)", in: name))) < 1e-11)
      #expect(isClose(losses[j - 1], try reference.number("loss.\(j)", in: name), within: 1e-10))
    }
    #expect(abs(best.reduce(0, +) - 1) < 1e-11)
  }

  /// For whole shapes there is Evan Miller's sum,
  /// P(p₁ > p₂) = Σᵢ₌₀^{a₁−1} B(a₂ + i, b₁ + b₂)/((b₁ + i)·B(1 + i, b₁)·B(a₂, b₂)).
  /// Beta(2, 1) against Beta(1, 2), by hand: ∫ 2x(1 − (1 − x)²) dx = 2(2/3 − 1/4) = 5/6.
  @Test func closedForms() throws {
    let reference = try BayesReference()
    let uniform = BetaPrior.uniform
    let ten = try BetaPosterior(events: 9, of: 30, prior: uniform)
    let eight = try BetaPosterior(events: 7, of: 20, prior: uniform)
    let better = try RateDifferencePosterior(ten, versus: eight).probability(above: 0)
    #expect(abs(better - (try reference.number("p", in: "miller"))) < 1e-12)
    let two = try BetaPosterior(events: 1, of: 1, prior: uniform)
    let one = try BetaPosterior(events: 0, of: 1, prior: uniform)
    #expect(
      abs(try RateDifferencePosterior(two, versus: one).probability(above: 0) - 5 / 6) < 1e-13)
    // Two uniform rates: P(p₁ − p₂ > d) = (1 − d)²/2, P(p₁/p₂ > r) = 1/(2r), E[max(p₂ − p₁, 0)] = 1/6.
    let flat = try BetaPosterior(events: 0, of: 0, prior: uniform)
    let difference = RateDifferencePosterior(flat, versus: flat)
    for d in [1e-9, 0.1, 0.5, 0.999] {
      #expect(isClose(try difference.probability(above: d), (1 - d) * (1 - d) / 2, within: 1e-11))
    }
    for r in [1 + 1e-9, 1.5, 1000] {
      let ratio = RiskRatioPosterior(flat, versus: flat)
      #expect(isClose(try ratio.probability(above: r), 1 / (2 * r), within: 1e-11))
    }
    #expect(isClose(try difference.expectedLoss, 1.0 / 6, within: 1e-12))
  }

  @Test(arguments: BayesReference.pairs) func swappedArmsMirror(name: String) throws {
    let (arm, control) = try BayesReference().pair(name)
    let there = RateDifferencePosterior(arm, versus: control)
    let back = RateDifferencePosterior(control, versus: arm)
    for d in [-0.3, -1e-6, 0, 1e-6, 0.3] {
      #expect(abs(try there.probability(above: d) + back.probability(above: -d) - 1) < 1e-11)
    }
    // What one choice loses the other gains: the losses differ by the difference of the means.
    let gap = try there.expectedLoss - back.expectedLoss
    let mean = try #require(back.mean)
    #expect(abs(gap - mean) < 1e-12 + 1e-11 * abs(mean))
  }

  /// From nothing to a thousand million units: always an answer, and one that adds up.
  @Test(arguments: [(0, 0), (1, 1), (0, 1_000_000), (500_000, 1_000_000), (7, 1_000_000_000)])
  func everySizeHasAnAnswer(events: Int, count: Int) throws {
    let arm = try BetaPosterior(events: events, of: count)
    for (x, n) in [(1, 2), (1_000_000, 1_000_000), (999_999_993, 1_000_000_000)] {
      let control = try BetaPosterior(events: x, of: n)
      let there = RateDifferencePosterior(arm, versus: control)
      let back = RateDifferencePosterior(control, versus: arm)
      for d in [0, 1e-9, 1e-3, 0.5, 0.999_999] {
        #expect(abs(try there.probability(above: d) + back.probability(above: -d) - 1) < 1e-12)
      }
      let ends = try ends(there.interval(level: 0.95))
      let mass = try there.probability(above: ends.lower) - there.probability(above: ends.upper)
      #expect(abs(mass - 0.95) < 1e-8)
      #expect(try BetaBinomial([arm, control]).expectedLosses.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
  }

  @Test func tinyAndHugePriorsHold() throws {
    let shy = BetaPrior(events: 1e-3, nonEvents: 1e-3)
    let arm = try BetaPosterior(events: 0, of: 3, prior: shy)
    let control = try BetaPosterior(events: 0, of: 3, prior: shy)
    #expect(
      abs(try RateDifferencePosterior(arm, versus: control).probability(above: 0) - 0.5) < 1e-9)
    let firm = try BetaPosterior(events: 10, of: 100, prior: .centred(on: 0.1, units: 1e11))
    let interval = try ends(firm.interval(level: 0.95))
    #expect(interval.lower < 0.1 && 0.1 < interval.upper && interval.upper - interval.lower < 1e-5)
  }

  @Test func whatHasNoPosteriorIsRefused() throws {
    #expect(throws: EstimationError.undefined) { try BetaPosterior(events: 4, of: 3) }
    #expect(throws: EstimationError.undefined) { try BetaPosterior(events: -1, of: 3) }
    #expect(throws: EstimationError.undefined) {
      try BetaPosterior(events: 0, of: -3, prior: BetaPrior(events: 10, nonEvents: 10))
    }
    for bad in [0, -1, Double.nan, .infinity, 1e300] {
      #expect(throws: EstimationError.undefined) {
        try BetaPosterior(events: 1, of: 3, prior: BetaPrior(events: bad, nonEvents: 1))
      }
    }
    let arm = try BetaPosterior(events: 1, of: 3)
    #expect(throws: EstimationError.undefined) { try BetaBinomial([arm]) }
    let difference = RateDifferencePosterior(arm, versus: arm)
    #expect(throws: EstimationError.undefined) { try difference.probability(above: .nan) }
    #expect(throws: EstimationError.undefined) { try difference.interval(level: 1) }
    #expect(try difference.probability(above: -1) == 1 && difference.probability(above: 1) == 0)
  }

  /// Rates drawn from the prior, counts drawn from the rates: the posterior's rank of the truth is
  /// uniform, so the interval covers at its level.
  @Test func intervalsCoverWhenThePriorIsRight() throws {
    var generator = PhiloxGenerator(seed: 20_260_601)
    let trials = 400
    var covered = 0
    for _ in 0..<trials {
      let rates = (generator.uniformDouble(), generator.uniformDouble())
      func events(_ rate: Double) -> Int {
        (0..<12).reduce(0) { sum, _ in sum + (generator.uniformDouble() < rate ? 1 : 0) }
      }
      let arm = try BetaPosterior(events: events(rates.0), of: 12, prior: .uniform)
      let control = try BetaPosterior(events: events(rates.1), of: 12, prior: .uniform)
      let rank = try RateDifferencePosterior(arm, versus: control)
        .probability(above: rates.0 - rates.1)
      if rank > 0.1, rank < 0.9 { covered += 1 }
    }
    // 0.8 with a standard error of 0.02.
    #expect(abs(Double(covered) / Double(trials) - 0.8) < 0.06)
  }
}
