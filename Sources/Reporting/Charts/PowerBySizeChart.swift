import Analysis
import Vocabulary

/// How likely trials of fewer and more people are to find what is worthwhile, and where this one stands.
struct PowerBySizeChart {
  private let outcome: TrialSummary.OutcomeSummary
  private let index: ResultIndex
  /// The comparison that is hardest to decide.
  private let verdict: Verdict

  private static let plot = (left: 84.0, right: 600.0, top: 24.0, bottom: 270.0)

  /// Nil where no effect on the outcome is called worthwhile.
  init?(_ outcome: TrialSummary.OutcomeSummary, in index: ResultIndex) {
    let own = index.result.verdicts.filter { $0.outcome == outcome.id && !$0.power.isEmpty }
    guard let hardest = own.min(by: { ($0.power[0].power) < ($1.power[0].power) }) else {
      return nil
    }
    self.outcome = outcome
    self.index = index
    verdict = hardest
  }

  private var language: Language { index.language }
  private let share = NumberStyle(shift: 2, decimals: 0, suffix: "%")

  private var amount: String {
    let number = index.style(of: outcome).difference.text(verdict.worthwhile)
    return outcome.isBinary ? language.say(ja: "\(number)ポイント", en: "\(number) points") : number
  }

  var chart: Chart {
    Chart(
      title: language.say(
        ja: "\(index.outcomeName(outcome.id))：\(index.units.title)と、意味のある差（\(amount)）を見つけられる確率",
        en:
          "\(index.outcomeName(outcome.id)): size and the chance to find a worthwhile effect (\(amount))"
      ),
      description: verdict.power.map {
        "\(NumberStyle.text(count: $0.units)): \(share.text($0.power))"
      }.joined(separator: language.say(ja: "、", en: "; ")),
      note: language.say(
        ja: "この試験で分かった推定の誤差から計算した見込みです（最も誤差の大きい比較）。点線は目安の80%、■はこの試験の\(index.units.title)です。"
          + "試験の後の結論は、この確率ではなく信頼区間から読みます。",
        en:
          "From the standard error of this trial (of its least precise comparison). Dashes: the usual 80%; ■: this trial. "
          + "What the trial found is read from its interval, not from this chance."),
      width: 640, height: 326, drawing: drawing, table: table)
  }

  private var drawing: [Markup] {
    let (left, right, top, bottom) = Self.plot
    let points = verdict.power
    let sizes = Axis(
      showing: points.map { Double($0.units) }, includesZero: true, from: left, to: right)
    let chances = Axis(showing: [0, 100], includesZero: true, from: bottom, to: top)
    var marks = sizes.drawing(
      top: top, bottom: bottom, title: index.units.total)
    for tick in chances.ticks {
      let y = chances.position(tick.value)
      marks.append(SVG.line(left, y, right, y, class: "grid"))
      marks.append(SVG.text(tick.label + "%", left - 10, y + 4, anchor: .end, class: "tick"))
    }
    let usual = chances.position(80)
    marks.append(SVG.line(left, usual, right, usual, class: "reference"))
    let places = points.map {
      (sizes.position(Double($0.units)), chances.position($0.power * 100))
    }
    marks.append(SVG.path(places, class: "curve"))
    for (point, place) in zip(points, places) {
      marks.append(
        point.units == index.result.input.units
          ? SVG.rectangle(x: place.0 - 6, y: place.1 - 6, width: 12, height: 12, class: "point")
          : SVG.circle(place.0, place.1, radius: 4, class: "point hollow"))
    }
    return marks
  }

  private var table: TableBlock {
    TableBlock(
      caption: language.say(ja: "\(index.units.title)と検出力", en: "Size and power"),
      columns: [
        .number(index.units.total),
        .number(language.say(ja: "見つけられる確率", en: "Chance to find it")),
      ],
      rows: verdict.power.map { [NumberStyle.text(count: $0.units), share.text($0.power)] },
      rowHeads: 1)
  }
}
