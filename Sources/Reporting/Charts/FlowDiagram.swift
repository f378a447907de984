import Analysis
import Vocabulary

/// Who was in the trial from the list to the analysis, box by box (CONSORT); every box is the sum of those it leads to.
struct FlowDiagram {
  private let index: ResultIndex
  private let outcome: TrialSummary.OutcomeSummary
  private let missing: [String: Int]
  private let units: [String: Int]

  private static let width = 720.0
  private static let perRow = 4
  private var rowHeight: Double { index.result.input.clusters == nil ? 118 : 138 }

  /// Nil where the result does not say how many had no outcome.
  init?(_ index: ResultIndex) {
    guard let outcome = index.chartedOutcomes.first else { return nil }
    var found: (missing: [String: Int], units: [String: Int])?
    for check in index.result.checks {
      if case .missingness(outcome.id, let missing, let units, _, _) = check.kind {
        found = (missing, units)
      }
    }
    guard let found, !index.trial.arms.isEmpty else { return nil }
    self.index = index
    self.outcome = outcome
    missing = found.missing
    units = found.units
  }

  private var language: Language { index.language }

  private func people(_ count: Int) -> String {
    index.units.counted(count)
  }

  /// Those that the analysis left out before anybody was counted in an arm.
  private var excluded: [(reason: String, count: Int)] {
    index.result.checks.compactMap { check in
      switch check.kind {
      case .rowsOutsidePopulation(let count) where count > 0:
        (language.say(ja: "対象の条件に合わない", en: "Outside the population"), count)
      case .rowsWithoutArm(let count) where count > 0:
        (language.say(ja: "割り付けの記録がない", en: "Without an arm"), count)
      default: nil
      }
    }
  }

  private var drawn: Check.DrawnTally? {
    for check in index.result.checks { if case .drawnList(let tally) = check.kind { return tally } }
    return nil
  }

  /// Clusters of an arm, where clusters were drawn.
  private func clusters(_ arm: TrialSummary.ArmSummary) -> Int? {
    index.result.input.clusters.map { $0[arm.id] ?? 0 }
  }

  private func assignedText(_ arm: TrialSummary.ArmSummary) -> String {
    let units = people(assigned(arm))
    guard let clusters = clusters(arm).map(NumberStyle.text(count:)) else { return units }
    return language.say(ja: "\(clusters)まとまり・\(units)", en: "\(clusters) clusters, \(units)")
  }

  private func assigned(_ arm: TrialSummary.ArmSummary) -> Int { units[arm.id] ?? 0 }

  var chart: Chart {
    let bands = (index.trial.arms.count + FlowDiagram.perRow - 1) / FlowDiagram.perRow
    return Chart(
      title: language.say(ja: "対象者の流れ", en: "Flow of participants"), description: description,
      note: language.say(
        ja: "「分析」は「\(index.outcomeName(outcome.id))」の結果が分かる\(index.units.title)です。",
        en: "Analysed: those whose “\(index.outcomeName(outcome.id))” is known."),
      width: FlowDiagram.width,
      height: top + 24 + Double(bands) * rowHeight, drawing: drawing, table: table)
  }

  private var description: String {
    index.trial.arms.map { arm in
      let lost = missing[arm.id] ?? 0
      return "\(arm.name[language]): \(assignedText(arm)), "
        + language.say(
          ja: "分析 \(people(assigned(arm) - lost))", en: "analysed \(people(assigned(arm) - lost))")
    }.joined(separator: "; ")
  }

  private var total: Int { index.trial.arms.reduce(0) { $0 + assigned($1) } }
  private var all: Int { total + excluded.reduce(0) { $0 + $1.count } }
  /// Where the arms begin.
  private var top: Double { excluded.isEmpty ? 52 : 52 + 30 + Double(excluded.count) * 20 }

