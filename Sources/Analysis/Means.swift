import RandomAssignment
import Statistics
import Trials

extension TrialAnalysis {
  /// Each arm's own mean (rate) with its interval, for everyone and for each cohort.
  func means(in observations: Observations) -> [MeanRow] {
    let cohorts: [String?] = [nil] + trial.cohorts.map(\.id)
    return trial.outcomes.flatMap { outcome in
      cohorts.flatMap { cohort in
        means(of: outcome, cohort: cohort, in: observations)
      }
    }
  }

  private func means(
    of outcome: Outcome, cohort: String?, in observations: Observations
  ) -> [MeanRow] {
    let sample = observations.samples[.init(outcome: outcome.id, cohort: cohort)]
    let means = try? marginalMeans(of: outcome, cohort: cohort, in: observations).get()
    let level = trial.analysis.level
    return trial.variants.map { variant in
      let arm = means?.arms.first { $0.arm == variant.arm.id && $0.count > 0 }
      let limits = arm.flatMap { interval(of: $0, kind: outcome.response.kind) }?.limits
      return MeanRow(
        outcome: outcome.id, arm: variant.arm.id, cohort: cohort ?? "all",
        n: arm?.count ?? 0, missing: sample?.missing[variant.arm.id] ?? 0,
        events: arm?.events, mean: arm?.mean, standardDeviation: arm?.standardDeviation,
        confLow: limits?.lower, confHigh: limits?.upper, confLevel: level,
        method: outcome.response.kind == .binary ? "wilson" : "t")
    }
  }

  private func interval(
    of arm: MarginalMeans.ArmMean, kind: Response.Kind
  ) -> Interval? {
    let level = trial.analysis.level
    switch kind {
    case .binary:
      guard let events = arm.events else { return nil }
      return try? SingleRate(events: events, of: arm.count)?.wilsonInterval(level: level)
    case .continuous:
      return try? arm.interval(level: level)
    }
  }
}

extension Interval {
  /// The two ends, where the set is an interval with ends.
  fileprivate var limits: (lower: Double, upper: Double)? {
    guard case .between(let lower, let upper) = self, lower.isFinite, upper.isFinite else {
      return nil
    }
    return (lower, upper)
  }
}
