import Analysis
import Vocabulary

/// The difference of every message from the control, for everyone and within each group.
struct ForestPlot {
  let outcome: TrialSummary.OutcomeSummary
  let index: ResultIndex
  private let cohorts: [String]

  private static let width = 720.0
  private static let plot = (left: 200.0, right: 536.0)
  private static let rowHeight = 27.0
  private static let headHeight = 28.0
  private static let top = 26.0

  init(_ outcome: TrialSummary.OutcomeSummary, in index: ResultIndex) {
    self.outcome = outcome
    self.index = index
    cohorts = ForestPlot.cohorts(of: outcome, in: index)
  }

  /// A chart that nobody can read at a glance is a table.
  private static let mostCohorts = 24

  /// Everyone and the cohorts; of more than can be drawn the largest, in their order.
  private static func cohorts(
    of outcome: TrialSummary.OutcomeSummary, in index: ResultIndex
  ) -> [String] {
    let all = index.trial.cohorts.map(\.id)
    guard all.count > mostCohorts else { return [ResultIndex.everyone] + all }
    let sizes = Dictionary(
      all.map { cohort in
        (
          cohort,
          index.trial.arms.reduce(0) { $0 + (index.mean(outcome.id, $1.id, cohort)?.n ?? 0) }
        )
      }, uniquingKeysWith: { first, _ in first })
    let largest = all.enumerated().sorted {
      (sizes[$1.element] ?? 0, $0.offset) < (sizes[$0.element] ?? 0, $1.offset)
    }.prefix(mostCohorts).map(\.element)
    let shown = Set(largest)
    return [ResultIndex.everyone] + all.filter(shown.contains)
  }

  var chart: Chart {
    let groups = Double(cohorts.count)
    let rows = groups * Double(index.treatments.count)
    let bottom = ForestPlot.top + groups * ForestPlot.headHeight + rows * ForestPlot.rowHeight + 6
    return Chart(
      title: title, description: description, note: note, width: width,
      height: bottom + 48,
      drawing: drawing(bottom: bottom), table: table)
  }

  // MARK: - Words

  private var title: String {
    let control = index.control.map { $0.name[index.language] } ?? ""
    return index.language.say(
      ja: "\(index.outcomeName(outcome.id))：「\(control)」との差",
      en: "\(index.outcomeName(outcome.id)): difference from “\(control)”")
  }

  private var description: String {
    let values = index.treatments.map { arm in
      let shown = texts(arm.id, ResultIndex.everyone)
      return "\(arm.name[index.language]) \(shown.estimate)"
        + index.language.say(
          ja: "（\(index.intervalName) \(shown.interval)）",
          en: " (\(index.intervalName) \(shown.interval))")
    }
    return index.language.say(ja: "全体では、", en: "For everyone: ")
      + values.joined(separator: index.language.say(ja: "、", en: "; "))
      + index.language.say(ja: "。", en: ".") + (bandWords.map { " " + $0 } ?? "")
  }

  private var bandWords: String? {
    outcome.worthwhile.map { worthwhile in
      let amount = index.style(of: outcome).difference.text(worthwhile)
      return index.language.say(
        ja: "斜線の帯は、意味のある差に届かない範囲（±\(amount)\(outcome.isBinary ? "ポイント" : "")）。",
        en: "The hatched band is below the smallest worthwhile effect "
          + "(±\(amount)\(outcome.isBinary ? " points" : "")).")
    }
  }

  private var note: String {
    let marks = index.language.say(
      ja: "横線は\(index.intervalName)。■は全体、○は区分別（探索的）。矢印は範囲が図の外まで続くことを示します。",
      en:
        "Bars: \(index.intervalName). ■ everyone, ○ groups (exploratory). An arrow: the interval goes on."
    )
    let left = index.trial.cohorts.count + 1 - cohorts.count
    let cut =
      left > 0
      ? index.language.say(
        ja: "人数の多い\(cohorts.count - 1)区分を示し、残り\(left)区分は区分別の表にあります。",
        en:
          " The \(cohorts.count - 1) largest groups; the other \(left) are in the table of groups.")
      : ""
    return marks + cut + (bandWords.map { index.language.say(ja: $0, en: " " + $0) } ?? "")
  }

  private var table: TableBlock {
    TableBlock(
      caption: title,
      columns: [
        .name(index.language.say(ja: "区分", en: "Group")),
        .name(index.language.say(ja: "文面", en: "Message")),
        .number(outcome.difference.name[index.language]),
        .number(index.shortIntervalName),
      ],
      rows: cohorts.flatMap { cohort in
        index.treatments.map { arm in
          let shown = texts(arm.id, cohort)
          return [
            index.cohortName(cohort), arm.name[index.language], shown.estimate, shown.interval,
          ]
        }
      },
      rowHeads: 2)
  }

