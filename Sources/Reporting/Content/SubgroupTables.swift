import Analysis
import Vocabulary

/// Whether effects differ between groups: a sentence on the one test, and a row a group.
struct SubgroupTables {
  let index: ResultIndex

  func blocks(of finding: SubgroupFinding) -> [Block] {
    [.paragraph(sentence(of: finding))]
      + [SubgroupChart(finding, in: index)].compactMap(\.self).map { .figure($0.chart) }
      + [.table(table(of: finding))]
  }

  private func sentence(of finding: SubgroupFinding) -> String {
    let language = index.language
    let planned =
      finding.planned
      ? language.say(ja: "事前に定めた検定", en: "planned test")
      : language.say(ja: "事前に定めていない探索的な検定", en: "exploratory test")
    guard let statistic = finding.statistic, let df = finding.df, let p = finding.pValue else {
      return finding.notes.map(index.words).joined(separator: language.say(ja: "", en: " "))
    }
    let fText = NumberStyle(decimals: 2).text(statistic)
    let degrees =
      NumberStyle(decimals: 0).text(df) + ", "
      + (finding.residualDF.map { NumberStyle(decimals: 1).text($0) } ?? "∞")
    let pText = PValueText.text(p, alpha: index.alpha)
    let adjusted = finding.pAdjusted.map { PValueText.text($0, alpha: index.alpha) }
    let differs = (finding.pAdjusted ?? p) < index.alpha
    if let trend = finding.trend {
      return self.sentence(
        of: trend, finding, planned: planned, "F(\(degrees)) = \(fText)", p: pText,
        adjusted: adjusted, isSeen: differs)
    }
    return language.say(
      ja: "「\(finding.name[language])」による効果の違い（\(planned)）：F(\(degrees)) = \(fText)、p = \(pText)"
        + (adjusted.map { "（補正後 \($0)）" } ?? "") + "。"
        + (!finding.planned
          ? "次の試験で確かめるための手がかりにとどめてください。"
          : differs ? "効果は区分によって異なると考えられます。" : "効果が区分によって異なるとは言えません。"),
      en: "Differences by “\(finding.name[language])” (\(planned)): F(\(degrees)) = \(fText), "
        + "p = \(pText)" + (adjusted.map { " (adjusted \($0))" } ?? "") + ". "
        + (!finding.planned
          ? "Take it as a hint for the next trial, not as a finding."
          : differs
            ? "Effects appear to differ between the groups."
            : "The data do not show that effects differ between the groups."))
  }

  /// What the effect gains from one group to the next.
  private func sentence(
    of trend: SubgroupFinding.Trend, _ finding: SubgroupFinding, planned: String, _ test: String,
    p: String, adjusted: String?, isSeen: Bool
  ) -> String {
    let language = index.language
    let measure = index.outcome(finding.outcome)?.difference ?? .named(finding.measure)
    let style =
      index.outcome(finding.outcome).map { index.style(of: $0).difference } ?? measure.style
    let number = { (value: Double) in measure.isSigned ? style.signed(value) : style.text(value) }
    let interval = IntervalShape(low: trend.confLow, high: trend.confHigh, notes: [])
      .text(in: language, number: number)
    let order = trend.order.map(index.armName).joined(separator: language.say(ja: "→", en: " → "))
    return language.say(
      ja: "「\(finding.name[language])」が一段上がる（\(order)）ごとの効果の変化（\(planned)）："
        + (measure.isSigned ? "" : "×") + "\(number(trend.perStep))"
        + "（\(index.shortIntervalName) \(interval)）、\(test)、p = \(p)"
        + (adjusted.map { "（補正後 \($0)）" } ?? "") + "。"
        + (!finding.planned
          ? "次の試験で確かめるための手がかりにとどめてください。"
          : !isSeen
            ? "効果が順に変わるとは言えません。"
            : trend.perStep > (measure.isSigned ? 0 : 1)
              ? "効果は順に大きくなると考えられます。" : "効果は順に小さくなると考えられます。"),
      en:
        "Change of the effect with each step of “\(finding.name[language])” (\(order); \(planned)): "
        + (measure.isSigned ? "" : "×") + "\(number(trend.perStep)) "
        + "(\(index.shortIntervalName) \(interval)), \(test), p = \(p)"
        + (adjusted.map { " (adjusted \($0))" } ?? "") + ". "
        + (!finding.planned
          ? "Take it as a hint for the next trial, not as a finding."
          : !isSeen
            ? "The data do not show that effects rise or fall with it."
            : trend.perStep > (measure.isSigned ? 0 : 1)
              ? "Effects appear to rise with it." : "Effects appear to fall with it."))
  }

  func table(of finding: SubgroupFinding) -> TableBlock {
    let language = index.language
    let measure = index.outcome(finding.outcome)?.difference ?? .named(finding.measure)
    let style =
      index.outcome(finding.outcome).map { index.style(of: $0).difference }
      ?? measure.style
    var block = TableBlock(
      caption: index.outcomeName(finding.outcome) + language.say(ja: "：", en: ": ")
        + index.armName(finding.arm),
      columns: [
        .name(finding.name[language]), .mark(Standing.title(in: language)),
        .number(index.units.title),
        .number(measure.name[language]), .number(index.shortIntervalName),
        .number(language.say(ja: "縮約後", en: "Shrunken")),
      ],
      rows: [])
    let number = { (value: Double) in measure.isSigned ? style.signed(value) : style.text(value) }
    let standing = (finding.planned ? Standing.secondary : .exploratory).word(in: language)
    for level in finding.levels {
      guard !level.notes.contains(.withheld) else {
        block.rows.append(
          [index.armName(level.value), standing] + Array(repeating: index.symbol, count: 4))
        continue
      }
      let interval = IntervalShape(low: level.confLow, high: level.confHigh, notes: level.notes)
      let counts = [level.nArm, level.nControl].compactMap { $0 }
      block.rows.append([
        index.armName(level.value), standing,
        counts.isEmpty ? NumberStyle.unknown : NumberStyle.text(count: counts.reduce(0, +)),
        level.estimate.map(number) ?? NumberStyle.unknown,
        interval.text(in: language, number: number),
        level.shrunken.map(number)
          ?? (finding.notes.contains(.withheld) ? index.symbol : NumberStyle.unknown),
      ])
      block.notes += level.notes.map {
        "\(index.armName(level.value))\(language.say(ja: "：", en: ": "))\(index.words($0))"
      }
    }
    block.notes += finding.notes.map(index.words)
    return block
  }
}
