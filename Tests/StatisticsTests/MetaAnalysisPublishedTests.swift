import Statistics
import Testing

/// Against numbers printed elsewhere: the trials of the BCG vaccine with the settings that R has
/// by default, whose iterations end a little before the optimum; and metafor's own test suite.
struct MetaAnalysisPublishedTests {
  private func bcg(
    _ method: HeterogeneityMethod, _ inference: MetaRegression.Inference = .wald
  ) throws -> MetaAnalysis {
    try MetaAnalysis(
      of: MetaAnalysisReference.tables().prefix(13).map(StudyEffect.logRiskRatio),
      method: method, inference: inference)
  }

  @Test(arguments: [
    (
      HeterogeneityMethod.restrictedMaximumLikelihood,
      [-0.71453235, 0.17978153, -1.0668977, -0.36216702, 0.31324333, 92.221386]
    ),
    (
      .derSimonianLaird,
      [-0.71411722, 0.17874209, -1.0644453, -0.36378916, 0.30876026, 92.117347]
    ),
    (.pauleMandel, [-0.71497041, 0.18089798, -1.0695239, -0.36041687, 0.31809371, 92.3309]),
    (
      .maximumLikelihood,
      [-0.71119914, 0.17189682, -1.0481107, -0.37428757, 0.28002817, 91.378285]
    ),
    (.equalEffects, [-0.43028516, 0.040498752, -0.50966126, -0.35090907, 0, 92.1173468545621]),
  ])
  func vaccine(method: HeterogeneityMethod, expected: [Double]) throws {
    let analysis = try bcg(method)
    let ends = try bounds(of: analysis.pooled.interval(level: 0.95))
    let ours = [
      analysis.pooled.estimate, analysis.pooled.standardError, ends.lower, ends.upper,
      analysis.tauSquared, 100 * (try #require(analysis.heterogeneity.iSquared)),
    ]
    let tolerance = method == .pauleMandel ? 1e-4 : 1e-6
    for (ours, expected) in zip(ours, expected) {
      #expect(isClose(ours, expected, within: tolerance))
    }
    #expect(isClose(analysis.heterogeneity.statistic, 152.23301, within: 1e-7))
    #expect(isClose(analysis.heterogeneity.pValue, 1.9967646e-26, within: 1e-7))
  }

  @Test func vaccineInAnotherPlace() throws {
    let wald = try bcg(.restrictedMaximumLikelihood)
    let hartungKnapp = try bcg(.restrictedMaximumLikelihood, .hartungKnapp)
    #expect(isClose(hartungKnapp.pooled.standardError, 0.18079175, within: 1e-7))
    for (interval, lower, upper) in [
      (try hartungKnapp.pooled.interval(level: 0.95), -1.1084437, -0.32062097),
      (try wald.predictionInterval(level: 0.95, .normal), -1.8666923, 0.43762765),
      (try wald.predictionInterval(level: 0.95, .studentKMinus2), -2.0083761, 0.57931135),
      (try hartungKnapp.predictionInterval(level: 0.95, .studentKMinus1), -1.996017, 0.56695227),
    ] {
      let ends = try bounds(of: interval)
      #expect(isClose(ends.lower, lower, within: 1e-6))
      #expect(isClose(ends.upper, upper, within: 1e-6))
    }
    // R's default search for these limits stops at the fourth digit.
    let spread = try bounds(of: wald.heterogeneity.tauSquaredInterval(level: 0.95))
    #expect(isClose(spread.lower, 0.11969531, within: 3e-4))
    #expect(isClose(spread.upper, 1.1114863, within: 3e-4))
  }

  // Konstantopoulos (2011), doi:10.1002/jrsm.35, the model without districts.
  @Test func schoolsWithoutDistricts() throws {
    let reference = try MetaAnalysisReference()
    let analysis = try MetaAnalysis(of: reference.data("school").effects)
    #expect(abs(analysis.pooled.estimate - 0.1279) < 5e-5)
    #expect(abs(analysis.pooled.standardError - 0.0439) < 5e-5)
    #expect(abs(analysis.tauSquared - 0.0884) < 5e-5)
    let spread = try bounds(of: analysis.heterogeneity.tauSquaredInterval(level: 0.95))
    #expect(abs(spread.lower - 0.0564) < 1e-4)
    #expect(abs(spread.upper - 0.1388) < 1e-4)
    let ml = try MetaAnalysis(
      of: reference.data("school").effects, method: .maximumLikelihood)
    #expect(ml.tauSquared < analysis.tauSquared)
  }

  // Berkey et al. (1995), doi:10.1002/sim.4780140406: each arm's variance uses the average over the
  // trials of non-events per event; latitude is centred at 33.46. As in metafor's own tests.
  @Test func vaccineWithSmoothedVariances() throws {
    let tables = try MetaAnalysisReference.tables().prefix(13)
    func odds(_ arm: KeyPath<TwoByTwoTable, TwoByTwoTable.Arm>) -> Double {
      tables.reduce(0) {
        $0 + Double($1[keyPath: arm].nonEvents) / Double($1[keyPath: arm].events) / 13
      }
    }
    let (arm, control) = (odds(\.arm), odds(\.control))
    let effects = tables.map {
      StudyEffect(
        value: StudyEffect.logRiskRatio(of: $0).value,
        variance: arm / Double($0.arm.count) + control / Double($0.control.count))
    }
    let pooled = try MetaAnalysis(of: effects, method: .pauleMandel)
    #expect(abs(pooled.pooled.estimate + 0.5429) < 5e-5)
    #expect(abs(pooled.pooled.standardError - 0.1842) < 5e-5)
    #expect(abs(pooled.tauSquared - 0.2682) < 5e-5)
    let latitude = try MetaAnalysisReference().data("bcg").moderators[0].map { $0 - 33.46 }
    let line = try MetaRegression(effects, moderators: [latitude], method: .pauleMandel)
    let ours = line.coefficients.flatMap { [$0.estimate, $0.standardError] } + [line.tauSquared]
    for (ours, printed) in zip(ours, [-0.6303, 0.1591, -0.0268, 0.0110, 0.1572]) {
      #expect(abs(ours - printed) < 5e-5)
    }
  }
}
