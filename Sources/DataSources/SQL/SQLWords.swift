import Vocabulary

/// What can be wrong with a table, in words.
enum SQLFact: Hashable {
  case noTable(String, among: [String])
  case noColumn(String, among: [String])
  case duplicateColumn(String)
  case notNumeric(String, type: String)
  case notANumber(String, column: String)
  case tooManyLevels(column: String)

  var words: BilingualText {
    switch self {
    case .noTable(let name, let names):
      SQLFact.unknown(name, names, ja: "表（テーブル・ビュー）", en: "table or view")
    case .noColumn(let name, let names): SQLFact.unknown(name, names, ja: "列", en: "column")
    case .duplicateColumn(let name):
      BilingualText(
        ja: "列「\(name)」が二つ以上あります。列名の違うビューを作ってください。",
        en: "more than one column is named '\(name)'; make a view whose names differ")
    case .notNumeric(let column, let type):
      BilingualText(
        ja: "列「\(column)」は\(type)型で、数値の型ではありません。文字の読み替え方が決まったビューを作り、その名前を table に書いてください。",
        en: "column '\(column)' is of type \(type), which is no number; "
          + "make a view that says how its texts become numbers, and name it under 'table'")
    case .notANumber(let text, let column):
      BilingualText(
        ja: "列「\(column)」の「\(text)」は有限の数値ではありません。文字として入っている数は、数値の型に直してください。",
        en: "'\(text)' in column '\(column)' is no finite number; "
          + "digits that are stored as text must be made numbers first")
    case .tooManyLevels(let column):
      BilingualText(
        ja: "列「\(column)」は値の種類が多すぎて、区分として読めません。",
        en: "column '\(column)' has too many distinct values for a category")
    }
  }

  private static func unknown(
    _ name: String, _ names: [String], ja: String, en: String
  ) -> BilingualText {
    if let nearest = nearestName(to: name, among: names) {
      return BilingualText(
        ja: "\(ja)「\(name)」がありません。「\(nearest)」のことですか。",
        en: "there is no \(en) '\(name)'. Did you mean '\(nearest)'?")
    }
    let shown = 12
    let list = names.prefix(shown)
    guard !names.isEmpty else {
      return BilingualText(
        ja: "\(ja)「\(name)」がありません。", en: "there is no \(en) '\(name)'")
    }
    return BilingualText(
      ja: "\(ja)「\(name)」がありません。あるのは次のとおりです：" + list.joined(separator: "、")
        + (names.count > shown ? " など" : ""),
      en: "there is no \(en) '\(name)'; there are " + list.joined(separator: ", ")
        + (names.count > shown ? ", …" : ""))
  }
}

/// A value of a fault, cut to what fits on a screen.
func shortened(_ text: String) -> String {
  let longest = 40
  let line = String(text.prefix(longest + 1).map { $0.isNewline ? " " : $0 })
  return line.count > longest ? line.prefix(longest) + "…" : line
}
