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

  @Option(help: "html | text | json | csv | markdown")
  var format: ReportFormat = .html

  @Option(help: "書き出すファイル（省略時は標準出力） / file to write; standard output by default")
  var out: String?

  @Flag(help: "既存のファイルを置き換える / replace a file that exists")
  var force = false

  @OptionGroup var words: LanguageOption

  func run() throws {
    let text = try words.wordingFaults {
      let text = try Report(TrialResult.load(result), language: words.language)
        .rendered(as: format)
      if let out { try AtomicFile.write(text, to: out, force: force) }
      return text
    }
    if out == nil { try StandardOutput.write(text) }
  }
}
