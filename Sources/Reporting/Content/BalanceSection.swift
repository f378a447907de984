import Analysis
import Vocabulary

/// How alike the arms were before anything was sent.
struct BalanceSection {
  let index: ResultIndex
  private var language: Language { index.language }

  /// Nil where the trial names nothing that was known before.
  var section: Section? {
    let rows = index.result.balance
    guard !rows.isEmpty else { return nil }
    return Section(
      topic: .balance, title: language.say(ja: "割付け前の群のそろい方", en: "Balance before the messages"),
      blocks: [.table(table(of: rows))])
  }

  private func table(of rows: [BalanceRow]) -> TableBlock {
    let share = NumberStyle(shift: 2, decimals: 1, suffix: "%")
    func text(_ value: Double?, _ row: BalanceRow) -> String {
      guard row.level == nil, let value else { return share.text(value) }
      return NumberStyle(decimals: NumberStyle.decimals(forMagnitude: value, significant: 3))
        .text(value)
    }
    var block = TableBlock(
      caption: language.say(
        ja: "割付け前に分かっていたことの平均・割合", en: "What was known before: means and shares"),
      columns: [
        .name(language.say(ja: "項目", en: "Covariate")),
        .name(language.say(ja: "文面", en: "Message")),
        .number(language.say(ja: "この群", en: "This arm")),
        .number(language.say(ja: "基準の群", en: "Control")),
        .number(language.say(ja: "標準化した差", en: "Std. difference")),
      ],
      rows: rows.map { row in
        [
          row.column + (row.level.map { language.say(ja: "：\($0)", en: ": \($0)") } ?? ""),
          index.armName(row.arm), text(row.mean, row), text(row.controlMean, row),
          NumberStyle(decimals: 2).signed(row.standardizedDifference),
        ]
      })
    block.rowHeads = 2
    guard index.trial.isRandomised else {
      block.notes = [
        language.say(
          ja: "標準化した差は、差を標準偏差で割った値です（目安は±0.1）。くじで分けていないため、ここに表れない違いもあります。",
          en:
            "The standardised difference is in standard deviations (±0.1 is a usual guide). Nobody was drawn: there are other "
            + "differences that no table shows.")
      ]
      return block
    }
    block.notes = [
      language.say(
        ja: "標準化した差は、差を標準偏差で割った値です（目安は±0.1）。くじで割り付けたため差は偶然によるもので、項目ごとの検定はしません。",
        en:
          "The standardised difference is in standard deviations (±0.1 is a usual guide). The draw makes every difference one of "
          + "chance, so there is no test of single rows.")
    ]
    return block
  }
}
