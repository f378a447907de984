import Analysis
public import ArgumentParser
import Foundation
import Reporting
import Synchronization
public import Trials
import Vocabulary

extension PlanningAssumptions.Unknown: ExpressibleByArgument {}

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "必要な人数・見つけられる差・検出力・予算を計算する / Size, effect, power or budget.",
    discussion: """
      前提は trial.yml の planning: と simulation: に書きます。オプションはそれより優先します。 \
      / Assumptions stand under planning: and simulation:; options overrule them.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv
  }

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "求めるもの / what to solve for: effect | units | power | budget")
  var solve: PlanningAssumptions.Unknown?

  @Option(help: "総人数 / units in all")
  var units: Int?

  @Option(help: "効果（1ポイントは0.01） / the effect; a point is 0.01")
  var effect: Double?

  @Option(help: "検出力 / power")
  var power: Double?

  @Option(help: "予算（円） / yen")
  var budget: Double?

  @Option(help: "成果指標 / which outcome; the first primary one by default")
  var outcome: String?

  @Option(help: "模擬試験の回数（Ctrl-C で途中まで） / how many trials to simulate")
  var simulate: Int?

  @Option(help: "乱数の種 / seed of the simulated trials")
  var seed: UInt64 = 20_210_601

  @Option(help: "text | json | csv")
  var format: Format = .text

  @Option(help: "plan.json、power.csv、power.svg を書き出すフォルダ / folder for these three")
  var out: String?

  @Flag(help: "既存のファイルを置き換える / replace files that exist")
  var force = false

  @OptionGroup var words: LanguageOption

  func validate() throws {
    if let units, units < 4 || units > 1_000_000_000 {
      throw ValidationError("--units: 4…1000000000")
    }
    if let power, !(power > 0.05 && power < 1) { throw ValidationError("--power: 0.05…1") }
    if let effect, !(effect > 0 && effect.isFinite) { throw ValidationError("--effect: > 0") }
    if let budget, !(budget > 0 && budget < 1e15) { throw ValidationError("--budget: > 0") }
    if let simulate, !(1...1_000_000).contains(simulate) {
      throw ValidationError("--simulate: 1…1000000")
    }
  }

  func run() throws {
    let report = try words.wordingFaults {
      let file = try TrialFile.load(contentsOf: trial)
      var assumed = file.trial.planning ?? PlanningAssumptions()
      assumed.solve = solve ?? assumed.solve
      assumed.power = power ?? assumed.power
      assumed.effect = effect ?? assumed.effect
      if let budget { (assumed.budget, assumed.units) = (budget, nil) }
      assumed.units = units ?? assumed.units
      var plan = try PowerPlan(of: file, assuming: assumed, outcome: outcome)
      if let simulate {
        let simulation = try PowerSimulation(
          of: file, assuming: assumed, units: plan.units, seed: seed)
        Interruption.catchSignals()
        plan.simulated = simulation.run(trials: simulate) { done, all in
          ProgressLine.show(done: done, of: all)
        } shouldStop: {
          Interruption.isAsked
        }
      }
      let report = PlanReport(plan, language: words.language)
      if let out {
        try OutputFolder(path: out, force: force).write([
          ("plan.json", report.json()), ("power.csv", report.csv), ("power.svg", report.curve),
        ])
      }
      return report
    }
    switch format {
    case .text: try StandardOutput.write(report.text)
    case .json: try StandardOutput.write(report.json())
    case .csv: try StandardOutput.write(report.csv)
    }
  }
}

/// Whether somebody pressed Ctrl-C: the work then ends with what is known so far.
enum Interruption {
  private static let asked = Atomic<Bool>(false)

  static var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// From now on the first Ctrl-C asks, the second ends the program.
  static func catchSignals() {
    // Whoever started us may have blocked the signal for its own threads, and so for us.
    var interrupt = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
    signal(SIGINT) { _ in
      Interruption.asked.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }
}
