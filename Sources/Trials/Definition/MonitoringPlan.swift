/// What is watched while a trial runs.
public struct MonitoringPlan: Codable, Hashable, Sendable {
  /// The column with the day on which the unit came or was sent to; nil where it is not recorded.
  public var day: String?
  /// Columns that the counts are broken down by, such as the municipality.
  public var by: [String]
  /// The column that says which message was really received; nil where it is not recorded.
  public var received: String?
}
