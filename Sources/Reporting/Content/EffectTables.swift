import Analysis
import Vocabulary

/// The tables of effects: who was compared with whom, and what came out.
struct EffectTables {
  let index: ResultIndex

  /// Arms × (people, rate, difference, interval, p) for one outcome, for everyone.
  func effects(on outcome: TrialSummary.OutcomeSummary) -> TableBlock {
    let caption =
      index.outcomeName(outcome.id) + index.language.say(ja: "：", en: ": ")
      + index.roleName(outcome.role)
    return table(outcome, cohorts: [ResultIndex.everyone], caption: caption)
  }

  /// The same within each cohort; nil when the trial has none.
  func cohorts(of outcome: TrialSummary.OutcomeSummary) -> TableBlock? {
    guard !index.trial.cohorts.isEmpty else { return nil }
    var block = table(
      outcome, cohorts: index.trial.cohorts.map(\.id), caption: index.outcomeName(outcome.id))
    block.rowHeads = 2
    return block
  }

  /// Arms × the other scales; nil when the result has none of them.
  func scales(of outcome: TrialSummary.OutcomeSummary) -> TableBlock? {
    let measures = otherMeasures(of: outcome)
    guard !measures.isEmpty else { return nil }
    var block = TableBlock(
      caption: index.outcomeName(outcome.id),
      columns: [.name(armTitle)]
        + measures.map { .number($0.name[index.language]) },
      rows: [])
    for arm in index.treatments {
      let rows = measures.map { index.row(outcome.id, arm.id, ResultIndex.everyone, $0.id) }
      let cells = zip(measures, rows).map { measure, row in
        let shown = index.text(row, as: measure, style: measure.style)
        return shown.interval == NumberStyle.unknown || shown.interval == shown.estimate
          ? shown.estimate
          : index.language.say(
            ja: "\(shown.estimate)（\(shown.interval)）", en: "\(shown.estimate) (\(shown.interval))"
          )
      }
      block.rows.append([arm.name[index.language]] + cells)
      let common = common(rows).filter { !$0.isAboutLook }
      block.notes += common.map { note in
        arm.name[index.language] + index.language.say(ja: "：", en: ": ") + index.words(note)
      }
      for (measure, row) in zip(measures, rows) {
        // At which look it was read stands below the difference.
        let looks = (row?.notes ?? []).filter(\.isAboutLook)
        block.notes += notes(row, measure: measure, except: common + looks)
      }
    }
    return block
  }

  /// Estimators × arms: the planned estimate beside those that adjust for less; nil when there is
  /// only one estimator.
  func estimators(of outcome: TrialSummary.OutcomeSummary) -> TableBlock? {
    let beside = index.estimatorsBeside(outcome).filter { name in
      index.treatments.contains {
        index.row(
          outcome.id, $0.id, ResultIndex.everyone, outcome.difference.id, by: name) != nil
      }
    }
    guard !beside.isEmpty else { return nil }
    let language = index.language
    let style = index.style(of: outcome)
    var block = TableBlock(
      caption: index.outcomeName(outcome.id),
      columns: [
        .name(armTitle), .name(language.say(ja: "推定方法", en: "Estimator")),
        .mark(Standing.title(in: language)),
        .number(outcome.difference.name[language]), .number(index.shortIntervalName),
        .number(language.say(ja: "p値", en: "p-value")),
      ],
      rows: [])
    block.rowHeads = 2
    for arm in index.treatments {
      for name in [outcome.estimator] + beside {
        let row = index.row(
          outcome.id, arm.id, ResultIndex.everyone, outcome.difference.id, by: name)
        let effect = index.text(row, as: outcome.difference, style: style.difference)
        block.rows.append([
          arm.name[language], MethodWording.shortEstimator(name, language),
          (name == outcome.estimator
            ? index.standing(of: outcome, in: ResultIndex.everyone) : .exploratory).word(
              in: language), effect.estimate,
          effect.interval, index.pValue(row?.pValue, of: row),
        ])
      }
    }
    return block
  }

  /// Arms × the effect on those who took up the offer; nil where the trial does not ask.
  func compliers(of outcome: TrialSummary.OutcomeSummary) -> TableBlock? {
    let rows = index.treatments.map { index.complierRow(outcome.id, $0.id) }
    guard rows.contains(where: { $0 != nil }) else { return nil }
    let language = index.language
    let style = index.style(of: outcome)
    var block = TableBlock(
      caption: index.outcomeName(outcome.id)
        + language.say(ja: "：文面によって利用した人への効果", en: ": effect on those who took it up"),
      columns: [
        .name(armTitle), .number(outcome.difference.name[language]),
        .number(index.shortIntervalName), .number(language.say(ja: "p値", en: "p-value")),
      ],
      rows: [])
    for (arm, row) in zip(index.treatments, rows) {
      let effect = index.text(row, as: outcome.difference, style: style.difference)
      block.rows.append([
        arm.name[language], effect.estimate, effect.interval,
        index.pValue(row?.pValue, of: row),
      ])
      block.notes += notes(row, measure: outcome.difference)
    }
    block.notes.append(
      language.say(
        ja: "文面が、利用以外の道筋で成果に影響しない場合に限り、こう読むことができます。",
        en: "This reading holds only if the message works through take-up alone."))
    return block
  }

  /// The measures beside the difference that the result holds for an outcome, in reading order.
  func otherMeasures(of outcome: TrialSummary.OutcomeSummary) -> [MeasureWording] {
    var found: [String] = []
    for row in index.rows(of: outcome.id)
    where row.cohort == ResultIndex.everyone
      && row.estimator == outcome.estimator && row.measure != outcome.difference.id
      && !found.contains(row.measure)
    {
      found.append(row.measure)
    }
    let known = MeasureWording.otherScales.filter { found.contains($0.id) }
    let others = found.filter { id in !known.contains { $0.id == id } }
    return known + others.map(MeasureWording.named)
  }

