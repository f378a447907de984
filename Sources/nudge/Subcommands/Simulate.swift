import Analysis
import ArgumentParser
import DataSources
import Enrolment
import Ledger
import Trials

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "試験ファイルの前提から模擬データを作る / Make seeded synthetic data.")

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "書き出すファイル（省略時は標準出力） / file to write; standard output by default")
  var out: String?

  @Flag(help: "割付け前の名簿だけを作る / only the list of people, before the draw")
  var frame = false

  @Flag(help: "既存のファイルを置き換える / replace a file that exists")
  var force = false

  @OptionGroup var words: LanguageOption

  func run() throws {
    try words.wordingFaults {
      let file = try TrialFile.load(contentsOf: trial)
      let simulation = try Simulation(of: file)
      let table =
        frame
        ? simulation.frame(engineVersion: Nudge.version)
        : try simulation.data(engineVersion: Nudge.version, drawn: drawn(for: file))
      if let out {
        try AtomicFile.write(to: out, force: force) { append throws(WriteProblem) in
          try table.write(progress: ProgressLine.show, to: append)
        }
      } else {
        try table.write { bytes in try StandardOutput.write(bytes) }
      }
    }
  }

  /// The arms that were drawn with `nudge assign`, if they were.
  private func drawn(for file: TrialFile) throws -> [String: String]? {
    let record = try TrialRecord.load(for: file, engineVersion: Nudge.version)
    guard let units = record?.units, !units.isEmpty else { return nil }
    return Dictionary(units.compactMap { unit in unit.arm.map { (unit.unit, $0) } }) { first, _ in
      first
    }
  }
}
