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
    case .spreadsheet(let name): name
    }
  }

  private var remedy: BilingualText {
    switch self {
    case .spreadsheet:
      both(
        "Excelで「Excel ブック（*.xlsx）」か「CSV UTF-8（コンマ区切り）」として保存し、そのファイル名を書いてください。",
        "Save it as a workbook (.xlsx) or as 'CSV UTF-8' and name that file.")
    }
  }
}
