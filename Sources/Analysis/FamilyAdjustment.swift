import RandomAssignment
import Statistics
import Trials

// How the plan's rule makes one promise for all confirmatory tests together.

extension TrialAnalysis {
  /// The adjusted p-values of the confirmatory rows, as the plan says.
  ///
  /// A question that the data could not answer was asked all the same: it stays in the family at 1.
  func adjusted(
    _ rows: [ResultRow], in observations: Observations
  ) throws(EstimationError) -> [Double] {
    let asked = rows.map { $0.pValue ?? 1 }
    switch trial.analysis.multiplicity {
    case .adjustment(let rule):
      return try rule.adjusted(asked)
    case .dunnett:
      return dunnett(rows, in: observations).map { $0?.pValue ?? 1 }
    case .maxT:
      let joint = try maxT(in: observations)
      return rows.map { row in
        guard let p = row.pValue, let adjusted = joint["\(row.outcome)/\(row.arm)"] else {
          return 1
        }
        return max(p, adjusted)
      }
    case .gates(let gates, let order):
      let families = order.map { family in
        rows.indices.filter { family.contains(rows[$0].outcome) }
      }
      let procedure: Gatekeeping? =
        switch gates {
        case .fixedSequence, .serial: .serial(families)
        case .parallel: .parallel(families)
        }
      guard let procedure else { throw .undefined }
      return try procedure.adjusted(asked)
    }
  }

  /// The confirmatory intervals that hold together: at Bonferroni's level, with Dunnett's critical
  /// value, or, for rules that control false discoveries, of those that were selected; nil where the
  /// rule has none.
  func adjustedIntervals(
    _ rows: [ResultRow], pAdjusted: [Double], in observations: Observations,
    at interval: (_ index: Int, _ level: Double) -> Interval?
  ) -> [Interval?] {
    let alpha = 1 - trial.analysis.level
    let count = Double(rows.count)
    func each(at error: Double, where isMeant: (Int) -> Bool = { _ in true }) -> [Interval?] {
      rows.indices.map {
        isMeant($0) ? interval($0, 1 - error) : nil
      }
    }
    switch trial.analysis.multiplicity {
    case .adjustment(.none), .gates, .maxT:
      return rows.map { _ in nil }
    case .adjustment(.bonferroni), .adjustment(.holm), .adjustment(.hochberg), .adjustment(.hommel):
      return each(at: alpha / count)
    case .adjustment(.bh), .adjustment(.by):
      let selected = pAdjusted.indices.filter { pAdjusted[$0] < alpha }
      guard !selected.isEmpty else { return rows.map { _ in nil } }
      let harmonic =
        trial.analysis.multiplicity == .adjustment(.by)
        ? (1...rows.count).reduce(0) { $0 + 1 / Double($1) } : 1
      return each(at: Double(selected.count) * alpha / count / harmonic) { selected.contains($0) }
    case .dunnett:
      return dunnett(rows, in: observations).map { $0?.interval }
    }
  }

  /// The interval of a confirmatory row at another level.
  func interval(
    of row: ResultRow, level: Double, in observations: Observations
  ) -> Interval? {
    guard let outcome = trial.outcomes.first(where: { $0.id == row.outcome }),
      let measure = Catalogue.effectMeasures.first(where: { type(of: $0).name == row.measure }),
      let means = try? marginalMeans(of: outcome, cohort: nil, in: observations).get(),
      var estimate = try? measure.estimate(Contrast(row.arm, versus: row.control), from: means)
    else { return nil }
    let clusters = fewClusters(
      measure, Contrast(row.arm, versus: row.control), on: outcome, cohort: nil,
      by: trial.estimator(for: outcome).estimator, from: .success(means), in: observations)
    if let redrawn = clusters?.redrawn { estimate.take(redrawn) }
    return try? inference(for: outcome, cohort: nil).interval(of: estimate, level: level)
  }

  /// By outcome and arm: the step-down adjustment from joint re-draws of all arms.
  private func maxT(
    in observations: Observations
  ) throws(EstimationError) -> [String: Double] {
    guard let units = observations.primaryUnits, let control = trial.control?.arm.id else {
      throw .undefined
    }
    var columns = 0
    var responses: [(response: Response, columns: [Int])] = []
    let primary = trial.outcomes.filter { $0.role == .primary }
    for outcome in primary {
      let count = outcome.response.columns.count
      responses.append((outcome.response, Array(columns..<(columns + count))))
      columns += count
    }
    let joint = try JointRedraws(
      of: responses, in: units, control: control, arms: trial.treatments.map(\.arm.id),
      draws: trial.analysis.draws, seed: trial.analysis.seed)
    let names = primary.flatMap { outcome in
      trial.treatments.map { "\(outcome.id)/\($0.arm.id)" }
    }
    return Dictionary(zip(names, try joint.adjustedPValues)) { first, _ in first }
  }

  /// Dunnett within each outcome, Bonferroni over outcomes.
  private func dunnett(
    _ rows: [ResultRow], in observations: Observations
  ) -> [(pValue: Double, interval: Interval)?] {
    let outcomes = trial.outcomes.filter { outcome in rows.contains { $0.outcome == outcome.id } }
    let count = Double(max(outcomes.count, 1))
    var found: [(pValue: Double, interval: Interval)?] = rows.map { _ in nil }
    for outcome in outcomes {
      let places = rows.indices.filter { rows[$0].outcome == outcome.id && rows[$0].pValue != nil }
      guard let control = places.first.map({ rows[$0].control }),
        let means = try? marginalMeans(of: outcome, cohort: nil, in: observations).get(),
        let compared = try? DunnettComparisons(
          of: places.map { rows[$0].arm }, versus: control, in: means),
        let pValues = try? compared.adjustedPValues,
        let intervals = try? compared.intervals(level: 1 - (1 - trial.analysis.level) / count)
      else { continue }
      for (place, (p, interval)) in zip(places, zip(pValues, intervals)) {
        found[place] = (min(1, max(rows[place].pValue ?? 0, count * p)), interval)
      }
    }
    return found
  }
}
