import Analysis
import Vocabulary

/// The effect in each group of a column as it was seen, and drawn towards the average by what is chance.
struct SubgroupChart {
  private let finding: SubgroupFinding
  private let index: ResultIndex
  private let outcome: TrialSummary.OutcomeSummary

  private static let width = 720.0
  private static let plot = (left: 200.0, right: 536.0)
  private static let rowHeight = 34.0
  private static let top = 22.0

  /// Nil where there is nothing to compare, more groups than a chart can show, or an outcome that is not charted.
  init?(_ finding: SubgroupFinding, in index: ResultIndex) {
    guard let outcome = index.outcome(finding.outcome),
      index.chartedOutcomes.contains(where: { $0.id == outcome.id }),
      finding.levels.count(where: { $0.shrunken != nil }) > 1, finding.levels.count <= 24
    else { return nil }
    self.finding = finding
    self.index = index
    self.outcome = outcome
  }

  private var language: Language { index.language }
  private var scale: Double { outcome.isBinary ? 100 : 1 }
  private var style: NumberStyle { index.style(of: outcome).difference }

  var chart: Chart {
    let bottom = Self.top + Double(finding.levels.count) * Self.rowHeight
    let arm = index.armName(finding.arm)
    return Chart(
      title: language.say(
        ja: "\(index.outcomeName(outcome.id))：\(finding.name[language])別の「\(arm)」の効果",
        en: "\(index.outcomeName(outcome.id)): the effect of “\(arm)” by \(finding.name[language])"),
      description: finding.levels.map { level in
        "\(index.armName(level.value)) \(text(level.estimate))"
          + language.say(
            ja: "（縮約後 \(text(level.shrunken))）", en: " (shrunken \(text(level.shrunken)))")
      }.joined(separator: language.say(ja: "、", en: "; ")),
      note: language.say(
        ja: "○と横線は区分だけの推定値と\(index.intervalName)、■は縮約後の値です。判断には縮約後の値を使います。",
        en:
          "○ and bars: the group alone with its \(index.intervalName). ■: shrunken, which is the one to go by."
      ),
      width: Self.width, height: bottom + 48, drawing: drawing(bottom: bottom),
      table: SubgroupTables(index: index).table(of: finding))
  }

  private func text(_ value: Double?) -> String {
    outcome.difference.isSigned ? style.signed(value) : style.text(value)
  }

  private func drawing(bottom: Double) -> [Markup] {
    let values = finding.levels.flatMap { level in
      [level.estimate, level.confLow, level.confHigh, level.shrunken].compactMap { $0 }
    }
    let isSigned = outcome.difference.isSigned
    let axis = Axis(
      showing: values.map { $0 * scale }, includesZero: isSigned, from: Self.plot.left,
      to: Self.plot.right)
    var marks = axis.drawing(
      top: Self.top, bottom: bottom,
      title: outcome.isBinary
        ? language.say(ja: "差（ポイント）", en: "Difference (percentage points)")
        : outcome.difference.name[language])
    if isSigned {
      let zero = axis.position(0)
      marks.append(SVG.line(zero, Self.top, zero, bottom, class: "zero"))
    }
    for (place, level) in finding.levels.enumerated() {
      let y = Self.top + (Double(place) + 0.5) * Self.rowHeight
      marks.append(
        SVG.text(
          ChartText.fitted(index.armName(level.value), width: Self.plot.left - 16),
          Self.plot.left - 14, y + 5, anchor: .end, class: "label"))
      let interval = IntervalShape(low: level.confLow, high: level.confHigh, notes: level.notes)
      marks +=
        Whisker(
          axis: axis, y: y - 5, estimate: level.estimate.map { $0 * scale },
          interval: interval.scaled(by: scale), marker: .circle
        ).drawing
      if let shrunken = level.shrunken {
        let x = axis.position(shrunken * scale)
        marks.append(SVG.rectangle(x: x - 5, y: y + 3, width: 10, height: 10, class: "point"))
      }
      marks.append(
        SVG.text(
          level.notes.contains(.withheld)
            ? index.symbol
            : language.say(
              ja: "\(text(level.estimate)) → \(text(level.shrunken))",
              en: "\(text(level.estimate)) → \(text(level.shrunken))"),
          Self.plot.right + 14, y + 5, class: "value"))
    }
    return marks
  }
}
