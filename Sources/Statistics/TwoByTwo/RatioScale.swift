import GSL

/// φ = p₁ / p₂.
public enum RatioScale: RateScale {
  public static let noEffect = 1.0
  public static let range = (lower: 0.0, upper: Double.infinity)
  public static let searchRange = (lower: -200.0, upper: 200.0)

  public static func value(of table: TwoByTwoTable) -> Double? {
    let over = Double(table.arm.events) * Double(table.control.count)
    let under = Double(table.control.events) * Double(table.arm.count)
    return over == 0 && under == 0 ? nil : over / under
  }

  public static func mirrored(_ value: Double) -> Double { 1 / value }
  public static func coordinate(of value: Double) -> Double { Elementary.logarithm(value) }
  public static func value(at coordinate: Double) -> Double { Elementary.exponential(coordinate) }

  public static func rates(on value: Double, at position: Double) -> RatePair {
    let sine = Elementary.sine(position)
    let cosine = Elementary.cosine(position)
    let share = sine * sine
    let rest = cosine * cosine
    if value >= 1 {
      let control = share / value
      return RatePair(
        arm: share, armComplement: rest, control: control, controlComplement: 1 - control)
    }
    let arm = share * value
    return RatePair(arm: arm, armComplement: 1 - arm, control: share, controlComplement: rest)
  }

  /// The root of a quadratic whose discriminant is written as a sum of two terms that are never
  /// negative, and in the form that does not subtract.
  public static func restrictedRates(of table: TwoByTwoTable, at value: Double) -> RatePair {
    let events = Double(table.events)
    let u = value * (Double(table.arm.count) + Double(table.control.events))
    let v = Double(table.arm.events) + Double(table.control.count)
    let spread =
      ((u - v) * (u - v)
      + 4 * value * Double(table.arm.nonEvents) * Double(table.control.nonEvents)).squareRoot()
    let control = min(2 * events / (u + v + spread), 1)
    return RatePair(arm: min(control * value, 1), control: control)
  }
}
