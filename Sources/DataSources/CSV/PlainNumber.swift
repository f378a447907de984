extension ByteView {
  /// Reads digits with an optional sign, point and exponent, all ASCII; nil for anything else.
  ///
  /// The result is the nearest double: when the digits fit in 53 bits and the power of ten is at most
  /// 10²², both are exact doubles and one correctly rounded operation joins them (Clinger 1990);
  /// otherwise the standard library reads them.
  @inline(__always)
  func plainNumber(in range: Range<Int>) -> Double? {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    let isNegative = base[index] == Byte.minus
    if isNegative || base[index] == Byte.plus { index += 1 }
    var mantissa: UInt64 = 0
    let digits = index
    index = readDigits(from: index, to: end, into: &mantissa)
    var count = index - digits
    var exponent = 0
    if index < end, base[index] == Byte.point {
      let fraction = index + 1
      index = readDigits(from: fraction, to: end, into: &mantissa)
      exponent = fraction - index
      count += index - fraction
    }
    guard count > 0 else { return nil }
    if index < end {
      guard let power = exponentPart(from: index, to: end) else { return nil }
      exponent += power
    }
    // Above 18 digits the mantissa may have wrapped around.
    guard count <= 18, mantissa <= 1 << 53, -22...22 ~= exponent else {
      return Double(String(decoding: buffer(range), as: UTF8.self)).flatMap {
        $0.isFinite ? $0 : nil
      }
    }
    let magnitude =
      exponent < 0
      ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
    return isNegative ? -magnitude : magnitude
  }

  @inline(__always)
  private func readDigits(from start: Int, to end: Int, into mantissa: inout UInt64) -> Int {
    var index = start
    while index < end {
      let digit = base[index] &- Byte.zero
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      index += 1
    }
    return index
  }

  /// `e` or `E`, a sign and digits up to `end`; nil when something else stands there.
  private func exponentPart(from start: Int, to end: Int) -> Int? {
    guard base[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var index = start + 1
    guard index < end else { return nil }
    let isNegative = base[index] == Byte.minus
    if isNegative || base[index] == Byte.plus { index += 1 }
    guard index < end else { return nil }
    var power = 0
    for digitIndex in index..<end {
      let digit = base[digitIndex] &- Byte.zero
      guard digit <= 9 else { return nil }
      // No double has an exponent near it; more digits change nothing.
      power = min(power * 10 + Int(digit), 1_000_000)
    }
    return isNegative ? -power : power
  }
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
