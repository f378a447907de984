import Foundation
import Statistics
import TestSupport
import Testing

/// 447 nudges (Mertens et al. 2022) and the vaccine's trials, against R on the same files.
@Suite(.enabled(if: SharedFolder.file("data/mertens_nudge_meta.csv") != nil))
struct MetaAnalysisRealTests {
  /// The columns by name of one file; the titles in it hold commas within quotes.
  private func columns(_ names: [String], of file: String) throws -> [[String]] {
    let url = try #require(SharedFolder.file("data/\(file).csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
      .map { line in
        var fields = [""]
        var isQuoted = false
        for character in line {
          if character == "\"" {
            isQuoted.toggle()
          } else if character == ",", !isQuoted {
            fields.append("")
          } else {
            fields[fields.count - 1].append(character)
          }
        }
        return fields
      }
    let header = try #require(lines.first)
    let positions = try names.map { try #require(header.firstIndex(of: $0)) }
    return lines.dropFirst().map { line in positions.map { line[$0] } }
  }

  private func nudges() throws -> (effects: [StudyEffect], publications: [String]) {
    let rows = try columns(["cohens_d", "variance_d", "publication_id"], of: "mertens_nudge_meta")
    let effects = try rows.map {
      StudyEffect(value: try #require(Double($0[0])), variance: try #require(Double($0[1])))
    }
    return (effects, rows.map { $0[2] })
  }

  // R's default iterations end at the fifth digit of τ² or so (mertens.reml, mertens.dl).
  @Test(arguments: [
    (
      HeterogeneityMethod.restrictedMaximumLikelihood,
      [
        0.402922779757799, 0.020718479168354, 0.362315306773382, 0.443530252742217,
        0.157702852624272, 0.995095246508934,
      ]
    ),
    (
      .derSimonianLaird,
      [
        0.350000298154718, 0.0122572048888315, 0.32597661802148, 0.374023978287956,
        0.0408889068094207, 0.9813444501593,
      ]
    ),
  ])
  func nudgesArePooled(method: HeterogeneityMethod, expected: [Double]) throws {
    let analysis = try MetaAnalysis(of: nudges().effects, method: method)
    let ends = try bounds(of: analysis.pooled.interval(level: 0.95))
    let ours = [
      analysis.pooled.estimate, analysis.pooled.standardError, ends.lower, ends.upper,
      analysis.tauSquared, try #require(analysis.heterogeneity.iSquared),
    ]
    #expect(analysis.effects.count == 447)
    let tolerance = method == .derSimonianLaird ? 1e-9 : 1e-4
    for (ours, expected) in zip(ours, expected) {
      #expect(isClose(ours, expected, within: tolerance))
    }
    #expect(isClose(analysis.heterogeneity.statistic, 23907.0948757021))
  }

  // mertens.egger
  @Test func smallNudgeStudiesShowMore() throws {
    let slope = try EggerTest(of: nudges().effects).slope
    #expect(isClose(slope.estimate / slope.standardError, 12.9718355409496, within: 1e-4))
    #expect(isClose(try slope.pValue(of: 0), 1.76746434865657e-38, within: 1e-2))
  }

  // mertens.mlma.plain: rma.mv with random = ~ 1 | publication_id/es_id
  @Test func nudgesOfOnePublicationResembleEachOther() throws {
    let (effects, publications) = try nudges()
    let clustered = try ClusteredMetaAnalysis(of: effects, clusters: publications)
    let ends = try bounds(of: clustered.pooled.interval(level: 0.95))
    #expect(isClose(clustered.pooled.estimate, 0.432384352782554, within: 1e-5))
    #expect(isClose(clustered.pooled.standardError, 0.0291559188896959, within: 1e-5))
    #expect(isClose(ends.lower, 0.375239801822579, within: 1e-5))
    #expect(isClose(ends.upper, 0.489528903742529, within: 1e-5))
  }

  // bcg.mh and bcg.hk
  @Test func vaccine() throws {
    let tables = try columns(["tpos", "tneg", "cpos", "cneg"], of: "bcg_meta").map { row in
      let n = try row.map { try #require(Int($0)) }
      return try #require(
        TwoByTwoTable(events: n[0], of: n[0] + n[1], versus: n[2], of: n[2] + n[3]))
    }
    let pooled = try MantelHaenszel(of: tables)
    #expect(isClose(pooled.logOddsRatio.estimate, -0.473410988388585))
    #expect(isClose(pooled.logOddsRatio.standardError, 0.0410077784042314))
    #expect(isClose(pooled.testStatistic, 135.688943723906))
    #expect(isClose(pooled.pValue, 2.33369633183248e-31))
    let analysis = try MetaAnalysis(
      of: tables.map(StudyEffect.logRiskRatio), inference: .hartungKnapp)
    let ends = try bounds(of: analysis.pooled.interval(level: 0.95))
    #expect(isClose(analysis.pooled.standardError, 0.1807917455191, within: 1e-7))
    #expect(isClose(ends.lower, -1.10844372300005, within: 1e-6))
    #expect(isClose(ends.upper, -0.320620973730153, within: 1e-6))
    #expect(isClose(try analysis.pooled.pValue(of: 0), 0.00192001508513394, within: 1e-6))
  }
}
