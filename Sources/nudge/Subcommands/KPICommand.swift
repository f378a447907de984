import Analysis
import ArgumentParser
import Foundation
import Reporting
import Trials
import Vocabulary

struct KPICommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kpi",
    abstract: "KPI検証シートを作る / The KPI sheet of a programme.",
    discussion: """
      kpi.yml に、年度ごとの計画と実績を書きます。効果検証の結果は、KPI とは分けて示します。 \
      / Plan and actual of each year stand in kpi.yml; what a trial found is shown apart.
      """)

  @Argument(help: "kpi.yml かそのフォルダ / the file or its folder")
  var plan: String

  @Option(help: "並べて示す試験の結果 / a trial's result to show apart")
  var result: String?

  @Option(help: "text | json | csv | html")
  var format: TableFormat = .text

  @Option(help: "kpi.json、csv、html、xlsx を書き出すフォルダ / folder for four files")
  var out: String?

  @Flag(help: "既存のファイルを置き換える / replace files that exist")
  var force = false

  @OptionGroup var words: LanguageOption

  func run() throws {
    let (text, warnings) = try words.wordingFaults {
      let file = try KPIFile.load(contentsOf: plan)
      let named = result ?? file.plan.result.map { $0.hasPrefix("/") ? $0 : file.folder + $0 }
      let sheet = KPISheet(file.plan, result: try named.map { try TrialResult.load($0) })
      let report = KPIReport(sheet, language: words.language)
      if let out {
        try OutputFolder(path: out, force: force).write([
          ("kpi.json", Array(try report.json().utf8)), ("kpi.csv", Array(report.csv.utf8)),
          ("kpi.html", Array(report.html.utf8)), ("kpi.xlsx", try report.workbook()),
        ])
      }
      return (try format.text(of: report), report.warnings)
    }
    try StandardOutput.write(text)
    guard warnings.isEmpty else {
      throw CommandFailure(checkFailed: warnings.joined(separator: "\n"))
    }
  }
}
