import ArgumentParser
import Reporting
import SelfTest
import Vocabulary

struct SelfTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "数値の自己点検 / Agreement with reference values, and simulated coverage.")

  @Flag(help: "模擬試験を20,000回ずつ行う（数分） / 20,000 simulated trials each (minutes)")
  var full = false

  @Option(help: "乱数の種 / seed of the simulated trials")
  var seed: UInt64 = 20_210_601

  @OptionGroup var words: LanguageOption

  func run() throws {
    let test = SelfTest(replicates: full ? 20_000 : 2000, seed: seed) { done, all in
      ProgressLine.show(done: done, of: all)
    }
    try StandardOutput.write(SelfTestReport(test, language: words.language).text)
    if !test.isPassed {
      throw CommandFailure(
        checkFailed: words.language == .japanese
          ? "自己点検に合格しませんでした。" : "The self-test did not pass.")
    }
  }
}
