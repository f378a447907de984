import Foundation
import Statistics
import TestSupport
import Testing

/// Two real trials against R: financial aid for released prisoners (Rossi) and lung cancer
/// (Veteran).
@Suite(.enabled(if: SharedFolder.file("reference/real_trials.json") != nil))
struct SurvivalRealTrialTests {
  @Test func financialAid() throws {
    let rows = try SharedTable("rossi").rows
    let followUp = try followUp(rows, time: "week", event: "arrest")
    let aid = rows.map { $0["fin"] == "yes" ? 1.0 : 0 }
    try compare(LogRankTest(followUp, groups: rows.map { $0["fin", default: ""] }), "rossi.logrank")
    try compare(CoxRegression(followUp, covariates: [aid]), "rossi.cox.fin", of: rows.count)

    func numbers(_ name: String) throws -> [Double] {
      try rows.map { try #require(Double($0[name, default: ""])) }
    }
    func indicators(_ name: String) -> [Double] { rows.map { $0[name] == rows[0][name] ? 1 : 0 } }
    let covariates = try [
      aid, numbers("age"), indicators("race"), indicators("wexp"), indicators("mar"),
      indicators("paro"), numbers("prio"),
    ]
    try compare(CoxRegression(followUp, covariates: covariates), "rossi.cox.full", of: rows.count)
  }

  @Test func veterans() throws {
    let rows = try SharedTable("veteran").rows
    let followUp = try followUp(rows, time: "time", event: "status")
    let arms = rows.map { $0["trt", default: ""] }
    let cells = rows.map { $0["celltype", default: ""] }
    try compare(LogRankTest(followUp, groups: arms), "veteran.logrank")
    try compare(
      LogRankTest(followUp, groups: arms, strata: Grouping(cells)), "veteran.logrank.strat")
    let fit = try CoxRegression(followUp, covariates: [arms.map { $0 == "2" ? 1 : 0 }])
    try compare(fit, "veteran.cox", of: rows.count)
  }

  private func compare(_ test: LogRankTest, _ id: String) throws {
    try TrialAnswers.entry(id).compare([
      "chisq": test.statistic, "df": Double(test.degreesOfFreedom), "p": test.pValue,
    ])
  }

  /// R stops where the likelihood has settled to nine digits; its coefficients have about eight.
  private func compare(_ fit: CoxRegression, _ id: String, of units: Int) throws {
    let ratio = try #require(fit.logHazardRatio(0))
    try TrialAnswers.entry(id).compare(
      [
        "coef": ratio.estimate, "hr": exp(ratio.estimate), "se": ratio.standardError,
        "z": ratio.estimate / ratio.standardError, "p": try ratio.pValue(of: 0),
        "n": Double(units), "events": Double(fit.events),
      ], within: 1e-7, loosely: ["p": 1e-6])
  }

  @Test func nothingIsLeftOut() {
    #expect(
      Set((TrialAnswers.of(.cox) + TrialAnswers.of(.logRank)).map(\.id)) == [
        "rossi.cox.fin", "rossi.cox.full", "rossi.logrank", "veteran.cox", "veteran.logrank",
        "veteran.logrank.strat",
      ])
  }

  private func followUp(
    _ rows: [[String: String]], time: String, event: String
  ) throws -> FollowUp {
    try FollowUp(
      times: rows.map { try #require(Double($0[time, default: ""])) },
      events: rows.map { $0[event] == "1" })
  }
}
