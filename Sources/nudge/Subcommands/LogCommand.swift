import ArgumentParser
import Enrolment
import Ledger
import Reporting
import Trials
import Vocabulary

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "台帳を読む。逸脱を記録する / Read the ledger; note a deviation.")

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "計画どおりでなかったことを記録する / note what was not done as planned")
  var deviation: String?

  @Option(help: "記録する人 / who notes it")
  var by: String?

  @OptionGroup var words: LanguageOption

  func run() throws {
    let events = try words.wordingFaults {
      let locking = Locking(
        of: try TrialFile.load(contentsOf: trial), engineVersion: Nudge.version)
      if let deviation { return [try locking.deviate(deviation, by: by)] }
      return try locking.events()
    }
    try StandardOutput.write(LedgerReport(events, language: words.language).text)
  }
}
