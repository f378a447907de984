import Analysis
import Foundation
import Testing
import Vocabulary

@testable import Reporting

@Suite("Icons, flow, certainty and questions")
struct SummaryTests {
  private static func index(_ language: Language = .japanese) -> ResultIndex {
    ResultIndex(result: Fixture.result, language: language)
  }

  // 5.1 %, 5.8 %, 7.4 % and 9.6 % of the fixture are 5, 6, 7 and 10 of a hundred.
  @Test("no section is forgotten where there are no pictures, but the one of pictures")
  func readingOrder() {
    #expect(Set(Document.readingOrder) == Set(Section.Topic.allCases).subtracting([.comparison]))
  }

  @Test("a hundred icons an arm, as many dark as its rate, shapes for what differs")
  func icons() throws {
    let index = Self.index()
    let outcome = try #require(index.chartedOutcomes.first)
    let chart = try #require(IconArray(outcome, in: index)).chart
    let svg = chart.svg(id: "x").rendered
    func count(_ text: String) -> Int { svg.components(separatedBy: text).count - 1 }
    let arms = Fixture.result.trial.arms.count
    let counts = chart.table.rows.compactMap { Int($0[1]) }
    #expect(counts.count == arms && counts[0] == 5)
    let extra = counts.reduce(0) { $0 + max(0, $1 - counts[0]) }
    #expect(count("<rect") == extra)
    #expect(count("class=\"person\"") == counts.reduce(0) { $0 + 100 - max($1, counts[0]) })
    #expect(
      count("<circle") + count("<rect") == 100 * arms
        - counts.reduce(0) { $0 + max(0, counts[0] - $1) })
  }

  @Test("every box of the flow is the sum of those it leads to", arguments: Language.allCases)
  func flow(language: Language) throws {
    let chart = try #require(FlowDiagram(Self.index(language))).chart
    for row in chart.table.rows {
      let numbers = row.dropFirst().compactMap { Int($0.filter { $0 != "," }) }
      #expect(numbers.count == 3 && numbers[0] == numbers[1] + numbers[2])
    }
    #expect(!chart.description.isEmpty && chart.height > 100)
  }

  @Test(
    "certainty, circumstances and questions read in both languages", arguments: Language.allCases)
  func words(language: Language) {
    let section = CertaintySection(views: [Self.index(language)])
    #expect(section.blocks.count == 4 && section.questions.count == 6)
    #expect(section.questions.allSatisfy { !$0.term.isEmpty && !$0.text.isEmpty })
    for reason in Certainty.Reason.allCases {
      #expect(reason.words(in: .japanese) != reason.words(in: .english))
    }
    #expect(CertaintySection.about(11_761) == "12,000" && CertaintySection.about(46) == "46")
    #expect(CertaintySection.about(100) == "100" && CertaintySection.about(101) == "110")
  }
}
