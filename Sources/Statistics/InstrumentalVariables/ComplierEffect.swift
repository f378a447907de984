/// The effect on those whom the message made take up the offer: two-stage least squares with
/// assignment as the instrument, and an interval that stays valid when take-up hardly moves.
///
/// Estimand: the complier average causal effect (CACE), E[Y(1) − Y(0) | D(1) > D(0)], if assignment
/// changes the outcome through take-up alone and makes nobody refuse who would otherwise accept. With
/// the intention-to-treat effects on the outcome and on take-up,
///
///     β̂ = ITT_y/ITT_d,   SE = √(v_y − 2β̂c + β̂²v_d)/|ITT_d|,
///
/// whose variances and covariance are the design's own (HC2, CR2, Neyman), found for y, d and their
/// sum. The test of β₀ is that of the effect on y − β₀d (Anderson and Rubin), so at 0 it is the ITT's
/// test; inverted it gives an interval that is unbounded where take-up may not have changed at all.
///
/// Not when the message can work without take-up, which is the rule for information letters.
///
/// In R: `estimatr::iv_robust(y ~ d | z)` for β̂ and SE; `ivmodel::AR.test` for the interval.
/// References: Angrist, Imbens & Rubin (1996), doi:10.1080/01621459.1996.10476902; Anderson & Rubin
/// (1949), doi:10.1214/aoms/1177730090.
public struct ComplierEffect: Sendable {
  /// Below this first-stage F the estimate and its standard error are not to be relied on; the
  /// interval is. (Staiger and Stock's rule of thumb.)
  public static let weakInstrument = 10.0

  /// ITT on take-up: the share of compliers.
  public let takeupEffect: Double
  /// t² of the effect on take-up; nil where everybody complied.
  public let firstStageF: Double?
  /// The effect with its evidence.
  public let estimate: Estimate

  /// Compares two arms.
  ///
  /// - Parameters:
  ///   - contrast: the two arms.
  ///   - units: their `response` holds the outcome and take-up (0 or 1).
  ///   - estimator: how the arms' means are found, for a continuous outcome.
  /// - Throws: ``EstimationError/noTakeup`` where take-up is the same for every unit;
  ///   else as the estimator and ``MeanDifference`` do.
  public init(
    _ contrast: Contrast, of units: UnitSample, by estimator: any Estimator
  ) throws(EstimationError) {
    guard units.response.count == 2 else { throw .undefined }
    let (y, d) = (units.response[0], units.response[1])
    func compare(_ values: [Double]) throws(EstimationError) -> MeanComparison {
      guard let replaced = units.replacing(response: [values]) else { throw .numericalFailure }
      let means = try estimator.marginalMeans(
        of: .continuous("y"), in: Sample(units: replaced), arms: units.arms)
      return try MeanComparison(contrast, in: means)
    }
    let outcome = try compare(y)
    let takeup: Double
    var variance = 0.0
    var covariance = 0.0
    if let shares = units.constantShares(of: d) {
      // Everybody did as assigned, or nobody did anything: take-up has no error.
      guard let a = units.arms.firstIndex(of: contrast.arm), let share = shares[a],
        let c = units.arms.firstIndex(of: contrast.control), let other = shares[c]
      else { throw .noUnits(arm: contrast.arm) }
      takeup = share - other
    } else {
      let first = try compare(d)
      takeup = first.difference
      variance = first.standardError * first.standardError
      // In one unit, so that neither drowns in the sum.
      let scale = outcome.standardError / first.standardError
      let sum = try compare(zip(y, d).map { $0 + scale * $1 })
      let spread = sum.standardError * sum.standardError
      covariance =
        (spread - 2 * outcome.standardError * outcome.standardError) / (2 * scale)
    }
    guard takeup != 0 || variance > 0 else { throw .noTakeup }
    takeupEffect = takeup
    firstStageF = variance > 0 ? takeup * takeup / variance : nil
    // The ratio is that of the reversed arms as well.
    let sign = takeup < 0 ? -1.0 : 1
    let ratio = FiellerRatio(
      numerator: sign * outcome.difference, denominator: sign * takeup,
      variances: (outcome.standardError * outcome.standardError, variance),
      covariance: covariance, degreesOfFreedom: outcome.degreesOfFreedom)
    // Where take-up is exactly alike the data exclude some effects all the same.
    let value = takeup == 0 ? nil : outcome.difference / takeup
    let own = outcome.standardError * outcome.standardError
    let error = value.map { value in
      max(own + value * (value * variance - 2 * covariance), 0).squareRoot() / abs(takeup)
    }
    guard value?.isFinite ?? true else { throw .numericalFailure }
    estimate = Estimate(
      value: value, standardError: error.flatMap { $0 > 0 && $0.isFinite ? $0 : nil },
      statistic: outcome.difference / outcome.standardError,
      degreesOfFreedom: outcome.degreesOfFreedom, standardErrorType: .andersonRubin,
      evidence: ComplierEvidence(ratio: ratio))
  }
}

/// A ratio of effects, of which none is 0.
private struct ComplierEvidence: Evidence {
  let ratio: FiellerRatio

  var noEffect: Double { 0 }

  func pValue(of null: Double) throws(EstimationError) -> Double { try ratio.pValue(of: null) }

  func interval(level: Double) throws(EstimationError) -> Interval {
    try ratio.interval(level: level)
  }
}

extension UnitSample {
  /// Each arm's value of a column that is constant within every arm; nil where it is not.
  fileprivate func constantShares(of column: [Double]) -> [Double?]? {
    var shares = arms.map { _ in Double?.none }
    for (arm, value) in zip(assignment, column) {
      if let known = shares[arm], known != value { return nil }
      shares[arm] = value
    }
    return shares
  }
}
