import Statistics
import TestSupport
import Testing

/// Welch tests on the data of published trials, against R's t.test on the same files.
@Suite(.enabled(if: SharedFolder.file("reference/real_trials.json") != nil))
struct RealTrialTests {
  private struct Trial {
    var file: String
    var outcome: String
    var arm: String
    var treated: (String) -> Bool
    var control: (String) -> Bool
    var kind = Response.Kind.continuous
    /// A column that must be 1 for a row to count.
    var filter: String?

    init(
      _ file: String, _ outcome: String, by arm: String, versus control: String,
      arm treated: String? = nil, kind: Response.Kind = .continuous, filter: String? = nil
    ) {
      self.file = file
      self.outcome = outcome
      self.arm = arm
      self.treated = treated.map { arm in { $0 == arm } } ?? { $0 != control }
      self.control = { $0 == control }
      self.kind = kind
      self.filter = filter
    }
  }

  private func trial(_ id: String) throws -> Trial {
    if id.hasPrefix("rubella2272.atest.welch."), let letter = id.last {
      return Trial(
        "rubella_nudge_2272", "atest", by: "treat", versus: "A", arm: String(letter), kind: .binary)
    }
    let trials = [
      "nsw445.welch": Trial("nsw_dw_445", "re78", by: "treat", versus: "0"),
      "nsw722.welch": Trial("nsw_lalonde_722", "re78", by: "treat", versus: "0"),
      "hillstrom.spend.Mens.welch": Trial(
        "hillstrom", "spend", by: "segment", versus: "No E-Mail", arm: "Mens E-Mail"),
      "hillstrom.spend.Womens.welch": Trial(
        "hillstrom", "spend", by: "segment", versus: "No E-Mail", arm: "Womens E-Mail"),
      "tanf.anyletter.welch": Trial(
        "tanf_letters", "success", by: "condition", versus: "No_Letter", kind: .binary,
        filter: "outcome_known"),
    ]
    return try #require(trials[id], "no data for \(id)")
  }

  @Test(arguments: TrialAnswers.of(.welch)) func welchMatchesR(entry: TrialAnswers.Entry) throws {
    let trial = try trial(entry.id)
    var values: [String: [Double]] = [:]
    for row in try SharedTable(trial.file).rows {
      guard let value = Double(row[trial.outcome] ?? ""), let arm = row[trial.arm],
        trial.filter.map({ row[$0] == "1" }) ?? true
      else { continue }
      if trial.control(arm) {
        values["c", default: []].append(value)
      } else if trial.treated(arm) {
        values["a", default: []].append(value)
      }
    }
    let means = try marginalMeans(of: values, kind: trial.kind)
    let estimate = try MeanDifference().estimate(armAgainstControl, from: means)
    let interval = try bounds(of: FixedHorizon().interval(of: estimate, level: 0.95))
    entry.compare([
      "mean1": means.arms[1].mean, "mean2": means.arms[0].mean, "diff": estimate.value,
      "se": estimate.standardError, "t": estimate.statistic, "df": estimate.degreesOfFreedom,
      "p": try FixedHorizon().pValue(of: estimate), "lo": interval.lower, "hi": interval.upper,
    ])
  }
}
