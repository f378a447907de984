import Analysis
import Vocabulary

/// How small an effect a trial can find, by its size.
struct PowerCurve {
  let plan: PowerPlan
  let language: Language

  private static let plot = (left: 84.0, right: 590.0, top: 24.0, bottom: 300.0)

  private var shift: Int { plan.isRate ? 2 : 0 }

  var chart: Chart {
    Chart(
      title: language.say(
        ja: "人数と、見つけられる最小の差", en: "Size and the smallest effect that is found"),
      description: plan.curve.compactMap { point in
        point.detectable.map {
          "\(NumberStyle.text(count: point.units)): "
            + NumberStyle(shift: shift, decimals: 2).text($0)
        }
      }.joined(separator: language.say(ja: "、", en: "; ")),
      note: language.say(
        ja: "実線は見つけられる最小の差、破線は意味のある差、点線はナッジ・ユニット126試験の平均（+1.4ポイント）です。",
        en:
          "Solid: smallest effect found. Dashes: worthwhile effect. Dots: average of 126 nudge-unit trials "
          + "(+1.4 points)."),
      width: 660, height: 360, drawing: drawing, table: table)
  }

  var table: TableBlock {
    let share = NumberStyle(shift: 2, decimals: 0, suffix: "%")
    let target = PlanWording(plan, language).effect(plan.target)
    return TableBlock(
      caption: language.say(ja: "人数を変えた場合", en: "Other sizes"),
      columns: [
        .number(language.say(ja: "総人数", en: "Units in all")),
        .number(language.say(ja: "見つけられる最小の差", en: "Smallest effect found")),
        .number(language.say(ja: "\(target)を見つける検出力", en: "Power at \(target)")),
      ],
      rows: plan.curve.map { point in
        [
          NumberStyle.text(count: point.units),
          point.detectable.map { PlanWording(plan, language).effect($0) } ?? NumberStyle.unknown,
          share.text(point.power),
        ]
      })
  }

  private var drawing: [Markup] {
    let (left, right, top, bottom) = PowerCurve.plot
    let points = plan.curve.compactMap { point in
      point.detectable.map { (Double(point.units), $0) }
    }
    let scale = plan.isRate ? 100.0 : 1
    var marks = [plan.worthwhile].compactMap(\.self)
    if plan.isRate { marks.append(PowerPlan.nudgeUnitAverage) }
    let sizes = Axis(
      showing: points.map(\.0), includesZero: true, from: left, to: right)
    let effects = Axis(
      showing: (points.map(\.1) + marks).map { $0 * scale }, includesZero: true, from: bottom,
      to: top)
    var drawing = sizes.drawing(
      top: top, bottom: bottom, title: language.say(ja: "総人数", en: "Units in all"))
    for tick in effects.ticks {
      let y = effects.position(tick.value)
      drawing.append(SVG.line(left, y, right, y, class: "grid"))
      drawing.append(SVG.text(tick.label, left - 10, y + 4, anchor: .end, class: "tick"))
    }
    drawing.append(
      SVG.text(
        plan.isRate
          ? language.say(ja: "差（ポイント）", en: "Effect (points)")
          : language.say(ja: "差", en: "Effect"),
        left - 70, top - 8, class: "axis-title"))
    if let worthwhile = plan.worthwhile {
      let y = effects.position(worthwhile * scale)
      drawing.append(SVG.line(left, y, right, y, class: "zero dashed"))
      drawing.append(
        SVG.text(
          language.say(ja: "意味のある差", en: "worthwhile"), right - 4, y - 5, anchor: .end,
          class: "tick"))
    }
    if plan.isRate {
      let y = effects.position(PowerPlan.nudgeUnitAverage * scale)
      drawing.append(SVG.line(left, y, right, y, class: "reference"))
      drawing.append(
        SVG.text(
          language.say(ja: "ナッジ・ユニットの平均", en: "nudge-unit average"), right - 4, y - 5,
          anchor: .end, class: "tick"))
    }
    let places = points.map { (sizes.position($0.0), effects.position($0.1 * scale)) }
    for (from, to) in zip(places, places.dropFirst()) {
      drawing.append(SVG.line(from.0, from.1, to.0, to.1, class: "whisker"))
    }
    for place in places {
      drawing.append(SVG.circle(place.0, place.1, radius: 3.5, class: "point"))
    }
    return drawing
  }
}
