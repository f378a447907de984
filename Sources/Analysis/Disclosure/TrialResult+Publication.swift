// A result without what must not be read from it.

extension TrialResult {
  /// The result for publication.
  ///
  /// Hidden rows of effects stay with a note and without a number; hidden means, steps and curves are gone. Curves always are:
  /// each of their steps is a person. Conclusions keep their word.
  ///
  /// - Parameter earlier: what was published before of the same trial, so that nothing can be read from the difference.
  /// - Returns: the result and the log of what was hidden; nil where the trial does not say what to hide.
  public func forPublication(
    since earlier: TrialResult? = nil
  ) -> (result: TrialResult, log: [HiddenCell])? {
    guard let record = disclosure else { return nil }
    if record.hidden != nil { return (self, []) }
    let found = Disclosure(of: self, record, since: earlier)
    let withheld = Withheld(cells: found.hidden, record, found.withoutCombinations, of: self)
    var result = self
    let controls = trial.arms.filter(\.control).map(\.id)
    withheld.hide(
      &result.results, &result.means, &result.funnel, &result.verdicts, &result.subgroups)
    result.curves = []
    let counts = CountTable(of: self)
    result.balance.removeAll { row in
      guard let level = row.level else {
        // A mean between 0 and 1 may be a share.
        return [row.mean, row.controlMean].contains { $0.map { (0...1).contains($0) } ?? true }
      }
      // A share of an arm is a number of people. It is shown where an outcome shows it.
      let group = Observations.Subject.subgroup(row.column, level)
      return !trial.outcomes.contains { outcome in
        [row.arm, row.control].allSatisfy { arm in
          counts.count(outcome.id, arm, group) != nil && !withheld.contains(outcome.id, arm, group)
        }
      }
    }
    // A deviate tells an estimate.
    result.looks?.look.comparisons.removeAll {
      withheld.contains($0.outcome, $0.arm)
        || found.hidden.keys.contains { cell in
          controls.contains(cell.arm) && cell.group == DisclosureRecord.everyone && !cell.isStep
        }
    }
    result.factors = result.factors.map { factor in
      var factor = factor
      withheld.hide(
        &factor.results, &factor.means, &factor.funnel, &factor.verdicts, &factor.subgroups)
      factor.curves = []
      return factor
    }
    result.checks = result.checks.compactMap { $0.forPublication(record.minimumCell) }
    result.disclosure?.hidden = found.hidden.keys.sorted(by: DisclosureRecord.Cell.inOrder)
    return (result, log(of: found.hidden))
  }

  private func log(of hidden: [DisclosureRecord.Cell: HidingReason]) -> [HiddenCell] {
    let tables = ([self] + factors.map(result(of:))).map(CountTable.init(of:))
    return hidden.sorted { DisclosureRecord.Cell.inOrder($0.key, $1.key) }.map { cell, reason in
      let count = tables.lazy.compactMap { table in
        cell.isStep
          ? table.steps[cell.arm]?.first { $0.step == cell.outcome }?.count
          : table.count(cell.outcome, cell.arm, cell.group)
      }.first
      return HiddenCell(cell: cell, reason: reason, units: count?.units, events: count?.events)
    }
  }
}

extension DisclosureRecord.Cell {
  fileprivate static func inOrder(_ left: Self, _ right: Self) -> Bool {
    (left.isStep ? 1 : 0, left.outcome, left.group, left.arm)
      < (right.isStep ? 1 : 0, right.outcome, right.group, right.arm)
  }
}

extension Check {
  /// The check without anybody's identifier; nil where all it tells is a small number.
  fileprivate func forPublication(_ minimum: Int) -> Check? {
    var check = self
    switch kind {
    case .duplicateUnits(let count, _):
      check.kind = .duplicateUnits(count: count, examples: [])
    case .drawnList(var tally):
      tally.examples = []
      check.kind = .drawnList(tally)
    case .funnelOrder(_, let count) where count > 0 && count < minimum:
      return nil
    default: break
    }
    return check
  }
}

/// The cells that are hidden, and what is known only with them.
private struct Withheld {
  private let cells: Set<DisclosureRecord.Cell>
  private let groups: Set<String>
  private let withoutCombinations: Set<String>
  /// The levels of a factorial trial's factors, as the values of an interaction's table.
  private let levels: Set<String>
  private let controls: [String]

