import RandomAssignment
import Statistics
import Trials
import Vocabulary

// Whether effects differ between groups: one test for all groups of a column, and effects that are
// drawn together by how much of their spread chance explains.

extension TrialAnalysis {
  /// Whether an outcome is looked at by subgroup.
  func isSplit(_ outcome: Outcome) -> Bool { outcome.role != .exploratory }

  /// One finding an outcome, arm and column.
  func subgroups(in observations: Observations) -> [SubgroupFinding] {
    guard let control = trial.control?.arm.id else { return [] }
    var findings = trial.outcomes.filter(isSplit).flatMap { outcome in
      trial.treatments.flatMap { treatment in
        trial.analysis.subgroups.map { plan in
          subgroups(
            of: plan, on: outcome, Contrast(treatment.arm.id, versus: control), in: observations)
        }
      }
    }
    adjust(&findings)
    return findings
  }

  private func subgroups(
    of plan: SubgroupPlan, on outcome: Outcome, _ contrast: Contrast,
    in observations: Observations
  ) -> SubgroupFinding {
    let estimator = trial.estimator(for: outcome).estimator
    let quantity = type(of: estimator).quantities[outcome.response.kind]
    let measure = quantity.flatMap { Catalogue.effectMeasures(for: $0).first }
    var finding = SubgroupFinding(
      outcome: outcome.id, role: outcome.role.rawValue, arm: contrast.arm,
      control: contrast.control, column: plan.column, name: plan.name, planned: plan.isPlanned,
      measure: measure.map { type(of: $0).name } ?? "", estimator: type(of: estimator).name,
      confLevel: trial.analysis.level)
    guard let measure else { return finding }
    var effects: [(level: Int, effect: SubgroupEffects.Effect)] = []
    for value in observations.levels[plan.column] ?? [] {
      let cohort = Observations.Subject.subgroup(plan.column, value)
      let row = row(
        of: measure, contrast, on: outcome, cohort: cohort, by: type(of: estimator).name,
        from: marginalMeans(of: outcome, cohort: cohort, in: observations))
      if let effect = row.effect { effects.append((finding.levels.count, effect)) }
      finding.levels.append(SubgroupFinding.Level(value, row))
    }
    guard effects.count > 1 else {
      finding.notes.append(.tooFewGroups(effects.count))
      return finding
    }
    do throws(EstimationError) {
      let compared =
        measure is HazardRatio
        ? try SubgroupEffects(ratios: effects.map(\.effect))
        : try SubgroupEffects(effects.map(\.effect))
      if let order = plan.order {
        try fill(&finding, withTrendOver: order, effects, isRatio: measure is HazardRatio)
      } else {
        finding.statistic = compared.interaction.statistic
        finding.df = compared.interaction.degreesOfFreedom
        finding.residualDF = compared.interaction.residualDegreesOfFreedom
        finding.pValue = compared.interaction.pValue
      }
      for ((level, _), shrunken) in zip(effects, compared.shrunken) {
        finding.levels[level].shrunken = shrunken.value
        finding.levels[level].shrunkenError = shrunken.standardError
      }
      if effects.count < finding.levels.count {
        finding.notes.append(.groupsLeftOut(finding.levels.count - effects.count))
      }
    } catch {
      finding.notes.append(Note(error))
    }
    return finding
  }

  /// The one question is the trend; values that the order does not name are shown and not asked about.
  private func fill(
    _ finding: inout SubgroupFinding, withTrendOver order: [String],
    _ effects: [(level: Int, effect: SubgroupEffects.Effect)], isRatio: Bool
  ) throws(EstimationError) {
    let levels = finding.levels
    let placed = effects.compactMap { level, effect in
      order.firstIndex(of: levels[level].value).map { (score: Double($0 + 1), effect: effect) }
    }
    guard placed.count > 1 else {
      finding.notes.append(.tooFewGroups(placed.count))
      return
    }
    if placed.count < effects.count {
      finding.notes.append(.groupsLeftOut(effects.count - placed.count))
    }
    let (scores, own) = (placed.map(\.score), placed.map(\.effect))
    let trend =
      isRatio
      ? try SubgroupTrend(ratios: own, scores: scores) : try SubgroupTrend(own, scores: scores)
    finding.statistic = trend.statistic * trend.statistic
    finding.df = 1
    finding.residualDF = trend.degreesOfFreedom
    finding.pValue = try trend.evidence.pValue(of: trend.evidence.noEffect)
    finding.trend = SubgroupFinding.Trend(order: order, perStep: trend.perStep)
    if case .between(let low, let high) = try trend.evidence.interval(level: trial.analysis.level) {
      finding.trend?.confLow = low
      finding.trend?.confHigh = high
    }
  }

  /// Holm's adjustment over the planned questions; those thought of later are not tests.
  private func adjust(_ findings: inout [SubgroupFinding]) {
    let planned = findings.indices.filter { findings[$0].planned }
    guard
      let adjusted = try? Multiplicity.holm.adjusted(planned.map { findings[$0].pValue ?? 1 })
    else { return }
    for (index, pAdjusted) in zip(planned, adjusted) where findings[index].pValue != nil {
      findings[index].pAdjusted = pAdjusted
    }
  }
}

extension ResultRow {
  /// What the comparison of groups needs; nil where the error is not known.
  fileprivate var effect: SubgroupEffects.Effect? {
    guard let estimate, let stdError, stdError > 0 else { return nil }
    return SubgroupEffects.Effect(
      value: estimate, standardError: stdError, degreesOfFreedom: df)
  }
}

extension SubgroupFinding.Level {
  fileprivate init(_ value: String, _ row: ResultRow) {
    self.init(
      value: value, nArm: row.nArm, nControl: row.nControl, eventsArm: row.eventsArm,
      eventsControl: row.eventsControl, estimate: row.estimate, stdError: row.stdError,
      confLow: row.confLow, confHigh: row.confHigh, notes: row.notes)
  }
}
