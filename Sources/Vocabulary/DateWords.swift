extension CalendarDate.ParsingError {
  /// What is wrong, in both languages; the only place where it is put into words.
  public var words: BilingualText {
    switch self {
    case .notADate(let text):
      BilingualText(
        ja: "「\(text)」は日付として読み取れません。「令和3年6月1日」「R3.6.1」「2021-06-01」「2021/6/1」のように書いてください。",
        en: "'\(text)' is not a date. Write 2021-06-01, 2021/6/1, 令和3年6月1日 or R3.6.1.")
    case .noSuchDay(let text):
      BilingualText(ja: "「\(text)」という日はありません。", en: "There is no such day as '\(text)'.")
    case .lunisolar(let text):
      BilingualText(
        ja: "「\(text)」は旧暦の日付です。明治5年以前の日付は、新暦に直して「1872-12-31」のように西暦で書いてください。",
        en: "'\(text)' is a date of the old lunisolar calendar, used until Meiji 5. "
          + "Write the Gregorian date, such as 1872-12-31.")
    case .outsideEra(let text, let era, let meant):
      outsideEra(text, era, meant)
    }
  }

  private func outsideEra(_ text: String, _ era: Era, _ meant: CalendarDate?) -> BilingualText {
    let first = era.firstDay
    var ja = "「\(text)」という日はありません。\(era.rawValue)は"
    var en = "There is no such day as '\(text)'. \(era.rawValue) "
    if let last = era.lastDay {
      ja += "\(first.year)年\(first.month)月\(first.day)日から\(last.eraTextWithin(era))までです。"
      en += "ran from \(first) to \(last)."
    } else {
      ja += "\(first.year)年\(first.month)月\(first.day)日からです。"
      en += "began on \(first)."
    }
    if let meant {
      ja += "この日は\(meant.bothTexts)です。"
      en += " That day is \(meant.eraText) (\(meant))."
    }
    return BilingualText(ja: ja, en: en)
  }
}

extension CalendarDate {
  /// The date with its year counted in a given era: 平成31年4月30日.
  fileprivate func eraTextWithin(_ era: Era) -> String {
    "\(era.rawValue)\(year - era.offset)年\(month)月\(day)日"
  }
}
