import Analysis
import Spreadsheet
import Vocabulary

/// Effects and the funnel as sheets: one row an arm, one number a cell.
struct EffectSheets {
  let index: ResultIndex
  private var language: Language { index.language }

  /// Everyone, outcome by outcome; in a factorial trial by factor, and then the combinations.
  var effects: Sheet {
    let views = index.views + (index.result.factors.isEmpty ? [] : [index])
    let rows = views.flatMap { view in
      view.trial.outcomes.flatMap { outcome in
        view.trial.arms.map { row(outcome, $0, ResultIndex.everyone, in: view) }
      }
    }
    return Sheet(
      language.say(ja: "効果", en: "Effects"), columns: columns(withGroup: false), rows: rows,
      frozenColumns: 2, notes: [legend], chart: chart)
  }

  /// The same within cohorts and subgroups; nil where the trial has none.
  var groups: Sheet? {
    let rows = index.views.flatMap { view in
      view.trial.outcomes.flatMap { outcome in
        view.trial.cohorts.flatMap { cohort in
          view.trial.arms.map { row(outcome, $0, cohort.id, in: view) }
        }
      } + view.result.subgroups.flatMap { subgroups($0, in: view) }
    }
    guard !rows.isEmpty else { return nil }
    return Sheet(
      language.say(ja: "区分別", en: "Groups"), columns: columns(withGroup: true), rows: rows,
      frozenColumns: 3,
      notes: [
        legend,
        language.say(
          ja: "区分別の結果は探索的なものです。「縮約後」は、区分ごとのばらつきのうち偶然の分を差し引いた効果です。",
          en:
            "Groups are exploratory. Shrunken effects are less what is chance in the spread between groups."
        ),
      ])
  }

  private var legend: String {
    language.say(
      ja: "率とその差は割合です（差 +1.0% は1ポイントの増加）。区間は\(index.level)信頼区間です。",
      en: "Rates and their differences are shares (a difference of +1.0% is one point more). "
        + "Intervals are \(index.level) confidence intervals.")
  }

  private func columns(withGroup: Bool) -> [SheetColumn] {
    let low = language.say(ja: "\(index.level)区間の下限", en: "\(index.level) CI, low")
    let high = language.say(ja: "\(index.level)区間の上限", en: "\(index.level) CI, high")
    var columns = [SheetColumn.text(language.say(ja: "成果指標", en: "Outcome"), width: 18)]
    if withGroup {
      columns.append(
        SheetColumn.text(language.say(ja: "区分", en: "Group"), width: 16))
    }
    columns += [
      SheetColumn.text(language.say(ja: "文面", en: "Arm"), width: 22),
      SheetColumn.number(index.units.titleWithUnit, width: 10),
      SheetColumn.number(
        language.say(
          ja: "該当（\(index.units.name)）", en: "Events (\(index.units.name))"), width: 10),
      SheetColumn.number(language.say(ja: "率・平均", en: "Rate or mean"), width: 11),
      SheetColumn.number(language.say(ja: "基準との差", en: "Difference"), width: 11),
      SheetColumn.number(low, width: 14), SheetColumn.number(high, width: 14),
      SheetColumn.number(language.say(ja: "p値", en: "p-value"), width: 9),
    ]
    columns.append(
      withGroup
        ? SheetColumn.number(language.say(ja: "縮約後の差", en: "Shrunken"), width: 11)
        : SheetColumn.number(language.say(ja: "補正後p値", en: "Adjusted p"), width: 10))
    if !withGroup {
      columns.append(
        SheetColumn.text(language.say(ja: "結論", en: "Conclusion"), width: 20))
    }
    return columns
  }

  private func row(
    _ outcome: TrialSummary.OutcomeSummary, _ arm: TrialSummary.ArmSummary, _ cohort: String,
    in view: ResultIndex
  ) -> [CellValue] {
    let isEveryone = cohort == ResultIndex.everyone
    let style = Styles(outcome, in: view)
    let mean = view.mean(outcome.id, arm.id, cohort)
    let effect =
      arm.control ? nil : view.row(outcome.id, arm.id, cohort, outcome.difference.id)
    let verdict = view.result.verdicts.first { $0.outcome == outcome.id && $0.arm == arm.id }
    let p = CellStyle.pValue
    let hidesMean = view.isHidden(outcome.id, arm.id, cohort)
    let hidesEffect = effect?.notes.contains(.withheld) ?? false
    let means: [CellValue] = [
      .count(mean?.n), .count(mean?.events), .optional(mean?.mean, style.mean),
    ]
    let effects: [CellValue] = [
      .optional(effect?.estimate, style.difference), .optional(effect?.confLow, style.difference),
      .optional(effect?.confHigh, style.difference), .optional(effect?.pValue, p),
    ]
    return [.text(view.outcomeName(outcome.id))]
      + (isEveryone ? [] : [.text(view.cohortName(cohort))]) + [.text(arm.name[language])]
      + (hidesMean ? means.map { _ in .text(view.symbol) } : means)
      + (hidesEffect ? effects.map { _ in .text(view.symbol) } : effects)
      + (isEveryone
        ? [
          .optional(effect?.pAdjusted, p),
          .text(
            arm.control
              ? language.say(ja: "（基準）", en: "(control)")
              : verdict?.conclusion.badge(of: outcome, in: language) ?? ""),
        ] : [.blank])
  }

