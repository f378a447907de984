import RandomAssignment
import Statistics
import Trials

// The effect on those who took up the offer, beside the effect of the assignment.

extension TrialAnalysis {
  /// The column of take-up, where the trial asks for compliers and the outcome is a rate or a mean.
  func takeup(for outcome: Outcome) -> String? {
    switch outcome.response {
    case .binary, .continuous: trial.analysis.takeup
    case .count, .ratio, .quantile, .timeToEvent: nil
    }
  }

  /// One row an arm; none where the trial does not ask.
  func complierEffects(
    on outcome: Outcome, cohort: String?, in observations: Observations
  ) -> [ResultRow] {
    guard takeup(for: outcome) != nil, let control = trial.control?.arm.id else { return [] }
    let showing = observations.showings[.init(outcome: outcome.id, cohort: cohort)]
    return trial.treatments.map { treatment in
      let contrast = Contrast(treatment.arm.id, versus: control)
      var row = ResultRow(
        outcome: outcome.id, role: outcome.role.rawValue, arm: contrast.arm, control: control,
        cohort: cohort ?? "all", estimand: "CACE",
        measure: outcome.response.kind == .binary ? RiskDifference.name : MeanDifference.name,
        estimator: "two_stage_least_squares", confLevel: trial.analysis.level, notes: caveats)
      do throws(EstimationError) {
        guard let units = showing?.takeup else { throw .noUnits(arm: contrast.arm) }
        let effect = try ComplierEffect(
          contrast, of: units, by: trial.estimator(for: outcome).estimator)
        row.nArm = units.size(of: contrast.arm)
        row.nControl = units.size(of: control)
        row.add(effect.estimate)
        row.pValue = try inference.pValue(of: effect.estimate)
        row.add(try inference.interval(of: effect.estimate, level: trial.analysis.level))
        row.notes.append(.firstStage(takeup: effect.takeupEffect, f: effect.firstStageF))
        let freedom =
          effect.estimate.degreesOfFreedom ?? Double(units.clusters(of: contrast) - 2)
        if trial.drawnGroups.hasClusters, freedom < Self.fewestDegreesOfFreedom {
          row.notes.append(.fewClusters(freedom, redrawn: false))
        }
      } catch {
        row.notes.insert(Note(error), at: 0)
      }
      return row
    }
  }
}

extension UnitSample {
  fileprivate func size(of arm: String) -> Int? {
    arms.firstIndex(of: arm).map { index in assignment.count { $0 == index } }
  }
}
