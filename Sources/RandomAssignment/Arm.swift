/// One of the alternatives between which units are randomised.
public struct Arm: Codable, Hashable, Sendable {
  /// The largest share that a design accepts, so that its integer arithmetic cannot overflow.
  public static let largestShare = 1_000_000

  /// The identifier that stands in the data, such as `control`.
  public var id: String
  /// This arm's share of the units relative to the other arms' shares; from 1 to
  /// ``largestShare``.
  ///
  /// Shares are integers so that a draw never depends on rounding.
  public var share: Int

  /// Makes an arm.
  public init(id: String, share: Int = 1) {
    self.id = id
    self.share = share
  }
}
