import ArgumentParser
import Enrolment
import Reporting
import Trials
import Vocabulary

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "台帳・計画・割付け・結果を照合する / Check ledger, protocol, draw and files.",
    discussion: "ネットワークは使いません。 / Works offline.")

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @OptionGroup var words: LanguageOption

  func run() throws { try Self.verify(trial, words) }

  static func verify(_ trial: String, _ words: LanguageOption) throws {
    let verification = try words.wordingFaults {
      try FolderVerification(
        of: TrialFile.load(contentsOf: trial), engineVersion: Nudge.version)
    }
    try StandardOutput.write(
      VerificationReport(verification, language: words.language).text)
    if !verification.isSound {
      throw CommandFailure(
        checkFailed: words.language == .japanese
          ? "記録と一致しないものがあります。" : "Something does not agree with the record.")
    }
  }
}
