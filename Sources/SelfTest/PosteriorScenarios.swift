import RandomAssignment
import Statistics

// Posteriors, and single arms.

extension Scenario {
  static var posteriors: [Scenario] { [posterior, informed] }

  /// Jeffreys's posterior at rates of 2 % and 4 %: no promise of its theory, but it covers as said.
  private static var posterior: Scenario {
    Scenario(
      ja: "ベイズ 率 2%・4%、各500", en: "Bayes, rates 2%, 4%; 500 each", measure: "risk_difference",
      truth: 0.02
    ) { generator in
      let events = [0.02, 0.04].map { rate in
        (0..<500).reduce(0) { sum, _ in sum + Int(generator.event(rate)) }
      }
      guard let control = try? BetaPosterior(events: events[0], of: 500),
        let arm = try? BetaPosterior(events: events[1], of: 500),
        let interval = try? RateDifferencePosterior(arm, versus: control).interval(level: 0.95)
      else { return nil }
      return Estimate(
        value: nil, standardErrorType: .posterior, evidence: SetEvidence(interval: interval))
    }
  }

  /// Effects that are spread as the prior says: mean 1.4 points, standard deviation 2.
  private static var informed: Scenario {
    Scenario(
      ja: "ベイズ、見込みどおりの効果、各500", en: "Bayes, effects as the prior; 500 each",
      measure: "risk_difference", truth: 0.014
    ) { generator in
      let prior = NormalPrior(mean: 0.014, standardDeviation: 0.02)
      let effect = prior.mean + prior.standardDeviation * generator.normal()
      // Seen from its own effect, each trial has the mean one.
      let apart = effect - prior.mean
      let rates = [0.3, 0.3 + effect]
      let shares = rates.map { rate in
        (0..<500).reduce(0.0) { sum, _ in sum + generator.event(rate) } / 500
      }
      let variance = shares.reduce(0) { $0 + $1 * (1 - $1) / 499 }
      let posterior = try? NormalPosterior(
        estimate: shares[1] - shares[0], standardError: variance.squareRoot(), prior: prior)
      guard case .between(let lower, let upper)? = try? posterior?.interval(level: 0.95) else {
        return nil
      }
      return Estimate(
        value: nil, standardErrorType: .posterior,
        evidence: SetEvidence(interval: .between(lower: lower - apart, upper: upper - apart)))
    }
  }

  // MARK: - Single arms

  static var singleArms: [Scenario] {
    [
      single(
        "一つの文面の率 2%、500", "one arm's rate, 2%; 500", of: .binary("y"), "risk", 0.02
      ) { generator in
        let y = (0..<1000).map { _ in generator.event(0.02) }
        return units(arms, (0..<1000).map { $0 % 2 }, y)
      },
      single(
        "一つの文面の平均（指数分布）、500", "one arm's mean, exponential; 500", of: .continuous("y"),
        "mean", 1
      ) { generator in
        let y = (0..<1000).map { _ in generator.exponential() }
        return units(arms, (0..<1000).map { $0 % 2 }, y)
      },
      single(
        "一つの文面の平均、20か所ずつ", "one arm's mean; 20 clusters each", of: .continuous("y"),
        "mean", 1
      ) { generator in
        let levels = (0..<40).map { _ in 0.3 * generator.normal() }
        let clusters = (0..<1000).map { $0 / 25 }
        let y = clusters.map { 1 + levels[$0] + generator.normal() }
        return units(arms, clusters.map { $0 % 2 }, y, clusters: clusters)
      },
    ]
  }

  private static func single(
    _ ja: String, _ en: String, of response: Response, _ measure: String, _ truth: Double,
    sample: @escaping @Sendable (inout PhiloxGenerator) -> UnitSample?
  ) -> Scenario {
    Scenario(ja: ja, en: en, measure: measure, truth: truth) { generator in
      guard let units = sample(&generator),
        let means = try? DifferenceInMeans().marginalMeans(
          of: response, in: Sample(units: units), arms: arms),
        let interval = try? means.interval(ofMeanIn: "control", level: 0.95)
      else { return nil }
      return Estimate(
        value: nil, standardErrorType: .welch, evidence: SetEvidence(interval: interval))
    }
  }
}
