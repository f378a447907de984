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

  @Flag(help: "人数の少ない欄を隠した公表用にする（disclosure:） / hide small numbers")
  var publish = false

  @Option(help: "前に公表した結果（差から少人数が分からないようにする） / what was published before")
  var against: String?

  @Option(help: "秘匿の記録を書くCSV / file for the log of what was hidden")
  var log: String?

  @Flag(help: "既存のファイルを置き換える / replace a file that exists")
  var force = false

  @OptionGroup var words: LanguageOption

  func run() throws {
    try words.wordingFaults {
      let report = try report()
      guard let out else { return try StandardOutput.write(report, as: format) }
      try AtomicFile.write(try report.bytes(as: format), to: out, force: force)
    }
  }

  private func report() throws -> Report {
    let whole = try TrialResult.load(result)
    guard publish else { return Report(whole, language: words.language) }
    let earlier = try against.map(Publication.earlier)
    guard let publication = Publication(of: whole, since: earlier, in: words.language) else {
      throw Publication.nothingToHide(at: result)
    }
    if let log {
      try AtomicFile.write(Array(publication.log.csv.utf8), to: log, force: force)
    }
    StandardError.write(publication.log.summary + "\n")
    return publication.report
  }

  func validate() throws {
    if !publish, against != nil || log != nil {
      throw ValidationError("--against と --log は --publish と使います / go with --publish")
    }
  }
}
