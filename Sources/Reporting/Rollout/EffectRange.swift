import Analysis
import Vocabulary

/// One line of a plot of effects: a name, an estimate and its interval.
struct EffectRange {
  var name: String
  var estimate: Double?
  var low: Double?
  var high: Double?
  /// What stands on the right.
  var text: String
  var marker: Whisker.Marker
  /// Whether a gap and a rule stand above it.
  var isSummary = false

  init(
    _ name: String, _ estimate: Double?, _ low: Double?, _ high: Double?, text: String,
    marker: Whisker.Marker, isSummary: Bool = false
  ) {
    self.name = name
    self.estimate = estimate
    self.low = low
    self.high = high
    self.text = text
    self.marker = marker
    self.isSummary = isSummary
  }
}

/// Effects under each other on one axis.
struct RangePlot {
  var title: String
  var description: String
  var note: String
  /// What the axis shows.
  var axisTitle: String
  /// 100 for rates, which are drawn in points.
  var scale: Double
  var rows: [EffectRange]
  var table: TableBlock

  private static let width = 720.0
  private static let plot = (left: 200.0, right: 536.0)
  private static let rowHeight = 24.0
  private static let top = 18.0

  var chart: Chart {
    let height = rows.reduce(0) { $0 + RangePlot.rowHeight + ($1.isSummary ? 10 : 0) }
    let bottom = RangePlot.top + height + 6
    return Chart(
      title: title, description: description, note: note, width: RangePlot.width,
      height: bottom + 48, drawing: drawing(bottom: bottom), table: table)
  }

  private func drawing(bottom: Double) -> [Markup] {
    let values = rows.flatMap { [$0.estimate, $0.low, $0.high].compactMap(\.self) }
    let axis = Axis(
      showing: values.map { $0 * scale }, includesZero: true, from: RangePlot.plot.left,
      to: RangePlot.plot.right)
    let zero = axis.position(0)
    var drawing = axis.drawing(top: RangePlot.top, bottom: bottom, title: axisTitle)
    drawing.append(SVG.line(zero, RangePlot.top, zero, bottom, class: "zero"))
    var y = RangePlot.top + RangePlot.rowHeight / 2
    for row in rows {
      if row.isSummary {
        drawing.append(
          SVG.line(
            0, y - RangePlot.rowHeight / 2 + 5, RangePlot.width, y - RangePlot.rowHeight / 2 + 5,
            class: "grid"))
        y += 10
      }
      let isKnown = row.low != nil || row.high != nil
      drawing.append(
        SVG.text(
          ChartText.fitted(row.name, width: RangePlot.plot.left - 16), RangePlot.plot.left - 14,
          y + 5, anchor: .end, class: row.isSummary ? "label strong" : "label"))
      drawing +=
        Whisker(
          axis: axis, y: y, estimate: row.estimate.map { $0 * scale },
          interval: isKnown
            ? IntervalShape(low: row.low, high: row.high, notes: []).scaled(by: scale) : .unknown,
          marker: row.marker
        ).drawing
      drawing.append(SVG.text(row.text, RangePlot.plot.right + 14, y + 5, class: "value"))
      y += RangePlot.rowHeight
    }
    return drawing
  }
}
