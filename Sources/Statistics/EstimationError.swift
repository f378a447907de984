/// Why a number does not exist.
///
/// These are facts about the data, not programming errors: a report prints them in words in place
/// of the number, and the other rows stand.
public enum EstimationError: Error, Codable, Hashable, Sendable {
  /// No rows of this arm have the outcome.
  case noUnits(arm: String)
  /// A variance needs at least two rows.
  case tooFewUnits(arm: String, count: Int)
  /// Within the arms every row has the same value, so there is no yardstick for a difference.
  case noVariation
  /// A binary outcome holds something other than 0 and 1.
  case notBinary(arm: String)
  /// A relative effect needs a control mean above zero.
  case controlMeanNotPositive(Double)
  /// A ratio needs a denominator above zero in each arm.
  case denominatorNotPositive(arm: String)
  /// An arm was watched for less time than the horizon.
  case horizonBeyondFollowUp(arm: String, lastTime: Double)
  /// An arm or a covariate tells events from non-events without error, so that a coefficient is
  /// infinite.
  case infiniteCoefficients
  /// Nobody had the event.
  case noEvents
  /// Assignment did not change take-up, so there are no compliers.
  case noTakeup
  /// Clusters are too few for a standard error.
  case tooFewClusters(arm: String, count: Int)
  /// The draw cannot be made again: a column that it looked at is not known, or the design has no draw of two arms
  /// among several.
  case drawUnknown
  /// The quantity is 0/0 for these data, such as a ratio of two rates without events.
  case undefined
  /// This effect measure does not exist for this kind of outcome.
  case wrongKindOfOutcome
  /// A numerical search did not converge, or a value overflowed.
  case numericalFailure
}
