import Vocabulary

extension SyntaxProblem {
  /// What the author has to change, rather than what the parser was doing.
  var words: BilingualText {
    switch self {
    case .tab:
      both(
        "タブ文字があります。字下げには半角の空白を使ってください。",
        "There is a tab. Indent with spaces.")
    case .fullWidthSpace:
      both(
        "字下げに全角の空白が使われています。半角の空白に直してください。",
        "The line is indented with full-width spaces. Use half-width ones.")
    case .fullWidthColon:
      both(
        "全角の「：」が使われています。半角の「:」と空白に直してください（例 title: 案内文の検証）。",
        "There is a full-width colon '：'. Write ': ' in half-width letters.")
    case .reservedLetter(let letter):
      both(
        "「\(letter)」で始まる値は、引用符で囲んでください（例 \"\(letter)…\"）。",
        "A value that begins with '\(letter)' must stand in quotation marks.")
    case .strayColon:
      both(
        "ここに「:」は書けません。上の行と字下げをそろえるか、値に「: 」が含まれていれば値を引用符で囲んでください。",
        "A ':' cannot stand here. Align the line with the one above, "
          + "or put the value in quotation marks if ': ' belongs to it.")
    case .missingColon:
      both(
        "項目名の後に「: 」（半角のコロンと空白）がありません。",
        "There is no ': ' after the key.")
    case .indentation:
      both(
        "字下げがそろっていません。同じ段の項目は、行頭の空白の数をそろえてください。",
        "The indentation does not fit. Lines of one level begin in the same column.")
    case .unclosed(let sign) where sign == "\"":
      both(
        "引用符が閉じられていません。",
        "A quotation mark is not closed.")
    case .unclosed(let sign):
      both(
        "「\(sign)」が閉じられていないか、「,」が抜けています。",
        "'\(sign)' is not closed, or a comma is missing.")
    case .escape:
      both(
        "「\\」の使い方に誤りがあります。引用符 \" を ' に替えると、「\\」をそのまま書けます。",
        "The '\\' is not followed by a letter that it can stand before. "
          + "Use ' instead of \" to write it as it is.")
    case .undefinedAlias:
      both(
        "「*」で始まる値は、引用符で囲んでください。",
        "A value that begins with '*' must stand in quotation marks.")
    case .tooDeep:
      both(
        "入れ子が深すぎます（上限は\(YAMLDocument.depthLimit)段）。",
        "Values are nested too deeply (the limit is \(YAMLDocument.depthLimit)).")
    case .other(let message):
      both("YAMLとして読み取れません（\(message)）。", "This is not valid YAML (\(message)).")
    }
  }
}
