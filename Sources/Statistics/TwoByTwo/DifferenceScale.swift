import GSL

/// δ = p₁ − p₂.
public enum DifferenceScale: RateScale {
  public static let noEffect = 0.0
  public static let range = (lower: -1.0, upper: 1.0)

  public static func value(of table: TwoByTwoTable) -> Double? {
    table.arm.rate - table.control.rate
  }

  public static func rates(on value: Double, at position: Double) -> RatePair {
    let sine = Elementary.sine(position)
    let cosine = Elementary.cosine(position)
    // The segment from (max(δ, 0), max(−δ, 0)) to the far border, s = sin² of its length.
    let length = 1 - abs(value)
    let share = sine * sine * length
    let rest = cosine * cosine * length
    let above = max(value, 0)
    let below = max(-value, 0)
    return RatePair(
      arm: above + share, armComplement: below + rest,
      control: below + share, controlComplement: above + rest)
  }

  /// The cubic of Miettinen & Nurminen by its trigonometric solution, then polished by Newton's
  /// steps on the likelihood itself: near a double root the closed form keeps only half its digits.
  public static func restrictedRates(of table: TwoByTwoTable, at value: Double) -> RatePair {
    let delta = min(max(value, -1), 1)
    let x1 = Double(table.arm.events)
    let y1 = Double(table.arm.nonEvents)
    let x2 = Double(table.control.events)
    let y2 = Double(table.control.nonEvents)
    let above = max(delta, 0)
    let below = max(-delta, 0)
    let length = 1 - abs(delta)
    func pair(_ share: Double) -> RatePair {
      RatePair(
        arm: above + share, armComplement: below + (length - share),
        control: below + share, controlComplement: above + (length - share))
    }
    /// The slope of the log-likelihood along the segment; an empty cell adds nothing.
    func slope(_ share: Double) -> Double {
      let p = pair(share)
      return ratio(x1, p.arm) - ratio(y1, p.armComplement) + ratio(x2, p.control)
        - ratio(y2, p.controlComplement)
    }
    if length <= 0 || slope(0) <= 0 { return pair(0) }
    if slope(length) >= 0 { return pair(length) }

    var lower = 0.0
    var upper = length
    var share = trigonometricRoot(x1: x1, n1: x1 + y1, x2: x2, n2: x2 + y2, delta: delta) - below
    for _ in 0..<60 {
      if !(share > lower && share < upper) { share = (lower + upper) / 2 }
      let p = pair(share)
      let first = slope(share)
      if first > 0 { lower = share } else { upper = share }
      let second =
        ratio(x1, p.arm * p.arm) + ratio(y1, p.armComplement * p.armComplement)
        + ratio(x2, p.control * p.control) + ratio(y2, p.controlComplement * p.controlComplement)
      let step = first / second
      share += step
      // The error after a step is about the square of the step.
      if abs(step) <= 1e-9 * min(share, length - share) { break }
    }
    return pair(min(max(share, 0), length))
  }

  private static func ratio(_ count: Double, _ rate: Double) -> Double {
    count == 0 ? 0 : count / rate
  }

  /// The control's rate as the root of N·p³ + … = 0 that lies between the borders.
  private static func trigonometricRoot(
    x1: Double, n1: Double, x2: Double, n2: Double, delta: Double
  ) -> Double {
    let third = n1 + n2
    let second = (n1 + 2 * n2) * delta - third - (x1 + x2)
    let first = (n2 * delta - third - 2 * x2) * delta + x1 + x2
    let zeroth = x2 * delta * (1 - delta)
    let centre = second / (3 * third)
    let q = centre * centre * centre - first * second / (6 * third * third) + zeroth / (2 * third)
    let spread = max(centre * centre - first / (3 * third), 0).squareRoot()
    let p = q < 0 ? -spread : spread
    guard p != 0 else { return -centre }
    let cosine = min(max(q / (p * p * p), -1), 1)
    return 2 * p * Elementary.cosine((Double.pi + Elementary.arcCosine(cosine)) / 3) - centre
  }
}
