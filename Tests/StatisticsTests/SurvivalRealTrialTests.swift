import Foundation
import Statistics
import TestSupport
import Testing

/// Two real trials against R: financial aid for released prisoners (Rossi) and lung cancer (Veteran).
@Suite(.enabled(if: SharedFolder.file("reference/real_trials.json") != nil))
struct SurvivalRealTrialTests {
  @Test func financialAid() throws {
    let rows = try table("rossi")
    let followUp = try followUp(rows, time: "week", event: "arrest")
    let aid = rows.map { $0["fin"] == "yes" ? 1.0 : 0 }
    try compare(LogRankTest(followUp, groups: rows.map { $0["fin", default: ""] }), "rossi.logrank")
    try compare(CoxRegression(followUp, covariates: [aid]), "rossi.cox.fin")

    func numbers(_ name: String) throws -> [Double] {
      try rows.map { try #require(Double($0[name, default: ""])) }
    }
    func indicators(_ name: String) -> [Double] { rows.map { $0[name] == rows[0][name] ? 1 : 0 } }
    let covariates = try [
      aid, numbers("age"), indicators("race"), indicators("wexp"), indicators("mar"),
      indicators("paro"), numbers("prio"),
    ]
    try compare(CoxRegression(followUp, covariates: covariates), "rossi.cox.full")
  }

  @Test func veterans() throws {
    let rows = try table("veteran")
    let followUp = try followUp(rows, time: "time", event: "status")
    let arms = rows.map { $0["trt", default: ""] }
    let cells = rows.map { $0["celltype", default: ""] }
    try compare(LogRankTest(followUp, groups: arms), "veteran.logrank")
    try compare(LogRankTest(followUp, groups: arms, strata: cells), "veteran.logrank.strat")
    let fit = try CoxRegression(followUp, covariates: [arms.map { $0 == "2" ? 1 : 0 }])
    try compare(fit, "veteran.cox")
  }

  private func compare(_ test: LogRankTest, _ id: String) throws {
    let expected = try reference(id)
    #expect(isClose(test.statistic, try #require(expected["chisq"]), within: 1e-10))
    #expect(isClose(test.pValue, try #require(expected["p"])))
  }

  /// R stops where the likelihood has settled to nine digits; its coefficients have about eight.
  private func compare(_ fit: CoxRegression, _ id: String) throws {
    let expected = try reference(id)
    let ratio = try #require(fit.logHazardRatio(0))
    #expect(isClose(ratio.estimate, try #require(expected["coef"]), within: 1e-7))
    #expect(isClose(ratio.standardError, try #require(expected["se"]), within: 1e-7))
    #expect(isClose(try ratio.pValue(of: 0), try #require(expected["p"]), within: 1e-6))
    #expect(try #require(expected["events"]) == Double(fit.events))
  }

  private func reference(_ id: String) throws -> [String: Double] {
    let url = try #require(SharedFolder.file("reference/real_trials.json"))
    let file = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    let entries = try #require(file["entries"] as? [[String: Any]])
    let entry = try #require(entries.first { $0["id"] as? String == id })
    return try #require(entry["value"] as? [String: Double])
  }

  private func followUp(
    _ rows: [[String: String]], time: String, event: String
  ) throws -> FollowUp {
    try FollowUp(
      times: rows.map { try #require(Double($0[time, default: ""])) },
      events: rows.map { $0[event] == "1" })
  }

  /// No field of these files holds a comma.
  private func table(_ name: String) throws -> [[String: String]] {
    let url = try #require(SharedFolder.file("data/\(name).csv"))
    let lines = try String(contentsOf: url, encoding: .utf8)
      .replacingOccurrences(of: "\"", with: "").split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
  }
}
