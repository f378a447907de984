/// The printing of p-values.
enum PValueText {
  /// Two significant digits; never 0, never 1, and never on the wrong side of `alpha`.
  ///
  /// 0.0499 at α = 0.05 would round to 0.050 and contradict its own interval, so it keeps the digits
  /// that show on which side it lies.
  static func text(_ value: Double?, alpha: Double) -> String {
    guard let value, value.isFinite, value >= 0, let digits = DecimalDigits(value) else {
      return NumberStyle.unknown
    }
    if value < 0.0001 { return "<0.0001" }
    if value >= 0.995 { return ">0.99" }
    var significant = 2
    while significant < 8,
      let rounded = Double(text(digits, significant)),
      (rounded < alpha) != (value < alpha)
    {
      significant += 1
    }
    return text(digits, significant)
  }

  private static func text(_ digits: DecimalDigits, _ significant: Int) -> String {
    digits.magnitudeText(
      decimals: max(0, significant - digits.rounded(toSignificant: significant).point))
  }

  /// `p = 0.041`, `p < 0.0001`: for running text, in which no line breaks there.
  static func statement(_ value: Double?, alpha: Double) -> String {
    let shown = text(value, alpha: alpha)
    switch shown.first {
    case "<": return "p\u{A0}<\u{A0}" + shown.dropFirst()
    case ">": return "p\u{A0}>\u{A0}" + shown.dropFirst()
    default: return "p\u{A0}=\u{A0}" + shown
    }
  }
}
