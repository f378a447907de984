import DataSources
import RandomAssignment
import Statistics
import Trials
import Vocabulary

extension TalliedRows {
  /// Adjustments: fitted from the tally, finished by one more reading.
  ///
  /// - Returns: false where units must be looked at.
  func readTwice(
    _ subjects: [Subject], into observations: inout Observations, _ source: any DataSource
  ) throws -> Bool {
    var fitted: [(subject: Observations.Subject, adjustment: TwoReadingAdjustment)] = []
    var request = LeverageRequest(tally: tally.request, regressions: [])
    var owners: [(place: Int, arm: String)] = []
    for (subject, outcome, condition) in subjects {
      let needs = analysis.estimators(for: outcome).compactMap {
        analysis.adjustment(of: outcome, by: $0)
      }
      guard let need = needs.first else { continue }
      guard needs.count == 1, let parts = TalliedRows.parts(of: tally, where: condition),
        let adjustment = adjustment(need, in: parts, alone: VariableSet(outcome.response.columns))
      else { return false }
      for arm in arms {
        guard let pass = adjustment.passes[arm] else { continue }
        request.regressions.append(
          .init(arm: arm, condition: condition, set: need.set, pass: pass))
        owners.append((fitted.count, arm))
      }
      fitted.append((subject, adjustment))
    }
    guard !fitted.isEmpty else { return true }
    guard let sums = try source.leverages(request), sums.count == owners.count else { return false }
    for (place, (subject, adjustment)) in fitted.enumerated() {
      var own: [String: LeverageSums] = [:]
      for (owner, sum) in zip(owners, sums) where owner.place == place { own[owner.arm] = sum }
      guard let read = adjustment.reading(own) else { return false }
      observations.showings[subject]?.sample.adjustment = read
    }
    return true
  }

  private func adjustment(
    _ need: AdjustmentNeed, in parts: [Tally.Part], alone: VariableSet
  ) -> TwoReadingAdjustment? {
    var moments: [String: Moments] = [:]
    for part in parts {
      guard let arm = part.arm else { continue }
      guard let own = tally.moments(need.set, of: part),
        // A covariate with gaps is filled, which is done unit by unit.
        own.count == tally.moments(alone, of: part)?.count
      else { return nil }
      moments[arm] = (moments[arm] ?? Moments(variables: need.set.columns.count)) + own
    }
    return TwoReadingAdjustment(arms: arms, moments: moments, covariance: need.covariance)
  }
}
