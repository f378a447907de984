import ArgumentParser
import DataSources
import Foundation
import SQLiteSource
import Vocabulary

#if Postgres
  import PostgresSource
#endif
#if Spark
  import SparkSource
#endif

/// The command line: thin commands over the libraries.
@main
struct Nudge: ParsableCommand {
  /// The version that results carry.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "nudge",
    abstract: "ナッジの効果検証 / Trials of message variants: define, analyse, report.",
    discussion: """
      TRIAL は trial.yml かそのフォルダです。 / TRIAL is a trial.yml or its folder.
      終了コード / exit codes: 0 完了 done, 1 点検で問題 a check failed, 2 入力の誤り wrong input, \
      70 内部の誤り our own fault.
      """,
    version: version,
    subcommands: [
      New.self, CheckCommand.self, PlanCommand.self, LockCommand.self, AmendCommand.self,
      AssignCommand.self,
      LogCommand.self, VerifyCommand.self, MonitorCommand.self, Analyze.self, ReportCommand.self,
      RolloutCommand.self, PoolCommand.self, KPICommand.self,
      Simulate.self, SQLCommand.self,
      SelfTestCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try DatabaseAdapter.$known.withValue(adapters) { try command.run() }
    } catch let failure as CommandFailure {
      StandardError.write(failure.text)
      Foundation.exit(failure.exitCode)
    } catch {
      leave(because: error)
    }
  }

  /// The databases that this program reads: SQLite, and what the package's traits add.
  private static let adapters: [DatabaseAdapter] = [.sqlite] + postgres + spark

  #if Postgres
    private static let postgres: [DatabaseAdapter] = [.postgres]
  #else
    private static let postgres: [DatabaseAdapter] = []
  #endif

  #if Spark
    private static let spark: [DatabaseAdapter] = [.spark]
  #else
    private static let spark: [DatabaseAdapter] = []
  #endif

  /// ArgumentParser's own errors: help and version are answers, wrong usage is wrong input.
  private static func leave(because error: any Error) -> Never {
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    if code.isSuccess {
      try? StandardOutput.write(text + "\n")
      Foundation.exit(0)
    }
    if !text.isEmpty { StandardError.write(text) }
    Foundation.exit(code == .validationFailure ? 2 : code == .failure ? 70 : code.rawValue)
  }
}

/// Why a command stops, already worded for the person at the terminal.
struct CommandFailure: Error {
  let text: String
  let exitCode: Int32

  /// Wrong input: every fault on its own line.
  init(_ faults: Faults, in language: Language) {
    text = faults.all.map { $0.line(in: language) }.joined(separator: "\n")
    exitCode = 2
  }

  /// The analysis ran, and a check failed.
  init(checkFailed text: String) {
    self.text = text
    exitCode = 1
  }
}
