import Analysis
import Vocabulary

/// The rate (or mean) of one outcome under every message, with its interval.
struct RateChart {
  let outcome: TrialSummary.OutcomeSummary
  let index: ResultIndex

  private static let width = 720.0
  private static let plot = (left: 200.0, right: 556.0)
  private static let rowHeight = 34.0
  private static let top = 12.0

  init(_ outcome: TrialSummary.OutcomeSummary, in index: ResultIndex) {
    self.outcome = outcome
    self.index = index
  }

  var chart: Chart {
    let bottom = RateChart.top + Double(index.trial.arms.count) * RateChart.rowHeight
    return Chart(
      title: title, description: description, note: note, width: RateChart.width,
      height: bottom + 48,
      drawing: drawing(bottom: bottom), table: table)
  }

  // MARK: - Words

  private var title: String {
    index.language.say(
      ja: "\(index.outcomeName(outcome.id))：文面ごとの\(outcome.level.ja)",
      en: "\(index.outcomeName(outcome.id)): \(outcome.level.en) by message")
  }

  private var description: String {
    let values = index.trial.arms.map { arm in
      let row = row(arm)
      return "\(arm.name[index.language]) \(text(row, of: arm))"
        + index.language.say(
          ja: "（\(index.intervalName) \(interval(row))）",
          en: " (\(index.intervalName) \(interval(row)))")
    }
    return values.joined(separator: index.language.say(ja: "、", en: "; "))
      + index.language.say(ja: "。", en: ".")
  }

  private var note: String {
    index.language.say(
      ja: "横線は\(index.intervalName)、点線は基準の文面（□）の値です。",
      en: "Bars: \(index.intervalName). Dashed line: the control message (□).")
  }

  private var table: TableBlock {
    let language = index.language
    return TableBlock(
      caption: title,
      columns: [
        .name(language.say(ja: "文面", en: "Message")),
        .number(index.units.title),
        .number(
          outcome.level[index.language].startingSentence),
        .number(index.shortIntervalName),
        .number(language.say(ja: "値が不明", en: "Unknown")),
      ],
      rows: index.trial.arms.map { arm in
        let row = row(arm)
        return [
          arm.name[language], row.map { NumberStyle.text(count: $0.n) } ?? NumberStyle.unknown,
          text(row, of: arm), row == nil ? text(row, of: arm) : interval(row),
          row.map { NumberStyle.text(count: $0.missing) } ?? NumberStyle.unknown,
        ]
      })
  }

  // MARK: - Drawing

  private func drawing(bottom: Double) -> [Markup] {
    let shift = outcome.isBinary ? 100.0 : 1.0
    let rows = index.trial.arms.map { ($0, row($0)) }
    let values = rows.flatMap { _, row in
      ([row?.mean].compactMap { $0 } + (row?.interval.ends ?? [])).map { $0 * shift }
    }
    let axis = Axis(
      showing: values, includesZero: RateChart.startsAtZero(values),
      from: RateChart.plot.left, to: RateChart.plot.right)
    var drawing = axis.drawing(
      top: RateChart.top, bottom: bottom,
      title: outcome.level[index.language].startingSentence
        + (outcome.isBinary ? index.language.say(ja: "（％）", en: " (%)") : ""))
    if let control = index.control, let mean = row(control)?.mean {
      let x = axis.position(mean * shift)
      drawing.append(SVG.line(x, RateChart.top, x, bottom, class: "reference"))
    }
    for (position, (arm, row)) in rows.enumerated() {
      let y = RateChart.top + (Double(position) + 0.5) * RateChart.rowHeight
      drawing.append(
        SVG.text(
          ChartText.fitted(arm.name[index.language], width: RateChart.plot.left - 16),
          RateChart.plot.left - 14, y + 5,
          anchor: .end, class: arm.control ? "label" : "label strong"))
      drawing +=
        Whisker(
          axis: axis, y: y, estimate: row?.mean.map { $0 * shift },
          interval: row?.interval.scaled(by: shift) ?? .unknown,
          marker: arm.control ? .hollowSquare : .square
        ).drawing
      drawing.append(
        SVG.text(valueText(row, of: arm), RateChart.plot.right + 16, y + 5, class: "value"))
    }
    return drawing
  }

  /// Zero is shown unless it would squeeze all the intervals into a corner.
  private static func startsAtZero(_ values: [Double]) -> Bool {
    guard let low = values.filter(\.isFinite).min(), let high = values.filter(\.isFinite).max(),
      low > 0
    else { return true }
    return low < 4 * (high - low)
  }

  private func valueText(_ row: MeanRow?, of arm: TrialSummary.ArmSummary) -> String {
    guard let row, let mean = row.mean else {
      return index.isHidden(outcome.id, arm.id)
        ? index.symbol : index.language.say(ja: "値なし", en: "no value")
    }
    let people = [row.events, row.n].compactMap { $0 }.map(NumberStyle.text(count:))
    return "\(style.text(mean))  (\(people.joined(separator: "/")))"
  }

  private func row(_ arm: TrialSummary.ArmSummary) -> MeanRow? {
    index.mean(outcome.id, arm.id, ResultIndex.everyone)
  }

  private func text(_ row: MeanRow?, of arm: TrialSummary.ArmSummary) -> String {
    row == nil ? index.absent(outcome.id, arm.id, ResultIndex.everyone) : style.text(row?.mean)
  }

  private func interval(_ row: MeanRow?) -> String {
    (row?.interval ?? .unknown).text(in: index.language, number: style.text)
  }

  private var style: NumberStyle { index.style(of: outcome).mean }
}