  init(
    cells: [DisclosureRecord.Cell: HidingReason], _ record: DisclosureRecord,
    _ withoutCombinations: Set<String>, of result: TrialResult
  ) {
    self.cells = Set(cells.keys)
    groups = Set(record.families.flatMap(\.groups).flatMap(\.names))
    self.withoutCombinations = withoutCombinations
    levels = Set(result.factors.flatMap(\.arms).map(\.id))
    controls = (result.trial.arms + result.factors.flatMap(\.arms)).filter(\.control).map(\.id)
  }

  func contains(
    _ outcome: String, _ arm: String, _ group: String = DisclosureRecord.everyone,
    isStep: Bool = false
  ) -> Bool {
    cells.contains(
      DisclosureRecord.Cell(outcome: outcome, arm: arm, group: group, isStep: isStep))
  }

  func hide(
    _ results: inout [ResultRow], _ means: inout [MeanRow], _ funnel: inout [FunnelRow],
    _ verdicts: inout [Verdict], _ subgroups: inout [SubgroupFinding]
  ) {
    results = results.map { row in
      // An effect on compliers tells how many took up the offer, and the result has no count of them to look at.
      if row.estimand == "CACE" { return row.withheld }
      return contains(row.outcome, row.arm, row.cohort)
        || contains(row.outcome, row.control, row.cohort)
        ? row.withheld : row
    }
    means.removeAll { contains($0.outcome, $0.arm, $0.cohort) }
    verdicts = verdicts.map { verdict in
      contains(verdict.outcome, verdict.arm) || contains(verdict.outcome, verdict.control)
        ? verdict.withheld : verdict
    }
    subgroups = subgroups.map(hide)
    hide(&funnel)
  }

  private func hide(_ finding: SubgroupFinding) -> SubgroupFinding {
    var finding = finding
    var hidesAny = false
    for place in finding.levels.indices {
      let value = finding.levels[place].value
      let group = Observations.Subject.subgroup(finding.column, value)
      // Of a group that is in no family nobody knows what could be subtracted from it.
      let isHidden: Bool =
        if levels.contains(value) {
          withoutCombinations.contains(finding.outcome)
            || contains(finding.outcome, finding.arm) || contains(finding.outcome, finding.control)
        } else {
          !groups.contains(group) || contains(finding.outcome, finding.arm, group)
            || contains(finding.outcome, finding.control, group)
        }
      guard isHidden else { continue }
      hidesAny = true
      finding.levels[place] = SubgroupFinding.Level(value: value, notes: [.withheld])
    }
    guard hidesAny else { return finding }
    // The average and the test know what is hidden.
    for place in finding.levels.indices {
      finding.levels[place].shrunken = nil
      finding.levels[place].shrunkenError = nil
    }
    finding.statistic = nil
    finding.df = nil
    finding.residualDF = nil
    finding.pValue = nil
    finding.pAdjusted = nil
    finding.trend = nil
    finding.notes = [.withheld]
    return finding
  }

  private func hide(_ funnel: inout [FunnelRow]) {
    let steps = funnel.reduce(into: [String]()) { steps, row in
      if !steps.contains(row.step) { steps.append(row.step) }
    }
    funnel = funnel.compactMap { row in
      guard !contains(row.step, row.arm, isStep: true) else { return nil }
      var row = row
      if let place = steps.firstIndex(of: row.step), place > 0,
        contains(steps[place - 1], row.arm, isStep: true)
      {
        row.rateOfPrevious = nil
      }
      // The difference tells the control's rate.
      if controls.contains(where: { contains(row.step, $0, isStep: true) }) {
        row.difference = nil
        row.confLow = nil
        row.confHigh = nil
        row.pValue = nil
      }
      return row
    }
  }
}

extension ResultRow {
  /// Which comparison it is, and no number.
  fileprivate var withheld: ResultRow {
    ResultRow(
      outcome: outcome, role: role, arm: arm, control: control, cohort: cohort, estimand: estimand,
      measure: measure, estimator: estimator, confLevel: confLevel, notes: [.withheld])
  }
}

extension Verdict {
  /// The word alone.
  fileprivate var withheld: Verdict {
    Verdict(
      outcome: outcome, arm: arm, control: control, conclusion: conclusion, beneficial: beneficial,
      worthwhile: worthwhile)
  }
}
