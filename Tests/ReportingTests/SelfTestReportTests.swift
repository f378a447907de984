import SelfTest
import Testing
import Vocabulary

@testable import Reporting

struct SelfTestReportTests {
  private static let test = SelfTest(replicates: 20, seed: 3)

  @Test("the self-test fits a terminal and says how it came out", arguments: Language.allCases)
  func text(language: Language) {
    let text = SelfTestReport(Self.test, language: language).text
    for line in text.split(separator: "\n") {
      #expect(displayWidth(of: String(line)) <= 80, "\(line)")
    }
    #expect(text.contains("Lan–DeMets"))
    #expect(text.contains("GrowthBook"))
    #expect(text.contains(language == .japanese ? "すべて合格です。" : "Everything is as promised."))
  }
}
