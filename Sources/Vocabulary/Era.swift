/// A Japanese era (元号), from Meiji on.
///
/// The day on which an emperor died and the next era began belongs to both: 明治45年7月30日 is
/// 大正元年7月30日, and 大正15年12月25日 is 昭和元年12月25日. Registers contain either form, so both are
/// read; only the later one is written.
public enum Era: String, CaseIterable, Hashable, Sendable {
  case meiji = "明治"
  case taisho = "大正"
  case showa = "昭和"
  case heisei = "平成"
  case reiwa = "令和"

  /// The first day of the era's own reckoning.
  ///
  /// For Meiji the first day of the Gregorian calendar (明治6年1月1日): earlier Meiji dates are those
  /// of the lunisolar calendar and have other months and days.
  public var firstDay: CalendarDate {
    switch self {
    case .meiji: CalendarDate(existingYear: 1873, month: 1, day: 1)
    case .taisho: CalendarDate(existingYear: 1912, month: 7, day: 30)
    case .showa: CalendarDate(existingYear: 1926, month: 12, day: 25)
    case .heisei: CalendarDate(existingYear: 1989, month: 1, day: 8)
    case .reiwa: CalendarDate(existingYear: 2019, month: 5, day: 1)
    }
  }

  /// The last day on which the era's name was in use; nil for the present era.
  public var lastDay: CalendarDate? {
    switch self {
    case .meiji: CalendarDate(existingYear: 1912, month: 7, day: 30)
    case .taisho: CalendarDate(existingYear: 1926, month: 12, day: 25)
    case .showa: CalendarDate(existingYear: 1989, month: 1, day: 7)
    case .heisei: CalendarDate(existingYear: 2019, month: 4, day: 30)
    case .reiwa: nil
    }
  }

  /// What is added to a year of the era to give the year of the common era.
  var offset: Int {
    switch self {
    case .meiji: 1867
    case .taisho: 1911
    case .showa: 1925
    case .heisei: 1988
    case .reiwa: 2018
    }
  }

  /// The name and its short forms, as they stand before the year.
  var spellings: [String] {
    switch self {
    case .meiji: ["明治", "㍾", "明", "M"]
    case .taisho: ["大正", "㍽", "大", "T"]
    case .showa: ["昭和", "㍼", "昭", "S"]
    case .heisei: ["平成", "㍻", "平", "H"]
    case .reiwa: ["令和", "㋿", "令", "R"]
    }
  }

  /// The era that a day is written in; nil before 1873.
  public init?(of date: CalendarDate) {
    guard let era = Era.allCases.last(where: { $0.firstDay <= date }) else { return nil }
    self = era
  }
}

extension CalendarDate {
  /// The date in its era, such as 令和3年6月1日; before 1873 the year of the common era.
  public var eraText: String {
    guard let era = Era(of: self) else { return "\(year)年\(month)月\(day)日" }
    let eraYear = year - era.offset
    return "\(era.rawValue)\(eraYear == 1 ? "元" : String(eraYear))年\(month)月\(day)日"
  }

  /// Both reckonings, such as 令和3年6月1日（2021年6月1日）.
  public var bothTexts: String {
    let common = "\(year)年\(month)月\(day)日"
    return Era(of: self) == nil ? common : "\(eraText)（\(common)）"
  }
}
