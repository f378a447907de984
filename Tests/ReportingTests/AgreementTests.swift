import Analysis
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// One run, one set of numbers: what a reader sees in one format stands in every other.
@Suite("All formats of one run")
struct AgreementTests {
  @Test("say the same effects, intervals and counts", arguments: Language.allCases)
  func effects(language: Language) throws {
    let report = Report(Fixture.result, language: language)
    let index = ResultIndex(result: Fixture.result, language: language)
    let (html, markdown, text) = (
      try report.rendered(as: .html), try report.rendered(as: .markdown),
      try report.rendered(as: .text).split(whereSeparator: \.isWhitespace).joined()
    )
    let csv = try report.rendered(as: .csv).split(separator: "\r\n").dropFirst()
    let json = try TrialResult(json: report.rendered(as: .json), file: "result.json")
    #expect(json == Fixture.result && csv.count == Fixture.result.everyRow.count)
    let book = try ReadWorkbook.read(report.bytes(as: .excel))
    let effects = try #require(book.sheets.dropFirst().first)
    for outcome in index.trial.outcomes {
      let style = OutcomeStyle(outcome, in: index)
      for arm in index.treatments {
        guard let row = index.row(outcome.id, arm.id, ResultIndex.everyone, outcome.difference.id)
        else { continue }
        let shown = index.text(row, as: outcome.difference, style: style.difference)
        for words in [shown.estimate, shown.interval] where words != NumberStyle.unknown {
          #expect(html.contains(words) && markdown.contains(words), "\(words)")
          #expect(text.contains(words.filter { !$0.isWhitespace }), "\(words)")
        }
        let place = try #require(Fixture.result.everyRow.firstIndex(of: row))
        let fields = csv[csv.startIndex + place].split(
          separator: ",", omittingEmptySubsequences: false)
        #expect(Double(fields[8]) == row.estimate && Double(fields[14]) == row.confLow)
        if let estimate = row.estimate {
          #expect(effects.numbers.values.contains { abs($0 - estimate) <= 1e-15 * abs(estimate) })
        }
      }
      for arm in index.trial.arms {
        guard let mean = index.mean(outcome.id, arm.id, ResultIndex.everyone) else { continue }
        let people = NumberStyle.text(count: mean.n)
        #expect(html.contains(people) && markdown.contains(people) && text.contains(people))
      }
    }
  }
}
