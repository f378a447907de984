/// What must not be read from what is published: small numbers of people (秘匿).
public struct DisclosurePlan: Codable, Hashable, Sendable {
  /// What becomes of a group that is too small to be shown.
  public enum SmallGroups: String, Codable, CaseIterable, Hashable, Sendable {
    /// Its numbers are hidden.
    case hide
    /// Groups that differ in one column are shown together (合算); what is still too small is hidden.
    case merge
  }

  /// Numbers of people below this are hidden, zero among them.
  public var minimumCell: Int
  /// What stands in their place.
  public var symbol: String
  /// What becomes of a group that is too small.
  public var smallGroups: SmallGroups

  /// A usual threshold of Japanese statistics.
  public static let usualMinimum = 10
  /// As in the small areas of the census.
  public static let usualSymbol = "X"
}
