import RandomAssignment
import Statistics
import Vocabulary

// Draws, looks and bounds.

extension Scenario {
  static var drawn: [Scenario] {
    [
      redrawn(RandomizationInference(draws: 199), "割り付けの引き直し、各50", "re-drawn arms; 50 each", 100),
      redrawn(
        BootstrapInference(draws: 999), "ブートストラップ BCa、各300", "bootstrap BCa; 300 each", 600),
      clustered(
        RandomizationInference(draws: 199), "大きさの違う12か所（引き直し）",
        "12 unequal clusters (re-drawn)", sizes: unequal),
      clustered(
        WildClusterBootstrap(draws: 399), "12か所、各12人（wild bootstrap）",
        "12 clusters of 12 (wild bootstrap)", sizes: Array(repeating: 12, count: 12)),
      clustered(
        WildClusterBootstrap(draws: 399), "大きさの違う12か所（wild bootstrap）",
        "12 unequal clusters (wild bootstrap)", sizes: unequal,
        knownMiss: BilingualText(
          ja: "まとまりの大きさが大きく異なると、wild bootstrap はやや甘い",
          en: "the wild bootstrap is liberal where clusters are of very unequal size")),
      clusterRobust, stopped, leeBounds, extremeBounds,
    ]
  }

  static func units(
    _ arms: [String], _ assignment: [Int], _ y: [Double], clusters: [Int]? = nil
  ) -> UnitSample? {
    UnitSample(
      arms: arms, assignment: assignment, response: [y],
      clusters: clusters.map { Grouping($0) })
  }

  /// Skewed outcomes that one arm raises by a half.
  private static func redrawn(
    _ method: some UnitInference, _ ja: String, _ en: String, _ size: Int
  ) -> Scenario {
    Scenario(ja: ja, en: en, measure: "mean_difference", truth: 0.5) { generator in
      var assignment = (0..<size).map { $0 % 2 }
      generator.permute(&assignment)
      let y = assignment.map { generator.exponential() + 0.5 * Double($0) }
      return units(arms, assignment, y).flatMap {
        try? method.estimate(contrast, of: .continuous("y"), in: $0, by: DifferenceInMeans())
      }
    }
  }

  private static let unequal = [4, 6, 20, 5, 8, 30, 12, 10, 25, 7, 9, 15]

  /// Half of some clusters, drawn at random, get the social arm, which does nothing.
  private static func clusteredSample(
    _ sizes: [Int], _ generator: inout PhiloxGenerator
  ) -> UnitSample? {
    var drawn = sizes.indices.map { $0 % 2 }
    generator.permute(&drawn)
    var y: [Double] = []
    var assignment: [Int] = []
    var clusters: [Int] = []
    for (cluster, size) in sizes.enumerated() {
      let level = 0.5 * generator.normal()
      for _ in 0..<size {
        y.append(level + generator.normal())
        assignment.append(drawn[cluster])
        clusters.append(cluster)
      }
    }
    return units(arms, assignment, y, clusters: clusters)
  }

  private static func clustered(
    _ method: some UnitInference, _ ja: String, _ en: String, sizes: [Int],
    knownMiss: BilingualText? = nil
  ) -> Scenario {
    Scenario(ja: ja, en: en, measure: "mean_difference", truth: 0, knownMiss: knownMiss) {
      generator in
      clusteredSample(sizes, &generator).flatMap {
        try? method.estimate(contrast, of: .continuous("y"), in: $0, by: DifferenceInMeans())
      }
    }
  }

  /// What the engine does not rest on: below twenty degrees of freedom it draws the arms again.
  private static var clusterRobust: Scenario {
    Scenario(
      ja: "大きさの違う12か所（CR2のt検定）", en: "12 unequal clusters (CR2 t-test)",
      measure: "mean_difference", truth: 0,
      knownMiss: BilingualText(
        ja: "まとまりが少なく大きさも異なると、CR2のt検定はやや甘い（自由度20未満では引き直しで判定する）",
        en:
          "with few clusters of unequal size the CR2 t-test is liberal; below 20 degrees of freedom "
          + "re-drawn arms decide")
    ) { generator in
      clusteredSample(unequal, &generator).flatMap { sample in
        let means = try? DifferenceInMeans().marginalMeans(
          of: .continuous("y"), in: Sample(units: sample), arms: arms)
        return means.flatMap { try? MeanDifference().estimate(contrast, from: $0) }
      }
    }
  }

