import Analysis
import Vocabulary

/// How much each message moved each step: of a hundred people more who opened, how many more came?
struct FunnelDoseChart {
  private let index: ResultIndex
  private let arms: [TrialSummary.ArmSummary]

  private static let width = 720.0
  private static let plot = (left: 200.0, right: 536.0)
  private static let rowHeight = 27.0
  private static let headHeight = 28.0
  private static let top = 26.0

  /// Nil where no step is compared with the control.
  init?(_ index: ResultIndex) {
    guard index.steps.count > 1, index.result.funnel.contains(where: { $0.difference != nil })
    else { return nil }
    self.index = index
    let known = Set(index.result.funnel.map(\.arm))
    arms = index.treatments.filter { known.contains($0.id) }
  }

  private var language: Language { index.language }
  private let points = NumberStyle(shift: 2, decimals: 1)

  var chart: Chart {
    let bottom =
      Self.top + Double(arms.count) * Self.headHeight
      + Double(arms.count * index.steps.count) * Self.rowHeight + 6
    return Chart(
      title: language.say(
        ja: "段階ごとの効き目（基準の文面との差、送った全員に占める割合）",
        en: "What each step gained (difference from the control in the share of everyone)"),
      description: arms.map { arm in
        arm.name[language] + language.say(ja: "：", en: ": ")
          + index.steps.map { "\(index.stepName($0)) \(value($0, arm))" }
          .joined(separator: language.say(ja: "、", en: ", "))
      }.joined(separator: "; "),
      note: language.say(
        ja: "横線は\(index.intervalName)。前の段階の伸びが次の段階でどれだけ残ったかを読みます。段階ごとの差は検証の対象ではなく、参考です。",
        en:
          "Bars: \(index.intervalName). Read how much of one step's gain is left at the next. For orientation: steps are no tests."
      ),
      width: Self.width, height: bottom + 48, drawing: drawing(bottom: bottom), table: table)
  }

  private func value(_ step: String, _ arm: TrialSummary.ArmSummary) -> String {
    if index.isHidden(step, arm.id, isStep: true) { return index.symbol }
    guard let row = index.funnelRow(step, arm.id), let difference = row.difference else {
      let isControlHidden =
        index.control.map { index.isHidden(step, $0.id, isStep: true) } ?? false
      return isControlHidden ? index.symbol : NumberStyle.unknown
    }
    return points.signed(difference)
  }

  private var table: TableBlock {
    TableBlock(
      caption: language.say(ja: "段階ごとの差（ポイント）", en: "Difference by step (points)"),
      columns: [.name(language.say(ja: "段階", en: "Step"))]
        + arms.map { .number($0.name[language]) },
      rows: index.steps.map { step in [index.stepName(step)] + arms.map { value(step, $0) } })
  }

  private func drawing(bottom: Double) -> [Markup] {
    let rows = index.result.funnel
    let values = rows.flatMap { row in
      [row.difference, row.confLow, row.confHigh].compactMap { $0 }.map { $0 * 100 }
    }
    let axis = Axis(
      showing: values, includesZero: true, from: Self.plot.left, to: Self.plot.right)
    var marks = axis.drawing(
      top: Self.top, bottom: bottom,
      title: language.say(ja: "差（ポイント）", en: "Difference (percentage points)"))
    let zero = axis.position(0)
    marks.append(SVG.line(zero, Self.top, zero, bottom, class: "zero"))
    var y = Self.top
    for arm in arms {
      marks.append(
        SVG.text(
          ChartText.fitted(arm.name[language], width: Self.plot.left - 4), 2, y + 19,
          class: "label strong"))
      y += Self.headHeight
      for step in index.steps {
        let row = index.funnelRow(step, arm.id)
        let middle = y + Self.rowHeight / 2
        marks.append(
          SVG.text(
            ChartText.fitted(index.stepName(step), width: Self.plot.left - 16),
            Self.plot.left - 14, middle + 5, anchor: .end, class: "label"))
        marks +=
          Whisker(
            axis: axis, y: middle, estimate: row?.difference.map { $0 * 100 },
            interval: (row?.interval ?? .unknown).scaled(by: 100), marker: .circle
          ).drawing
        marks.append(
          SVG.text(value(step, arm), Self.plot.right + 14, middle + 5, class: "value"))
        y += Self.rowHeight
      }
    }
    return marks
  }
}
