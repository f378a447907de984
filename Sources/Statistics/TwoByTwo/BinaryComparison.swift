/// Two rates that are to be compared: known through counts of independent units, or as means with
/// a joint normal distribution (adjusted for covariates, drawn in blocks or clusters).
enum RateComparison {
  case counts(TwoByTwoTable)
  case means(MeanComparison, MarginalMeans.StandardErrorType)

  /// Looks the two arms up.
  ///
  /// - Throws: as ``TwoByTwoTable/init(_:in:)`` and ``MeanComparison`` do;
  ///   ``EstimationError/wrongKindOfOutcome`` unless the means are rates.
  init(_ contrast: Contrast, in means: MarginalMeans) throws(EstimationError) {
    guard means.quantity == .rate else { throw .wrongKindOfOutcome }
    if means.areSimpleAverages {
      self = .counts(try TwoByTwoTable(contrast, in: means))
    } else {
      self = .means(try MeanComparison(contrast, in: means), means.standardErrorType)
    }
  }

  /// The one test of the two rates on a scale.
  ///
  /// - Parameters:
  ///   - scale: the scale.
  ///   - standardError: the standard error on it that counts have.
  /// - Returns: the estimate with the evidence behind it.
  /// - Throws: ``EstimationError/undefined`` where adjusted rates have no value on the scale, such
  ///   as odds of a rate that is not between 0 and 1.
  func estimate<Scale: SmoothRateScale>(
    on scale: Scale.Type, standardError: (TwoByTwoTable) -> Double?
  ) throws(EstimationError) -> Estimate {
    switch self {
    case .counts(let table):
      return table.estimate(on: scale, standardError: standardError(table))
    case .means(let compared, let type):
      let evidence = try Scale.evidence(from: compared)
      guard let point = Scale.point(compared.arm.mean, compared.control.mean) else {
        throw .undefined
      }
      let (a, c) = point.slopes
      let variance =
        a * a * compared.armVariance + 2 * a * c * compared.covariance
        + c * c * compared.controlVariance
      return Estimate(
        value: point.value, standardError: variance > 0 ? variance.squareRoot() : nil,
        statistic: compared.difference / compared.standardError,
        degreesOfFreedom: compared.degreesOfFreedom, standardErrorType: type, evidence: evidence)
    }
  }
}

extension TwoByTwoTable {
  /// The counts of a contrast.
  ///
  /// - Throws: ``EstimationError/wrongKindOfOutcome`` unless the outcome is binary and the means are
  ///   plain averages of independent units; ``EstimationError/notBinary(arm:)`` when the events are
  ///   missing or impossible; ``EstimationError/noUnits(arm:)``.
  init(_ contrast: Contrast, in means: MarginalMeans) throws(EstimationError) {
    guard means.quantity == .rate, means.areSimpleAverages else { throw .wrongKindOfOutcome }
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
