import Analysis
import Vocabulary

/// How the share with the event grows over time, arm by arm, with the numbers at risk below.
///
/// Arms are told apart by dashes and by a label at their end, not by colour.
struct SurvivalChart {
  private let outcome: TrialSummary.OutcomeSummary
  private let index: ResultIndex
  private let curves: [SurvivalCurve]

  private static let width = 720.0
  private static let plot = (left: 132.0, right: 560.0, top: 16.0, bottom: 270.0)
  private static let rowHeight = 20.0

  /// Nil where the result has no curves of the outcome.
  init?(_ outcome: TrialSummary.OutcomeSummary, in index: ResultIndex) {
    let own = index.result.curves.filter { $0.outcome == outcome.id }
    let ordered = index.trial.arms.compactMap { arm in own.first { $0.arm == arm.id } }
    guard ordered.contains(where: { !$0.points.isEmpty }) else { return nil }
    self.outcome = outcome
    self.index = index
    curves = ordered
  }

  private var language: Language { index.language }
  private var horizon: Double { curves.map(\.horizon).max() ?? 1 }

  var chart: Chart {
    Chart(
      title: language.say(
        ja: "\(index.outcomeName(outcome.id))：時間とともに起きた人の割合",
        en: "\(index.outcomeName(outcome.id)): share with the event over time"),
      description: description,
      note: language.say(
        ja: "カプラン・マイヤー法（1−生存率）。下の数は、その時点でまだ起きておらず、追跡している人数です。",
        en: "Kaplan–Meier (1 − survival). Below: how many had no event yet and were still followed."
      ),
      width: SurvivalChart.width,
      height: SurvivalChart.plot.bottom + 74 + Double(curves.count) * SurvivalChart.rowHeight,
      drawing: drawing, table: table)
  }

  private var percent: NumberStyle { NumberStyle(shift: 2, decimals: 1, suffix: "%") }

  private var description: String {
    curves.map { curve in
      "\(index.armName(curve.arm)) \(percent.text(curve.points.last?.share ?? 0))"
    }.joined(separator: language.say(ja: "、", en: "; "))
  }

  private var drawing: [Markup] {
    let (left, right, top, bottom) = SurvivalChart.plot
    let times = Axis(showing: [0, horizon], includesZero: true, from: left, to: right)
    // Drawn upwards: the axis runs from the bottom to the top.
    let shares = Axis(
      showing: curves.flatMap { $0.points.map { $0.share * 100 } }, includesZero: true,
      from: bottom, to: top)
    var marks = times.drawing(
      top: top, bottom: bottom, title: language.say(ja: "経過時間", en: "Time"))
    for tick in shares.ticks {
      let y = shares.position(tick.value)
      marks.append(SVG.line(left, y, right, y, class: "grid"))
      marks.append(SVG.text(tick.label + "%", left - 8, y + 4, anchor: .end, class: "tick"))
    }
    var taken: [Double] = []
    for (place, curve) in curves.enumerated() {
      var corners: [(Double, Double)] = [(times.position(0), shares.position(0))]
      for point in curve.points {
        let x = times.position(point.time)
        corners.append((x, corners.last?.1 ?? 0))
        corners.append((x, shares.position(point.share * 100)))
      }
      let end = corners.last?.1 ?? 0
      corners.append((times.position(curve.horizon), end))
      marks.append(SVG.path(corners, class: "curve dash-\(place % 4)"))
      // A label keeps its distance from those above it.
      var y = end + 4
      while taken.contains(where: { abs($0 - y) < 18 }) { y += 18 }
      taken.append(y)
      marks.append(
        SVG.text(
          ChartText.fitted(
            index.armName(curve.arm), width: SurvivalChart.width - right - 10), right + 8, y,
          class: "value"))
    }
    return marks + risk(times: times, top: bottom + 62)
  }

  private func risk(times: Axis, top: Double) -> [Markup] {
    let left = SurvivalChart.plot.left
    return [
      SVG.text(
        language.say(ja: "追跡中の人数", en: "At risk"), 0, top, class: "axis-title")
    ]
      + curves.enumerated().flatMap { place, curve -> [Markup] in
        let y = top + Double(place + 1) * SurvivalChart.rowHeight
        return [
          SVG.text(
            ChartText.fitted(index.armName(curve.arm), width: left - 32), 0, y, class: "tick")
        ]
          + curve.atRisk.map { risk in
            SVG.text(
              NumberStyle.text(count: risk.count), times.position(risk.time), y, anchor: .middle,
              class: "tick")
          }
      }
  }

  private var table: TableBlock {
    let quarters = curves.first?.atRisk.map(\.time) ?? []
    let plain = NumberStyle(
      decimals: NumberStyle.decimals(forMagnitude: horizon / 4, significant: 3))
    return TableBlock(
      caption: language.say(
        ja: "時点ごとの、起きた人の割合（追跡中の人数）", en: "Share with the event (at risk) by time"),
      columns: [.name(language.say(ja: "文面", en: "Message"))]
        + quarters.map { .number(plain.text($0)) },
      rows: curves.map { curve in
        [index.armName(curve.arm)]
          + curve.atRisk.map { risk in
            let share = curve.points.last { $0.time <= risk.time }?.share ?? 0
            return "\(percent.text(share)) (\(NumberStyle.text(count: risk.count)))"
          }
      })
  }
}
