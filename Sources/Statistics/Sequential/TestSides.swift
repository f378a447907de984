/// Which statistics a test counts as discoveries.
public enum TestSides: String, Codable, Hashable, Sendable {
  /// Only high ones.
  case one
  /// High ones and low ones, half of the type I error for each.
  case two

  /// The error of one side.
  func each(of significance: Double) -> Double { self == .two ? significance / 2 : significance }
}
