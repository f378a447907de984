extension CalendarDate {
  /// Why a text is not a date.
  public enum ParsingError: Error, Hashable, Sendable {
    /// The text has none of the accepted forms.
    case notADate(String)
    /// The month has no such day, or the year no such month.
    case noSuchDay(String)
    /// Before 明治6年1月1日 months and days were those of the lunisolar calendar.
    case lunisolar(String)
    /// The era had not begun or had ended; the date that was most likely meant, if there is one.
    case outsideEra(String, Era, meant: CalendarDate?)
  }

  /// Reads a date of either reckoning.
  ///
  /// Accepted: 令和3年6月1日, 令和元年5月1日, R3.6.1, R3/6/1, R3-6-1, 令3.6.1, 2021-06-01, 2021/6/1,
  /// 2021.6.1 and 2021年6月1日, in half- or full-width letters; spaces are ignored. The year of the
  /// common era has four digits, because 3/6/1 and 21/6/1 can mean several days.
  public init(parsing text: String) throws(ParsingError) {
    let letters = CalendarDate.halfWidth(text)
    let era = Era.allCases.first { era in era.spellings.contains { letters.hasPrefix($0) } }
    let spelling = era?.spellings.first { letters.hasPrefix($0) } ?? ""
    let parts = CalendarDate.parts(of: letters.dropFirst(spelling.count), inEra: era != nil)
    guard let parts else { throw .notADate(text) }
    guard let era else {
      guard let date = CalendarDate(year: parts.year, month: parts.month, day: parts.day) else {
        throw .noSuchDay(text)
      }
      self = date
      return
    }
    let year = parts.year + era.offset
    let date = CalendarDate(year: year, month: parts.month, day: parts.day)
    if era == .meiji, year < era.firstDay.year, parts.year > 0 { throw .lunisolar(text) }
    guard let date, parts.year > 0, date >= era.firstDay, date <= era.lastDay ?? date else {
      // A day that exists in no year is no matter of eras.
      if date == nil, parts.year > 0 { throw .noSuchDay(text) }
      throw .outsideEra(text, era, meant: parts.year > 0 ? date : nil)
    }
    self = date
  }

  /// Full-width letters as ASCII, without spaces, in capitals.
  private static func halfWidth(_ text: String) -> String {
    var letters = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
      let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
      letters.append(isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    return String(letters).uppercased()
  }

  /// Year, month and day between separators of one kind: 年月日, or twice the same of `-`, `/`, `.`.
  private static func parts(
    of letters: Substring, inEra: Bool
  ) -> (year: Int, month: Int, day: Int)? {
    let fields: [Substring]
    if letters.hasSuffix("日") {
      let year = letters.split(separator: "年", omittingEmptySubsequences: false)
      guard year.count == 2 else { return nil }
      let rest = year[1].dropLast().split(separator: "月", omittingEmptySubsequences: false)
      fields = [year[0]] + rest
    } else {
      guard let separator = letters.first(where: { "-/.".contains($0) }) else { return nil }
      fields = letters.split(separator: separator, omittingEmptySubsequences: false)
    }
    guard fields.count == 3 else { return nil }
    let yearText = inEra && fields[0] == "元" ? "1" : fields[0]
    guard let year = number(yearText, digits: inEra ? 1...2 : 4...4),
      let month = number(fields[1], digits: 1...2), let day = number(fields[2], digits: 1...2)
    else { return nil }
    return (year, month, day)
  }

  private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }
}
