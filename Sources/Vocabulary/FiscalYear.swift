/// A Japanese fiscal year: April to March.
public struct FiscalYear: Codable, Hashable, Comparable, Sendable {
  /// The year of the common era in which it begins.
  public let year: Int

  /// The fiscal year that begins in April of a year.
  public init(year: Int) {
    self.year = year
  }

  /// The fiscal year that a day lies in.
  public init(of date: CalendarDate) {
    year = date.month >= 4 ? date.year : date.year - 1
  }

  /// Reads 令和2年度, 令和元年度, R2, H31, 2020年度 or 2020; digits may be full-width.
  ///
  /// - Returns: nil for anything else.
  public init?(_ text: String) {
    var rest = Substring(
      String(
        text.unicodeScalars.filter { !$0.properties.isWhitespace }
          .map {
            (0xFF01...0xFF5E).contains($0.value)
              ? Character(Unicode.Scalar($0.value - 0xFEE0) ?? $0) : Character($0)
          }))
    for suffix in ["年度", "年", "度"] where rest.hasSuffix(suffix) {
      rest = rest.dropLast(suffix.count)
      break
    }
    var offset = 0
    for (names, begins) in [
      (["令和", "R", "r"], 2018), (["平成", "H", "h"], 1988), (["昭和", "S", "s"], 1925),
    ] {
      if let name = names.first(where: { rest.hasPrefix($0) }) {
        rest = rest.dropFirst(name.count)
        offset = begins
        break
      }
    }
    if rest == "元", offset > 0 {
      year = offset + 1
      return
    }
    guard let number = Int(rest), String(number) == rest else { return nil }
    if offset > 0 {
      guard (1...99).contains(number) else { return nil }
      year = offset + number
    } else {
      guard (1900...2200).contains(number) else { return nil }
      year = number
    }
  }

  /// The earlier year first.
  public static func < (left: FiscalYear, right: FiscalYear) -> Bool { left.year < right.year }

  /// 令和2年度; the era of its first of April, but 令和元年度 for 2019, most of which was in it.
  public var eraText: String {
    let (era, offset) = year >= 2019 ? ("令和", 2018) : year >= 1989 ? ("平成", 1988) : ("昭和", 1925)
    let number = year - offset
    return number < 1 ? "\(year)年度" : "\(era)\(number == 1 ? "元" : String(number))年度"
  }

  /// 令和2年度（2020年度） or FY2020.
  public func text(in language: Language) -> String {
    language == .japanese ? "\(eraText)（\(year)年度）" : "FY\(year)"
  }
}
