extension UnitSample {
  /// Each arm's Kaplan–Meier curve, for a time to an event; nil where an arm has no unit.
  ///
  /// R: `survfit(Surv(time, event) ~ arm)`.
  ///
  /// - Throws: ``SurvivalError/noUnits(group:)``, ``SurvivalError/unequalLengths(expected:found:)`` where
  ///   there is no event beside the time, ``SurvivalError/invalidTime(row:)``.
  public func survivalCurves() throws(SurvivalError) -> [KaplanMeier?] {
    KaplanMeier.curves(of: try followUp(), in: assignment, count: arms.count)
  }

  /// The times, and whether the event ended them.
  func followUp() throws(SurvivalError) -> FollowUp {
    try FollowUp(times: outcome, events: response.dropFirst().first?.map { $0 == 1 } ?? [])
  }
}
