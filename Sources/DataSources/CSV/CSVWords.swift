import Vocabulary

// The one place that words what is wrong with a CSV file: what it is, the value quoted, what is
// accepted, and what to do.
extension CSVFact {
  func message(_ writer: FaultWriter) -> BilingualText {
    switch self {
    case .foreign(let format): CSVFact.words(format)
    case .encoding(let problem): CSVFact.words(problem, writer)
    case .broken(let record): CSVFact.words(record, writer)
    case .noHeader:
      BilingualText(
        ja: "見出し行（列名の行）がありません。", en: "there is no header line with the names of the columns")
    case .zeroByte:
      BilingualText(
        ja: "値が 0 のバイトがあります。CSV ではないか、壊れたファイルです。",
        en: "a zero byte: the file is damaged or is no CSV file")
    case .duplicateName(let name, let first, let second, _):
      BilingualText(
        ja: "列名「\(name)」が \(first) 列目と \(second) 列目にあります。列名は重複できません。",
        en: "columns \(first) and \(second) are both named '\(name)'; names must differ")
    case .undecodableName:
      BilingualText(
        ja: "列名に、文字コードにない文字があります。", en: "the name of a column holds an unknown character")
    case .unknownColumn(let name, let names, _): CSVFact.words(unknown: name, names)
    case .notANumber(let field, let column):
      BilingualText(
        ja: "列「\(column)」の「\(writer.quoted(field))」は数値として読めません。"
          + "12、-1.5、1,546、▲3、全角数字などで書いてください。",
        en: "'\(writer.quoted(field))' in column '\(column)' is not a number "
          + "such as 12, -1.5, 1e3 or 1,546; ▲ for minus and full-width digits are read too")
    case .undecodable(let field, let column):
      BilingualText(
        ja: "列「\(column)」の「\(writer.quoted(field))」に、文字コードにない文字（外字など）があります。",
        en:
          "'\(writer.quoted(field))' in column '\(column)' holds a character unknown to the encoding"
      )
    case .fieldCount(let count, let expected, _):
      BilingualText(
        ja: "この行には値が \(count) 個ありますが、見出しの列は \(expected) 個です。",
        en: "expected \(expected) fields as in the header, found \(count)")
    case .tooManyLevels(let column):
      BilingualText(
        ja: "列「\(column)」は値の種類が多すぎて、区分として読めません。",
        en: "column '\(column)' has too many distinct values for a category")
    case .more(let count): moreFaults(count)
    }
  }

  private static func words(_ format: ForeignFormat) -> BilingualText {
    switch format {
    case .workbook:
      BilingualText(
        ja: "Excel ブックです。Excel で「名前を付けて保存」から「CSV UTF-8」を選んで保存してください。",
        en: "this is an Excel workbook; save it as \"CSV UTF-8\"")
    case .utf16:
      BilingualText(
        ja: "文字コードが UTF-16 です。「CSV UTF-8」で保存し直してください。",
        en: "the encoding is UTF-16; save the file as \"CSV UTF-8\"")
    }
  }

  private static func words(
    _ problem: EncodingChoice.Problem, _ writer: FaultWriter
  ) -> BilingualText {
    switch problem {
    case .notUTF8:
      BilingualText(
        ja: "UTF-8 として読めないバイトがあります。", en: "a byte that is not UTF-8")
    case .notCP932:
      BilingualText(
        ja: "CP932（Shift_JIS）として読めないバイトがあります。", en: "a byte that is not CP932 (Shift_JIS)")
    case .neither(_, let place):
      BilingualText(
        ja: "文字コードが分かりません。この位置は UTF-8 として、"
          + "\(writer.line(of: place)) 行目は CP932（Shift_JIS）として読めません。",
        en: "the encoding is unknown: this place is not UTF-8, "
          + "and line \(writer.line(of: place)) is not CP932 (Shift_JIS)")
    case .noConverter:
      BilingualText(
        ja: "このコンピューターの C ライブラリーは CP932（Shift_JIS）を変換できません。"
          + "「CSV UTF-8」で保存し直してください。",
        en: "the C library of this computer cannot convert CP932 (Shift_JIS); "
          + "save the file as \"CSV UTF-8\"")
    }
  }

  private static func words(_ record: BrokenRecord, _ writer: FaultWriter) -> BilingualText {
    switch record {
    case .strayQuote:
      BilingualText(
        ja: "引用符で始まらない値の中に引用符（\"）があります。値全体を \" で囲み、中の \" は \"\" と書いてください。"
          + "これより後の行は読んでいません。",
        en:
          "a quote within a field that does not begin with one; enclose the whole field in quotes "
          + "and double the quotes in it. The lines after it were not read")
    case .textAfterQuote(_, let opened):
      BilingualText(
        ja: "\(writer.line(of: opened)) 行目で始まる引用符（\"）が閉じた後に文字があります。"
          + "値の中の \" は \"\" と書いてください。これより後の行は読んでいません。",
        en:
          "text after the closing quote of the field that opens on line \(writer.line(of: opened)); "
          + "double the quotes within a field. The lines after it were not read")
    case .unclosedQuote:
      BilingualText(
        ja: "ここで始まる引用符（\"）が、ファイルの終わりまで閉じていません。",
        en: "the quote that opens here is never closed; the file may be cut off")
    case .tooLong:
      BilingualText(
        ja: "ここで始まる行が 16 MiB を超えています。改行が失われたか、引用符（\"）が閉じていません。",
        en: "the record that begins here is longer than 16 MiB; "
          + "line breaks are lost or a quote is never closed")
    case .tooManyFields:
      BilingualText(
        ja: "見出しの列が \(Header.mostColumns) 個を超えています。",
        en: "the header has more than \(Header.mostColumns) columns")
    }
  }

  private static func words(unknown name: String, _ names: [String]) -> BilingualText {
    let known = names.filter { !$0.isEmpty }
    if let nearest = nearestName(to: name, among: known) {
      return BilingualText(
        ja: "列「\(name)」がありません。「\(nearest)」のことですか。",
        en: "there is no column '\(name)'. Did you mean '\(nearest)'?")
    }
    let shown = 12
    let list = known.prefix(shown)
    return BilingualText(
      ja: "列「\(name)」がありません。列は次のとおりです："
        + list.joined(separator: "、") + (known.count > shown ? " など" : ""),
      en: "there is no column '\(name)'; the columns are "
        + list.joined(separator: ", ") + (known.count > shown ? ", …" : ""))
  }
}

/// Says how many faults are not listed.
func moreFaults(_ count: Int) -> BilingualText {
  BilingualText(
    ja: "この行以降に、ほかに \(count) 件の誤りがあります。",
    en: "and \(count) more fault\(count == 1 ? "" : "s") from here on")
}
