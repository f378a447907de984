/// A scale on which two rates are compared, seen as geometry: a function θ(p₁, p₂) of the true rates
/// that rises with p₁ and falls with p₂, and the curves on which it is constant.
///
/// The test is the same on every scale; a scale only says which pairs of rates a null value θ₀
/// stands for. That is all the score test and the exact test ask of it, so a new scale is one file.
public protocol RateScale: Sendable {
  /// θ(p, p): the value that means no effect.
  static var noEffect: Double { get }
  /// The smallest and the largest value, which may be infinite.
  static var range: (lower: Double, upper: Double) { get }
  /// θ at the observed rates: infinite where a ratio's denominator is 0, nil where it is 0/0.
  static func value(of table: TwoByTwoTable) -> Double?
  /// θ(p₂, p₁) when θ(p₁, p₂) = `value`: what becomes of it when the arms are exchanged.
  static func mirrored(_ value: Double) -> Double

  /// An increasing coordinate for numerical searches: the logarithm for ratios.
  static func coordinate(of value: Double) -> Double
  /// The inverse of ``coordinate(of:)``.
  static func value(at coordinate: Double) -> Double
  /// Coordinates beyond which no limit of a table of countable size can lie.
  static var searchRange: (lower: Double, upper: Double) { get }

  /// The rates of maximal likelihood among those with θ(p₁, p₂) = `value`.
  static func restrictedRates(of table: TwoByTwoTable, at value: Double) -> RatePair
  /// The point of the curve θ(p₁, p₂) = `value` at `position`, from 0 to π/2.
  ///
  /// At a fixed position p₁ must not fall and p₂ must not rise as the value grows.
  static func rates(on value: Double, at position: Double) -> RatePair
  /// At least `count` increasing positions along the curve, about even in arcsin √p of either arm,
  /// on which binomial noise is even.
  static func positions(on value: Double, count: Int) -> [Double]
}

extension RateScale {
  public static func coordinate(of value: Double) -> Double { value }
  public static func value(at coordinate: Double) -> Double { coordinate }
  public static var searchRange: (lower: Double, upper: Double) { range }
  public static func positions(on value: Double, count: Int) -> [Double] {
    (0...max(count, 1)).map { Double.pi / 2 * Double($0) / Double(max(count, 1)) }
  }
  public static func mirrored(_ value: Double) -> Double { -value }
}
