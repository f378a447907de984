import ArgumentParser
import Enrolment
import Ledger
import Trials
import Vocabulary

struct LockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: "計画を確定する / Freeze the protocol.",
    discussion: """
      台帳（ledger.sqlite）と、乱数の種（seed.secret.json）を作ります。種は、割付けが終わるまで人に見せません。 \
      / Makes the ledger and the seed; keep the seed secret until everybody is enrolled.
      """)

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "乱数の種（省略時は自動） / the seed; chosen at random by default")
  var seed: UInt64?

  @Option(help: "確定する人 / who locks")
  var by: String?

  @OptionGroup var words: LanguageOption

  func run() throws {
    let event = try words.wordingFaults {
      try Locking(of: TrialFile.load(contentsOf: trial), engineVersion: Nudge.version)
        .lock(seed: seed, by: by)
    }
    let text = BilingualText(
      ja: """
        計画を確定しました（\(event.time)）。
        \(event.hash)
        この値を、報告書や関係者への連絡に控えてください。
        後から計画を変えていないことの証拠になります。
        次に：nudge assign \(trial)
        """,
      en: """
        The protocol is locked (\(event.time)).
        \(event.hash)
        Publish or post this hash: it proves that the protocol was not changed later.
        Next: nudge assign \(trial)
        """)
    try StandardOutput.write(text[words.language] + "\n")
  }
}
