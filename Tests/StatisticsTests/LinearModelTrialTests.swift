import Foundation
import Statistics
import TestSupport
import Testing

/// Regressions on the data of published trials, against estimatr on the same files.
@Suite(.enabled(if: SharedFolder.file("reference/real_trials.json") != nil))
struct LinearModelTrialTests {
  struct Trial: Sendable, CustomTestStringConvertible {
    var id: String
    var file: String
    var outcome: String
    /// Covariates of Lin's regression.
    var covariates: [String] = []
    var arm: String
    /// What makes a row treated, where the column is not 0/1.
    var control: String?
    var clusters: String?
    var blocks: String?
    var type = "HC2"
    /// Columns that must hold these values.
    var filter: [String: String] = [:]
    var testDescription: String { id }
  }

  private static let nsw = [
    "age", "education", "black", "hispanic", "married", "nodegree",
  ]
  private static let girls = ["sex": "Girl", "year": "2001"]
  private static let trials = [
    Trial(
      id: "nsw445.ols", file: "nsw_dw_445", outcome: "re78", arm: "treat", type: "classical"),
    Trial(id: "nsw445.hc2", file: "nsw_dw_445", outcome: "re78", arm: "treat"),
    Trial(
      id: "nsw445.lin", file: "nsw_dw_445", outcome: "re78", covariates: nsw + ["re74", "re75"],
      arm: "treat"),
    Trial(
      id: "nsw722.ols", file: "nsw_lalonde_722", outcome: "re78", arm: "treat",
      type: "classical"),
    Trial(
      id: "nsw722.lin", file: "nsw_lalonde_722", outcome: "re78", covariates: nsw + ["re75"],
      arm: "treat"),
    Trial(
      id: "thornton.any.cr0", file: "thornton_hiv", outcome: "got", arm: "any",
      clusters: "villnum", type: "CR0"),
    Trial(
      id: "thornton.any.cr1", file: "thornton_hiv", outcome: "got", arm: "any",
      clusters: "villnum", type: "CR1"),
    Trial(
      id: "thornton.any.cr2", file: "thornton_hiv", outcome: "got", arm: "any",
      clusters: "villnum", type: "CR2"),
    Trial(
      id: "tanf.cluster.case.cr2", file: "tanf_letters", outcome: "success", arm: "condition",
      control: "No_Letter", clusters: "ic_case_id", type: "CR2", filter: ["outcome_known": "1"]),
    Trial(
      id: "achaw.girls2001.cr1", file: "achievement_awards", outcome: "Bagrut_status",
      arm: "treated", clusters: "school_id", type: "CR1", filter: girls),
    Trial(
      id: "achaw.girls2001.cr2", file: "achievement_awards", outcome: "Bagrut_status",
      arm: "treated", clusters: "school_id", type: "CR2", filter: girls),
    Trial(
      id: "achaw.girls2001.cr2.pairFE", file: "achievement_awards", outcome: "Bagrut_status",
      arm: "treated", clusters: "school_id", blocks: "pair", type: "CR2", filter: girls),
    Trial(id: "alo.hc2", file: "alo_star_men", outcome: "GPA_year1", arm: "ssp"),
    Trial(
      id: "alo.lin", file: "alo_star_men", outcome: "GPA_year1", covariates: ["gpa0"], arm: "ssp"),
    Trial(
      id: "ctsecrecy.block", file: "ct_ballot_secrecy", outcome: "v_cong_general_10",
      arm: "anysecrecytreatment", blocks: "town"),
  ]

