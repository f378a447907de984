import Analysis
import Vocabulary

/// The planned comparison beside the same by other methods: drawn again, as a posterior, at any time.
struct SupplementTables {
  let index: ResultIndex

  /// Methods × arms; nil where the trial asks for none.
  func table(of outcome: TrialSummary.OutcomeSummary) -> TableBlock? {
    let rows = index.rows(of: outcome.id).filter {
      MethodWording.supplements.contains($0.estimator)
    }
    guard !rows.isEmpty else { return nil }
    let language = index.language
    let style = index.style(of: outcome)
    var block = TableBlock(
      caption: index.outcomeName(outcome.id),
      columns: [
        .name(language.say(ja: "文面", en: "Message")),
        .name(language.say(ja: "方法", en: "Method")),
        .number(outcome.difference.name[language]),
        .number(language.say(ja: "区間", en: "Interval")),
        .number(language.say(ja: "p値", en: "p-value")),
      ],
      rows: [])
    block.rowHeads = 2
    for row in rows {
      let effect = index.text(row, as: .named(row.measure), style: style.difference)
      block.rows.append([
        index.armName(row.arm), name(of: row), effect.estimate, effect.interval,
        row.pValue == nil ? "" : index.pValue(row.pValue, of: row),
      ])
    }
    block.notes = notes(of: rows, style: style.difference)
    return block
  }

  /// The method, with its level where that is not the report's.
  private func name(of row: ResultRow) -> String {
    let name = MethodWording.shortEstimator(row.estimator, index.language)
    guard abs(row.confLevel - index.trial.level) > 1e-9 else { return name }
    let level = NumberStyle(shift: 2, decimals: 0).text(row.confLevel)
    return name + index.language.say(ja: "（\(level)%区間）", en: " (\(level)%)")
  }

  /// Each thing once, with the messages that it is true of.
  private func notes(of rows: [ResultRow], style: NumberStyle) -> [String] {
    let language = index.language
    var said: [(method: String, text: String, arms: [String])] = []
    for row in rows {
      let method = MethodWording.shortEstimator(row.estimator, language)
      for note in row.notes where note != .withheld {
        let text = note.words(in: language, style: style) ?? index.words(note)
        if let place = said.firstIndex(where: { $0.method == method && $0.text == text }) {
          said[place].arms.append(index.armName(row.arm))
        } else {
          said.append((method, text, [index.armName(row.arm)]))
        }
      }
    }
    return said.map { method, text, arms in
      let isAboutAll = arms.count == index.treatments.count && arms.count > 1
      let label = (isAboutAll ? [] : arms) + [method]
      return label.joined(separator: language.say(ja: "・", en: ", "))
        + language.say(ja: "：", en: ": ") + text
    }
  }
}

extension Note {
  /// Words for a number that is an effect, in the style of the outcome's effects; nil for any other.
  func words(in language: Language, style: NumberStyle) -> String? {
    let unit = style.shift == 2 ? language.say(ja: "ポイント", en: " points") : ""
    var fine = style
    fine.decimals += 2
    switch self {
    case .posterior(let better, let armLoss, let controlLoss):
      let percent = NumberStyle(shift: 2, decimals: 1).text(better) + "%"
      return language.say(
        ja: "この文面の方が良い確率は\(percent)。選んだ場合に失う期待値は\(fine.text(armLoss))\(unit)、"
          + "現行のままの場合は\(fine.text(controlLoss))\(unit)。",
        en: "It is the better one with probability \(percent); choosing it is expected to lose "
          + "\(fine.text(armLoss))\(unit), keeping the control \(fine.text(controlLoss))\(unit).")
    case .prior(let mean, let spread):
      return language.say(
        ja:
          "データを見る前の見込み（事前分布）は、平均\(style.text(mean))\(unit)、標準偏差\(style.text(spread))\(unit)の正規分布です。",
        en: "Believed beforehand: a normal distribution with mean \(style.text(mean))\(unit) and "
          + "standard deviation \(style.text(spread))\(unit).")
    case .margin(let margin):
      return language.say(
        ja: "あらかじめ定めた差の限度は\(style.text(margin))\(unit)です。",
        en: "The margin set in advance is \(style.text(margin))\(unit).")
    case .look(let look, let count, let boundary, let median?):
      let read = Note.look(look, of: count, boundary: boundary, medianUnbiased: nil)
        .inferenceWords(in: language)
      return read
        + language.say(
          ja: "途中で打ち切りうることを補正した推定値（中央値不偏）は\(style.signed(median))\(unit)です。",
          en: " The median-unbiased estimate is \(style.signed(median))\(unit).")
    default:
      return nil
    }
  }
}
