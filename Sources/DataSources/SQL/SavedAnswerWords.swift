import Vocabulary

/// What can be wrong with the saved answer to a query, in words.
enum SavedAnswerFact {
  case needsRows
  case needsSecondReading
  case noRegression(Int)
  case otherRequest
  case flaw(TallyAnswer.Flaw)

  var words: BilingualText {
    switch self {
    case .needsRows:
      BilingualText(
        ja: "この試験の分析には一人一人の行が必要で、合計だけでは計算できません。データの行を data.file に指定してください。",
        en:
          "this trial's analysis looks at units, and sums do not suffice; name the rows under data.file"
      )
    case .needsSecondReading:
      BilingualText(
        ja: "共変量で調整する成果指標には、二度目の問合せが必要です。nudge sql に --moments でこのファイルを渡して問合せを作り、"
          + "その結果を --leverages に指定してください。",
        en:
          "an outcome is adjusted for covariates, which takes a second query: nudge sql prints it when given "
          + "this file by --moments; give its answer by --leverages")
    case .noRegression(let number):
      BilingualText(
        ja: "\(number) 番目の回帰の行がありません。", en: "there is no row for regression \(number)")
    case .otherRequest: SavedAnswerFact.words(.otherRequest(""), column: "request")
    case .flaw(let flaw): SavedAnswerFact.words(flaw.problem, column: flaw.column)
    }
  }

  private static func words(
    _ problem: TallyAnswer.Flaw.Problem, column: String
  ) -> BilingualText {
    switch problem {
    case .otherRequest(let request):
      BilingualText(
        ja: "別の問合せ（\(request)）の結果です。試験の定義が変わったときは、nudge sql で問合せを作り直してください。",
        en:
          "this answers another query (\(request)); when the trial has changed, let nudge sql print it anew"
      )
    case .notACount:
      BilingualText(
        ja: "列「\(column)」には、0 以上の整数が必要です。", en: "column '\(column)' needs a whole number from 0 on")
    case .notATruth:
      BilingualText(
        ja: "列「\(column)」には、0 か 1 が必要です。", en: "column '\(column)' needs 0 or 1")
    case .notNumbers(let count):
      BilingualText(
        ja: "数値の列に、有限の数値でない値のある行が \(count) 行あります。元の表を直してください。",
        en:
          "\(count) rows hold a value that is no finite number in a column of numbers; mend the table"
      )
    case .notBinaries(let count):
      BilingualText(
        ja: "0 か 1 だけの列に、ほかの値のある行が \(count) 行あります。元の表を直してください。",
        en: "\(count) rows hold something else in a column of zeros and ones; mend the table")
    case .missing:
      BilingualText(
        ja: "列「\(column)」に値がありません。", en: "column '\(column)' has no value")
    case .moreThanRows:
      BilingualText(
        ja: "列「\(column)」が行数（n_rows）を超えています。", en: "column '\(column)' is above n_rows")
    case .negativeSquares:
      BilingualText(
        ja: "列「\(column)」は二乗の合計なので、負にはなりません。",
        en: "column '\(column)' is a sum of squares and cannot be negative")
    case .twice:
      BilingualText(
        ja: "同じ回帰の行が二つ以上あります。", en: "there is more than one row for this regression")
    }
  }
}
