/// How the numbers of one column are printed, so that they stand under each other.
struct NumberStyle: Hashable {
  /// 2 for rates, which are printed in percent and percentage points.
  var shift = 0
  /// Digits after the decimal point.
  var decimals: Int
  /// What stands after the number, such as `%`.
  var suffix = ""

  /// What is printed where there is no number.
  static let unknown = "—"

  /// A whole number of people or rows.
  static let count = NumberStyle(decimals: 0)

  /// The number, or a dash where it is unknown.
  func text(_ value: Double?) -> String {
    guard let value, let digits = DecimalDigits(value)?.shifted(by: shift) else {
      return NumberStyle.unknown
    }
    let shown = visible(digits)
    let sign = digits.isNegative ? "−" : ""
    return sign + digits.magnitudeText(decimals: shown) + suffix
  }

  /// The number with its sign, also when positive: for differences.
  func signed(_ value: Double?) -> String {
    guard let value, value > 0 else { return text(value) }
    return "+" + text(value)
  }

  /// Decimals enough that a number that is not zero is not printed as zero.
  ///
  /// A bound of 0.04 points printed as 0.0 would leave open on which side of zero it lies.
  private func visible(_ digits: DecimalDigits) -> Int {
    guard !digits.isZero else { return decimals }
    var shown = decimals
    while shown < decimals + 4, digits.rounded(toDecimals: shown).isZero { shown += 1 }
    return shown
  }

  /// A count of people or rows.
  static func text(count value: Int) -> String {
    let digits = String(value.magnitude)
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    return (value < 0 ? "−" : "") + grouped
  }
}

extension NumberStyle {
  /// Decimals that show two digits of the uncertainty: more would be noise, fewer would hide it.
  ///
  /// `halfWidth` is half the width of the narrowest interval in the column.
  static func decimals(forHalfWidth halfWidth: Double, shift: Int, atLeast minimum: Int) -> Int {
    guard let digits = DecimalDigits(halfWidth)?.shifted(by: shift), !digits.isZero else {
      return minimum
    }
    return min(max(2 - digits.point, minimum), 6)
  }

  /// Decimals that show a number with this many significant digits.
  static func decimals(forMagnitude value: Double, significant: Int) -> Int {
    guard let digits = DecimalDigits(value), !digits.isZero else { return 0 }
    return min(max(significant - digits.point, 0), 6)
  }
}
