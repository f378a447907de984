import DataSources
import RandomAssignment
import Statistics
import Trials

extension TalliedRows {
  var balance: [BalanceRow] {
    guard let control = analysis.trial.control?.arm.id else { return [] }
    let parts = population.filter { $0.arm != nil }
    return analysis.columnsKnownBefore.flatMap { column -> [BalanceRow] in
      variables(of: column, in: parts).flatMap { level, byArm in
        analysis.trial.treatments.map { treatment in
          let none = Moments(variables: 1)
          let balance = CovariateBalance(
            arm: byArm[treatment.arm.id] ?? none, control: byArm[control] ?? none)
          return BalanceRow(
            column: column, level: level, arm: treatment.arm.id, control: control,
            mean: balance.mean, controlMean: balance.controlMean,
            standardizedDifference: balance.standardizedDifference)
        }
      }
    }
  }

  /// A column of numbers as it is, one of texts as the share of each value; by arm.
  private func variables(
    of column: String, in parts: [Tally.Part]
  ) -> [(level: String?, byArm: [String: Moments])] {
    let set = VariableSet([column])
    var byArm: [String: Moments] = [:]
    if tally.request.sets.contains(set) {
      for part in parts {
        guard let arm = part.arm, let own = tally.moments(set, of: part) else { continue }
        byArm[arm] = (byArm[arm] ?? Moments(variables: 1)) + own
      }
      return [(nil, byArm)]
    }
    let known = parts.filter { tally.text(column, of: $0) != nil }
    let levels = Set(known.compactMap { tally.text(column, of: $0) }).sorted()
    guard levels.count > 1, levels.count <= TrialAnalysis.mostBalanceLevels else { return [] }
    return levels.map { level in
      var counts: [String: (events: Int, of: Int)] = [:]
      for part in known {
        guard let arm = part.arm else { continue }
        let has = tally.text(column, of: part) == level
        counts[arm, default: (0, 0)].of += part.rows
        counts[arm, default: (0, 0)].events += has ? part.rows : 0
      }
      return (level, counts.mapValues { Moments(events: $0.events, of: $0.of) })
    }
  }
}