  private func subgroups(_ finding: SubgroupFinding, in view: ResultIndex) -> [[CellValue]] {
    guard let outcome = view.outcome(finding.outcome) else { return [] }
    let style = Styles(outcome, in: view)
    return finding.levels.map { level in
      let n = [level.nArm, level.nControl].compactMap(\.self)
      let names: [CellValue] = [
        .text(view.outcomeName(finding.outcome)),
        .text(
          "\(finding.name[language])\(language.say(ja: "：", en: ": "))\(index.armName(level.value))"
        ),
        .text(view.armName(finding.arm)),
      ]
      guard !level.notes.contains(.withheld) else {
        return names
          + (names.count..<columns(withGroup: true).count).map { _ in .text(view.symbol) }
      }
      return names + [
        .count(n.isEmpty ? nil : n.reduce(0, +)), .blank, .blank,
        .optional(level.estimate, style.difference), .optional(level.confLow, style.difference),
        .optional(level.confHigh, style.difference), .blank,
        .optional(level.shrunken, style.difference),
      ]
    }
  }

  /// The rates of the first charted outcome; nil for anything but rates.
  private var chart: SheetChart? {
    let view = index.views[0]
    guard let outcome = view.chartedOutcomes.first, outcome.isBinary,
      let place = view.trial.outcomes.firstIndex(where: { $0.id == outcome.id })
    else { return nil }
    let first = place * view.trial.arms.count
    return SheetChart(
      title: view.outcomeName(outcome.id), categories: 1, values: 4,
      rows: first..<(first + view.trial.arms.count),
      axis: language.say(ja: "率", en: "Rate"),
      style: .percent(decimals: view.style(of: outcome).mean.decimals))
  }

  /// The funnel; nil where the trial has none.
  var funnel: Sheet? {
    let result = index.result
    guard !result.funnel.isEmpty else { return nil }
    return Sheet(
      language.say(ja: "行動の段階", en: "Flow"),
      columns: [
        SheetColumn.text(language.say(ja: "段階", en: "Step"), width: 22),
        SheetColumn.text(language.say(ja: "文面", en: "Arm"), width: 22),
        SheetColumn.number(
          language.say(
            ja: "割り付けた\(index.units.titleWithUnit)", en: "Assigned (\(index.units.name))"),
          width: 12),
        SheetColumn.number(
          language.say(
            ja: "達した\(index.units.titleWithUnit)", en: "Reached (\(index.units.name))"), width: 12),
        SheetColumn.number(language.say(ja: "全員に占める割合", en: "Share of all"), width: 11),
        SheetColumn.number(
          language.say(ja: "前の段階から進んだ割合", en: "Share of the step before"), width: 13),
        SheetColumn.number(language.say(ja: "基準との差", en: "Difference"), width: 11),
        SheetColumn.number(
          language.say(ja: "\(index.level)区間の下限", en: "\(index.level) CI, low"), width: 11),
        SheetColumn.number(
          language.say(ja: "\(index.level)区間の上限", en: "\(index.level) CI, high"), width: 11),
        SheetColumn.number(
          language.say(
            ja: "不明（\(index.units.name)）", en: "Missing (\(index.units.name))"), width: 10),
      ],
      rows: index.steps.flatMap { step in
        index.trial.arms.compactMap { stepRow(step, $0) }
      }, frozenColumns: 2)
  }

  private func stepRow(_ step: String, _ arm: TrialSummary.ArmSummary) -> [CellValue]? {
    let names: [CellValue] = [.text(index.stepName(step)), .text(arm.name[language])]
    let points = CellStyle.signedPercent(decimals: 1)
    guard let row = index.funnelRow(step, arm.id) else {
      return index.isHidden(step, arm.id, isStep: true)
        ? names + (0..<8).map { _ in .text(index.symbol) } : nil
    }
    return names + [
      .count(row.n), .count(row.events), .optional(row.rateOfAll, .percent(decimals: 1)),
      .optional(row.rateOfPrevious, .percent(decimals: 1)), .optional(row.difference, points),
      .optional(row.confLow, points), .optional(row.confHigh, points), .count(row.missing),
    ]
  }
}

/// How one outcome's numbers are printed in cells.
private struct Styles {
  let mean: CellStyle
  let difference: CellStyle

  init(_ outcome: TrialSummary.OutcomeSummary, in index: ResultIndex) {
    let style = index.style(of: outcome)
    if outcome.isBinary {
      mean = .percent(decimals: style.mean.decimals)
      difference = .signedPercent(decimals: style.difference.decimals)
    } else {
      mean = .decimal(style.mean.decimals)
      difference =
        outcome.difference.isSigned
        ? .signed(style.difference.decimals)
        : .decimal(outcome.difference.style.decimals)
    }
  }
}
