extension TwoByTwoTable {
  /// The counts of a contrast.
  ///
  /// - Throws: ``EstimationError/wrongKindOfOutcome`` unless the outcome is binary and the means are
  ///   plain averages of independent units; ``EstimationError/notBinary(arm:)`` when the events are
  ///   missing or impossible; ``EstimationError/noUnits(arm:)``.
  init(_ contrast: Contrast, in means: MarginalMeans) throws(EstimationError) {
    guard means.kind == .binary, means.areSimpleAverages else { throw .wrongKindOfOutcome }
    let arm = means.arms[try means.index(of: contrast.arm)]
    let control = means.arms[try means.index(of: contrast.control)]
    guard let events = arm.events, (0...arm.count).contains(events) else {
      throw .notBinary(arm: arm.arm)
    }
    guard let controlEvents = control.events, (0...control.count).contains(controlEvents) else {
      throw .notBinary(arm: control.arm)
    }
    guard
      let table = TwoByTwoTable(
        events: events, of: arm.count, versus: controlEvents, of: control.count)
    else { throw .numericalFailure }
    self = table
  }

  /// Whether the normal distribution is too coarse: an expected count under the pooled rate is below 5.
  public var isSmall: Bool { smallestExpectedCount < 5 }

  /// The one test of this table on a scale: exact when the table is small, score otherwise.
  func estimate<Scale: RateScale>(
    on scale: Scale.Type, standardError: Double?
  ) -> Estimate {
    let value = Scale.value(of: self)
    if isSmall, let exact = ExactTest<Scale>(self) {
      return Estimate(
        value: value, standardError: standardError, standardErrorType: .exact, evidence: exact)
    }
    let score = ScoreTest<Scale>(self)
    return Estimate(
      value: value, standardError: standardError, statistic: score.statistic(at: Scale.noEffect),
      standardErrorType: .score, evidence: score)
  }
}
