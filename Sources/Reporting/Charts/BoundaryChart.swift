import Analysis
import Vocabulary

/// The critical values of the planned looks, and what was seen at one of them.
///
/// Time runs to the right as the share of the planned information; a point beyond the line stops the trial.
struct BoundaryChart {
  let fractions: [Double]
  let critical: [Double?]
  /// The share of the planned information that there is by now; nil where it is not known.
  let information: Double?
  let look: Monitoring.Look?
  /// What became of each look.
  let states: [String]
  let language: Language
  /// What a comparison is called beside its mark.
  var label: (Monitoring.Look.Comparison) -> String = \.arm

  private static let width = 700.0
  private static let plot = (left: 70.0, right: 500.0, top: 24.0, bottom: 300.0)

  var chart: Chart {
    Chart(
      title: language.say(ja: "途中で見てよい時点と境界値", en: "Planned looks and their boundary"),
      description: description,
      note: language.say(
        ja: "丸は境界値（破線の外に出たら終了）、四角は今回の値、縦の点線は今の情報量です。",
        en: "Circles: critical values (beyond the dashes the trial stops). Squares: this look. "
          + "Dotted line: the information so far."),
      width: Self.width, height: 356, drawing: drawing, table: table)
  }

  private var description: String {
    zip(fractions, critical).enumerated().map { look, pair in
      let share = NumberStyle(shift: 2, decimals: 0).text(pair.0)
      let value = NumberStyle(decimals: 2).text(pair.1)
      return language.say(
        ja: "\(look + 1)回目（情報量\(share)%）：|z|が\(value)を超えたら終了",
        en: "look \(look + 1) at \(share)% of the information: stop beyond |z| = \(value)")
    }.joined(separator: language.say(ja: "、", en: "; "))
  }

  var table: TableBlock {
    TableBlock(
      caption: language.say(ja: "計画した途中分析", en: "Planned looks"),
      columns: [
        .name(language.say(ja: "回", en: "Look")),
        .number(language.say(ja: "情報量", en: "Information")),
        .number(language.say(ja: "境界値 |z|", en: "Critical |z|")),
        .name(language.say(ja: "状態", en: "State")),
      ],
      rows: fractions.indices.map { look in
        [
          String(look + 1),
          NumberStyle(shift: 2, decimals: 0, suffix: "%").text(fractions[look]),
          NumberStyle(decimals: 3).text(critical[look]), states[look],
        ]
      })
  }

  private var drawing: [Markup] {
    let (left, right, top, bottom) = BoundaryChart.plot
    let values =
      critical.compactMap(\.self) + (look?.comparisons ?? []).map(\.z)
    let limit = min(max(values.map(\.magnitude).max() ?? 3, 3) + 0.5, 10)
    let time = Axis(showing: [0, 100], includesZero: true, from: left, to: right)
    let height = Axis(showing: [-limit, limit], includesZero: true, from: bottom, to: top)
    var drawing = time.drawing(
      top: top, bottom: bottom,
      title: language.say(ja: "計画した情報量に対する割合（％）", en: "Share of the planned information (%)"))
    for tick in height.ticks {
      let y = height.position(tick.value)
      drawing.append(SVG.line(left, y, right, y, class: tick.value == 0 ? "zero" : "grid"))
      drawing.append(SVG.text(tick.label, left - 10, y + 4, anchor: .end, class: "tick"))
    }
    drawing.append(SVG.text("z", left - 46, (top + bottom) / 2, class: "axis-title"))
    for sign in [1.0, -1.0] {
      let points = zip(fractions, critical).compactMap { fraction, value in
        value.map { (time.position(fraction * 100), height.position(sign * $0)) }
      }
      for (from, to) in zip(points, points.dropFirst()) {
        drawing.append(SVG.line(from.0, from.1, to.0, to.1, class: "whisker dashed"))
      }
      for point in points {
        drawing.append(SVG.circle(point.0, point.1, radius: 4.5, class: "point hollow"))
      }
    }
    if let now = information {
      let x = time.position(min(now, 1) * 100)
      drawing.append(SVG.line(x, top, x, bottom, class: "reference"))
    }
    if let look, fractions.indices.contains(look.number - 1) {
      let x = time.position(fractions[look.number - 1] * 100)
      // From above, and never closer than a line of text.
      var lastLabel = -Double.infinity
      for comparison in look.comparisons.sorted(by: { $0.z > $1.z }) {
        let y = height.position(comparison.z)
        drawing.append(
          SVG.rectangle(x: x - 4.5, y: y - 4.5, width: 9, height: 9, class: "point"))
        lastLabel = max(y + 4, lastLabel + 15)
        drawing.append(
          SVG.text(
            ChartText.fitted(label(comparison), width: Self.width - x - 20), x + 12, lastLabel,
            class: "value"))
      }
    }
    return drawing
  }
}

extension BoundaryChart {
  /// The looks of a running trial.
  init(_ schedule: Monitoring.LookSchedule, of monitoring: Monitoring, language: Language) {
    self.init(
      fractions: schedule.fractions, critical: schedule.critical,
      information: monitoring.information?.fraction, look: monitoring.look,
      states: schedule.fractions.indices.map { place in
        if schedule.taken.contains(place + 1) { return language.say(ja: "実施済み", en: "taken") }
        return place < schedule.allowed
          ? language.say(ja: "見てよい", en: "allowed") : language.say(ja: "まだ", en: "not yet")
      }, language: language)
  }

  /// The looks of a trial that was analysed at one of them; nil for a trial that is analysed once.
  init?(of index: ResultIndex) {
    guard let looks = index.result.looks else { return nil }
    let language = index.language
    let isAlone = Set(looks.look.comparisons.map(\.outcome)).count < 2
    self.init(
      fractions: looks.fractions, critical: looks.critical, information: nil, look: looks.look,
      states: looks.fractions.indices.map { place in
        if place + 1 < looks.look.number { return language.say(ja: "前の回", en: "earlier") }
        if place + 1 > looks.look.number { return language.say(ja: "まだ", en: "not yet") }
        return looks.look.comparisons.contains(where: \.stops)
          ? language.say(ja: "今回（境界を超えた）", en: "this look (beyond)")
          : language.say(ja: "今回（境界の内側）", en: "this look (within)")
      }, language: language,
      label: { comparison in
        isAlone
          ? index.armName(comparison.arm)
          : index.outcomeName(comparison.outcome) + language.say(ja: "・", en: ", ")
            + index.armName(comparison.arm)
      })
  }
}
