/// A finite number as the decimal digits that a person would write down.
///
/// The digits are the shortest that identify the number, and rounding is that of a person with a
/// pencil (四捨五入): 0.125 becomes 0.13, although its binary neighbours say otherwise. Percentages move
/// the decimal point instead of multiplying, so no digit is ever invented.
struct DecimalDigits {
  private(set) var isNegative: Bool
  /// Without leading and trailing zeros; empty for zero.
  private(set) var digits: [UInt8]
  /// The number is 0.d₁d₂d₃… × 10^point.
  private(set) var point: Int

  /// Makes the digits of a number; nil for NaN and the infinities.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value < 0
    digits = []
    point = 0
    let parts = value.magnitude.description.split(separator: "e")
    guard let mantissa = parts.first else { return nil }
    var seenPoint = false
    for character in mantissa {
      if character == "." {
        seenPoint = true
      } else if let digit = character.wholeNumberValue {
        digits.append(UInt8(digit))
        if !seenPoint { point += 1 }
      }
    }
    if parts.count > 1, let exponent = Int(parts[1]) { point += exponent }
    normalise()
  }

  private mutating func normalise() {
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    point -= leading
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      point = 0
    }
  }

  var isZero: Bool { digits.isEmpty }

  /// The number times ten to a power.
  func shifted(by power: Int) -> DecimalDigits {
    var copy = self
    if !isZero { copy.point += power }
    return copy
  }

  /// The number rounded half away from zero to a number of decimals.
  func rounded(toDecimals decimals: Int) -> DecimalDigits {
    keeping(point + decimals)
  }

  /// The number rounded half away from zero to a number of significant digits.
  func rounded(toSignificant count: Int) -> DecimalDigits {
    keeping(count)
  }

  private func keeping(_ count: Int) -> DecimalDigits {
    guard count < digits.count else { return self }
    var copy = self
    guard count >= 0 else {
      copy.digits = []
      copy.normalise()
      return copy
    }
    let roundsUp = digits[count] >= 5
    copy.digits = Array(digits.prefix(count))
    if roundsUp {
      var index = count - 1
      while index >= 0, copy.digits[index] == 9 {
        copy.digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        copy.digits[index] += 1
      } else {
        copy.digits.insert(1, at: 0)
        copy.point += 1
      }
    }
    copy.normalise()
    return copy
  }

  /// How many decimals are needed to write every digit.
  var decimals: Int { max(0, digits.count - point) }

  /// The magnitude with exactly this many decimals and thousands separated; no sign.
  func magnitudeText(decimals: Int) -> String {
    let rounded = rounded(toDecimals: decimals)
    // Beyond this a person cannot count the digits any more.
    guard rounded.point <= 15 else {
      let first = rounded.digits.first.map(String.init) ?? "0"
      let rest = rounded.digits.dropFirst().prefix(2).map(String.init).joined()
      return "\(first)\(rest.isEmpty ? "" : ".")\(rest)e\(rounded.point - 1)"
    }
    func digit(_ place: Int) -> String {
      let index = rounded.point - 1 - place
      return rounded.digits.indices.contains(index) ? String(rounded.digits[index]) : "0"
    }
    var text = ""
    for place in stride(from: max(rounded.point - 1, 0), through: 0, by: -1) {
      text += digit(place)
      if place > 0, place % 3 == 0 { text += "," }
    }
    if decimals > 0 {
      text += "."
      for place in 1...decimals { text += digit(-place) }
    }
    return text
  }
}
