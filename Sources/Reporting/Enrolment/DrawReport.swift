public import Enrolment
import Ledger
import Statistics
public import Trials
public import Vocabulary

/// What a draw did, in words and tables for a terminal.
public struct DrawReport: Sendable {
  private let outcome: Drawing.Outcome
  private let language: Language
  private let units: UnitWords

  /// Makes the report; `trial` is what was drawn for.
  public init(_ outcome: Drawing.Outcome, of trial: Trial, language: Language) {
    self.outcome = outcome
    self.language = language
    // In a stepped wedge the list holds clusters.
    let noun =
      trial.assignment.wedge == nil ? trial.counted : BilingualText(ja: "集団", en: "clusters")
    units = UnitWords(language: language, noun: noun)
  }

  /// Everything, at most 80 columns wide.
  public var text: String {
    let parts = [summary, sizes, balance, files].filter { !$0.isEmpty }
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func count(_ value: Int) -> String { NumberStyle.text(count: value) }

  private var summary: [String] {
    let frame = outcome.frame
    var lines = [
      outcome.event == nil
        ? language.say(
          ja: "新しい対象者はいません（全員が割付け済みです）。",
          en: "Nobody new: everyone on the list was drawn before.")
        : language.say(
          ja: "\(units.counted(outcome.added))を割り付け、台帳に記録しました"
            + "（記録\(outcome.event?.sequence ?? 0)）。",
          en:
            "\(count(outcome.added)) \(units.noun == nil ? "units" : units.name) drawn and recorded "
            + "(event \(outcome.event?.sequence ?? 0)).")
    ]
    var details = [
      language.say(
        ja: "名簿（\(frame.source.name)）\(count(frame.rows))行",
        en: "\(count(frame.rows)) rows in \(frame.source.name)")
    ]
    if frame.ineligible > 0 {
      details.append(
        language.say(
          ja: "対象外\(count(frame.ineligible))", en: "\(count(frame.ineligible)) not eligible"))
    }
    if frame.outsideLayer > 0 {
      details.append(
        language.say(
          ja: "他の試験・対照用に残した人\(count(frame.outsideLayer))",
          en: "\(count(frame.outsideLayer)) left to other trials or held out"))
    }
    if outcome.drawnBefore > 0 {
      details.append(
        language.say(
          ja: "割付け済み\(count(outcome.drawnBefore))",
          en: "\(count(outcome.drawnBefore)) drawn before"))
    }
    lines.append(details.joined(separator: language.say(ja: "、", en: ", ")))
    return lines.flatMap { TextLines.wrapped($0, width: 80) }
  }

  private var sizes: [String] {
    guard let sizes = outcome.sizes else {
      return TextLines.wrapped(
        language.say(
          ja: "群は伏せてあります。知らせるときは --release を使います（だれにいつ知らせたかが記録されます）。",
          en: "Arms are concealed. Tell them with --release, which records who learnt them when."),
        width: 80)
    }
    let block = TableBlock(
      caption: "",
      columns: [
        .name(language.say(ja: "群", en: "Arm")),
        .number(language.say(ja: units.title, en: "Units")),
      ],
      rows: sizes.map { [$0.arm, count($0.count)] })
    return TextTable(block, width: 80).lines
  }

  private var balance: [String] {
    guard let table = outcome.balance, !table.rows.isEmpty else { return [] }
    var block = TableBlock(
      caption: language.say(
        ja: "群のそろい方（割付け前に分かっていたこと）", en: "Balance (what was known before the draw)"),
      columns: [
        .name(language.say(ja: "項目", en: "Covariate")), .name(language.say(ja: "群", en: "Arm")),
        .number(language.say(ja: "平均・割合", en: "Mean or share")),
        .number(language.say(ja: "対照群", en: "Control")),
        .number(language.say(ja: "標準化差", en: "SMD")),
        .number(language.say(ja: "分散比", en: "Var. ratio")),
      ],
      rows: table.rows.map { row in
        [
          row.covariate + (row.level.map { " = \($0)" } ?? ""), row.arm,
          text(row.balance.mean), text(row.balance.controlMean),
          NumberStyle(decimals: 2).signed(row.balance.standardizedDifference),
          row.level == nil ? NumberStyle(decimals: 2).text(row.balance.varianceRatio) : "",
        ]
      })
    block.rowHeads = 2
    return [block.caption, String(repeating: "-", count: 80)] + TextTable(block, width: 80).lines
      + omnibus(table.omnibus)
  }

  private func text(_ value: Double?) -> String {
    guard let value else { return NumberStyle.unknown }
    return NumberStyle(decimals: NumberStyle.decimals(forMagnitude: value, significant: 3))
      .text(value)
  }

  private func omnibus(_ test: OmnibusBalance?) -> [String] {
    guard let test else { return [] }
    let p = PValueText.statement(test.pValue, alpha: BalanceTable.omnibusLimit)
    let method =
      test.method == .permutation
      ? language.say(
        ja: "同じ方法で\(count(test.draws))回引き直して比較",
        en: "compared with \(count(test.draws)) re-draws by the same design")
      : language.say(ja: "大標本のカイ二乗検定", en: "χ² test for large samples")
    let verdict =
      test.pValue < BalanceTable.omnibusLimit
      ? language.say(
        ja: "偶然では起こりにくい偏りです。名簿と割付けを確かめてから先へ進んでください。",
        en: "Chance rarely does this: look at the list and the draw before going on.")
      : test.pValue < 0.05
        ? language.say(
          ja: "偶然でも20回に1回ほどは起こる偏りです。名簿に誤りがないか、念のため確かめてください。",
          en: "Chance does this about once in twenty draws: have a look at the list to be sure.")
        : language.say(
          ja: "偶然の範囲です。項目ごとの差は調整の要否を決める材料にはなりません。",
          en: "Within chance. Single differences are no reason to adjust for a covariate.")
    return TextLines.wrapped(
      language.say(
        ja: "全項目をまとめた検定：\(p)（\(method)）。\(verdict)",
        en: "All covariates together: \(p) (\(method)). \(verdict)"), width: 80)
  }

  private var files: [String] {
    outcome.files.map { language.say(ja: "書き出し：\($0)", en: "written: \($0)") }
  }
}
