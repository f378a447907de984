@testable import Analysis
import Vocabulary

/// A result with every shape that a report must survive.
///
/// The numbers are set by hand so that they are plausible and agree with each other; they are no
/// reference values, and no test of statistics may use them.
enum Fixture {
  static let result = TrialResult(
    nudge: 1, engineVersion: "0.1.0", trial: trial, lock: nil,
    input: InputRecord(
      file: "hokkaido-jobcafe.csv",
      sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      encoding: "utf-8", shape: "units", rows: 4012, units: 4000),
    results: visits + cohortVisits + days + complaints, means: means, funnel: funnel,
    checks: checks, verdicts: verdicts, subgroups: subgroups,
    curves: [], factors: [], timings: ["estimate": 0.004, "read": 0.021])

  static func text(_ ja: String, _ en: String) -> BilingualText {
    BilingualText(ja: ja, en: en)
  }

  // MARK: - Subgroups

  static let subgroups = [true, false].map { planned in
    SubgroupFinding(
      outcome: "visited", role: "primary", arm: "deadline", control: "control", column: "sex",
      name: text("性別", "Sex"), planned: planned, measure: "risk_difference",
      estimator: "difference_in_means", statistic: 1.21, df: 1, residualDF: nil, pValue: 0.27,
      pAdjusted: planned ? 0.27 : nil, confLevel: 0.95,
      levels: [
        .init(
          value: "女性", nArm: 500, nControl: 500, estimate: 0.06, stdError: 0.016, confLow: 0.03,
          confHigh: 0.09, shrunken: 0.051, shrunkenError: 0.014, notes: []),
        .init(
          value: "男性", nArm: 500, nControl: 500, estimate: 0.035, stdError: 0.016, confLow: 0.004,
          confHigh: 0.066, shrunken: 0.044, shrunkenError: 0.014, notes: []),
        .init(value: "不明", nArm: 1, nControl: nil, notes: [.noUnits(arm: "control")]),
      ],
      notes: [.groupsLeftOut(1)])
  }

  // MARK: - Effects

  static func row(
    _ outcome: String, _ arm: String, _ measure: String, cohort: String = "all",
    _ estimate: Double?, _ low: Double?, _ high: Double?, p: Double? = nil,
    adjusted: Double? = nil, notes: [Note] = []
  ) -> ResultRow {
    ResultRow(
      outcome: outcome, role: trial.outcomes.first { $0.id == outcome }?.role ?? "exploratory",
      arm: arm, control: "control", cohort: cohort, estimand: "ITT", measure: measure,
      estimator: "difference_in_means", estimate: estimate, stdError: nil, statistic: nil, df: nil,
      pValue: p, pAdjusted: adjusted, confLow: low, confHigh: high, confLevel: 0.95, nArm: 1000,
      nControl: 1000, eventsArm: nil, eventsControl: 51,
      seType: outcome == "days" ? "welch" : "score", notes: notes)
  }

  static let visits: [ResultRow] = [
    row("visited", "simple", "risk_difference", 0.007, -0.0132, 0.0272, p: 0.49, adjusted: 0.49),
    row("visited", "social", "risk_difference", 0.023, 0.0016, 0.0446, p: 0.0346, adjusted: 0.0692),
    row(
      "visited", "deadline", "risk_difference", 0.045, 0.0222, 0.0681, p: 0.000112,
      adjusted: 0.000336),
    row("visited", "simple", "relative_lift", 0.137, -0.211, 0.639, p: 0.49),
    row("visited", "social", "relative_lift", 0.451, 0.026, 1.051, p: 0.0346),
    row("visited", "deadline", "relative_lift", 0.882, 0.355, 1.616, p: 0.000112),
    row("visited", "simple", "risk_ratio", 1.137, 0.789, 1.639, p: 0.49),
    row("visited", "social", "risk_ratio", 1.451, 1.026, 2.051, p: 0.0346),
    row("visited", "deadline", "risk_ratio", 1.882, 1.355, 2.616, p: 0.000112),
    row("visited", "simple", "odds_ratio", 1.146, 0.779, 1.686, p: 0.49),
    row("visited", "social", "odds_ratio", 1.487, 1.028, 2.151, p: 0.0346),
    row("visited", "deadline", "odds_ratio", 1.976, 1.391, 2.806, p: 0.000112),
    row(
      "visited", "simple", "nnt", 142.9, -75.8, 36.8, p: 0.49, notes: [.outsideInterval]),
    row("visited", "social", "nnt", 43.5, 22.4, 625, p: 0.0346),
    row("visited", "deadline", "nnt", 22.2, 14.7, 45.0, p: 0.000112),
  ]

