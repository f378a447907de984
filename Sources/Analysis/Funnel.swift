import RandomAssignment
import Statistics
import Trials

extension TrialAnalysis {
  /// The funnel, step by step and arm by arm, each against the control in the share of all units.
  ///
  /// Everyone who was assigned stays in the denominator: a rate among those who reached the step
  /// before compares people whom the message itself selected.
  func funnel(in observations: Observations) -> [FunnelRow] {
    trial.funnel.indices.flatMap { position in
      trial.variants.map { row(at: position, of: $0, in: observations) }
    }
  }

  private func row(
    at position: Int, of variant: MessageVariant, in observations: Observations
  ) -> FunnelRow {
    let step = trial.funnel[position]
    let arm = variant.arm.id
    let n = observations.units[arm] ?? 0
    let passage = observations.funnel[step.column]?[arm] ?? .init()
    let previous =
      position == 0
      ? n : observations.funnel[trial.funnel[position - 1].column]?[arm]?.reached ?? 0
    var row = FunnelRow(
      step: step.column, name: step.name, arm: arm, n: n, events: passage.reached,
      rateOfAll: share(passage.reached, of: n),
      rateOfPrevious: share(passage.reached, of: previous),
      missing: passage.missing)
    // Rates before and after a step of the wedge differ by time, too.
    guard trial.assignment.wedge == nil, !variant.isControl, let control = trial.control?.arm.id
    else { return row }
    do throws(EstimationError) {
      let means =
        if let sample = observations.funnelSamples[step.column] {
          try DifferenceInMeans().marginalMeans(
            of: .binary(step.column), in: sample, arms: trial.variants.map(\.arm.id))
        } else {
          MarginalMeans(
            rates: [
              (arm, passage.reached, n),
              (
                control, observations.funnel[step.column]?[control]?.reached ?? 0,
                observations.units[control] ?? 0
              ),
            ])
        }
      let estimate = try RiskDifference().estimate(Contrast(arm, versus: control), from: means)
      row.difference = estimate.value
      row.pValue = try inference.pValue(of: estimate)
      if case .between(let low, let high) = try inference.interval(
        of: estimate, level: trial.analysis.level)
      {
        row.confLow = low
        row.confHigh = high
      }
    } catch {
      // An arm without units has no difference; the row shows its n of 0.
    }
    return row
  }

  private func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}

extension MarginalMeans {
  /// The means of 0/1 data given as counts: arm, events, units.
  fileprivate init(rates: [(arm: String, events: Int, count: Int)]) {
    let moments = rates.map { Moments(events: $0.events, of: $0.count) }
    self.init(
      quantity: .rate,
      arms: zip(rates, moments).map { rate, moments in
        ArmMean(
          arm: rate.arm, count: rate.count, mean: moments.means.first ?? 0,
          standardDeviation: moments.variance(of: 0)?.squareRoot(), events: rate.events)
      },
      covariance: rates.indices.map { i in
        rates.indices.map { j in
          i == j ? moments[i].variance(of: 0).map { $0 / Double(rates[i].count) } : 0
        }
      },
      degreesOfFreedom: .infinite, standardErrorType: .score, areSimpleAverages: true)
  }
}
