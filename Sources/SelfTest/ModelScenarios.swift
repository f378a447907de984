import RandomAssignment
import Statistics

// Estimators that look at covariates or probabilities, at sizes of policy trials.

extension Scenario {
  static var models: [Scenario] {
    [
      logistic, counts(Poisson(), "Poisson"), counts(NegativeBinomial(), "negative binomial"),
      weighted(Hajek(probability: "p"), "Hájek"),
      weighted(HorvitzThompson(probability: "p"), "Horvitz–Thompson"), postStratified,
    ]
  }

  private static func sample(
    _ size: Int, covariate: String,
    row: (Int, inout PhiloxGenerator) -> (response: [Double], covariate: Double),
    _ generator: inout PhiloxGenerator
  ) -> UnitSample? {
    var assignment = (0..<size).map { $0 % 2 }
    generator.permute(&assignment)
    let rows = assignment.map { row($0, &generator) }
    return UnitSample(
      arms: arms, assignment: assignment,
      response: (rows.first?.response ?? []).indices.map { column in
        rows.map { $0.response[column] }
      },
      covariates: [covariate: [LinearDesign.Column(covariate, rows.map(\.covariate))]])
  }

  /// Rates of 3 % to 9 % by a covariate, and no effect.
  private static var logistic: Scenario {
    Scenario(
      ja: "ロジスティック回帰、各500", en: "logistic regression; 500 each", Logistic(covariates: ["x"]),
      of: .binary("y"), truths: ["risk_difference": 0, "risk_ratio": 1]
    ) { generator in
      sample(
        1000, covariate: "x",
        row: { _, g in
          let x = g.uniformDouble()
          return ([g.event(0.03 + 0.06 * x)], x)
        }, &generator)
    }
  }

  /// Counts over unequal exposure, more spread than Poisson's; rates 1 and 1.3.
  private static func counts(_ estimator: some Estimator, _ name: String) -> Scenario {
    Scenario(
      ja: "件数（\(name)）、各200", en: "counts (\(name)); 200 each", estimator,
      of: .count("y", exposure: "e"), truths: ["rate_difference": 0.3, "rate_ratio": 1.3]
    ) { generator in
      sample(
        400, covariate: "x",
        row: { arm, g in
          let exposure = 0.5 + 2 * g.uniformDouble()
          // A rate of the person's own, then Poisson by waiting times.
          let rate = (arm == 0 ? 1 : 1.3) * g.exponential()
          var time = g.exponential()
          var count = 0.0
          while time < rate * exposure {
            count += 1
            time += g.exponential()
          }
          return ([count, exposure], 0)
        }, &generator)
    }
  }

  /// Independent draws with probabilities from 0.2 to 0.8 that go with the outcome.
  private static func weighted(_ estimator: some Estimator, _ name: String) -> Scenario {
    Scenario(
      ja: "割付確率 0.2〜0.8（\(name)）、400", en: "probabilities .2 to .8 (\(name)); 400", estimator,
      of: .continuous("y"), truths: ["mean_difference": 1]
    ) { generator in
      var y: [Double] = []
      var own: [Double] = []
      var assignment: [Int] = []
      for _ in 0..<400 {
        let p = 0.2 + 0.6 * generator.uniformDouble()
        let arm = Int(generator.event(p))
        assignment.append(arm)
        own.append(arm == 1 ? p : 1 - p)
        y.append(3 * p + Double(arm) + generator.normal())
      }
      return UnitSample(
        arms: arms, assignment: assignment, response: [y],
        covariates: ["p": [LinearDesign.Column("p", own)]])
    }
  }

  private static var postStratified: Scenario {
    Scenario(
      ja: "事後層化、3層、各100", en: "post-stratified, 3 strata; 100 each",
      PostStratified(strata: ["x"]), of: .continuous("y"), truths: ["mean_difference": 0.5]
    ) { generator in
      sample(
        200, covariate: "x",
        row: { arm, g in
          let stratum = Double(g.uniformInteger(below: 3))
          return ([2 * stratum + 0.5 * Double(arm) + g.normal()], stratum)
        }, &generator)
    }
  }
}
