/// Reading numbers as people in Japanese offices write them.
///
/// Accepted: ASCII and full-width digits, thousands commas in exact groups of three (`1,234`,
/// `１，２３４`), one decimal point, an exponent (`1e-05`, as R writes it), and a sign: `+`, `-`, `−`,
/// `▲` or `△` (the last three mean negative in public accounts). Spaces around the number are
/// ignored, full-width ones too.
///
/// Not accepted, because they can mean two things or none: `1,23` (a decimal comma?), `5%` (5 or
/// 0.05?), `(5)`, `1.`, `0x10`, `1_000`, `nan`, `inf`, and numbers too large for a `Double`.
public enum DecimalText {
  /// The number that a text spells; nil when it spells none.
  public static func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  /// The number that UTF-8 bytes spell; nil when they spell none.
  public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var reader = NumberReader(bytes)
    return reader.number()
  }
}

// MARK: - Letters

/// The letters that numbers are made of, whichever width they were written in.
private enum Letter: Equatable {
  case digit(UInt8)
  case comma, point, plus, minus, exponent, space, other
}

private struct NumberReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  private func byte(_ offset: Int) -> UInt8 {
    position + offset < bytes.count ? bytes[position + offset] : 0
  }

  /// The next letter and how many bytes it takes; nil at the end.
  private func peek() -> (letter: Letter, width: Int)? {
    guard position < bytes.count else { return nil }
    let first = bytes[position]
    switch first {
    case 0x30...0x39: return (.digit(first - 0x30), 1)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: "."): return (.point, 1)
    case UInt8(ascii: "+"): return (.plus, 1)
    case UInt8(ascii: "-"): return (.minus, 1)
    case UInt8(ascii: "e"), UInt8(ascii: "E"): return (.exponent, 1)
    case UInt8(ascii: " "), UInt8(ascii: "\t"): return (.space, 1)
    case 0xC2 where byte(1) == 0xA0: return (.space, 2)  // no-break space
    default: return (wideLetter(), 3)
    }
  }

  private func wideLetter() -> Letter {
    switch (byte(0), byte(1), byte(2)) {
    case (0xEF, 0xBC, let last) where (0x90...0x99).contains(last): .digit(last - 0x90)  // ０–９
    case (0xEF, 0xBC, 0x8C): .comma  // ，
    case (0xEF, 0xBC, 0x8E): .point  // ．
    case (0xEF, 0xBC, 0x8B): .plus  // ＋
    case (0xEF, 0xBC, 0x8D), (0xE2, 0x88, 0x92): .minus  // － −
    case (0xE2, 0x96, 0xB2), (0xE2, 0x96, 0xB3): .minus  // ▲ △
    case (0xE3, 0x80, 0x80): .space
    default: .other
    }
  }

  private mutating func take(_ wanted: Letter) -> Bool {
    guard let next = peek(), next.letter == wanted else { return false }
    position += next.width
    return true
  }

  private mutating func digit() -> UInt8? {
    guard let next = peek(), case .digit(let value) = next.letter else { return nil }
    position += next.width
    return value
  }

  private mutating func skipSpaces() {
    while take(.space) {}
  }

  // MARK: - Grammar

  mutating func number() -> Double? {
    var digits = Digits()
    skipSpaces()
    let isNegative = take(.minus)
    if !isNegative { _ = take(.plus) }
    skipSpaces()
    guard wholePart(into: &digits) else { return nil }
    if take(.point) {
      guard let first = digit() else { return nil }
      digits.append(first, afterPoint: true)
      while let next = digit() { digits.append(next, afterPoint: true) }
    }
    guard digits.count > 0 else { return nil }
    if take(.exponent) {
      guard let power = exponent() else { return nil }
      digits.power += power
    }
    skipSpaces()
    guard position == bytes.count, let value = digits.value else { return nil }
    return isNegative && value != 0 ? -value : value
  }

  /// Digits before the point; commas, once used, must cut exact groups of three.
  private mutating func wholePart(into digits: inout Digits) -> Bool {
    var group = 0
    var hasCommas = false
    var startsWithZero = false
    while true {
      if let next = digit() {
        if digits.count == 0 { startsWithZero = next == 0 }
        digits.append(next, afterPoint: false)
        group += 1
      } else if take(.comma) {
        guard hasCommas ? group == 3 : (1...3).contains(group) && !startsWithZero else {
          return false
        }
        hasCommas = true
        group = 0
      } else {
        return !hasCommas || group == 3
      }
    }
  }

  private mutating func exponent() -> Int? {
    let isNegative = take(.minus)
    if !isNegative { _ = take(.plus) }
    guard let first = digit() else { return nil }
    var power = Int(first)
    // No text is long enough for its digits to make up for more than this.
    while let next = digit() { power = min(power * 10 + Int(next), 1_000_000_000) }
    return isNegative ? -power : power
  }
}

// MARK: - Value

/// Decimal digits gathered so far and the power of ten that scales them.
private struct Digits {
  private var significand: UInt64 = 0
  /// All significant digits, kept only once they no longer fit in an exact `Double`.
  private var overflow: [UInt8] = []
  private(set) var count = 0
  var power = 0

  private static let exactLimit: UInt64 = 1 << 53
  private static let exactPowers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  mutating func append(_ digit: UInt8, afterPoint: Bool) {
    count += 1
    if afterPoint { power -= 1 }
    let (next, overflows) = significand.multipliedReportingOverflow(by: 10)
    if overflow.isEmpty, !overflows, next <= Digits.exactLimit - 9 {
      significand = next + UInt64(digit)
    } else {
      overflow.append(digit + UInt8(ascii: "0"))
    }
  }

  /// The nearest `Double`; nil where it would be infinite.
  var value: Double? {
    if overflow.isEmpty {
      if significand == 0 { return 0 }
      // Both factors are exact, so one multiplication or division rounds correctly.
      if (0...22).contains(power) { return Double(significand) * Digits.exactPowers[power] }
      if (-22 ... -1).contains(power) { return Double(significand) / Digits.exactPowers[-power] }
    }
    let text = String(significand) + String(decoding: overflow, as: UTF8.self) + "e\(power)"
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }
}