  @Test(arguments: trials) func matchesR(trial: Trial) throws {
    let expected = try reference(trial.id)
    let rows = try complete(trial)
    #expect(Double(rows.count) == expected["nobs"])
    let outcome = try rows.map { try number($0, trial.outcome) }
    let treated = try rows.map { row in
      let text = try #require(row[trial.arm])
      return trial.control.map { text != $0 } ?? (text == "1")
    }
    let covariance: CovarianceEstimator =
      switch (trial.type, trial.clusters.map { name in Grouping(rows.map { $0[name] }) }) {
      case ("classical", _): .classical
      case ("CR0", let clusters?): .cr0(clusters)
      case ("CR1", let clusters?): .cr1(clusters)
      case ("CR2", let clusters?): .cr2(clusters)
      default: .hc2
      }
    let ours: ContrastEstimate
    if trial.covariates.isEmpty {
      let model = try fit(
        outcome, on: [("treated", treated.map { $0 ? 1 : 0 })],
        absorbing: trial.blocks.map { name in Grouping(rows.map { $0[name] }) })
      ours = try model.coefficient("treated", covariance: covariance)
    } else {
      let lin = try LinAdjustment(
        of: outcome, assignment: treated.map { $0 ? "a" : "c" }, arms: ["c", "a"],
        covariates: trial.covariates.map { name in
          LinearDesign.Column(name, try rows.map { try number($0, name) })
        })
      ours = try lin.effect(Contrast("a", versus: "c"))
    }
    let interval = try bounds(of: ours.evidence.interval(level: 0.95))
    #expect(isClose(ours.value, try #require(expected["estimate"])))
    #expect(isClose(ours.standardError, try #require(expected["se"])))
    #expect(isClose(ours.degreesOfFreedom, try #require(expected["df"]), within: 1e-8))
    #expect(isClose(try ours.evidence.pValue(of: 0), try #require(expected["p"]), within: 1e-7))
    #expect(isClose(interval.lower, try #require(expected["lo"]), within: 1e-8))
    #expect(isClose(interval.upper, try #require(expected["hi"]), within: 1e-8))
  }

  /// Lin (2013), table 2, men: services and incentives (sfsp) against services alone (ssp), with
  /// HC0 as printed there. The value's bound is half of its last digit.
  @Test func matchesTable2OfLin() throws {
    let trial = Trial(
      id: "table 2", file: "alo_star_men", outcome: "GPA_year1", covariates: ["gpa0"], arm: "ssp")
    let rows = try complete(trial)
    let y = try rows.map { try number($0, "GPA_year1") }
    let arm = try rows.map { try number($0, "sfsp") }
    let x = try rows.map { try number($0, "gpa0") }
    let alone = try fit(y, on: [("arm", arm)]).coefficient("arm", covariance: .hc0)
    let additive = try fit(y, on: [("arm", arm), ("x", x)]).coefficient("arm", covariance: .hc0)
    let lin = try LinAdjustment(
      of: y, assignment: arm.map { $0 == 1 ? "a" : "c" }, arms: ["c", "a"],
      covariates: [LinearDesign.Column("x", x)]
    ).effect(Contrast("a", versus: "c"), covariance: .hc0)
    for (ours, value, error) in [
      (alone, -0.036, 0.158), (additive, -0.083, 0.146), (lin, -0.081, 0.146),
    ] {
      #expect(abs(ours.value - value) < 0.0005)
      #expect(abs(ours.standardError - error) < 0.00051)
    }
  }

  /// The rows that have everything the regression needs.
  private func complete(_ trial: Trial) throws -> [[String: String]] {
    let rows = try SharedTable(trial.file).rows
    let towns = rows.first.map { $0.keys.filter { $0.hasPrefix("town") }.sorted() } ?? []
    let needed =
      [trial.outcome, trial.arm, trial.clusters].compactMap(\.self) + trial.covariates
    return rows.compactMap { row in
      var row = row
      row["town"] = towns.compactMap { row[$0] }.joined(separator: "/")
      let isMissing = needed.contains { ["", "NA"].contains(row[$0] ?? "") }
      return isMissing || trial.filter.contains(where: { row[$0.key] != $0.value }) ? nil : row
    }
  }

  private func number(_ row: [String: String], _ name: String) throws -> Double {
    try #require(Double(row[name] ?? ""))
  }

  private func reference(_ id: String) throws -> [String: Double] {
    let url = try #require(SharedFolder.file("reference/real_trials.json"))
    let file = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    let entries = try #require(file?["entries"] as? [[String: Any]])
    return try #require(
      entries.first { $0["id"] as? String == id }?["value"] as? [String: Double])
  }
}
