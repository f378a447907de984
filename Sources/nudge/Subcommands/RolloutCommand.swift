import Analysis
import ArgumentParser
import DataSources
import Foundation
import Reporting
import Trials
import Vocabulary

struct RolloutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollout",
    abstract: "市町村に広げた場合の見込みを表にする / What a result would mean for each municipality.",
    discussion: """
      市町村の一覧、費用、まとめる試験（pool）は trial.yml の rollout: に書きます。--out は rollout.json、csv、html、xlsx を書きます。 \
      / Municipalities and costs stand under rollout:; --out writes four files.
      """)

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "すでにある result.json（省略時は分析する） / a result that is there; analysed by default")
  var result: String?

  @Option(
    help: "まとめて使う他の試験の結果（複数可） / results of other trials to pool with this one")
  var with: [String] = []

  @Option(help: "この列の区分（町など）をまとめて使う / pool the groups of this column, such as towns")
  var by: String?

  @Option(help: "text | json | csv | html")
  var format: TableFormat = .text

  @Option(help: "書き出すフォルダ / folder for the files")
  var out: String?

  @Flag(help: "既存のファイルを置き換える / replace files that exist")
  var force = false

  @OptionGroup var words: LanguageOption

  func run() throws {
    let text = try words.wordingFaults {
      let file = try TrialFile.load(contentsOf: trial)
      let found =
        try result.map { try TrialResult.load($0) }
        ?? TrialResult.analyzing(file, engineVersion: Nudge.version)
      let report = RolloutReport(
        try RolloutTable(of: found, in: file, pooled: try pooled(found, file)),
        language: words.language)
      if let out {
        try OutputFolder(path: out, force: force).write([
          ("rollout.json", Array(try report.json().utf8)), ("rollout.csv", Array(report.csv.utf8)),
          ("rollout.html", Array(report.html.utf8)), ("rollout.xlsx", try report.workbook()),
        ])
      }
      return try format.text(of: report)
    }
    try StandardOutput.write(text)
  }

  private func pooled(_ found: TrialResult, _ file: TrialFile) throws -> PooledEffect? {
    let plan = file.trial.rollout
    if let by {
      return try PooledEffect(
        found, file: file.path, by: by, outcome: plan?.outcome, arm: plan?.arm)
    }
    let own = try (plan?.pool ?? []).map { path in
      let other = try TrialFile.load(contentsOf: file.path(of: path))
      return (path, try TrialResult.analyzing(other, engineVersion: Nudge.version))
    }
    let others = try own + with.map { path in (path, try TrialResult.load(path)) }
    guard !others.isEmpty else { return nil }
    return try PooledEffect(
      [(found.trial.title[words.language], file.path, found)]
        + others.map { ($1.trial.title[words.language], $0, $1) },
      outcome: plan?.outcome, arm: plan?.arm)
  }
}
