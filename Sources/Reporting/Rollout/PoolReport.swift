public import Analysis
import Trials
public import Vocabulary

/// Several trials, or the towns of one, in words, a table and a forest plot.
public struct PoolReport: TableReport, Sendable {
  private let pooled: PooledEffect
  private let language: Language

  /// Makes the report.
  public init(_ pooled: PooledEffect, language: Language) {
    self.pooled = pooled
    self.language = language
  }

  /// Everything, at most 80 columns wide.
  public var text: String {
    let lead = sentences.flatMap { TextLines.wrapped($0, width: 80) }
    let studies =
      [table.caption] + TextTable(table, width: 80).lines
      + table.notes.flatMap { TextLines.wrapped($0, width: 80) }
    return [lead, studies].map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// Everything for programs.
  public func json() throws -> String {
    try PlainJSON.text(of: pooled)
  }

  /// The studies as a table for programs, the average and the prediction below them.
  public var csv: String {
    func line(
      _ name: String, _ kind: String, _ values: [Double?], n: Int? = nil
    ) -> String {
      ([CSVField.text(name), kind] + values.map(CSVField.number) + [n.map(String.init) ?? ""])
        .joined(separator: ",")
    }
    let studies = pooled.studies.map { study in
      line(
        study.name, "study",
        [
          study.estimate, study.stdError, study.confLow, study.confHigh, study.weight,
          study.shrunken,
        ], n: study.n)
    }
    let summary = [
      line(
        "pooled", "mean",
        [pooled.estimate, pooled.stdError, pooled.confLow, pooled.confHigh, nil, nil]),
      line(
        "new place", "prediction",
        [pooled.estimate, nil, pooled.predLow, pooled.predHigh, nil, nil]),
    ]
    return (["name,kind,estimate,std_error,low,high,weight,shrunken,n"] + studies + summary)
      .joined(separator: "\r\n") + "\r\n"
  }

  /// One page.
  public var html: String {
    HTMLPage(
      document: Document(
        title: pooled.outcome[language], facts: [], warnings: [],
        sections: [
          Section(
            topic: .verdict, title: language.say(ja: "まとめ", en: "Together"),
            blocks: sentences.enumerated().map { $0 == 0 ? .lead($1) : .paragraph($1) }),
          Section(
            topic: .comparison, title: language.say(ja: "それぞれの結果", en: "Each by itself"),
            blocks: [.figure(chart), .table(table)]),
        ]),
      language: language, kind: language.say(ja: "統合報告書", en: "Pooled report"),
      pageHead: language.say(ja: "nudge pool", en: "nudge pool")
    ).text
  }

  /// The forest plot as an SVG file.
  public var forest: String { chart.standalone }

  // MARK: - Words

  private var unit: String {
    pooled.isRate ? language.say(ja: "ポイント", en: " points") : ""
  }

  private var style: NumberStyle {
    let widths = pooled.studies.map { ($0.confHigh - $0.confLow) / 2 }.filter { $0 > 0 }
    let shift = pooled.isRate ? 2 : 0
    return NumberStyle(
      shift: shift,
      decimals: NumberStyle.decimals(
        forHalfWidth: widths.min() ?? 1, shift: shift, atLeast: pooled.isRate ? 1 : 0))
  }

  private func range(_ low: Double?, _ high: Double?) -> String {
    guard let low, let high else { return NumberStyle.unknown }
    return "\(style.signed(low))～\(style.signed(high))"
  }

  private var level: String { NumberStyle(shift: 2, decimals: 0).text(pooled.level) + "%" }

  /// What the next town may expect, and how it is known.
  private var sentences: [String] {
    let count = pooled.studies.count
    let name = pooled.outcome[language]
    guard let estimate = pooled.estimate else {
      return [
        language.say(
          ja: "使える結果が\(count)件しかないため、まとめることができません（二つ以上必要です）。",
          en: "There are only \(count) results to use; pooling needs two.")
      ]
    }
    var lines: [String] = []
    if let low = pooled.predLow, let high = pooled.predHigh {
      let share = Int((pooled.level * 20).rounded())
      lines.append(
        language.say(
          ja: "同じような町で実施した場合、20回中\(share)回は、「\(name)」の変化が\(range(low, high))\(unit)の範囲に入ると見込まれます"
            + (low > 0 || high < 0 ? "。" : "（変わらない、又は逆になる町もありえます）。"),
          en:
            "In \(share) of 20 places like these, the change of “\(name)” is expected to lie between "
            + "\(style.signed(low)) and \(style.signed(high))\(unit)"
            + (low > 0 || high < 0 ? "." : "; in some there may be none, or the opposite."))
      )
    } else {
      lines.append(
        language.say(
          ja: "別の町での範囲を示すには、三つ以上の結果が必要です。",
          en: "Three results are needed to say what another place may expect."))
    }
    lines.append(
      language.say(
        ja:
          "\(count)件の平均は\(style.signed(estimate))\(unit)です（\(level)信頼区間 \(range(pooled.confLow, pooled.confHigh))）。"
          + "信頼区間は平均の不確かさ、上の範囲は一つの町の見込みです。",
        en:
          "The average of \(count) is \(style.signed(estimate))\(unit) (\(level) confidence interval "
          + "\(range(pooled.confLow, pooled.confHigh))). The interval is about the average; what one place may expect is the "
          + "range above."))
    if let tau = pooled.tau {
      let share = NumberStyle(shift: 2, decimals: 0, suffix: "%").text(pooled.iSquared)
      let bounds =
        pooled.tauLow.map { low in
          "\(style.text(low))～\(pooled.tauHigh.map(style.text) ?? language.say(ja: "上限なし", en: "unbounded"))"
        } ?? NumberStyle.unknown
      lines.append(
        language.say(
          ja: "真の効果の町による違い（標準偏差 τ）は\(style.text(tau))\(unit)（\(level)区間 \(bounds)）、"
            + "結果のばらつきのうち偶然を超える割合（I²）は\(share)です。",
          en:
            "True effects differ by \(style.text(tau))\(unit) between places (standard deviation τ; \(level) interval "
            + "\(bounds)); \(share) of the spread is more than chance (I²)."))
    }
    return lines
  }

  private var table: TableBlock {
    let percent = NumberStyle(shift: 2, decimals: 0, suffix: "%")
    var block = TableBlock(
      caption: pooled.outcome[language],
      columns: [
        .name(language.say(ja: "試験・地域", en: "Trial or place")),
        .number(language.say(ja: "人数", en: "n")),
        .number(
          language.say(ja: "差", en: "Difference")
            + (pooled.isRate ? language.say(ja: "（ポイント）", en: " (points)") : "")),
        .number(language.say(ja: "\(level)区間", en: "\(level) interval")),
        .number(language.say(ja: "重み", en: "Weight")),
        .number(language.say(ja: "縮約後", en: "Shrunken")),
      ],
      rows: pooled.studies.map { study in
        [
          study.name, study.n.map(NumberStyle.text(count:)) ?? NumberStyle.unknown,
          style.signed(study.estimate), range(study.confLow, study.confHigh),
          percent.text(study.weight), style.signed(study.shrunken),
        ]
      })
    block.rows.append([
      language.say(ja: "平均", en: "Average"), "", style.signed(pooled.estimate),
      range(pooled.confLow, pooled.confHigh), "", "",
    ])
    block.rows.append([
      language.say(ja: "別の町の見込み", en: "Another place"), "", style.signed(pooled.estimate),
      range(pooled.predLow, pooled.predHigh), "", "",
    ])
    block.notes = pooled.leftOut.map { left in
      left.name + language.say(ja: "：", en: ": ") + left.note.words(in: language) { $0 }
    }
    block.notes.append(
      language.say(
        ja: "変量効果モデル（REML、Hartung–Knapp）。見込みの範囲は t 分布（自由度 件数−2）による予測区間です"
          + "（Higgins ほか 2009）。公表された結果だけを集めると、平均は実際より大きくなりがちです。",
        en:
          "Random effects (REML, Hartung–Knapp); the prediction interval is t with k − 2 degrees of freedom "
          + "(Higgins et al. 2009). Published results alone make an average too large."))
    return block
  }

  private var chart: Chart {
    let studies = pooled.studies.map { study in
      EffectRange(
        study.name, study.estimate, study.confLow, study.confHigh,
        text: "\(style.signed(study.estimate))（\(range(study.confLow, study.confHigh))）",
        marker: .square)
    }
    let summary = [
      EffectRange(
        language.say(ja: "平均", en: "Average"), pooled.estimate, pooled.confLow, pooled.confHigh,
        text: "\(style.signed(pooled.estimate))（\(range(pooled.confLow, pooled.confHigh))）",
        marker: .hollowSquare, isSummary: true),
      EffectRange(
        language.say(ja: "別の町の見込み", en: "Another place"), nil, pooled.predLow,
        pooled.predHigh, text: range(pooled.predLow, pooled.predHigh), marker: .circle),
    ]
    return RangePlot(
      title: language.say(
        ja: "\(pooled.outcome[language])：それぞれの効果と、別の町の見込み",
        en: "\(pooled.outcome[language]): each effect, and what another place may expect"),
      description: sentences.joined(separator: " "),
      note: language.say(
        ja: "■ それぞれの推定値と\(level)区間、□ 平均と信頼区間、印のない線は別の町の予測区間です。",
        en:
          "Filled squares: estimates with \(level) intervals; hollow square: the average; the bare line: the prediction "
          + "interval of another place."),
      axisTitle: pooled.isRate
        ? language.say(ja: "差（ポイント）", en: "Difference (percentage points)")
        : language.say(ja: "差", en: "Difference"),
      scale: pooled.isRate ? 100 : 1, rows: studies + summary, table: table
    ).chart
  }
}
