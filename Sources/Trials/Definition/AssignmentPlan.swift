/// What is randomised and counted.
public enum UnitOfObservation: Codable, Hashable, Sendable {
  /// A column identifies the unit.
  case column(String)
  /// Every row is a unit.
  case row
}

/// How units were given to arms.
public struct AssignmentPlan: Codable, Hashable, Sendable {
  /// The method's name in the trial file.
  public enum Method: String, Codable, CaseIterable, Hashable, Sendable {
    case simple, complete, blocked, clustered, hashed
  }

  /// The method.
  public var method: Method
  /// Columns whose combinations are the blocks.
  public var blocks: [String]
  /// The column that names the cluster.
  public var clusters: String?
  /// The column that says which arm.
  public var column: String
}
