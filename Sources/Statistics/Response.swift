/// An outcome as statistics sees it: a column of the data and the kind of number in it.
public struct Response: Codable, Hashable, Sendable {
  /// The kind of number.
  public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    /// 0 or 1: the event happened or not.
    case binary
    /// Any number, compared by its mean.
    case continuous
  }

  /// The column's name in the data.
  public var column: String
  /// The kind of number in it.
  public var kind: Kind

  /// Makes a response.
  public init(column: String, kind: Kind) {
    self.column = column
    self.kind = kind
  }
}
