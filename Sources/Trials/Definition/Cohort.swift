public import Vocabulary

/// A named group of the population.
public struct Cohort: Codable, Hashable, Sendable {
  /// Identifier, not `all`.
  public var id: String
  /// The name for readers.
  public var name: BilingualText
  /// Who belongs to it.
  public var condition: Condition
}