  /// Three looks with O'Brien–Fleming-like spending; analysed where it stops.
  private static var stopped: Scenario {
    let fractions = [0.33, 0.67, 1]
    let looks = fractions.indices.map { look in
      try? GroupSequential(
        informationFractions: fractions, spending: .obrienFleming, significance: 0.05, look: look)
    }
    return Scenario(
      ja: "3回の途中分析、停止後の区間", en: "3 looks, interval after stopping",
      measure: "mean_difference", truth: 2
    ) { generator in
      var sum = 0.0
      for (look, inference) in looks.enumerated() {
        guard let inference else { return nil }
        let step = fractions[look] - (look > 0 ? fractions[look - 1] : 0)
        sum += 2 * step + generator.normal() * step.squareRoot()
        let estimate = Estimate(
          value: sum / fractions[look], standardErrorType: .z,
          evidence: StudentEvidence(
            estimate: sum / fractions[look], standardError: 1 / fractions[look].squareRoot(),
            degreesOfFreedom: nil))
        let z = sum / fractions[look].squareRoot()
        if abs(z) > inference.boundary.upper[look] || look == fractions.count - 1 {
          guard let p = try? inference.pValue(of: estimate),
            let interval = try? inference.interval(of: estimate, level: 0.95)
          else { return nil }
          return Estimate(
            value: estimate.value, standardErrorType: .z,
            evidence: SetEvidence(interval: interval, pValueOfNoEffect: p))
        }
      }
      return nil
    }
  }

  /// One arm answers more often; the effect on those who always answer is 0.5.
  private static var leeBounds: Scenario {
    Scenario(
      ja: "欠測の偏り（Lee の範囲）、各300", en: "differential attrition (Lee); 300 each",
      measure: "mean_difference", truth: 0.5
    ) { generator in
      func response(_ arm: Int) -> ArmResponse? {
        var known: [Double] = []
        var missing = 0
        for _ in 0..<300 {
          let leaning = generator.uniformDouble()
          // Always, only under the message, never.
          let answers = leaning < 0.7 || (arm == 1 && leaning < 0.8)
          let y = generator.normal() + (arm == 1 ? 0.5 : 0)
          if answers { known.append(y) } else { missing += 1 }
        }
        return ArmResponse(known: known, missing: missing)
      }
      guard let control = response(0), let arm = response(1),
        let bounds = try? LeeBounds.effect(of: arm, versus: control),
        let interval = try? bounds.interval(level: 0.95)
      else { return nil }
      return Estimate(
        value: nil, standardErrorType: .welch, evidence: SetEvidence(interval: interval))
    }
  }
}

extension Scenario {
  /// Events are missing more often under the message; the worst case allows for it.
  fileprivate static var extremeBounds: Scenario {
    Scenario(
      ja: "欠測が最悪の場合の範囲、各300", en: "worst-case bounds; 300 each", measure: "risk_difference",
      truth: 0.1
    ) { generator in
      func response(_ arm: Int) -> ArmResponse? {
        var known: [Double] = []
        var missing = 0
        for _ in 0..<300 {
          let y = generator.event(arm == 1 ? 0.3 : 0.2)
          let isMissing = generator.event(arm == 1 && y == 1 ? 0.3 : 0.02) == 1
          if isMissing { missing += 1 } else { known.append(y) }
        }
        return ArmResponse(known: known, missing: missing)
      }
      guard let control = response(0), let arm = response(1),
        let bounds = try? ExtremeBounds.effect(of: arm, versus: control, range: 0...1),
        let interval = try? bounds.interval(level: 0.95)
      else { return nil }
      return Estimate(
        value: nil, standardErrorType: .welch, evidence: SetEvidence(interval: interval))
    }
  }
}
