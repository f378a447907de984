extension EstimationError {
  /// A fact about times to an event, as any other estimator would state it.
  init(_ error: SurvivalError, arm: String) {
    self =
      switch error {
      case .noUnits(let group): .noUnits(arm: group ?? arm)
      case .horizonBeyondFollowUp(let group, let lastTime):
        .horizonBeyondFollowUp(arm: group ?? arm, lastTime: lastTime)
      case .noEvents: .noEvents
      case .noVariation: .noVariation
      case .unequalLengths, .invalidTime, .invalidCovariate, .invalidLevel, .invalidHorizon,
        .fewerThanTwoGroups, .collinear, .monotoneLikelihood:
        .undefined
      case .numericalFailure: .numericalFailure
      }
  }
}
