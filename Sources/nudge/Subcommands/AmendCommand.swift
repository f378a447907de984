import ArgumentParser
import Enrolment
import Ledger
import Trials
import Vocabulary

struct AmendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend",
    abstract: "確定した計画の変更を理由とともに記録する / Record a change of the protocol.")

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "理由 / why")
  var reason: String

  @Option(help: "変更する人 / who changes it")
  var by: String?

  @OptionGroup var words: LanguageOption

  func run() throws {
    let event = try words.wordingFaults {
      try Locking(of: TrialFile.load(contentsOf: trial), engineVersion: Nudge.version)
        .amend(reason: reason, by: by)
    }
    let record = event.particulars(as: ProtocolRecord.self)
    let changes = (record?.changes ?? []).map { "  \($0)" }.joined(separator: "\n")
    let isLate = record?.isAfterUnblinding ?? false
    let text = BilingualText(
      ja: "計画の変更を記録しました（記録\(event.sequence)）：\n\(changes)\n"
        + (isLate ? "群別の結果を見た後の変更なので、\n変えた部分は探索的な分析として報告されます。\n" : "") + event.hash,
      en: "The change is recorded (event \(event.sequence)):\n\(changes)\n"
        + (isLate
          ? "Data by arm were seen before: what changed will be reported as exploratory.\n" : "")
        + event.hash)
    try StandardOutput.write(text[words.language] + "\n")
  }
}
