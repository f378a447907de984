/// One of the alternatives between which units are randomised.
public struct Arm: Codable, Hashable, Sendable {
  /// The identifier that stands in the data, such as `control`.
  public var id: String
  /// This arm's share of the units relative to the other arms' shares; at least 1.
  ///
  /// Shares are integers so that a draw never depends on rounding.
  public var share: Int

  /// Makes an arm.
  public init(id: String, share: Int = 1) {
    self.id = id
    self.share = share
  }
}
