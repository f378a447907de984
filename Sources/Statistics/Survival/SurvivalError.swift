/// Why a number about times to an event does not exist.
///
/// Like ``EstimationError`` these are facts about the data; rows, covariates and groups are named so that
/// a report can say which.
public enum SurvivalError: Error, Hashable, Sendable {
  /// No rows at all, or none in this group.
  case noUnits(group: String?)
  /// Two columns that belong together have different lengths.
  case unequalLengths(expected: Int, found: Int)
  /// A time is negative, infinite or not a number; rows count from 0.
  case invalidTime(row: Int)
  /// A covariate is infinite or not a number; rows and covariates count from 0.
  case invalidCovariate(row: Int, covariate: Int)
  /// A level is not above 0 and below 1.
  case invalidLevel
  /// A horizon is not a positive finite number.
  case invalidHorizon
  /// The horizon lies beyond the last time at which this group was seen.
  case horizonBeyondFollowUp(group: String?, lastTime: Double)
  /// A comparison needs at least two groups.
  case fewerThanTwoGroups
  /// Nobody had the event.
  case noEvents
  /// The data hold no yardstick: no event happened while units that differ were at risk together.
  case noVariation
  /// This covariate is constant within the strata's risk sets or a combination of earlier ones.
  case collinear(covariate: Int)
  /// The partial likelihood rises for ever as these coefficients grow: the covariates tell, at every
  /// event, who had it. No finite maximum exists.
  case monotoneLikelihood(covariates: [Int])
  /// Newton's method did not settle, or a value overflowed.
  case numericalFailure
}
