import RandomAssignment
import Statistics

// The sizes are those of policy trials: rates of a few percent in 500 letters an arm, twenty offices,
// a small arm beside a large one, twenty days of advertising.

extension Scenario {
  static var all: [Scenario] {
    rates + means + [blocks, pairs, clusters, clusteredRates] + adjusted
      + [clicks, days, median, times, hazards, weakTakeup, strongTakeup, looks, anytime] + models
      + drawn + families + posteriors + singleArms
  }

  // MARK: - Units one by one

  private static func units(
    _ sizes: (control: Int, social: Int),
    response: @escaping (Int, inout PhiloxGenerator) -> [Double],
    _ generator: inout PhiloxGenerator
  ) -> UnitSample? {
    let assignment =
      Array(repeating: 0, count: sizes.control) + Array(repeating: 1, count: sizes.social)
    let rows = assignment.map { response($0, &generator) }
    return UnitSample(
      arms: arms, assignment: assignment,
      response: (rows.first ?? []).indices.map { column in rows.map { $0[column] } })
  }

  private static func rate(
    _ ja: String, _ en: String, _ sizes: (Int, Int), _ p: (control: Double, social: Double)
  ) -> Scenario {
    let odds = { (p: Double) in p / (1 - p) }
    var truths = [
      "risk_difference": p.social - p.control, "risk_ratio": p.social / p.control,
      "odds_ratio": odds(p.social) / odds(p.control), "relative_lift": p.social / p.control - 1,
      "cohens_h": 2 * (arcsine(p.social.squareRoot()) - arcsine(p.control.squareRoot())),
    ]
    // Without a difference it is infinite.
    if p.social != p.control { truths["nnt"] = 1 / (p.social - p.control) }
    return Scenario(
      ja: ja, en: en, DifferenceInMeans(), of: .binary("y"), truths: truths
    ) { generator in
      units(sizes, response: { arm, g in [g.event(arm == 0 ? p.control : p.social)] }, &generator)
    }
  }

  private static var rates: [Scenario] {
    [
      rate("率 2%・2%、各500", "rates 2%, 2%; 500 each", (500, 500), (0.02, 0.02)),
      rate("率 2%・4%、各500", "rates 2%, 4%; 500 each", (500, 500), (0.02, 0.04)),
      rate("率 5%・7%、4000と400", "rates 5%, 7%; 4000, 400", (4000, 400), (0.05, 0.07)),
    ]
  }

  private static var means: [Scenario] {
    [
      Scenario(
        ja: "指数分布の平均、各500", en: "exponential means; 500 each", DifferenceInMeans(),
        of: .continuous("y"), truths: ["mean_difference": 0.2, "relative_lift": 0.2]
      ) { generator in
        units(
          (500, 500), response: { arm, g in [g.exponential() * (arm == 0 ? 1 : 1.2)] }, &generator)
      },
      Scenario(
        ja: "正規分布の平均、各100", en: "normal means; 100 each", DifferenceInMeans(),
        of: .continuous("y"),
        truths: ["mean_difference": 0.3, "cohens_d": 0.3, "hedges_g": 0.3]
      ) { generator in
        units((100, 100), response: { arm, g in [g.normal() + 0.3 * Double(arm)] }, &generator)
      },
      Scenario(
        ja: "分散の違う平均、4000と400", en: "means, unequal variances; 4000, 400",
        DifferenceInMeans(), of: .continuous("y"), truths: ["mean_difference": 0]
      ) { generator in
        units(
          (4000, 400), response: { arm, g in [g.normal() * (arm == 0 ? 1 : 3)] }, &generator)
      },
    ]
  }

  // MARK: - Blocks and clusters

  private static var blocks: Scenario {
    Scenario(
      ja: "4人ずつの層が10", en: "10 blocks of 4", DifferenceInMeans(), of: .continuous("y"),
      truths: ["mean_difference": 0.5]
    ) { generator in
      grouped(groups: 10, size: 4, spread: 3, arm: { _, member in member % 2 }, &generator)
        .flatMap { $0.blocked() }
    }
  }

  private static var pairs: Scenario {
    Scenario(
      ja: "20組のペア", en: "20 matched pairs", DifferenceInMeans(), of: .continuous("y"),
      truths: ["mean_difference": 0.5]
    ) { generator in
      grouped(groups: 20, size: 2, spread: 3, arm: { _, member in member % 2 }, &generator)
        .flatMap { $0.blocked() }
    }
  }

  private static var clusters: Scenario {
    Scenario(
      ja: "20か所（各25人前後）の平均", en: "means in 20 clusters of about 25", DifferenceInMeans(),
      of: .continuous("y"), truths: ["mean_difference": 0.5]
    ) { generator in
      grouped(groups: 20, size: 25, spread: 0.25, arm: { group, _ in group % 2 }, &generator)
    }
  }

