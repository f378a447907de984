import Analysis
import ArgumentParser
import Foundation
import Reporting
import Vocabulary

struct PoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool",
    abstract: "複数の試験、又は一つの試験の町をまとめる / Put several trials, or the towns of one, together.",
    discussion: """
      結果は result.json かそのフォルダで指定します。別の町が見込める範囲（予測区間）を示します。 \
      / Name results or their folders; what another place may expect is the prediction interval.
      """)

  @Argument(help: "result.json かそのフォルダ / result files or their folders")
  var results: [String]

  @Option(help: "成果指標 / which outcome; the first primary one by default")
  var outcome: String?

  @Option(help: "文面 / which arm")
  var arm: String?

  @Option(help: "一つの試験を、この列の区分（町など）でまとめる / pool the groups of one result")
  var by: String?

  @Option(help: "text | json | csv | html")
  var format: TableFormat = .text

  @Option(help: "pool.json、csv、html、svg を書き出すフォルダ / folder for four files")
  var out: String?

  @Flag(help: "既存のファイルを置き換える / replace files that exist")
  var force = false

  @OptionGroup var words: LanguageOption

  func validate() throws {
    guard !results.isEmpty else { throw ValidationError("結果を指定してください / name a result") }
    guard by == nil || results.count == 1 else {
      throw ValidationError("--by は一つの結果に使います / --by takes one result")
    }
  }

  func run() throws {
    let text = try words.wordingFaults {
      let report = PoolReport(try pooled(), language: words.language)
      if let out {
        try OutputFolder(path: out, force: force).write([
          ("pool.json", try report.json()), ("pool.csv", report.csv), ("pool.html", report.html),
          ("pool.svg", report.forest),
        ])
      }
      return try format.text(of: report)
    }
    try StandardOutput.write(text)
  }

  private func pooled() throws -> PooledEffect {
    let loaded = try results.map { path in (path: path, result: try TrialResult.load(path)) }
    if let by {
      return try PooledEffect(
        loaded[0].result, file: loaded[0].path, by: by, outcome: outcome, arm: arm)
    }
    return try PooledEffect(
      loaded.map { ($0.result.trial.title[words.language], $0.path, $0.result) }, outcome: outcome,
      arm: arm)
  }
}
