import Statistics
import Testing

/// Moderators, single studies, Egger's test and Mantel and Haenszel, against metafor.
struct MetaAnalysisRegressionTests {
  @Test(arguments: ["bcg", "school", "alike"], MetaAnalysisReference.methods)
  func moderatorsAsMetafor(name: String, method: (HeterogeneityMethod, String)) throws {
    let reference = try MetaAnalysisReference()
    func r(_ quantity: String) throws -> Double {
      try reference.number("\(method.1).mods.\(quantity)", in: name)
    }
    let data = try reference.data(name)
    let wald = try MetaRegression(data.effects, moderators: data.moderators, method: method.0)
    let hartungKnapp = try MetaRegression(
      data.effects, moderators: data.moderators, method: method.0, inference: .hartungKnapp)
    #expect(isClose(wald.tauSquared, try r("tau2"), within: 1e-7))
    #expect(isClose(wald.heterogeneity.statistic, try r("QE"), within: 1e-8))
    #expect(isClose(wald.heterogeneity.iSquared, try r("I2"), within: 1e-7))
    for i in 0..<3 {
      let coefficient = wald.coefficients[i]
      #expect(isClose(coefficient.estimate, try r("b\(i)"), within: 1e-7))
      #expect(isClose(coefficient.standardError, try r("se\(i)"), within: 1e-7))
      let other = hartungKnapp.coefficients[i]
      #expect(isClose(other.standardError, try r("hkse\(i)"), within: 1e-7))
      #expect(isClose(try other.pValue(of: 0), try r("hkp\(i)"), within: 1e-6))
    }
    #expect(isClose(wald.moderatorTest?.statistic, try r("QM"), within: 1e-7))
    #expect(isClose(wald.moderatorTest?.pValue, try r("QMp"), within: 1e-6))
    #expect(isClose(hartungKnapp.moderatorTest?.statistic, try r("F"), within: 1e-7))
    #expect(isClose(hartungKnapp.moderatorTest?.pValue, try r("Fp"), within: 1e-6))
    if let explained = reference.answers[name]?["\(method.1).mods.R2"] {
      #expect(isClose(wald.explainedHeterogeneity, explained, within: 1e-7))
    } else {
      #expect(wald.explainedHeterogeneity == nil)
    }
  }