  private static var clusteredRates: Scenario {
    Scenario(
      ja: "20か所（各25人）の率", en: "rates in 20 clusters of 25", DifferenceInMeans(),
      of: .binary("y"), truths: ["risk_difference": 0]
    ) { generator in
      var y: [Double] = []
      var assignment: [Int] = []
      var group: [Int] = []
      for index in 0..<20 {
        // Rates that differ between clusters: mean 0.2, intraclass correlation about 0.05.
        let rate = 0.2 + 0.09 * (2 * generator.uniformDouble() - 1) * 3.0.squareRoot()
        for _ in 0..<25 {
          y.append(generator.event(rate))
          assignment.append(index % 2)
          group.append(index)
        }
      }
      return UnitSample(
        arms: arms, assignment: assignment, response: [y], clusters: Grouping(group))
    }
  }

  /// Groups whose levels differ; the social arm gains 0.5.
  private static func grouped(
    groups: Int, size: Int, spread: Double, arm: (Int, Int) -> Int,
    _ generator: inout PhiloxGenerator
  ) -> UnitSample? {
    var y: [Double] = []
    var assignment: [Int] = []
    var group: [Int] = []
    for index in 0..<groups {
      let level = spread * generator.normal()
      // Sizes of clusters vary by half.
      let count = size > 4 ? size / 2 + generator.uniformInteger(below: size + 1) : size
      for member in 0..<count {
        let own = arm(index, member)
        assignment.append(own)
        y.append(level + generator.normal() + 0.5 * Double(own))
        group.append(index)
      }
    }
    return UnitSample(arms: arms, assignment: assignment, response: [y], clusters: Grouping(group))
  }

  // MARK: - Adjustment

  private static var adjusted: [Scenario] {
    [
      lin("Lin、各50、傾き0と2", "Lin; 50 each, slopes 0 and 2", (50, 50)),
      lin("Lin、100と900、傾き0と2", "Lin; 100, 900, slopes 0 and 2", (100, 900)),
    ]
  }

  private static func lin(_ ja: String, _ en: String, _ sizes: (Int, Int)) -> Scenario {
    // The effect is 1 at the average covariate of the population drawn from.
    Scenario(
      ja: ja, en: en, Lin(covariates: ["x"]), of: .continuous("y"),
      truths: ["mean_difference": 1]
    ) { generator in
      let count = sizes.0 + sizes.1
      var x = (0..<count).map { _ in generator.normal() }
      // Centred, as Lin's theory conditions on the units of the trial.
      let mean = x.reduce(0, +) / Double(count)
      x = x.map { $0 - mean }
      var assignment = Array(repeating: 0, count: sizes.0) + Array(repeating: 1, count: sizes.1)
      generator.permute(&assignment)
      let y = zip(x, assignment).map { x, arm in
        Double(arm) * (1 + 2 * x) + generator.normal()
      }
      return UnitSample(
        arms: arms, assignment: assignment, response: [y],
        covariates: ["x": [LinearDesign.Column("x", x)]])
    }
  }

  // MARK: - Other outcomes

  private static var clicks: Scenario {
    Scenario(
      ja: "クリック／表示、各500人", en: "clicks over impressions; 500 people each", RatioOfSums(),
      of: .ratio("y", over: "x"), truths: ["rate_difference": 0.01, "rate_ratio": 1.2]
    ) { generator in
      units(
        (500, 500),
        response: { arm, g in
          let shown = 1 + g.uniformInteger(below: 20)
          // Rates differ between people: 0.05 (0.06) on average.
          let rate = (arm == 0 ? 0.1 : 0.12) * g.uniformDouble()
          let clicked = (0..<shown).reduce(0.0) { sum, _ in sum + g.event(rate) }
          return [clicked, Double(shown)]
        }, &generator)
    }
  }

  private static var days: Scenario {
    Scenario(
      ja: "クリック／表示、各20日", en: "clicks over impressions; 20 days each", RatioOfSums(),
      of: .ratio("y", over: "x"), truths: ["rate_difference": 0, "rate_ratio": 1]
    ) { generator in
      units(
        (20, 20),
        response: { _, g in
          let shown = 1000 * (1 + g.uniformDouble())
          // More than binomial from day to day.
          let rate = 0.03 * (1 + 0.2 * g.normal())
          return [
            shown * rate + g.normal() * (shown * 0.03 * 0.97).squareRoot(), shown,
          ]
        }, &generator)
    }
  }

