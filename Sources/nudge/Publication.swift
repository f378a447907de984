import Analysis
import DataSources
import Reporting
import Vocabulary

/// What may leave the office: a result without small numbers, its reports, and the log that stays.
struct Publication {
  let report: Report
  let log: DisclosureLog

  /// Nil where the trial does not say what to hide.
  init?(of result: TrialResult, since earlier: TrialResult? = nil, in language: Language) {
    guard let (published, log) = result.forPublication(since: earlier) else { return nil }
    report = Report(published, language: language)
    self.log = DisclosureLog(log, of: result, language: language)
  }

  /// That a version for publication was asked for of a trial that has no `disclosure:`.
  static func nothingToHide(at path: String) -> Fault {
    Fault(
      at: SourceLocation(file: path),
      BilingualText(
        ja: "試験の定義に disclosure: がないため、何人未満を隠すかが分かりません。"
          + "trial.yml に disclosure: {minimum_cell: 10} と書き、分析し直してください",
        en: "the trial does not say what to hide; "
          + "add disclosure: {minimum_cell: 10} to trial.yml and analyse again"))
  }

  /// What was published before, as a file or its folder.
  ///
  /// - Throws: ``Vocabulary/Fault`` for a result that was not published, because its differences are no secret.
  static func earlier(_ path: String) throws -> TrialResult {
    let result = try TrialResult.load(path)
    guard result.disclosure?.hidden != nil else {
      throw Fault(
        at: SourceLocation(file: path),
        BilingualText(
          ja: "公表用の結果ではありません。前に公表した版（publish フォルダの result.json）を指定してください",
          en:
            "this is not a published result; give the version that was published (publish/result.json)"
        ))
    }
    return result
  }
}