  // MARK: - Rows

  private var armTitle: String { index.language.say(ja: "文面", en: "Message") }

  private func table(
    _ outcome: TrialSummary.OutcomeSummary, cohorts: [String], caption: String
  ) -> TableBlock {
    let language = index.language
    let style = index.style(of: outcome)
    let withinCohorts = cohorts != [ResultIndex.everyone]
    let isAdjusted = cohorts.contains { cohort in
      index.treatments.contains {
        index.row(outcome.id, $0.id, cohort, outcome.difference.id)?.pAdjusted != nil
      }
    }
    var columns: [TableBlock.Column] =
      withinCohorts
      ? [.name(language.say(ja: "区分", en: "Group"))] : []
    columns += [
      .name(armTitle), .mark(Standing.title(in: language)),
      .number(
        outcome.isBinary
          ? language.say(ja: "該当／\(index.units.title)", en: "Events / n") : index.units.title),
      .number(
        outcome.level[language].startingSentence),
      .number(outcome.difference.name[language]),
      .number(index.shortIntervalName),
      .number(language.say(ja: "p値", en: "p-value")),
    ]
    if isAdjusted { columns.append(.number(language.say(ja: "補正後p値", en: "Adjusted p"))) }
    var block = TableBlock(caption: caption, columns: columns, rows: [])
    for cohort in cohorts {
      for arm in index.trial.arms {
        let cells = cells(outcome, arm, cohort, style)
        block.rows.append(
          (withinCohorts ? [index.cohortName(cohort)] : []) + cells.prefix(isAdjusted ? 8 : 7))
        let row = index.row(outcome.id, arm.id, cohort, outcome.difference.id)
        block.notes += notes(row, measure: outcome.difference)
      }
    }
    block.notes += designNotes(on: outcome)
    if !withinCohorts, outcome.id == index.trial.outcomes.first?.id {
      block.legend = Standing.legend(in: language)
    }
    return block
  }

  private func cells(
    _ outcome: TrialSummary.OutcomeSummary, _ arm: TrialSummary.ArmSummary, _ cohort: String,
    _ style: OutcomeStyle
  ) -> [String] {
    let mean = index.mean(outcome.id, arm.id, cohort)
    let people = mean.map { mean in
      [mean.events, mean.n].compactMap { $0 }.map(NumberStyle.text(count:)).joined(separator: "/")
    }
    let standing = index.standing(of: outcome, in: cohort).word(in: index.language)
    let head = [
      arm.name[index.language], arm.control ? "" : standing,
      people ?? index.absent(outcome.id, arm.id, cohort),
      mean == nil
        ? index.absent(outcome.id, arm.id, cohort) : style.mean.text(mean?.mean),
    ]
    guard !arm.control else {
      return head + [index.language.say(ja: "（基準）", en: "(control)"), "", "", ""]
    }
    let row = index.row(outcome.id, arm.id, cohort, outcome.difference.id)
    let effect = index.text(row, as: outcome.difference, style: style.difference)
    return head + [
      effect.estimate, effect.interval,
      index.pValue(row?.pValue, of: row),
      index.pValue(row?.pAdjusted, of: row),
    ]
  }

  /// What all of several rows say, to be said once.
  private func common(_ rows: [ResultRow?]) -> [Note] {
    guard rows.count > 1, let first = rows.first ?? nil else { return [] }
    return first.notes.filter { note in
      !note.isAboutDesign && rows.allSatisfy { $0?.notes.contains(note) ?? false }
    }
  }

  private func notes(
    _ row: ResultRow?, measure: MeasureWording, except common: [Note] = []
  ) -> [String] {
    guard let row else { return [] }
    let place = [
      row.cohort == ResultIndex.everyone ? nil : index.cohortName(row.cohort),
      index.armName(row.arm), measure.name[index.language],
    ]
    let label = place.compactMap { $0 }.joined(separator: index.language.say(ja: "・", en: ", "))
    return row.notes.filter { !$0.isAboutDesign && !common.contains($0) && $0 != .withheld }.map {
      let own =
        measure.isSigned ? $0.words(in: index.language, style: style(of: row, measure)) : nil
      return label + index.language.say(ja: "：", en: ": ") + (own ?? index.words($0))
    }
  }

  private func style(of row: ResultRow, _ measure: MeasureWording) -> NumberStyle {
    guard let outcome = index.outcome(row.outcome), outcome.measure == measure.id else {
      return measure.style
    }
    return index.style(of: outcome).difference
  }

  /// What the design makes of every row alike: said once, below the table of differences.
  private func designNotes(on outcome: TrialSummary.OutcomeSummary) -> [String] {
    var said: [Note] = []
    for row in index.rows(of: outcome.id)
    where row.estimator == outcome.estimator {
      said += row.notes.filter { $0.isAboutDesign && !said.contains($0) }
    }
    return said.map(index.words)
  }
}

extension Note {
  fileprivate var isAboutLook: Bool {
    if case .look = self { return true }
    return false
  }

  /// Whether the note is about how the trial was drawn rather than about one number.
  fileprivate var isAboutDesign: Bool {
    switch self {
    case .clustersIgnored, .covariatesCapped, .covariateFilled, .covariateIndicated,
      .covariateDropped, .blocksNotInModel, .blocksLeftOut:
      true
    default: false
    }
  }
}