  private static var median: Scenario {
    Scenario(
      ja: "中央値、各500", en: "medians; 500 each", OrderStatistics(),
      of: .quantile(0.5, of: "y"), truths: ["quantile_difference": 20]
    ) { generator in
      units(
        (500, 500),
        response: { arm, g in [(arm == 0 ? 100 : 120) * exponential(0.6 * g.normal())] },
        &generator)
    }
  }

  private static func followUp(
    _ arm: Int, _ generator: inout PhiloxGenerator, hazards: (Double, Double)
  ) -> [Double] {
    let time = generator.exponential() / (arm == 0 ? hazards.0 : hazards.1)
    let end = 180 + 60 * generator.uniformDouble()
    return [min(time, end), time <= end ? 1 : 0]
  }

  private static var times: Scenario {
    // E[min(T, τ)] = (1 − e^{−hτ})/h.
    let mean = { (hazard: Double) in (1 - exponential(-hazard * 180)) / hazard }
    return Scenario(
      ja: "就職までの平均期間、各200", en: "mean time to a job; 200 each", RestrictedMean(),
      of: .timeToEvent("t", event: "e", horizon: 180),
      truths: ["rmst_difference": mean(0.006) - mean(0.004)]
    ) { generator in
      units(
        (200, 200), response: { arm, g in followUp(arm, &g, hazards: (0.004, 0.006)) },
        &generator)
    }
  }

  private static var hazards: Scenario {
    Scenario(
      ja: "ハザード比、各200", en: "hazard ratio; 200 each", Cox(),
      of: .timeToEvent("t", event: "e", horizon: 180), truths: ["hazard_ratio": 1.5]
    ) { generator in
      units(
        (200, 200), response: { arm, g in followUp(arm, &g, hazards: (0.004, 0.006)) },
        &generator)
    }
  }

  private static func takeup(_ ja: String, _ en: String, lift: Double) -> Scenario {
    Scenario(ja: ja, en: en, measure: "mean_difference", truth: 1) { generator in
      let sample = units(
        (250, 250),
        response: { arm, g in
          let leaning = g.uniformDouble()
          let takes = leaning < 0.3 + lift * Double(arm) ? 1.0 : 0
          return [takes + 4 * leaning + g.normal(), takes]
        }, &generator)
      return sample.flatMap {
        try? ComplierEffect(contrast, of: $0, by: DifferenceInMeans()).estimate
      }
    }
  }

  private static var weakTakeup: Scenario {
    takeup("利用者への効果、F は約4", "effect on compliers, F about 4", lift: 0.085)
  }

  private static var strongTakeup: Scenario {
    takeup("利用者への効果、F は約60", "effect on compliers, F about 60", lift: 0.3)
  }

  // MARK: - Looking early

  /// A path of z over equal looks with no effect: rejected when it ever leaves the boundary.
  private static var looks: Scenario {
    let looks = 14
    let boundary = try? SequentialBoundary.classical(
      .obrienFleming, looks: looks, significance: 0.05)
    return Scenario(
      ja: "O’Brien–Fleming、14回", en: "O’Brien–Fleming, 14 looks", measure: "mean_difference",
      truth: 0
    ) { generator in
      guard let boundary else { return nil }
      var sum = 0.0
      var excess = 0.0
      for look in 0..<looks {
        sum += generator.normal()
        let z = (sum / Double(look + 1).squareRoot()).magnitude
        excess = max(excess, z / boundary.upper[look])
      }
      // Beyond the boundary is beyond z = 1.96 of a single look.
      return Estimate(
        value: excess, standardErrorType: .z,
        evidence: StudentEvidence(
          estimate: excess * 1.959963984540054, standardError: 1, degreesOfFreedom: nil))
    }
  }

  /// A confidence sequence that is watched 40 times: the worst look decides.
  private static var anytime: Scenario {
    Scenario(
      ja: "信頼系列を40回見る", en: "confidence sequence seen 40 times", measure: "mean_difference",
      truth: 0
    ) { generator in
      var sum = 0.0
      var worst: Estimate?
      var least = 2.0
      for look in 1...40 {
        sum += generator.normal() * 50.0.squareRoot()
        let units = Double(look) * 50
        guard
          let evidence = try? MixtureEvidence(
            estimate: sum / units, standardError: 1 / units.squareRoot(), units: units,
            tunedTo: 1000),
          let p = try? evidence.pValue(of: 0)
        else { return nil }
        if p < least {
          least = p
          worst = Estimate(value: sum / units, standardErrorType: .z, evidence: evidence)
        }
      }
      return worst
    }
  }
}

extension UnitSample {
  /// The groups as blocks instead of clusters.
  fileprivate func blocked() -> UnitSample? {
    UnitSample(
      arms: arms, assignment: assignment, response: response, blocks: clusters)
  }
}
