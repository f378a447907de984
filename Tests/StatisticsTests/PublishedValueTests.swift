import Foundation
import Statistics
import Testing

/// Power, spending, meta-analysis, multiplicity, survival and bounds as printed elsewhere.
struct PublishedValueTests {
  // power.prop.test at 80 % and 5 %; units an arm.
  @Test(arguments: [
    (0.10, 0.12, "3840.8475"), (0.01, 0.012, "42692.80"), (0.05, 0.075, "1470.485"),
  ])
  func unitsAnArm(control: Double, rate: Double, printed: String) throws {
    let units = try TwoProportionPower(control: control).controlUnits(rate: rate, power: 0.8)
    // R's root finder stops at the fourth digit of the power; about seven digits of n remain.
    let expected = try #require(Double(printed))
    #expect(agrees(units, printed) || isClose(units, expected, within: 2e-7), "\(units)")
  }

  @Test func designs() throws {
    let effect = try DesignEffect(meanClusterSize: 30, intraclusterCorrelation: 0.02)
    #expect(agrees(effect.effectiveUnits(1200), "759.4937"))
    let multiple = try MinimumDetectableEffect.multiple()
    #expect(
      agrees(multiple, "2.801585") && agrees(multiple * (4.0 / 1000).squareRoot(), "0.1771878"))
  }

  // Two-sided spending of .025 in one direction at thirds, like O'Brien and Fleming.
  @Test func spending() throws {
    let spent = try [1.0 / 3, 2.0 / 3, 1].map {
      try SpendingFunction.obrienFleming.spent(of: 0.025, at: $0)
    }
    compare(spent, ["0.000104", "0.006048", "0.025"])
    // α·log(1 + (e − 1)/2).
    let pocock = try SpendingFunction.pocock.spent(of: 0.025, at: 0.5)
    #expect(isClose(pocock, 0.025 * log(1 + (exp(1.0) - 1) / 2), within: 1e-14))
  }

  // rma(measure = "RD", method = "REML") on the BCG vaccine, whose iterations end at the fifth
  // digit.
  @Test func riskDifferenceOfTheVaccine() throws {
    let analysis = try MetaAnalysis(
      of: MetaAnalysisReference.tables().prefix(13).map(StudyEffect.riskDifference))
    let place = try bounds(of: analysis.predictionInterval(level: 0.95, .normal))
    for (ours, printed) in zip(
      [
        analysis.pooled.estimate, analysis.pooled.standardError, analysis.tauSquared, place.lower,
        place.upper,
      ], [-0.0251735, 0.010828608, 0.0014215404, -0.10205805, 0.051711048])
    {
      #expect(isClose(ours, printed, within: 1e-4), "\(ours)")
    }
  }

  // escalc("RR") on the vaccine's trials.
  @Test func logRiskRatiosOfTheVaccine() throws {
    let effects = try MetaAnalysisReference.tables().prefix(13).map(StudyEffect.logRiskRatio)
    compare(
      effects.map(\.value),
      [
        "-0.8893", "-1.5854", "-1.3481", "-1.4416", "-0.2175", "-0.7861", "-1.6209", "0.0120",
        "-0.4694", "-1.3713", "-0.3394", "0.4459", "-0.0173",
      ])
    compare(
      effects.map(\.variance),
      [
        "0.3256", "0.1946", "0.4154", "0.0200", "0.0512", "0.0069", "0.2230", "0.0040", "0.0564",
        "0.0730", "0.0124", "0.5325", "0.0714",
      ])
  }

  // p.adjust in R.
  @Test(arguments: [
    (
      Multiplicity.holm,
      [0.01, 0.072, 0.312, 0.312, 0.312, 0.312, 0.312, 0.615, 0.615, 0.615]
    ),
    (.hochberg, [0.01, 0.072, 0.216, 0.216, 0.216, 0.216, 0.216, 0.216, 0.216, 0.216]),
    (.bh, [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.105714, 0.216, 0.216, 0.216]),
  ])
  func adjusted(method: Multiplicity, printed: [Double]) throws {
    let p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.060, 0.074, 0.205, 0.212, 0.216]
    for (ours, expected) in zip(try method.adjusted(p), printed) {
      #expect(abs(ours - expected) < 0.51e-6)
    }
  }

  // survival::lung by sex: log-rank test, Cox regression, medians, and means up to each sex's last
  // day (22.911563 and 326.08411 men to day 1022; women to day 965, 456 (32.9)). R's mean of women
  // to day 1022, where none was watched, is refused here: SurvivalCurveTests.
  @Test func lungCancer() throws {
    let lung = try SurvivalReference().columns("lung")
    let test = try LogRankTest(lung.followUp(), groups: lung.groups)
    compare([test.statistic, test.pValue], ["10.326742", "0.0013111645"])
    let cox = try CoxRegression(
      lung.followUp(), covariates: [lung.groups.map { $0 == "2" ? 1 : 0 }])
    let sex = try #require(cox.logHazardRatio(0))
    // R's iterations leave seven digits.
    #expect(isClose(sex.estimate, -0.53102354, within: 1e-7))
    #expect(isClose(sex.standardError, 0.16717858, within: 1e-7))
    for (group, horizon, mean, error, median, limits) in [
      ("1", 1022.0, "326.08411", "22.911563", 270.0, (212.0, 310.0)),
      ("2", 965, "456", "32.9", 426, (348, 550)),
    ] {
      let curve = KaplanMeier(try lung.followUp(of: group))
      let area = try RestrictedMeanSurvival(curve, horizon: horizon)
      compare([area.mean, area.standardError], [mean, error])
      #expect(curve.median == median)
      // R's default limits are those of the logarithmic scale.
      let ends = try bounds(of: #require(try curve.medianInterval(level: 0.95, scale: .log)))
      #expect(ends.lower == limits.0 && ends.upper == limits.1)
    }
  }

  // attrition::estimator_ev on a survey of which 536 of 1,980 answers are missing (Coppock, Gerber,
  // Green & Kern 2017, table 3): the interval from the bounds and variances that it prints. The
  // data are not public here, so the bounds themselves are not computed.
  @Test func extremeBoundsOfASurvey() throws {
    let bounded = try BoundedEffect(
      lower: -1.53914496339566, upper: 1.70966762747749,
      lowerStandardError: 0.00624010083468930.squareRoot(),
      upperStandardError: 0.00588785669626299.squareRoot())
    let ends = try bounds(of: bounded.interval(level: 0.95))
    #expect(isClose(ends.lower, -1.66907903885775, within: 1e-9), "\(ends.lower)")
    #expect(isClose(ends.upper, 1.83588114554598, within: 1e-9), "\(ends.upper)")
  }

  // Observed 1 to 10 of 12 and 1 to 8 of 12: trimmed by a fifth, bounds 0 and 2 around 1.
  @Test func boundsOfLeeByHand() throws {
    let bounded = try LeeBounds.effect(
      of: #require(ArmResponse(known: (1...10).map(Double.init), missing: 2)),
      versus: #require(ArmResponse(known: (1...8).map(Double.init), missing: 4)))
    #expect(isClose(bounded.upper, 2, within: 1e-14) && abs(bounded.lower) < 1e-14)
  }
}