  static let cohortVisits: [ResultRow] = [
    row(
      "visited", "simple", "risk_difference", cohort: "thirties", 0.012, -0.0191, 0.0431, p: 0.45),
    row(
      "visited", "social", "risk_difference", cohort: "thirties", 0.031, -0.0023, 0.0643, p: 0.068),
    row(
      "visited", "deadline", "risk_difference", cohort: "thirties", 0.063, 0.0275, 0.0991,
      p: 0.00051),
    row("visited", "simple", "risk_difference", cohort: "forties", 0.004, -0.0226, 0.0306, p: 0.77),
    row("visited", "social", "risk_difference", cohort: "forties", 0.018, -0.0101, 0.0463, p: 0.21),
    row(
      "visited", "deadline", "risk_difference", cohort: "forties", nil, nil, nil,
      notes: [.noUnits(arm: "deadline")]),
  ]

  static let days: [ResultRow] = [
    row("days", "simple", "mean_difference", -0.8, -3.9, 2.3, p: 0.61),
    row("days", "social", "mean_difference", -2.4, -5.4, 0.6, p: 0.117),
    row("days", "deadline", "mean_difference", -6.1, -8.9, -3.3, p: 2e-19),
    row("days", "simple", "cohens_d", -0.07, -0.34, 0.2, p: 0.61),
  ]

  static let complaints: [ResultRow] = [
    row("complaint", "simple", "risk_difference", 0, -0.0038, 0.0038, p: 1),
    row("complaint", "social", "risk_difference", 0.001, -0.0029, 0.0056, p: 0.62),
    row("complaint", "deadline", "risk_difference", 0.003, -0.0009, 0.0088, p: 0.102),
    row("complaint", "simple", "risk_ratio", nil, nil, nil, notes: [.undefined]),
    row(
      "complaint", "deadline", "risk_ratio", nil, 0.79, nil, p: 0.102,
      notes: [.infiniteEstimate, .noUpperBound]),
    row("complaint", "deadline", "nnt", 333.3, 113.6, nil, p: 0.102, notes: [.noUpperBound]),
    row("complaint", "social", "nnt", 1000, nil, nil, p: 0.62, notes: [.everything]),
  ]

  static let verdicts: [Verdict] = [
    Verdict(
      outcome: "visited", arm: "simple", control: "control", conclusion: .undecided,
      beneficial: nil, estimate: 0.007, confLow: -0.0132, confHigh: 0.0272, pValue: 0.49,
      pAdjusted: 0.49, worthwhile: 0.01, meanArm: 0.058, meanControl: 0.051),
    Verdict(
      outcome: "visited", arm: "social", control: "control", conclusion: .increases,
      beneficial: true, estimate: 0.023, confLow: 0.0016, confHigh: 0.0446, pValue: 0.0346,
      pAdjusted: 0.0692, worthwhile: 0.01, meanArm: 0.074, meanControl: 0.051),
    Verdict(
      outcome: "visited", arm: "deadline", control: "control", conclusion: .increases,
      beneficial: true, estimate: 0.045, confLow: 0.0222, confHigh: 0.0681, pValue: 0.000112,
      pAdjusted: 0.000336, worthwhile: 0.01, meanArm: 0.096, meanControl: 0.051),
  ]
}