  // MARK: - Drawing

  private func drawing(bottom: Double) -> [Markup] {
    let axis = axis
    let language = index.language
    var drawing: [Markup] = []
    if let worthwhile = outcome.worthwhile, worthwhile.isFinite, worthwhile > 0 {
      let left = axis.position(-worthwhile * scale)
      let right = axis.position(worthwhile * scale)
      drawing += Hatching.band(from: left, to: right, top: ForestPlot.top, bottom: bottom)
    }
    drawing += axis.drawing(
      top: ForestPlot.top, bottom: bottom,
      title: outcome.isBinary
        ? language.say(ja: "差（ポイント）", en: "Difference (percentage points)")
        : outcome.difference.name[language])
    let zero = axis.position(0)
    drawing.append(SVG.line(zero, ForestPlot.top, zero, bottom, class: "zero"))
    drawing += [
      SVG.text(
        outcome.kind == "time_to_event"
          ? language.say(ja: "← 短い", en: "← shorter") : language.say(ja: "← 減る", en: "← fewer"),
        zero - 10, ForestPlot.top - 9, anchor: .end,
        class: "tick"),
      SVG.text(
        outcome.kind == "time_to_event"
          ? language.say(ja: "長い →", en: "longer →") : language.say(ja: "増える →", en: "more →"),
        zero + 10, ForestPlot.top - 9, class: "tick"),
    ]
    var y = ForestPlot.top
    for cohort in cohorts {
      drawing.append(
        SVG.text(
          ChartText.fitted(index.cohortName(cohort), width: ForestPlot.plot.left - 4), 2, y + 19,
          class: "label strong")
      )
      y += ForestPlot.headHeight
      for arm in index.treatments {
        drawing += rowDrawing(arm, cohort, axis: axis, y: y + ForestPlot.rowHeight / 2)
        y += ForestPlot.rowHeight
      }
    }
    return drawing
  }

  /// The figures that stand right of the bars.
  private func value(_ arm: TrialSummary.ArmSummary, _ cohort: String) -> String {
    let shown = texts(arm.id, cohort)
    if shown.estimate == NumberStyle.unknown {
      return index.language.say(ja: "推定値なし", en: "no estimate")
    }
    return shown.estimate == shown.interval
      ? shown.estimate
      : index.language.say(
        ja: "\(shown.estimate)（\(shown.interval)）", en: "\(shown.estimate) (\(shown.interval))")
  }

  /// Wide enough for the longest figures: small ratios have many digits.
  private var width: Double {
    let widest =
      cohorts.flatMap { cohort in
        index.treatments.map { ChartText.width(of: value($0, cohort)) }
      }.max() ?? 0
    return max(ForestPlot.width, ForestPlot.plot.right + 20 + widest)
  }

  private func rowDrawing(
    _ arm: TrialSummary.ArmSummary, _ cohort: String, axis: Axis, y: Double
  ) -> [Markup] {
    let row = index.row(outcome.id, arm.id, cohort, outcome.difference.id)
    let isEveryone = cohort == ResultIndex.everyone
    let value = value(arm, cohort)
    return [
      SVG.text(
        ChartText.fitted(arm.name[index.language], width: ForestPlot.plot.left - 16),
        ForestPlot.plot.left - 14, y + 5,
        anchor: .end, class: "label")
    ]
      + Whisker(
        axis: axis, y: y, estimate: row?.estimate.map { $0 * scale },
        interval: row?.interval.scaled(by: scale) ?? .unknown,
        marker: isEveryone ? .square : .circle
      ).drawing
      + [SVG.text(value, ForestPlot.plot.right + 14, y + 5, class: "value")]
  }

  private var axis: Axis {
    let rows = cohorts.flatMap { cohort in
      index.treatments.map { index.row(outcome.id, $0.id, cohort, outcome.difference.id) }
    }
    var values = rows.flatMap { row in
      ([row?.estimate].compactMap { $0 } + (row?.interval.ends ?? [])).map { $0 * scale }
    }
    if let worthwhile = outcome.worthwhile { values += [worthwhile * scale, -worthwhile * scale] }
    return Axis(
      showing: values, includesZero: true, from: ForestPlot.plot.left, to: ForestPlot.plot.right)
  }

  private func texts(_ arm: String, _ cohort: String) -> (estimate: String, interval: String) {
    index.text(
      index.row(outcome.id, arm, cohort, outcome.difference.id), as: outcome.difference,
      style: index.style(of: outcome).difference)
  }

  /// Rates are drawn in percentage points.
  private var scale: Double { outcome.isBinary ? 100 : 1 }
}
