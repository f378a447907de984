import GSL

/// Cohen's h = 2 arcsin √p₁ − 2 arcsin √p₂.
public enum AngleScale: RateScale {
  public static let noEffect = 0.0
  public static let range = (lower: -Double.pi, upper: Double.pi)

  public static func value(of table: TwoByTwoTable) -> Double? {
    2 * Elementary.arcSine(table.arm.rate.squareRoot())
      - 2 * Elementary.arcSine(table.control.rate.squareRoot())
  }

  /// The angles run over [max(h/2, 0), …] and [max(−h/2, 0), …] side by side.
  public static func rates(on value: Double, at position: Double) -> RatePair {
    let half = min(max(value / 2, -Double.pi / 2), Double.pi / 2)
    return pair(half, position * (1 - abs(half) / (Double.pi / 2)))
  }

  /// The log-likelihood is concave in the angle; Newton's steps, kept in a bracket.
  public static func restrictedRates(of table: TwoByTwoTable, at value: Double) -> RatePair {
    let half = min(max(value / 2, -Double.pi / 2), Double.pi / 2)
    let length = Double.pi / 2 - abs(half)
    let x1 = Double(table.arm.events)
    let y1 = Double(table.arm.nonEvents)
    let x2 = Double(table.control.events)
    let y2 = Double(table.control.nonEvents)
    /// Half the slope, and minus half its derivative, of the log-likelihood.
    func slope(_ angle: Double) -> (first: Double, second: Double) {
      let p = pair(half, angle)
      let arm = odds(x1, p.arm, y1, p.armComplement)
      let control = odds(x2, p.control, y2, p.controlComplement)
      return (arm.0 + control.0, arm.1 + control.1)
    }
    if length <= 0 || slope(0).first <= 0 { return pair(half, 0) }
    if slope(length).first >= 0 { return pair(half, length) }
    var lower = 0.0
    var upper = length
    // The pooled rate's angle, as if it lay half-way between the two.
    let pooled = Elementary.arcSine((Double(table.events) / Double(table.total)).squareRoot())
    var angle = pooled - abs(half) / 2
    if !(angle > 0 && angle < length) { angle = length / 2 }
    for _ in 0..<100 {
      let (first, second) = slope(angle)
      if first > 0 { lower = angle } else { upper = angle }
      var next = angle + first / second
      if !(next > lower && next < upper) { next = (lower + upper) / 2 }
      let step = abs(next - angle)
      angle = next
      // The error after a step is about the square of the step.
      if step <= 1e-9 * min(angle, length - angle) { break }
    }
    return pair(half, angle)
  }

  private static func pair(_ half: Double, _ angle: Double) -> RatePair {
    let arm = max(half, 0) + angle
    let control = max(-half, 0) + angle
    return RatePair(
      arm: square(Elementary.sine(arm)), armComplement: square(Elementary.cosine(arm)),
      control: square(Elementary.sine(control)),
      controlComplement: square(Elementary.cosine(control)))
  }

  /// x·cot a − y·tan a and x/sin² a + y/cos² a for p = sin² a; an empty cell adds nothing.
  private static func odds(
    _ events: Double, _ rate: Double, _ nonEvents: Double, _ complement: Double
  ) -> (Double, Double) {
    let up = events == 0 ? 0 : events * (complement / rate).squareRoot()
    let down = nonEvents == 0 ? 0 : nonEvents * (rate / complement).squareRoot()
    return (
      up - down,
      (events == 0 ? 0 : events / rate) + (nonEvents == 0 ? 0 : nonEvents / complement)
    )
  }

  private static func square(_ x: Double) -> Double { x * x }
}
