public import Analysis
import Trials
public import Vocabulary

/// A plan in words and tables for a terminal, and as files.
public struct PlanReport: Sendable {
  private let plan: PowerPlan
  private let language: Language
  private var words: PlanWording { PlanWording(plan, language) }

  /// Makes the report.
  public init(_ plan: PowerPlan, language: Language) {
    self.plan = plan
    self.language = language
  }

  /// Everything, at most 80 columns wide.
  public var text: String {
    let lead = ([words.answer] + words.judgement).flatMap { TextLines.wrapped($0, width: 80) }
    let yardstick = words.yardstick.map { TextLines.wrapped($0, width: 80) } ?? []
    let parts =
      [lead, lines(of: assumptions), lines(of: PowerCurve(plan: plan, language: language).table)]
      + [steps.map(lines) ?? [], simulated.map(lines) ?? [], yardstick]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  /// Everything for programs.
  public func json() throws -> String {
    try PlainJSON.text(of: plan)
  }

  /// The power curve as a table for programs.
  public var csv: String {
    let rows = plan.curve.map { point in
      "\(point.units),\(point.detectable.map { "\($0)" } ?? ""),\(point.power.map { "\($0)" } ?? "")"
    }
    return (["units,detectable_effect,power"] + rows).joined(separator: "\r\n") + "\r\n"
  }

  /// The power curve as an SVG file.
  public var curve: String { PowerCurve(plan: plan, language: language).chart.standalone }

  private func lines(of block: TableBlock) -> [String] {
    [block.caption] + TextTable(block, width: 80).lines
      + block.notes.flatMap { TextLines.wrapped($0, width: 80) }
  }

  private var assumptions: TableBlock {
    let assumed = plan.assumptions
    let share = NumberStyle(shift: 2, decimals: 1, suffix: "%")
    var rows: [[String]] = []
    if let baseline = plan.baseline {
      let origin =
        plan.isBaselineSimulated
        ? language.say(ja: "（simulation から）", en: " (from simulation)") : ""
      rows.append([
        language.say(ja: "現行文面での水準", en: "Level under the control"),
        (plan.isRate ? share.text(baseline) : NumberStyle(decimals: 2).text(baseline)) + origin,
      ])
    }
    rows.append([
      language.say(ja: "有意水準", en: "Significance"),
      NumberStyle(decimals: 4).text(plan.significance)
        + (plan.comparisons > 1
          ? language.say(
            ja: "（全体の誤りを\(plan.comparisons)件の比較で分ける）",
            en: " (shared by \(plan.comparisons) comparisons)") : ""),
    ])
    if plan.designEffect > 1 {
      rows.append([
        language.say(ja: "まとまりによる増し（設計効果）", en: "Design effect of clusters"),
        NumberStyle(decimals: 2).text(plan.designEffect),
      ])
    }
    if plan.inflation > 1 {
      rows.append([
        language.say(ja: "途中で見ることによる増し", en: "Price of the looks"),
        NumberStyle(decimals: 3).text(plan.inflation),
      ])
    }
    if assumed.attrition > 0 {
      rows.append([
        language.say(ja: "結果が分からない人", en: "Attrition"), share.text(assumed.attrition),
      ])
    }
    if assumed.takeup < 1 {
      rows.append([language.say(ja: "働きかけを受け取る人", en: "Take-up"), share.text(assumed.takeup)])
    }
    if assumed.explained > 0 {
      rows.append([
        language.say(ja: "層・共変量で説明できる分散", en: "Variance explained"),
        share.text(assumed.explained),
      ])
    }
    if let budget = plan.budget {
      rows.append([
        language.say(ja: "費用（円）", en: "Cost (yen)"),
        NumberStyle.text(count: budget < 1e15 ? Int(budget.rounded(.up)) : Int.max),
      ])
    }
    return TableBlock(
      caption: language.say(ja: "前提", en: "Assumptions"),
      columns: [
        .name(language.say(ja: "項目", en: "What")), .name(language.say(ja: "値", en: "Value")),
      ],
      rows: rows)
  }

  private var steps: TableBlock? {
    guard !plan.steps.isEmpty else { return nil }
    return TableBlock(
      caption: language.say(ja: "手前の段階", en: "Earlier steps"),
      columns: [
        .name(language.say(ja: "段階", en: "Step")),
        .number(language.say(ja: "現在", en: "Now")),
        .number(language.say(ja: "見つけられる最小の差", en: "Smallest effect found")),
        .number(language.say(ja: "求められる差", en: "Effect needed")), .name(""),
      ],
      rows: plan.steps.map { step in
        [
          step.name[language], words.rate(step.baseline),
          step.detectable.map(words.effect) ?? NumberStyle.unknown,
          step.isPossible
            ? words.effect(step.needed) : language.say(ja: "届かない", en: "out of reach"),
          step.carries
            ? language.say(ja: "○ 確かめられる", en: "○ can carry it")
            : language.say(ja: "×", en: "×"),
        ]
      })
  }

  private var simulated: TableBlock? {
    guard let simulated = plan.simulated else { return nil }
    let share = NumberStyle(shift: 2, decimals: 1)
    var block = TableBlock(
      caption: language.say(
        ja: "模擬試験（実際の割付けと分析を\(NumberStyle.text(count: simulated.finished))回）",
        en:
          "Simulated trials (\(NumberStyle.text(count: simulated.finished)), drawn and analysed as planned)"
      ),
      columns: [
        .name(language.say(ja: "群", en: "Arm")),
        .number(language.say(ja: "真の差", en: "Truth")),
        .number(language.say(ja: "検出力%", en: "Power %")),
        .number(language.say(ja: "誤差", en: "MC error")),
        .number(language.say(ja: "区間が真値を含む%", en: "Coverage %")),
        .number(language.say(ja: "符号の誤り%", en: "Type S %")),
        .number(language.say(ja: "誇張（倍）", en: "Type M")),
      ],
      rows: simulated.comparisons.map { row in
        [
          row.arm, words.difference(row.truth), share.text(row.power),
          share.text(row.monteCarloError),
          share.text(row.trials > 0 ? Double(row.covered) / Double(row.trials) : nil),
          share.text(row.wrongSignShare), NumberStyle(decimals: 2).text(row.exaggeration),
        ]
      })
    block.notes = [
      language.say(
        ja: "一回\(NumberStyle.text(count: simulated.units))人、種\(simulated.seed)。符号の誤りと誇張は、"
          + "差が見つかった試験の中での割合と倍率（Gelman & Carlin 2014）。",
        en:
          "\(NumberStyle.text(count: simulated.units)) units each, seed \(simulated.seed). Type S and M: wrong signs "
          + "and exaggeration among the trials that found a difference (Gelman & Carlin 2014).")
    ]
    if simulated.finished < simulated.asked {
      block.notes.append(
        language.say(
          ja: "途中で止めました（\(simulated.asked)回のうち\(simulated.finished)回）。",
          en: "Stopped early (\(simulated.finished) of \(simulated.asked))."))
    }
    return block
  }
}
