/// A confidence set on a line, in the shapes that honest inversions of a test produce.
public enum Interval: Hashable, Sendable {
  /// Every value from `lower` to `upper`, which may be −∞ and ∞: a one-sided bound is such a set.
  case between(lower: Double, upper: Double)
  /// Every value up to `below` and every value from `above` on; the gap between is excluded.
  ///
  /// Fieller's set for a ratio whose denominator is uncertain, and the number needed to treat when
  /// the risk difference may be zero, have this shape.
  case outside(below: Double, above: Double)
  /// Nothing is excluded.
  case everything

  /// Whether a value lies in the set (its ends belong to it).
  public func contains(_ value: Double) -> Bool {
    switch self {
    case .between(let lower, let upper): lower <= value && value <= upper
    case .outside(let below, let above): value <= below || above <= value
    case .everything: true
    }
  }

  /// The set seen through an increasing function, such as r ↦ r − 1.
  public func mapped(_ increasing: (Double) -> Double) -> Interval {
    switch self {
    case .between(let lower, let upper):
      .between(lower: increasing(lower), upper: increasing(upper))
    case .outside(let below, let above):
      .outside(below: increasing(below), above: increasing(above))
    case .everything: .everything
    }
  }
}
