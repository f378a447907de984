import Analysis
import ArgumentParser
import DataSources
import Reporting

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "result.json から報告書を作り直す / Render a result again.")

  @Argument(help: "result.json かそのフォルダ / the result file or its folder")
  var result: String

  @Option(help: "html | xlsx | text | json | csv | markdown")
  var format: ReportFormat = .html

  @Option(help: "書き出すファイル（省略時は標準出力） / file to write; standard output by default")
  var out: String?

  @Flag(help: "既存のファイルを置き換える / replace a file that exists")
  var force = false

  @OptionGroup var words: LanguageOption

  func run() throws {
    try words.wordingFaults {
      let report = Report(try TrialResult.load(result), language: words.language)
      guard let out else { return try StandardOutput.write(report, as: format) }
      try AtomicFile.write(try report.bytes(as: format), to: out, force: force)
    }
  }
}
