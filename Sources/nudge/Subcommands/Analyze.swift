import Analysis
import ArgumentParser
import Reporting
import Trials
import Vocabulary

struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "効果を推定する / Estimate effects.",
    discussion: "--out は result.json、results.csv、report.html も書きます / also writes these three.")

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "text | json | csv | markdown")
  var format: ReportFormat = .text

  @Option(help: "結果を書き出すフォルダ / folder for the three files")
  var out: String?

  @Option(help: "計画した何回目の分析か（looks があるとき。既定は最後）/ which planned look; the last by default")
  var look: Int?

  @Flag(help: "既存のファイルを置き換える / replace files that exist")
  var force = false

  @OptionGroup var words: LanguageOption

  func run() throws {
    let report = try words.wordingFaults {
      let file = try TrialFile.load(contentsOf: trial)
      let result = try TrialResult.analyzing(file, look: look, engineVersion: Nudge.version)
      let report = Report(result, language: words.language)
      if let out {
        try OutputFolder(path: out, force: force).write([
          ("result.json", try report.rendered(as: .json)),
          ("results.csv", try report.rendered(as: .csv)),
          ("report.html", try report.rendered(as: .html)),
        ])
      }
      return report
    }
    try StandardOutput.write(report.rendered(as: format))
    if report.result.checks.contains(where: { $0.status == .fail }) {
      throw CommandFailure(
        checkFailed: words.language == .japanese
          ? "点検に失敗した項目があります。結果を使う前に確かめてください。"
          : "A check failed: look into it before using the result.")
    }
  }
}
