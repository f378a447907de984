import GSL

/// ψ = p₁(1 − p₂) / (p₂(1 − p₁)).
public enum OddsRatioScale: RateScale {
  public static let noEffect = 1.0
  public static let range = (lower: 0.0, upper: Double.infinity)
  public static let searchRange = (lower: -200.0, upper: 200.0)

  public static func value(of table: TwoByTwoTable) -> Double? {
    let over = Double(table.arm.events) * Double(table.control.nonEvents)
    let under = Double(table.control.events) * Double(table.arm.nonEvents)
    return over == 0 && under == 0 ? nil : over / under
  }

  public static func mirrored(_ value: Double) -> Double { 1 / value }
  public static func coordinate(of value: Double) -> Double { Elementary.logarithm(value) }
  public static func value(at coordinate: Double) -> Double { Elementary.exponential(coordinate) }

  /// At position c the rates have odds ψ^½ and ψ^−½ times those of the middle rate sin² c.
  public static func rates(on value: Double, at position: Double) -> RatePair {
    let tangent = Elementary.sine(position) / Elementary.cosine(position)
    let odds = tangent * tangent
    let root = value.squareRoot()
    return RatePair(
      arm: share(odds * root), armComplement: share(1 / (odds * root)),
      control: share(odds / root), controlComplement: share(root / odds))
  }

  /// When ψ is far from 1 the arms pass from 0 to 1 at very different middle rates, so the positions
  /// are those of even steps of either arm's angle.
  public static func positions(on value: Double, count: Int) -> [Double] {
    let root = value.squareRoot().squareRoot()
    var positions: [Double] = []
    positions.reserveCapacity(2 * count)
    for step in 1..<max(count, 2) {
      let angle = Double.pi / 2 * Double(step) / Double(count)
      let tangent = Elementary.sine(angle) / Elementary.cosine(angle)
      positions.append(Elementary.arcTangent(tangent / root))
      positions.append(Elementary.arcTangent(tangent * root))
    }
    return positions.sorted()
  }

  /// The restricted rates keep the number of events: n₁p₁ + n₂p₂ = x, a quadratic.
  public static func restrictedRates(of table: TwoByTwoTable, at value: Double) -> RatePair {
    // With fewer events than not, and ψ ≥ 1, the control's rate is at most ½ and nothing cancels.
    guard table.events <= table.nonEvents else {
      return restrictedRates(of: table.complement, at: 1 / value).complement
    }
    guard value >= 1 else {
      return restrictedRates(of: table.swapped, at: 1 / value).swapped
    }
    let n1 = Double(table.arm.count)
    let n2 = Double(table.control.count)
    let x = Double(table.events)
    let y = Double(table.nonEvents)
    guard x > 0 else { return RatePair(arm: 0, control: 0) }
    let linear = value * (n1 - x) + n2 + x
    let spread =
      (value * value * (n1 - x) * (n1 - x) + (n2 - x) * (n2 - x)
      + 2 * value * (n1 * n2 + x * y)).squareRoot()
    let control =
      linear >= 0
      ? 2 * x / (linear + spread)
      : (spread - linear) / (2 * n2 * (value - 1))
    let odds = value * control / (1 - control)
    return RatePair(
      arm: share(odds), armComplement: share(1 / odds), control: control,
      controlComplement: 1 - control)
  }

  /// odds / (1 + odds), for odds from 0 to ∞.
  private static func share(_ odds: Double) -> Double {
    odds < 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds)
  }
}