  @Test func vaccineByLatitude() throws {
    let reference = try MetaAnalysisReference()
    let data = try reference.data("bcg")
    let line = try MetaRegression(data.effects, moderators: [data.moderators[0]])
    // Printed by R with its default settings, which stop at the fourth digit of τ²; then to the end.
    for (ours, printed, name) in [
      (line.coefficients[0].estimate, 0.25146429, "b0"),
      (line.coefficients[0].standardError, 0.24910367, "se0"),
      (line.coefficients[1].estimate, -0.029101661, "b1"),
      (line.coefficients[1].standardError, 0.0071955548, "se1"),
      (line.tauSquared, 0.076354695, "tau2"),
      (try #require(line.explainedHeterogeneity), 0.75624478, "R2"),
    ] {
      #expect(isClose(ours, printed, within: 1e-4))
      #expect(isClose(ours, try reference.number("latitude.\(name)", in: "bcg"), within: 1e-8))
    }
    #expect(try line.coefficients[1].pValue(of: 0) < 0.001)
  }

  @Test(arguments: MetaAnalysisReference.cases) func singleStudiesAsMetafor(name: String) throws {
    let reference = try MetaAnalysisReference()
    let analysis = try MetaAnalysis(of: reference.data(name).effects)
    let predictions = analysis.model.predictions
    let others = try analysis.leavingOneOut()
    #expect(predictions.count == analysis.effects.count && others.count == predictions.count)
    for i in 0..<3 {
      func r(_ quantity: String) throws -> Double {
        try reference.number("study\(i + 1).\(quantity)", in: name)
      }
      #expect(isClose(predictions[i].value, try r("blup"), within: 1e-8))
      #expect(isClose(predictions[i].standardError, try r("blupse"), within: 1e-8))
      // leave1out takes over the settings of the fit, whose last steps are not all equal.
      #expect(isClose(others[i].pooled.estimate, try r("loo"), within: 1e-7))
      #expect(isClose(others[i].pooled.standardError, try r("loose"), within: 1e-7))
      let tauSquared = try r("lootau2")
      #expect(abs(others[i].tauSquared - tauSquared) <= 1e-7 * tauSquared + 1e-12)
    }
  }

  @Test func vaccineStudyByStudy() throws {
    let analysis = try MetaAnalysis(of: MetaAnalysisReference().data("bcg").effects)
    for (ours, expected) in zip(
      analysis.model.predictions.map(\.value), [-0.80023357, -1.251706, -0.98690313])
    {
      #expect(isClose(ours, expected, within: 1e-6))
    }
    for (ours, expected) in zip(
      try analysis.leavingOneOut().map(\.pooled.estimate), [-0.70708379, -0.6540312, -0.68555442])
    {
      #expect(isClose(ours, expected, within: 1e-6))
    }
    let egger = try EggerTest(of: analysis.effects)
    #expect(isClose(try egger.slope.pValue(of: 0), 0.42178454, within: 1e-6))
  }

  @Test(arguments: MetaAnalysisReference.cases) func eggerAsMetafor(name: String) throws {
    let reference = try MetaAnalysisReference()
    let egger = try EggerTest(of: reference.data(name).effects)
    func r(_ quantity: String) throws -> Double {
      try reference.number("egger.\(quantity)", in: name)
    }
    let slope = egger.slope
    #expect(isClose(slope.estimate / slope.standardError, try r("z"), within: 1e-6))
    #expect(isClose(try slope.pValue(of: 0), try r("p"), within: 1e-6))
    #expect(isClose(egger.limitEstimate.estimate, try r("est"), within: 1e-6))
    let ends = try bounds(of: egger.limitEstimate.interval(level: 0.95))
    #expect(isClose(ends.lower, try r("lo"), within: 1e-6))
    #expect(isClose(ends.upper, try r("hi"), within: 1e-6))
  }

  @Test func mantelHaenszelAsMetafor() throws {
    let reference = try MetaAnalysisReference()
    let all = try MantelHaenszel(of: MetaAnalysisReference.tables())
    for (pooled, key) in [(all.logOddsRatio, "OR"), (all.logRiskRatio, "RR")] {
      #expect(isClose(pooled.estimate, try reference.number("\(key).b", in: "mh")))
      #expect(isClose(pooled.standardError, try reference.number("\(key).se", in: "mh")))
    }
    #expect(isClose(all.testStatistic, try reference.number("OR.stat", in: "mh")))
    #expect(isClose(all.pValue, try reference.number("OR.statp", in: "mh")))

    let vaccine = try MantelHaenszel(of: Array(MetaAnalysisReference.tables().prefix(13)))
    #expect(isClose(vaccine.logRiskRatio.estimate, -0.4537096, within: 1e-7))
    #expect(isClose(vaccine.logRiskRatio.standardError, 0.039337367, within: 1e-7))
  }

  @Test func whatCannotBeFittedIsSaid() throws {
    let effects = [0.1, 0.3, 0.2, 0.6].map { StudyEffect(value: $0, variance: 0.04) }
    #expect(throws: MetaAnalysisError.collinear(moderator: 0)) { try EggerTest(of: effects) }
    #expect(throws: MetaAnalysisError.collinear(moderator: 1)) {
      try MetaRegression(effects, moderators: [[1, 2, 3, 4], [2, 4, 6, 8]])
    }
    #expect(throws: MetaAnalysisError.malformed) {
      try MetaRegression(effects, moderators: [[1, 2, 3]])
    }
    #expect(throws: MetaAnalysisError.notFinite(study: 1)) {
      try MetaRegression(effects, moderators: [[1, .nan, 3, 4]])
    }
    #expect(throws: MetaAnalysisError.tooFewStudies(count: 4, needed: 5)) {
      try MetaRegression(effects, moderators: [[1, 2, 3, 5], [1, 0, 0, 1], [4, 1, 1, 0]])
    }
    #expect(throws: MetaAnalysisError.tooFewStudies(count: 2, needed: 3)) {
      try MetaAnalysis(of: Array(effects.prefix(2))).leavingOneOut()
    }
    #expect(throws: MetaAnalysisError.tooFewStudies(count: 0, needed: 1)) {
      try MantelHaenszel(of: [])
    }
    let empty = try #require(TwoByTwoTable(events: 0, of: 5, versus: 0, of: 5))
    #expect(throws: MetaAnalysisError.undefined) { try MantelHaenszel(of: [empty]) }
    let whole = try #require(TwoByTwoTable(events: 1, of: 1, versus: 0, of: 1))
    #expect(throws: MetaAnalysisError.undefined) { try MantelHaenszel(of: [whole]) }
  }
}
