import Analysis
import ArgumentParser
import DataSources
import Reporting
import Trials
import Vocabulary

struct MonitorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor",
    abstract: "実施中の試験を、群を伏せたまま点検する / Watch a running trial blindly.",
    discussion: """
      群ごとの結果は、計画した時点に --look N で初めて見られ、見たことが台帳に残ります。 \
      / Results by arm appear with --look N once the plan allows it, and the ledger notes who looked.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "計画した何回目の分析か / which planned look to take")
  var look: Int?

  @Option(help: "計画より早く見る理由 / why to look before the plan allows it")
  var reason: String?

  @Option(help: "見る人 / who looks")
  var by: String?

  @Option(help: "text | json")
  var format: Format = .text

  @Option(help: "境界値の図（SVG）を書き出すファイル / write the boundary plot to this file")
  var plot: String?

  @Flag(help: "既存のファイルを置き換える / replace a file that exists")
  var force = false

  @OptionGroup var words: LanguageOption

  func run() throws {
    let text = try words.wordingFaults {
      let file = try TrialFile.load(contentsOf: trial)
      let monitoring = try Monitoring.watching(
        file, look: look, reason: reason, by: by, engineVersion: Nudge.version)
      let report = MonitoringReport(monitoring, language: words.language)
      if let plot {
        guard let boundary = report.boundary else {
          throw Fault(
            at: file.location(of: "analysis"),
            BilingualText(
              ja: "途中の分析（looks）の計画がないため、図はありません",
              en: "the trial plans no looks, so there is no plot"))
        }
        try AtomicFile.write(boundary, to: plot, force: force)
      }
      return format == .json ? try report.json() : report.text
    }
    try StandardOutput.write(text)
  }
}
