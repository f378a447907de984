@testable import Analysis
import Reporting
import Testing
import Vocabulary

@Suite struct TextTests {
  /// The fixture with names that no table was made for.
  private static var longNames: TrialResult {
    var result = Fixture.result
    result.trial.title = BilingualText(String(repeating: "とても長い題名", count: 20))
    for position in result.trial.arms.indices {
      result.trial.arms[position].name = BilingualText(
        ja: String(repeating: "長い文面の名前", count: 6) + "\(position)",
        en: String(repeating: "Unbreakable", count: 9) + "\(position)")
    }
    for position in result.trial.outcomes.indices {
      result.trial.outcomes[position].name = BilingualText(String(repeating: "outcome ", count: 15))
    }
    for position in result.funnel.indices {
      result.funnel[position].name = BilingualText(String(repeating: "段階", count: 25))
    }
    return result
  }

  private static var manyArms: TrialResult {
    var result = Fixture.result
    for number in 0..<20 {
      var arm = Fixture.arms[1]
      arm.id = "arm\(number)"
      arm.name = BilingualText("文面\(number)")
      result.trial.arms.append(arm)
      for step in ["sent", "opened"] {
        var row = Fixture.funnel[0]
        row.step = step
        row.arm = arm.id
        result.funnel.append(row)
      }
    }
    return result
  }

  @Test(arguments: [Fixture.result, longNames, manyArms], Language.allCases)
  func fitsEightyColumns(result: TrialResult, language: Language) throws {
    let text = try Report(result, language: language).rendered(as: .text)
    let widest = text.split(separator: "\n").map { displayWidth(of: String($0)) }.max() ?? 0
    #expect(widest <= 80)
    #expect(widest > 70)
  }

  @Test func namesAreWrappedAndNotCut() throws {
    let text = try Report(Self.longNames, language: .japanese).rendered(as: .text)
    let name = String(repeating: "長い文面の名前", count: 6)
    let letters = text.filter { !$0.isWhitespace }
    #expect(letters.contains("]\(name)1「\(name)1」を100人に"))
  }

  @Test func usesColourOnlyWhenTold() throws {
    let plain = try Report(Fixture.result, language: .japanese).rendered(as: .text)
    let colourful = try Report(Fixture.result, language: .japanese, colour: true)
      .rendered(as: .text)
    #expect(!plain.contains("\u{1B}"))
    #expect(colourful.contains("\u{1B}[31m"))
  }

  @Test func controlCharactersOfNamesDoNotReachTheTerminal() throws {
    var result = Fixture.result
    result.trial.title = BilingualText("a\u{1B}[2Jb\u{7}")
    let text = try Report(result, language: .english).rendered(as: .text)
    #expect(!text.contains("\u{1B}") && !text.contains("\u{7}"))
  }

  // The row, its figures in columns, as a person would set it:
  // name 10 columns, then each number flush right under its head.
  @Test func aTableReadsInColumns() throws {
    let text = try Report(Fixture.result, language: .japanese).rendered(as: .text)
    #expect(
      text.contains(
        "期限と予約    96/1,000  9.6%            +4.5   +2.2～+6.8  0.00011    0.00034\n"))
  }

  @Test func theSimulationIsSaidBeforeAnyNumber() throws {
    let text = try Report(Fixture.result, language: .japanese).rendered(as: .text)
    let banner = try #require(text.firstRange(of: "模擬データ（乱数で作ったデータ）"))
    let conclusion = try #require(text.firstRange(of: "結論\n"))
    #expect(banner.lowerBound < conclusion.lowerBound)
  }

  @Test func markdownEscapesPipesAndTags() throws {
    var result = Fixture.result
    result.trial.arms[1].name = BilingualText("a|b <script> *c*")
    let text = try Report(result, language: .english).rendered(as: .markdown)
    #expect(text.contains("| a\\|b &lt;script&gt; \\*c\\* |"))
    #expect(!text.contains("<script>"))
  }
}
