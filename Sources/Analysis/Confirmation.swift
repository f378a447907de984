import RandomAssignment
import Statistics
import Trials

// The confirmatory family: each primary outcome × each arm, for everyone, on its own scale.

extension TrialAnalysis {
  /// Whether a row is one of the tests that the trial was made for.
  func isConfirmatory(_ row: ResultRow) -> Bool {
    guard row.cohort == "all", row.role == Outcome.Role.primary.rawValue,
      let outcome = trial.outcomes.first(where: { $0.id == row.outcome })
    else { return false }
    let planned = type(of: trial.estimator(for: outcome).estimator)
    guard planned.name == row.estimator, let quantity = planned.quantities[outcome.response.kind],
      let scale = Catalogue.effectMeasures(for: quantity).first
    else { return false }
    return row.measure == type(of: scale).name
  }

  /// The rows of several analyses that are one family of tests, such as the factors of one trial, each
  /// with the adjusted p-value on its confirmatory rows and on the other scales of the same test.
  static func adjusted(
    _ tables: [[ResultRow]], of parts: [(analysis: TrialAnalysis, observations: Observations)]
  ) -> [[ResultRow]] {
    guard let first = parts.first else { return tables }
    var tables = tables
    let family = parts.indices.flatMap { part in
      tables[part].indices.filter { parts[part].analysis.isConfirmatory(tables[part][$0]) }
        .map { (part: part, row: $0) }
    }
    let asked = family.map { tables[$0.part][$0.row] }
    guard let adjusted = try? first.analysis.adjusted(asked, in: first.observations) else {
      return tables
    }
    let intervals = first.analysis.adjustedIntervals(
      asked, pAdjusted: adjusted, in: first.observations
    ) { index, level in
      let (analysis, observations) = parts[family[index].part]
      return analysis.interval(of: asked[index], level: level, in: observations)
    }
    for (place, (pAdjusted, interval)) in zip(family, zip(adjusted, intervals)) {
      tables[place.part].fill(place.row, pAdjusted: pAdjusted, interval)
    }
    return tables
  }

  /// One conclusion for each confirmatory test.
  func verdicts(from rows: [ResultRow], in observations: Observations) -> [Verdict] {
    rows.filter(isConfirmatory).compactMap { row in
      guard let outcome = trial.outcomes.first(where: { $0.id == row.outcome }) else { return nil }
      let means = try? marginalMeans(of: outcome, cohort: nil, in: observations).get()
      let conclusion = conclusion(of: row, worthwhile: outcome.worthwhile)
      return Verdict(
        outcome: row.outcome, arm: row.arm, control: row.control, conclusion: conclusion,
        beneficial: beneficial(conclusion, outcome.better),
        estimate: row.estimate, confLow: row.confLow, confHigh: row.confHigh,
        pValue: row.pValue, pAdjusted: row.pAdjusted, worthwhile: outcome.worthwhile,
        meanArm: means?.mean(of: row.arm), meanControl: means?.mean(of: row.control),
        moreUnits: conclusion == .undecided
          ? moreUnits(row, worthwhile: outcome.worthwhile, in: observations) : nil,
        power: powerBySize(row, worthwhile: outcome.worthwhile, in: observations))
    }
  }

  /// How many more units in all would find the worthwhile effect with 80 % power, if standard errors shrink with √n: n·((z_{α/2} +
  /// z_{.2})·SE/worthwhile)² are needed.
  private func moreUnits(
    _ row: ResultRow, worthwhile: Double?, in observations: Observations
  ) -> Int? {
    let all = observations.units.values.reduce(0, +)
    let isDifference = row.measure == RiskDifference.name || row.measure == MeanDifference.name
    guard let worthwhile, worthwhile > 0, isDifference, let error = row.stdError, error > 0,
      all > 0,
      let drift = try? PriceOfLooking.fixedDrift(1 - trial.analysis.level, 0.8)
    else { return nil }
    let factor = (drift * error / worthwhile) * (drift * error / worthwhile)
    let more = Double(all) * (factor - 1)
    return more >= 1 && more < 1e12 ? Int(more.rounded(.up)) : nil
  }

  /// Reads the interval, never the absence of significance.
  ///
  /// A change too small to be worthwhile is "practically unchanged" even where it is certainly not
  /// zero; a change counts only if it also survives the adjustment for several tests.
  ///
  /// An event that comes faster means less time: a hazard ratio above 1 reads as a decrease, as a negative
  /// difference of mean times does.
  func conclusion(of row: ResultRow, worthwhile: Double?) -> Verdict.Conclusion {
    guard var low = row.confLow, var high = row.confHigh, let p = row.pAdjusted ?? row.pValue
    else { return .undecided }
    if row.measure == HazardRatio.name { (low, high) = (1 - high, 1 - low) }
    if let worthwhile, -worthwhile < low, high < worthwhile { return .practicallyUnchanged }
    guard p < 1 - trial.analysis.level else { return .undecided }
    if low > 0 { return .increases }
    if high < 0 { return .decreases }
    return .undecided
  }

  private func beneficial(_ conclusion: Verdict.Conclusion, _ better: Outcome.Better) -> Bool? {
    switch conclusion {
    case .increases: better == .more
    case .decreases: better == .less
    case .practicallyUnchanged, .undecided: nil
    }
  }
}

extension [ResultRow] {
  /// Writes what holds for the family into a row and into the other scales of its test.
  fileprivate mutating func fill(_ index: Int, pAdjusted: Double, _ interval: Interval?) {
    if case .between(let lower, let upper)? = interval {
      self[index].confLowAdjusted = lower.isFinite ? lower : nil
      self[index].confHighAdjusted = upper.isFinite ? upper : nil
    }
    let test = self[index]
    guard let pValue = test.pValue else { return }
    for scale in indices
    where self[scale].outcome == test.outcome && self[scale].arm == test.arm
      && self[scale].estimator == test.estimator && self[scale].cohort == test.cohort
    {
      // The same test on another scale: equal but for the last digits.
      guard let other = self[scale].pValue, abs(other - pValue) <= 1e-9 * Swift.max(other, pValue)
      else { continue }
      self[scale].pAdjusted = pAdjusted
    }
  }
}

extension MarginalMeans {
  fileprivate func mean(of arm: String) -> Double? {
    // The logarithm of a hazard is nobody's mean.
    quantity == .logHazard ? nil : arms.first { $0.arm == arm && $0.count > 0 }?.mean
  }
}
