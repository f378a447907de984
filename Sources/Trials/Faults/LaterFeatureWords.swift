import Statistics
import Vocabulary

extension LaterFeature {
  /// That the feature is known but not yet there, and what to do meanwhile.
  var words: BilingualText {
    let remedy = remedy
    return both(
      "「\(name)」は、この版ではまだ使えません。\(remedy.ja)",
      "'\(name)' is known, but not available in this version. \(remedy.en)")
  }

  private var name: String {
    switch self {
    // The rest of the address may be a secret.
    case .spark: "sc:"
    case .spreadsheet(let name): name
    }
  }

  private var remedy: BilingualText {
    switch self {
    case .spark:
      both(
        "「nudge sql --dialect spark」の問合せの結果をCSVに保存し、「nudge analyze --moments」に渡してください。",
        "Save the answer to 'nudge sql --dialect spark' as CSV and give it to 'nudge analyze --moments'."
      )
    case .spreadsheet:
      both(
        "Excelで「Excel ブック（*.xlsx）」か「CSV UTF-8（コンマ区切り）」として保存し、そのファイル名を書いてください。",
        "Save it as a workbook (.xlsx) or as 'CSV UTF-8' and name that file.")
    }
  }
}
