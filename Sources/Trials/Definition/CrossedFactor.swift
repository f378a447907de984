public import Vocabulary

/// One thing that a factorial trial varies, such as how an offer is framed.
public struct CrossedFactor: Codable, Hashable, Sendable {
  /// One of its versions.
  public struct Level: Codable, Hashable, Sendable {
    /// The identifier, unique within the factor.
    public var id: String
    /// The name for readers.
    public var name: BilingualText
  }

  /// The identifier.
  public var id: String
  /// The name for readers.
  public var name: BilingualText
  /// The versions, the reference first.
  public var levels: [Level]

  /// The column that holds the level of each unit; no column of data has a colon in its name.
  public var column: String { "factor:\(id)" }

  /// A level as it stands where an arm does.
  public func armID(of level: Level) -> String { "\(id)=\(level.id)" }
}
