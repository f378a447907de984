import Statistics
import Testing

/// Against metafor, on every set of Reference/meta_analysis.R and with every method.
struct MetaAnalysisTests {
  @Test(arguments: MetaAnalysisReference.cases, MetaAnalysisReference.methods)
  func poolsAsMetafor(name: String, method: (HeterogeneityMethod, String)) throws {
    let reference = try MetaAnalysisReference()
    func r(_ quantity: String) throws -> Double {
      try reference.number("\(method.1).\(quantity)", in: name)
    }
    let effects = try reference.data(name).effects
    let wald = try MetaAnalysis(of: effects, method: method.0)
    #expect(isClose(wald.pooled.estimate, try r("mu")))
    #expect(isClose(wald.pooled.standardError, try r("se")))
    #expect(isClose(try wald.pooled.pValue(of: 0), try r("p"), within: 1e-8))
    let ends = try bounds(of: wald.pooled.interval(level: 0.95))
    #expect(isClose(ends.lower, try r("lo")))
    #expect(isClose(ends.upper, try r("hi")))
    // Fisher's scoring in R comes near τ² = 0 and never reaches it.
    func atZero(_ value: Double) -> Double { value < 1e-12 ? 0 : value }
    #expect(isClose(wald.tauSquared, atZero(try r("tau2")), within: 1e-8))
    let spread = wald.heterogeneity
    #expect(isClose(spread.statistic, try r("Q")))
    #expect(isClose(spread.pValue, try r("Qp")))
    #expect(isClose(spread.iSquared, atZero(try r("I2")), within: 1e-8))
    #expect(isClose(spread.hSquared, try r("H2"), within: 1e-8))

    let hartungKnapp = try MetaAnalysis(of: effects, method: method.0, inference: .hartungKnapp)
    #expect(isClose(hartungKnapp.pooled.standardError, try r("hk.se")))
    #expect(isClose(try hartungKnapp.pooled.pValue(of: 0), try r("hk.p"), within: 1e-8))
    let narrow = try bounds(of: hartungKnapp.pooled.interval(level: 0.95))
    #expect(isClose(narrow.lower, try r("hk.lo"), within: 1e-8))
    #expect(isClose(narrow.upper, try r("hk.hi"), within: 1e-8))

    guard method.0 != .equalEffects else { return }
    for (analysis, distribution, key) in [
      (wald, PredictionDistribution.normal, "z"), (wald, .studentKMinus2, "hts"),
      (hartungKnapp, .studentKMinus1, "hk"),
    ] {
      let place = try bounds(of: analysis.predictionInterval(level: 0.95, distribution))
      #expect(isClose(place.lower, try r("pi.\(key).lo"), within: 1e-8))
      #expect(isClose(place.upper, try r("pi.\(key).hi"), within: 1e-8))
    }
  }

  @Test(arguments: MetaAnalysisReference.cases) func tauSquaredHasTheIntervalOfMetafor(name: String)
    throws
  {
    let reference = try MetaAnalysisReference()
    let analysis = try MetaAnalysis(of: reference.data(name).effects)
    let ends = try bounds(of: analysis.heterogeneity.tauSquaredInterval(level: 0.95))
    #expect(isClose(ends.lower, try reference.number("profile.lo", in: name), within: 1e-8))
    #expect(isClose(ends.upper, try reference.number("profile.hi", in: name), within: 1e-8))
  }

  @Test func effectsOfTablesAreThoseOfEscalc() throws {
    let reference = try MetaAnalysisReference()
    for (position, table) in try MetaAnalysisReference.tables().enumerated() {
      for (effect, key) in [
        (StudyEffect.logRiskRatio(of: table), "RR"), (.logOddsRatio(of: table), "OR"),
        (.riskDifference(of: table), "RD"),
      ] {
        let group = "table\(position + 1)"
        let y = try reference.number("\(key).y", in: group)
        #expect(abs(effect.value - y) <= 1e-13 * max(1, abs(y)), "\(group) \(key)")
        #expect(isClose(effect.variance, try reference.number("\(key).v", in: group)))
      }
    }
  }

  @Test func riskDifferencesOfTheVaccine() throws {
    let reference = try MetaAnalysisReference()
    let effects = try MetaAnalysisReference.tables().prefix(13).map(StudyEffect.riskDifference)
    let analysis = try MetaAnalysis(of: effects)
    let place = try bounds(of: analysis.predictionInterval(level: 0.95, .normal))
    #expect(isClose(analysis.pooled.estimate, try reference.number("REML.mu", in: "rd")))
    #expect(isClose(analysis.pooled.standardError, try reference.number("REML.se", in: "rd")))
    #expect(isClose(analysis.tauSquared, try reference.number("REML.tau2", in: "rd")))
    #expect(isClose(place.lower, try reference.number("REML.lo", in: "rd")))
    #expect(isClose(place.upper, try reference.number("REML.hi", in: "rd")))
  }
}