  private var drawing: [Markup] {
    let middle = FlowDiagram.width / 2
    var marks = box(
      x: middle - 150, y: 4, width: 300,
      lines: [
        language.say(
          ja: "データにある\(index.units.name) \(people(all))", en: "In the data: \(people(all))")
      ]
        + (drawn.map { tally in
          [
            language.say(
              ja: "（名簿で割り付けた \(NumberStyle.text(count: tally.drawn))）",
              en: "(drawn: \(NumberStyle.text(count: tally.drawn)))")
          ]
        } ?? []))
    marks.append(SVG.line(middle, drawn == nil ? 34 : 52, middle, top, class: "flow"))
    if !excluded.isEmpty {
      let lines = excluded.map { "\($0.reason) \(people($0.count))" }
      marks += box(x: middle + 40, y: 60, width: 300, lines: lines)
      marks.append(SVG.line(middle, 74, middle + 40, 74, class: "flow"))
    }
    let columns = min(index.trial.arms.count, FlowDiagram.perRow)
    let panel = FlowDiagram.width / Double(columns)
    for (place, arm) in index.trial.arms.enumerated() {
      let left = Double(place % FlowDiagram.perRow) * panel
      let y = top + 20 + Double(place / FlowDiagram.perRow) * rowHeight
      let lost = missing[arm.id] ?? 0
      if place < FlowDiagram.perRow {
        marks.append(SVG.line(left + panel / 2, top, left + panel / 2, y, class: "flow"))
      }
      marks += box(
        x: left + 6, y: y, width: panel - 12,
        lines: [
          ChartText.fitted(arm.name[language], width: panel - 28),
          clusters(arm).map(NumberStyle.text(count:)).map {
            language.say(ja: "まとまり \($0)", en: "Clusters \($0)")
          },
          index.trial.isRandomised
            ? language.say(
              ja: "割り付け \(people(assigned(arm)))", en: "Assigned \(people(assigned(arm)))")
            : people(assigned(arm)),
          language.say(ja: "結果が不明 \(people(lost))", en: "Outcome unknown \(people(lost))"),
          language.say(
            ja: "分析 \(people(assigned(arm) - lost))", en: "Analysed \(people(assigned(arm) - lost))"
          ),
        ].compactMap(\.self), isStrong: true)
    }
    let ends = index.trial.arms.prefix(FlowDiagram.perRow).indices.map {
      (Double($0) + 0.5) * panel
    }
    if let first = ends.first, let last = ends.last {
      marks.append(SVG.line(min(first, middle), top, max(last, middle), top, class: "flow"))
    }
    return marks
  }

  private func box(
    x: Double, y: Double, width: Double, lines: [String], isStrong: Bool = false
  ) -> [Markup] {
    [
      SVG.rectangle(
        x: x, y: y, width: width, height: Double(lines.count) * 20 + 10, class: "box")
    ]
      + lines.enumerated().map { place, line in
        SVG.text(
          line, x + 10, y + 20 + Double(place) * 20,
          class: isStrong && place == 0 ? "label strong" : "label")
      }
  }

  private var table: TableBlock {
    let hasClusters = index.result.input.clusters != nil
    return TableBlock(
      caption: language.say(ja: "対象者の流れ", en: "Flow of participants"),
      columns: [.name(language.say(ja: "文面", en: "Message"))]
        + (hasClusters ? [.number(language.say(ja: "まとまり", en: "Clusters"))] : [])
        + [
          .number(language.say(ja: "割り付け", en: "Assigned")),
          .number(language.say(ja: "結果が不明", en: "Unknown")),
          .number(language.say(ja: "分析", en: "Analysed")),
        ],
      rows: index.trial.arms.map { arm in
        let lost = missing[arm.id] ?? 0
        let counts = [clusters(arm), assigned(arm), lost, assigned(arm) - lost]
        return [arm.name[language]] + counts.compactMap(\.self).map(NumberStyle.text(count:))
      })
  }
}
