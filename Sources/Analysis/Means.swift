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
    let showing = observations.showings[.init(outcome: outcome.id, cohort: cohort)]
    let means = try? marginalMeans(of: outcome, cohort: cohort, in: observations).get()
    let level = trial.analysis.level
    return trial.variants.map { variant in
      let arm = variant.arm.id
      let mean = means?.arms.first { $0.arm == arm && $0.count > 0 }
      let limits = (try? means?.interval(ofMeanIn: arm, level: level))?.limits
      return MeanRow(
        outcome: outcome.id, arm: arm, cohort: cohort ?? "all",
        n: mean?.count ?? 0, missing: showing?.missing[arm] ?? 0,
        events: mean?.events, mean: mean?.mean, standardDeviation: mean?.standardDeviation,
        confLow: limits?.lower, confHigh: limits?.upper, confLevel: level,
        method: means?.intervalMethod ?? "none")
    }
  }
}

extension MarginalMeans {
  /// How ``interval(ofMeanIn:level:)`` is made, as it stands in the result.
  fileprivate var intervalMethod: String {
    if areSimpleAverages { return quantity == .rate ? "wilson" : "t" }
    return standardErrorType.rawValue
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
