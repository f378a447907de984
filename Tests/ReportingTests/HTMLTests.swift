@testable import Analysis
import Foundation
import Testing
import Vocabulary

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct HTMLTests {
  private func page(_ result: TrialResult = Fixture.result, _ language: Language = .japanese)
    throws -> (text: String, root: XMLElement)
  {
    let text = try Report(result, language: language).rendered(as: .html)
    let document = try XMLDocument(data: Data(text.utf8))
    return (text, try #require(document.rootElement()))
  }

  private func all(_ name: String, in root: XMLElement) throws -> [XMLElement] {
    try root.nodes(forXPath: ".//*[name()='\(name)']").compactMap { $0 as? XMLElement }
  }

  @Test(arguments: Language.allCases)
  func isWellFormedAndSaysItsLanguage(language: Language) throws {
    let root = try page(Fixture.result, language).root
    #expect(root.attribute(forName: "lang")?.stringValue == language.rawValue)
  }

  @Test(arguments: Language.allCases)
  func loadsNothingAndRunsNothingElse(language: Language) throws {
    let (text, root) = try page(Fixture.result, language)
    #expect(!text.contains("http") && !text.contains("url(") && !text.contains("@import"))
    // One constant script that sorts tables.
    #expect(try all("script", in: root).map(\.stringValue) == [SortScript.text])
    for name in ["link", "img", "iframe", "object", "a"] {
      #expect(try all(name, in: root).isEmpty)
    }
    #expect(try root.nodes(forXPath: ".//@src | .//@href | .//@onload").isEmpty)
  }

  @Test(arguments: Language.allCases)
  func everyChartHasWordsAndATable(language: Language) throws {
    let root = try page(Fixture.result, language).root
    let charts = try all("svg", in: root)
    #expect(charts.count == 8)
    for chart in charts {
      #expect(chart.attribute(forName: "role")?.stringValue == "img")
      let names = try #require(chart.attribute(forName: "aria-labelledby")?.stringValue)
      for id in names.split(separator: " ") {
        let named = try root.nodes(forXPath: "//*[@id='\(id)']")
        #expect(named.count == 1)
        #expect(named.first?.stringValue?.isEmpty == false)
      }
      #expect(try chart.nodes(forXPath: "./*[name()='title']").count == 1)
      #expect(try chart.nodes(forXPath: "./*[name()='desc']").count == 1)
    }
    for figure in try all("figure", in: root) {
      #expect(try all("table", in: figure).count == 1)
    }
  }

  @Test func tablesHaveCaptionsAndScopes() throws {
    let root = try page().root
    let tables = try all("table", in: root)
    #expect(tables.count > 8)
    for table in tables {
      #expect(try table.nodes(forXPath: "./*[name()='caption']").count == 1)
      for head in try all("th", in: table) {
        #expect(["col", "row"].contains(head.attribute(forName: "scope")?.stringValue))
      }
    }
  }

  @Test func headingsSkipNoLevel() throws {
    let headings = try page().root.nodes(forXPath: ".//h1 | .//h2 | .//h3 | .//h4")
    let levels = headings.compactMap { $0.name?.last?.wholeNumberValue }
    #expect(levels.first == 1)
    #expect(levels.filter { $0 == 1 }.count == 1)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
  }

  @Test func namesCannotBecomeMarkup() throws {
    let attack = "<script>alert('x')</script>\"&]]>\u{0}"
    var result = Fixture.result
    let hostile = BilingualText(attack)
    result.trial.id = "x\"}</style><script>"
    result.trial.title = hostile
    result.trial.arms[1].name = hostile
    result.trial.arms[1].message = hostile
    result.trial.arms[1].east = [attack]
    result.trial.outcomes[0].name = hostile
    result.trial.cohorts[0].name = hostile
    result.input.file = attack
    result.trial.insights[0].barrier = hostile
    let (text, root) = try page(result)
    #expect(try all("script", in: root).map(\.stringValue) == [SortScript.text])
    #expect(text.split(separator: "<script").count == 2)
    #expect(try all("style", in: root).count == 1)
    let message = try all("blockquote", in: root).compactMap(\.stringValue)
    #expect(message.contains { $0.contains("<script>alert('x')</script>\"&]]>\u{FFFD}") })
  }

  @Test func thePrintedPageNamesTrialAndInput() throws {
    let text = try page().text
    #expect(text.contains("content: \"hokkaido-jobcafe  SHA-256 9f86d081884c7d65\""))
    #expect(text.contains("size: A4 portrait"))
  }

  @Test func theSimulationStandsInTheHeader() throws {
    let header = try #require(try all("header", in: page().root).first)
    #expect(header.stringValue?.contains("模擬データ") == true)
    var real = Fixture.result
    real.trial.simulated = false
    real.checks = []
    let clean = try #require(try all("header", in: page(real).root).first)
    #expect(clean.stringValue?.contains("模擬データ") == false)
  }

  // Contrast by the formula of WCAG 2.1 (relative luminance), on the lightest background used.
  @Test(arguments: [
    ("1c2530", "ffffff"), ("525e6b", "f4f6f8"), ("1f4f82", "ffffff"), ("176043", "ffffff"),
    ("98231d", "ffffff"), ("7a4d00", "ffffff"), ("5c3a00", "fff8e8"),
  ])
  func textHasContrast(ink: String, paper: String) {
    #expect(StyleSheet.text(pageHead: "").contains("#" + ink))
    func luminance(_ hex: String) -> Double {
      let value = Int(hex, radix: 16) ?? 0
      let channels = [value >> 16 & 255, value >> 8 & 255, value & 255].map { channel -> Double in
        let share = Double(channel) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
    let ratio = (luminance(paper) + 0.05) / (luminance(ink) + 0.05)
    #expect(ratio >= 4.5)
  }
}
