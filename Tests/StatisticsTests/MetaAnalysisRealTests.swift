import Foundation
import Statistics
import TestSupport
import Testing

/// 447 nudges (Mertens et al. 2022) and the vaccine's trials, against R on the same files.
@Suite(.enabled(if: SharedFolder.file("data/mertens_nudge_meta.csv") != nil))
struct MetaAnalysisRealTests {
  private func nudges() throws -> (effects: [StudyEffect], rows: [[String: String]]) {
    let rows = try SharedTable("mertens_nudge_meta").rows
    return (
      try rows.map {
        StudyEffect(value: try $0.number("cohens_d"), variance: try $0.number("variance_d"))
      }, rows
    )
  }

  private func vaccine() throws -> [TwoByTwoTable] {
    try SharedTable("bcg_meta").rows.map { row in
      let n = try ["tpos", "tneg", "cpos", "cneg"].map { Int(try row.number($0)) }
      return try #require(
        TwoByTwoTable(events: n[0], of: n[0] + n[1], versus: n[2], of: n[2] + n[3]))
    }
  }

  // R's default iterations end when τ² moves by less than 10⁻⁵: its fifth digit, and the fourth to
  // sixth of what rests on it. To the last digits: MetaAnalysisTests.
  @Test(arguments: TrialAnswers.of(.pooled)) func pooled(entry: TrialAnswers.Entry) throws {
    let name = entry.id.split(separator: ".")
    let methods: [Substring: HeterogeneityMethod] = [
      "reml": .restrictedMaximumLikelihood, "hk": .restrictedMaximumLikelihood,
      "dl": .derSimonianLaird, "fe": .equalEffects,
    ]
    let analysis = try MetaAnalysis(
      of: name[0] == "bcg" ? vaccine().map(StudyEffect.logRiskRatio) : nudges().effects,
      method: try #require(methods[name[1]]), inference: name[1] == "hk" ? .hartungKnapp : .wald)
    let interval = try bounds(of: analysis.pooled.interval(level: 0.95))
    let isIterated = analysis.model.method == .restrictedMaximumLikelihood
    entry.compare(
      [
        "mu": analysis.pooled.estimate, "se": analysis.pooled.standardError,
        "lo": interval.lower, "hi": interval.upper, "p": try analysis.pooled.pValue(of: 0),
        "tau2": analysis.tauSquared, "I2": analysis.heterogeneity.iSquared.map { 100 * $0 },
        "Q": analysis.heterogeneity.statistic, "k": Double(analysis.effects.count),
      ], within: isIterated ? 1e-4 : 1e-8, loosely: isIterated ? ["p": 1e-2, "Q": 1e-8] : [:])
  }

  @Test(arguments: TrialAnswers.of(.egger))
  func smallNudgeStudiesShowMore(entry: TrialAnswers.Entry) throws {
    let slope = try EggerTest(of: nudges().effects).slope
    entry.compare(
      ["z": slope.estimate / slope.standardError, "p": try slope.pValue(of: 0)],
      within: 1e-4, loosely: ["p": 1e-2])
  }

  // Effects within studies within publications; nlminb finds about six digits.
  @Test(arguments: TrialAnswers.of(.multilevel))
  func nudgesOfOnePublicationResembleEachOther(entry: TrialAnswers.Entry) throws {
    let (effects, rows) = try nudges()
    let publications = rows.map { $0["publication_id"] ?? "" }
    let studies = rows.map { $0["study_id"] ?? "" }
    let each = rows.map { $0["es_id"] ?? "" }
    let isPlain = entry.id == "mertens.mlma.plain"
    let levels = isPlain ? [publications, each] : [publications, studies, each]
    let nested = try MultilevelMetaAnalysis(of: effects, levels: levels)
    let pooled = isPlain ? nested.pooled : try nested.clusterRobust()
    let interval = try bounds(of: pooled.interval(level: 0.95))
    entry.compare(
      [
        "mu": pooled.estimate, "se": pooled.standardError, "lo": interval.lower,
        "hi": interval.upper, "df": pooled.degreesOfFreedom, "k": Double(effects.count),
      ], within: 1e-5)
    guard isPlain else { return }
    let clustered = try ClusteredMetaAnalysis(of: effects, clusters: publications)
    #expect(isClose(clustered.pooled.estimate, pooled.estimate, within: 1e-9))
    #expect(isClose(clustered.pooled.standardError, pooled.standardError, within: 1e-9))
  }

  /// With iterations to the end, and with the variances supposed (Reference/nudges.R).
  @Test func nudgesToTheLastDigits() throws {
    let (effects, rows) = try nudges()
    let plain = try MetaAnalysis(of: effects)
    let ends = try bounds(of: plain.pooled.interval(level: 0.95))
    let slope = try EggerTest(of: effects).slope
    let nested = try MultilevelMetaAnalysis(
      of: effects,
      levels: ["publication_id", "study_id", "es_id"].map { name in rows.map { $0[name] ?? "" } },
      variances: [0.125, 0.045, 0.0003])
    let robust = try nested.clusterRobust()
    let limits = try bounds(of: robust.interval(level: 0.95))
    let ours: [String: Double?] = [
      "reml.mu": plain.pooled.estimate, "reml.se": plain.pooled.standardError,
      "reml.lo": ends.lower, "reml.hi": ends.upper, "reml.p": try plain.pooled.pValue(of: 0),
      "reml.tau2": plain.tauSquared, "reml.I2": plain.heterogeneity.iSquared.map { 100 * $0 },
      "egger.z": slope.estimate / slope.standardError, "egger.p": try slope.pValue(of: 0),
      "supposed.mu": nested.pooled.estimate, "supposed.se": nested.pooled.standardError,
      "supposed.robust": robust.standardError, "supposed.lo": limits.lower,
      "supposed.hi": limits.upper, "supposed.df": robust.degreesOfFreedom,
    ]
    for row in try ContinuousReference.rows(of: "nudges") {
      let name = "\(row[0]).\(row[1])"
      let expected = try #require(Double(row[2]))
      // A p-value of 10⁻⁸⁴ magnifies the last digits of z by z².
      let tolerance = row[1] == "p" ? 1e-6 : 1e-8
      #expect(
        isClose(ours[name] ?? nil, expected, within: tolerance), "\(name) \(ours[name] as Any)")
    }
  }

  @Test(arguments: TrialAnswers.of(.mantelHaenszelOfStudies))
  func mantelHaenszel(entry: TrialAnswers.Entry) throws {
    let pooled = try MantelHaenszel(of: vaccine())
    entry.compare([
      "logor": pooled.logOddsRatio.estimate, "se": pooled.logOddsRatio.standardError,
      "or": exp(pooled.logOddsRatio.estimate), "MH": pooled.testStatistic, "MHp": pooled.pValue,
    ])
  }
}
