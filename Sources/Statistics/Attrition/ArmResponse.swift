/// One arm of a trial in which some outcomes are missing.
public struct ArmResponse: Hashable, Sendable {
  /// The outcomes that are known, rising.
  public let known: [Double]
  /// How many are not.
  public let missing: Int

  /// Makes an arm; nil where nobody is in it, `missing` is negative or a value is not finite.
  public init?(known: [Double], missing: Int) {
    guard missing >= 0, known.count + missing > 0, known.allSatisfy(\.isFinite) else { return nil }
    self.known = known.sorted()
    self.missing = missing
  }

  /// Everybody.
  var size: Double { Double(known.count + missing) }
  /// The share whose outcome is known.
  public var responseRate: Double { Double(known.count) / size }
}
