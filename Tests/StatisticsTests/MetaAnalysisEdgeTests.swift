import Statistics
import Testing

struct MetaAnalysisEdgeTests {
  private func error(
    _ effects: [StudyEffect], _ method: HeterogeneityMethod = .restrictedMaximumLikelihood,
    _ inference: MetaRegression.Inference = .wald
  ) -> MetaAnalysisError? {
    do {
      _ = try MetaAnalysis(of: effects, method: method, inference: inference)
      return nil
    } catch { return error }
  }

  @Test func oneStudyIsPooledButHasNoSpread() throws {
    let one = [StudyEffect(value: 0.3, variance: 0.04)]
    let analysis = try MetaAnalysis(of: one, method: .equalEffects)
    #expect(isClose(analysis.pooled.estimate, 0.3, within: 1e-15))
    #expect(isClose(analysis.pooled.standardError, 0.2, within: 1e-15))
    #expect(analysis.heterogeneity.pValue == nil && analysis.heterogeneity.iSquared == nil)
    for method in HeterogeneityMethod.allCases where method != .equalEffects {
      #expect(error(one, method) == .tooFewStudies(count: 1, needed: 2))
    }
    #expect(error(one, .equalEffects, .hartungKnapp) == .tooFewStudies(count: 1, needed: 2))
    #expect(throws: MetaAnalysisError.tooFewStudies(count: 1, needed: 2)) {
      try analysis.heterogeneity.tauSquaredInterval(level: 0.95)
    }
    #expect(throws: MetaAnalysisError.noHeterogeneityModelled) {
      try analysis.predictionInterval(level: 0.95, .normal)
    }
    #expect(error([]) == .tooFewStudies(count: 0, needed: 1))
  }

  // y = 0 and 4, v = 1 and 1: S = 8, so DL, PM and REML all give τ² = 8 − 1 = 7, ML 8/2 − 1 = 3.
  @Test func twoStudiesByHand() throws {
    let two = [StudyEffect(value: 0, variance: 1), StudyEffect(value: 4, variance: 1)]
    for method in HeterogeneityMethod.allCases where method != .equalEffects {
      let analysis = try MetaAnalysis(of: two, method: method)
      let expected = method == .maximumLikelihood ? 3.0 : 7
      #expect(isClose(analysis.tauSquared, expected, within: 1e-12))
      #expect(isClose(analysis.pooled.estimate, 2, within: 1e-14))
      #expect(isClose(analysis.pooled.standardError, ((expected + 1) / 2).squareRoot()))
      #expect(throws: MetaAnalysisError.tooFewStudies(count: 2, needed: 3)) {
        try analysis.predictionInterval(level: 0.95, .studentKMinus2)
      }
      _ = try analysis.predictionInterval(level: 0.95, .studentKMinus1)
    }
  }

  @Test func equalEffectsLeaveNothingBetweenStudies() throws {
    let effects = [0.1, 0.2, 0.4].map { StudyEffect(value: 0.25, variance: $0) }
    for method in HeterogeneityMethod.allCases {
      let analysis = try MetaAnalysis(of: effects, method: method)
      #expect(analysis.tauSquared == 0)
      #expect(isClose(analysis.pooled.estimate, 0.25, within: 1e-15))
      // 1/(10 + 5 + 2.5)
      #expect(isClose(analysis.pooled.standardError, (1 / 17.5).squareRoot(), within: 1e-14))
      let interval = try analysis.heterogeneity.tauSquaredInterval(level: 0.95)
      #expect(interval == .between(lower: 0, upper: 0))
    }
    #expect(error(effects, .equalEffects, .hartungKnapp) == .noVariation)
  }

  @Test func badInputIsNamed() {
    let good = StudyEffect(value: 0.1, variance: 0.1)
    for variance in [0, -1, .nan, .infinity] {
      #expect(
        error([good, StudyEffect(value: 0, variance: variance)]) == .varianceNotPositive(study: 1))
    }
    for value in [Double.nan, .infinity] {
      #expect(error([good, good, StudyEffect(value: value, variance: 1)]) == .notFinite(study: 2))
    }
    #expect(
      error([1e300, -1e300].map { StudyEffect(value: $0, variance: 1) }) == .numericalFailure)
    for level in [0, 1, -1, .nan] {
      #expect(throws: MetaAnalysisError.undefined) {
        try MetaAnalysis(of: [good, good]).predictionInterval(level: level, .normal)
      }
      #expect(throws: MetaAnalysisError.undefined) {
        try MetaAnalysis(of: [good, good]).heterogeneity.tauSquaredInterval(level: level)
      }
    }
  }

  // Equal variances v: Σ(y − ȳ)² = S gives τ² = S/(k − 1) − v exactly. Here y = ±1, v = ½, so S = k.
  @Test func manyStudiesTakeNoTimeAndLoseNoDigits() throws {
    let k = 20_000
    let effects = (0..<k).map { StudyEffect(value: $0 % 2 == 0 ? 1 : -1, variance: 0.5) }
    let analysis = try MetaAnalysis(of: effects)
    #expect(isClose(analysis.tauSquared, Double(k) / Double(k - 1) - 0.5, within: 1e-10))
    #expect(abs(analysis.pooled.estimate) < 1e-12)
  }

  // Multiplying effects by a power of two multiplies τ by it, and nothing else.
  @Test(arguments: [0x1p-200, 0x1p200]) func theScaleDoesNotMatter(scale: Double) throws {
    let reference = try MetaAnalysisReference()
    let effects = try reference.data("bcg").effects
    let scaled = effects.map {
      StudyEffect(value: $0.value * scale, variance: $0.variance * scale * scale)
    }
    for method in HeterogeneityMethod.allCases {
      let one = try MetaAnalysis(of: effects, method: method)
      let other = try MetaAnalysis(of: scaled, method: method)
      #expect(isClose(other.pooled.estimate, one.pooled.estimate * scale, within: 1e-11))
      #expect(isClose(other.tauSquared, one.tauSquared * scale * scale, within: 1e-11))
    }
  }

  // Whatever comes in, what comes out is a finite number or a reason.
  @Test func hostileNumbersEndInReasons() {
    let values = [0, -0.0, 1, -1e-300, 1e300, -1e150, .leastNonzeroMagnitude, .infinity, .nan]
    let variances = [
      1, .leastNonzeroMagnitude, 1e-300, 1e-20, 1e300, .greatestFiniteMagnitude, 0, .nan,
    ]
    for first in values {
      for second in values {
        for variance in variances {
          let effects = [
            StudyEffect(value: first, variance: variance), StudyEffect(value: second, variance: 1),
            StudyEffect(value: 2, variance: 1e-10),
          ]
          for method in HeterogeneityMethod.allCases {
            guard let analysis = try? MetaAnalysis(of: effects, method: method) else { continue }
            #expect(analysis.pooled.estimate.isFinite && analysis.pooled.standardError.isFinite)
            #expect(analysis.tauSquared.isFinite && analysis.tauSquared >= 0)
            _ = try? analysis.heterogeneity.tauSquaredInterval(level: 0.95)
            _ = try? analysis.predictionInterval(level: 0.95, .studentKMinus2)
            _ = analysis.model.predictions
            _ = try? analysis.leavingOneOut()
          }
          _ = try? EggerTest(of: effects)
          if let clustered = try? ClusteredMetaAnalysis(of: effects, clusters: [1, 1, 2]) {
            #expect(clustered.pooled.estimate.isFinite && clustered.pooled.standardError > 0)
            #expect(clustered.pooled.standardError.isFinite)
            #expect(clustered.clusterVariance.isFinite && clustered.effectVariance.isFinite)
          }
        }
      }
    }
  }
}
