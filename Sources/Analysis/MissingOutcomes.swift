import RandomAssignment
import Statistics
import Trials

// Where outcomes are missing more often in one arm than in another, the comparison of those who are
// known is not the trial's any more: bounds stand beside it.

extension TrialAnalysis {
  /// Whether bounds exist for an outcome: a rate or a mean of units that were drawn one by one.
  func canBeBounded(_ outcome: Outcome) -> Bool {
    guard !trial.drawnGroups.hasClusters else { return false }
    switch outcome.response.kind {
    case .binary, .continuous: return true
    case .count, .ratio, .quantile, .timeToEvent: return false
    }
  }

  /// Whether an outcome's gaps call for bounds: more are missing in some arm than chance explains.
  func needsBounds(_ outcome: Outcome, _ showing: Observations.Showing?) -> Bool {
    guard let showing, !showing.responses.isEmpty, outcome.role != .exploratory else {
      return false
    }
    let arms = trial.variants.compactMap { showing.responses[$0.arm.id] }
    let test = attrition(
      missing: arms.map(\.missing), known: arms.map(\.known.count), showing)
    return (test?.pValue ?? 1) < Self.missingnessLimit
  }

  /// One row an arm and kind of bound.
  func bounds(on outcome: Outcome, in observations: Observations) -> [ResultRow] {
    let showing = observations.showings[.init(outcome: outcome.id)]
    guard needsBounds(outcome, showing), let control = trial.control?.arm.id,
      let other = showing?.responses[control]
    else { return [] }
    let isBinary = outcome.response.kind == .binary
    return trial.treatments.flatMap { treatment -> [ResultRow] in
      guard let response = showing?.responses[treatment.arm.id] else { return [] }
      func row(
        _ estimator: String, _ bounds: () throws(EstimationError) -> BoundedEffect
      ) -> ResultRow {
        var row = ResultRow(
          outcome: outcome.id, role: outcome.role.rawValue, arm: treatment.arm.id,
          control: control, cohort: "all", estimand: "ITT",
          measure: isBinary ? RiskDifference.name : MeanDifference.name, estimator: estimator,
          confLevel: trial.analysis.level, nArm: response.known.count + response.missing,
          nControl: other.known.count + other.missing, seType: estimator, notes: [])
        do throws(EstimationError) {
          let found = try bounds()
          row.add(try found.interval(level: trial.analysis.level))
          row.notes.append(.bounds(lower: found.lower, upper: found.upper))
        } catch {
          row.notes.append(Note(error))
        }
        return row
      }
      let lee = row("lee_bounds") { () throws(EstimationError) in
        try LeeBounds.effect(of: response, versus: other)
      }
      guard isBinary else { return [lee] }
      let extreme = row("extreme_bounds") { () throws(EstimationError) in
        try ExtremeBounds.effect(of: response, versus: other, range: 0...1)
      }
      return [lee, extreme]
    }
  }
}
