import ArgumentParser
import Enrolment
import Reporting
import Trials
import Vocabulary

struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "名簿の人を割り付ける / Draw the units of a list into arms.",
    discussion: """
      同じ名簿でもう一度実行しても、群は変わりません。後から加わる人のいる割付方法では、新しい人だけが加わります。 \
      / Running it again changes nobody's arm; where units keep arriving, the new ones are added.
      """)

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "名簿（CSV）。省略時は assignment.frame / the list; assignment.frame by default")
  var frame: String?

  @Flag(help: "割付けを乱数の種から再現して比べる / draw again from the seed and compare")
  var verify = false

  @Option(
    parsing: .upToNextOption,
    help: "伏せた群を知らせる（番号か符号） / tell the concealed arms of these units or codes")
  var release: [String] = []

  @Flag(help: "全員の群を知らせ、sealed.csv に書く / tell all concealed arms")
  var releaseAll = false

  @Option(help: "知らせる相手 / who is told")
  var to: String?

  @Flag(help: "乱数の種を公開する / make the seed public")
  var reveal = false

  @Flag(help: "nudge が書いたものでないファイルも置き換える / replace files that nudge did not write")
  var force = false

  @OptionGroup var words: LanguageOption

  func validate() throws {
    if [verify, !release.isEmpty, releaseAll, reveal].count(where: \.self) > 1 {
      throw ValidationError(
        "--verify、--release、--release-all、--reveal は一度に一つです / one of these at a time")
    }
  }

  func run() throws {
    if verify { return try VerifyCommand.verify(trial, words) }
    let text = try words.wordingFaults {
      let file = try TrialFile.load(contentsOf: trial)
      let releasing = Releasing(of: file, engineVersion: Nudge.version)
      if reveal { return try revealed(releasing.reveal()) }
      if releaseAll || !release.isEmpty {
        let entries = try releasing.release(releaseAll ? nil : release, to: to)
        return releaseAll ? sealed(entries.count, file) : told(entries)
      }
      let path = try Drawing.list(named: frame, for: file)
      let outcome = try Drawing(of: file, engineVersion: Nudge.version).draw(path, force: force)
      return DrawReport(outcome, of: file.trial, language: words.language).text
    }
    try StandardOutput.write(text)
  }

  /// One line a unit, so that another program can read it.
  private func told(_ entries: [ReleaseParticulars.Entry]) -> String {
    entries.map { "\($0.unit)\t\($0.code)\t\($0.arm)\n" }.joined()
  }

  private func sealed(_ count: Int, _ file: TrialFile) -> String {
    let path = TrialFolder(of: file).sealed
    return words.language == .japanese
      ? "\(count)人分の群を \(path) に書き、台帳に記録しました。\n"
      : "\(count) arms written to \(path) and recorded.\n"
  }

  private func revealed(_ secret: SeedSecret) -> String {
    words.language == .japanese
      ? "乱数の種を公開しました：\(secret.seed)\nだれでも nudge verify で割付けを再現できます。\n"
      : "The seed is public: \(secret.seed)\nAnybody can now draw again with nudge verify.\n"
  }
}
