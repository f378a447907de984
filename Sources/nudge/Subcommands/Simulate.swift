import Analysis
import ArgumentParser
import DataSources
import Trials

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "試験ファイルの前提から模擬データを作る / Make seeded synthetic data.")

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "書き出すファイル（省略時は標準出力） / file to write; standard output by default")
  var out: String?

  @Flag(help: "既存のファイルを置き換える / replace a file that exists")
  var force = false

  @OptionGroup var words: LanguageOption

  func run() throws {
    let text = try words.wordingFaults {
      let file = try TrialFile.load(contentsOf: trial)
      let text = try Simulation(of: file).csv(engineVersion: Nudge.version)
      if let out { try AtomicFile.write(text, to: out, force: force) }
      return text
    }
    if out == nil { try StandardOutput.write(text) }
  }
}
