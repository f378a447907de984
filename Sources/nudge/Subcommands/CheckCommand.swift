import Analysis
import ArgumentParser
import Trials
import Vocabulary

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "定義とデータを点検する / Check the definition, then the data.")

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @OptionGroup var words: LanguageOption

  func run() throws {
    let answer = try words.wordingFaults {
      try DataCheck.run(on: TrialFile.load(contentsOf: trial))
    }
    try StandardOutput.write(answer.words[words.language] + "\n")
  }
}
