/// A 全国地方公共団体コード: five digits of prefecture and municipality, and a check digit.
public struct MunicipalityCode: Hashable, Sendable, CustomStringConvertible {
  /// Six digits, as a text: the leading zero belongs to it.
  public let description: String

  /// Reads five digits, or six whose last is the check digit; digits may be full-width.
  ///
  /// - Returns: nil for anything else, and for a check digit that does not fit.
  public init?(_ text: String) {
    let written = text.unicodeScalars.filter { !$0.properties.isWhitespace }
    let digits = written.compactMap { scalar -> Int? in
      switch scalar.value {
      case 0x30...0x39: Int(scalar.value - 0x30)
      case 0xFF10...0xFF19: Int(scalar.value - 0xFF10)
      default: nil
      }
    }
    guard digits.count == written.count, [5, 6].contains(digits.count) else {
      return nil
    }
    let check = Self.checkDigit(of: digits.prefix(5))
    guard digits.count == 5 || digits[5] == check else { return nil }
    description = (digits.prefix(5) + [check]).map(String.init).joined()
  }

  /// The first five digits weighted 6, 5, 4, 3, 2; what is missing to a multiple of 11, its last digit.
  static func checkDigit(of digits: some Collection<Int>) -> Int {
    let sum = zip(digits, [6, 5, 4, 3, 2]).reduce(0) { $0 + $1.0 * $1.1 }
    return (11 - sum % 11) % 10
  }

  /// The prefecture's number, 1 to 47.
  public var prefecture: Int { Int(description.prefix(2)) ?? 0 }
}
