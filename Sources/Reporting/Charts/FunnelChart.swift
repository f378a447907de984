import Analysis
import Vocabulary

/// How many reach each step: one panel a message, on one scale, with the control's level marked.
struct FunnelChart {
  let index: ResultIndex

  private static let width = 720.0
  private static let labelWidth = 128.0
  private static let rowHeight = 30.0
  private static let headHeight = 30.0
  private static let perRow = 4

  init(_ index: ResultIndex) {
    self.index = index
  }

  private var arms: [TrialSummary.ArmSummary] { FunnelTables(index: index).arms }

  private var bandHeight: Double {
    FunnelChart.headHeight + Double(index.steps.count) * FunnelChart.rowHeight + 14
  }

  var chart: Chart {
    let bands = (arms.count + FunnelChart.perRow - 1) / FunnelChart.perRow
    return Chart(
      title: index.language.say(
        ja: "各段階に達した人の割合（送った全員に占める割合）",
        en: "Share of everyone sent the message that reached each step"),
      description: description, note: note, width: FunnelChart.width,
      height: Double(max(bands, 1)) * bandHeight,
      drawing: drawing, table: FunnelTables(index: index).reached)
  }

  private var description: String {
    guard let last = index.steps.last else { return "" }
    let values = arms.map { arm in
      "\(arm.name[index.language]) \(text(last, arm))"
    }
    return index.language.say(
      ja: "最後の段階「\(index.stepName(last))」に達した割合は、\(values.joined(separator: "、"))。",
      en:
        "The last step, “\(index.stepName(last))”, was reached by \(values.joined(separator: ", "))."
    )
  }

  private var note: String {
    index.language.say(
      ja: "縦の点線は、基準の文面で同じ段階に達した割合です。",
      en: "Dashed marks: the share that reached the step under the control message.")
  }

  private var drawing: [Markup] {
    let columns = Double(min(max(arms.count, 1), FunnelChart.perRow))
    let panel = (FunnelChart.width - FunnelChart.labelWidth) / columns
    return arms.enumerated().flatMap { position, arm -> [Markup] in
      let column = position % FunnelChart.perRow
      let top = Double(position / FunnelChart.perRow) * bandHeight
      let left = FunnelChart.labelWidth + Double(column) * panel
      let labels = column == 0 ? stepLabels(top: top) : []
      return labels + panelDrawing(arm, left: left, top: top, width: panel - 14)
    }
  }

  private func stepLabels(top: Double) -> [Markup] {
    index.steps.enumerated().map { position, step in
      SVG.text(
        ChartText.fitted(index.stepName(step), width: FunnelChart.labelWidth - 12),
        FunnelChart.labelWidth - 12,
        rowTop(position, top) + 17, anchor: .end, class: "label")
    }
  }

  private func panelDrawing(
    _ arm: TrialSummary.ArmSummary, left: Double, top: Double, width: Double
  ) -> [Markup] {
    // The figure stands right of the bar, so a full bar leaves room for it.
    let full = max(width - 50, 20)
    var drawing = [
      SVG.text(
        ChartText.fitted(arm.name[index.language], width: width), left,
        top + 18, class: "label strong")
    ]
    for (position, step) in index.steps.enumerated() {
      let y = rowTop(position, top)
      let rate = share(index.funnelRow(step, arm.id)?.rateOfAll)
      drawing.append(SVG.rectangle(x: left, y: y, width: full, height: 22, class: "track"))
      if let rate {
        drawing.append(SVG.rectangle(x: left, y: y, width: full * rate, height: 22, class: "bar"))
      }
      if !arm.control, let control = index.control,
        let level = share(index.funnelRow(step, control.id)?.rateOfAll)
      {
        let x = left + full * level
        drawing.append(SVG.line(x, y - 2, x, y + 24, class: "level"))
      }
      drawing.append(
        SVG.text(text(step, arm), left + full + 5, y + 16, class: "tick left"))
    }
    return drawing
  }

  private func text(_ step: String, _ arm: TrialSummary.ArmSummary) -> String {
    index.isHidden(step, arm.id, isStep: true)
      ? index.symbol : FunnelTables.rate.text(index.funnelRow(step, arm.id)?.rateOfAll)
  }

  /// A rate, cut to what can be drawn.
  private func share(_ rate: Double?) -> Double? {
    rate.flatMap { $0.isFinite ? min(max($0, 0), 1) : nil }
  }

  private func rowTop(_ position: Int, _ top: Double) -> Double {
    top + FunnelChart.headHeight + Double(position) * FunnelChart.rowHeight
  }
}
