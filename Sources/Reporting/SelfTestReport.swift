public import SelfTest
public import Vocabulary

/// The self-test in words and tables for a terminal.
public struct SelfTestReport: Sendable {
  private let test: SelfTest
  private let language: Language

  /// Makes the report.
  public init(_ test: SelfTest, language: Language) {
    self.test = test
    self.language = language
  }

  /// Everything, at most 80 columns wide.
  public var text: String {
    let parts = [
      lines(of: agreements), lines(of: peers), lines(of: calibrations), [verdict],
    ]
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func lines(of block: TableBlock) -> [String] {
    [block.caption, String(repeating: "-", count: 80)] + TextTable(block, width: 80).lines
      + block.notes.flatMap { TextLines.wrapped($0, width: 80) }
  }

  private var verdict: String {
    test.isPassed
      ? language.say(ja: "すべて合格です。", en: "Everything is as promised.")
      : language.say(
        ja: "「×」の行が約束どおりではありません。", en: "The rows marked × are not as promised.")
  }

  private func mark(_ isGood: Bool) -> String { isGood ? "○" : "×" }

  private var agreements: TableBlock {
    TableBlock(
      caption: language.say(
        ja: "1　R・Stata・論文の値との一致", en: "1  Agreement with R, Stata and papers"),
      columns: [
        .name(language.say(ja: "値", en: "Value")), .name(language.say(ja: "出典", en: "Source")),
        .number(language.say(ja: "その値", en: "Theirs")),
        .number(language.say(ja: "一致した桁", en: "Digits")), .number(""),
      ],
      rows: test.agreements.map {
        [
          $0.subject[language], $0.source, $0.printed, "\($0.digitsAgreed)/\($0.digitsPrinted)",
          mark($0.isComplete),
        ]
      })
  }

  private var peers: TableBlock {
    TableBlock(
      caption: language.say(
        ja: "2　他の道具が誤る入力", en: "2  Inputs on which other tools go wrong"),
      columns: [
        .name(language.say(ja: "入力", en: "Input")),
        .name(language.say(ja: "他の道具", en: "Another tool")),
        .name(language.say(ja: "nudge", en: "nudge")), .number(""),
      ],
      rows: test.peerCases.map {
        [$0.subject[language], $0.theirs[language], $0.ours[language], mark($0.isRight)]
      })
  }

  private var calibrations: TableBlock {
    let error = test.calibrations.compactMap(\.monteCarloError).max() ?? 0
    var block = TableBlock(
      caption: language.say(
        ja: "3　95%信頼区間が真の値を含んだ割合（模擬試験\(NumberStyle.text(count: test.replicates))回）",
        en: "3  How often 95% intervals hold the truth "
          + "(\(NumberStyle.text(count: test.replicates)) simulated trials)"),
      columns: [
        .name(language.say(ja: "試験", en: "Trial")), .name(language.say(ja: "尺度", en: "Measure")),
        .number(language.say(ja: "含んだ率", en: "Coverage")),
        .number(language.say(ja: "第一種の過誤", en: "Type I")), .number(""),
      ],
      rows: test.calibrations.map { row in
        [
          row.scenario[language], name(of: row.measure),
          percent(row.coverage),
          row.isNull ? percent(row.rejectionRate) : "",
          (row.knownMiss == nil ? mark(row.isKept) : "△")
            + (row.unanswered > 0 ? " (\(row.unanswered))" : ""),
        ]
      })
    block.rowHeads = 2
    let limit = percent(error)
    block.notes = [
      language.say(
        ja: "乱数による誤差（標準誤差）は\(limit)ポイント、種は\(test.seed)。（ ）は値の出なかった回数。",
        en: "Monte-Carlo standard error \(limit) points, seed \(test.seed). "
          + "In parentheses: trials without an answer.")
    ]
    block.notes += known
    return block
  }

  /// Each method that is known to miss, once: nothing is promised of it and no verdict rests on it.
  private var known: [String] {
    var said = Set<String>()
    return test.calibrations.compactMap(\.knownMiss).map { $0[language] }
      .filter { said.insert($0).inserted }
      .map {
        language.say(
          ja: "△ \($0)。約束には含めず、自動では選ばない。", en: "△ \($0). Not promised, not chosen by itself.")
      }
  }

  private func name(of measure: String) -> String {
    switch measure {
    case "risk": language.say(ja: "率", en: "Rate")
    case "mean": language.say(ja: "平均", en: "Mean")
    default: MeasureWording.named(measure).name[language]
    }
  }

  private func percent(_ share: Double?) -> String {
    share.map { NumberStyle(shift: 2, decimals: 2).text($0) } ?? NumberStyle.unknown
  }
}
