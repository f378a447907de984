import GSL

/// Evidence from a trial that stopped, or might have stopped, at a boundary.
///
/// An estimate that ended a trial is too far from zero on average, and its fixed-horizon interval too
/// short. Here results are ordered by stage: crossing the upper boundary at an earlier look is more
/// extreme than crossing it later, whatever the statistic; within a look the larger statistic is. The
/// p-value at θ is the probability, were θ true, of a result at least as extreme. It depends on the
/// looks that were taken, not on those that never came, and p < α exactly where the boundary of level
/// α was crossed.
///
/// A lower boundary of a one-sided design is non-binding and takes no part.
///
/// Not for a trial that was watched without a boundary: nothing repairs that but a confidence sequence.
///
/// R: `rpact::getFinalConfidenceInterval`, `RCTdesign`. Fairbanks & Madsen (1982),
/// doi:10.1093/biomet/69.1.69; Tsiatis, Rosner & Mehta (1984), Biometrics 40, 797–803.
public struct StagewiseEvidence: Evidence, Hashable {
  /// The boundary that was in force, up to the look at which the trial ended.
  public let boundary: SequentialBoundary
  /// The estimate at that look, in its own unit.
  public let estimate: Double
  /// Its standard error, above 0.
  public let standardError: Double
  /// The value that means no effect; the boundary's statistics are distances from it.
  public let noEffect: Double

  /// Makes the evidence.
  ///
  /// - Parameters:
  ///   - boundary: the boundary; looks after `look` are dropped.
  ///   - look: the look at which the trial ended, counted from 0.
  ///   - estimate: the estimate then.
  ///   - standardError: its standard error, above 0.
  ///   - noEffect: the value that means no effect.
  /// - Throws: ``EstimationError/undefined`` unless the look exists and the numbers are finite.
  public init(
    boundary: SequentialBoundary, endedAtLook look: Int, estimate: Double, standardError: Double,
    noEffect: Double = 0
  ) throws(EstimationError) {
    guard boundary.upper.indices.contains(look), estimate.isFinite, noEffect.isFinite,
      standardError > 0, standardError.isFinite
    else { throw .undefined }
    let inForce = boundary.sides == .two ? boundary : try boundary.ignoringLower()
    self.boundary = try SequentialBoundary(
      informationFractions: Array(inForce.informationFractions[...look]),
      upper: Array(inForce.upper[...look]), lower: Array(inForce.lower[...look]),
      sides: boundary.sides)
    self.estimate = estimate
    self.standardError = standardError
    self.noEffect = noEffect
  }

  /// The probability, if the truth is `null`, of a result at least as far up in the ordering.
  ///
  /// The p-value of a one-sided test.
  public func upperPValue(of null: Double) throws(EstimationError) -> Double {
    try tails(at: null).upper
  }

  /// The two-sided p-value: twice the smaller tail of the ordering.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    let tails = try tails(at: null)
    return min(1, 2 * min(tails.upper, tails.lower))
  }

  /// Both tails of the ordering, each a sum of its own, so that a small one keeps its digits.
  private func tails(at null: Double) throws(EstimationError) -> (upper: Double, lower: Double) {
    guard null.isFinite else { throw .undefined }
    let last = boundary.upper.count - 1
    let statistic = (estimate - noEffect) / standardError
    let final = boundary.informationFractions[last]
    let drift = (null - noEffect) / (standardError * final.squareRoot())
    guard statistic.isFinite, drift.isFinite else { throw .numericalFailure }
    var paths = ContinuingPaths.start
    var upper = 0.0
    var lower = 0.0
    for look in 0..<last {
      let fraction = boundary.informationFractions[look]
      upper += paths.probabilityAbove(boundary.upper[look], at: fraction, drift: drift)
      lower += paths.probabilityBelow(boundary.lower[look], at: fraction, drift: drift)
      paths = try paths.continued(
        to: fraction, between: boundary.lower[look], and: boundary.upper[look], drift: drift,
        following: boundary.informationFractions[look + 1])
    }
    upper += paths.probabilityAbove(statistic, at: final, drift: drift)
    lower += paths.probabilityBelow(statistic, at: final, drift: drift)
    guard upper.isFinite, lower.isFinite else { throw .numericalFailure }
    return (min(1, upper), min(1, lower))
  }

  /// The values whose two-sided test at 1 − `level` does not reject.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    let tail = (1 - level) / 2
    return .between(
      lower: try value(atUpperPValue: tail), upper: try value(atUpperPValue: 1 - tail))
  }

  /// The median-unbiased estimate: the truth under which a result at least as high is as probable as
  /// not. It errs upwards as often as downwards.
  public func medianUnbiasedEstimate() throws(EstimationError) -> Double {
    try value(atUpperPValue: 0.5)
  }

  /// The tail rises with the truth; the bracket widens from the estimate.
  private func value(atUpperPValue target: Double) throws(EstimationError) -> Double {
    func excess(_ null: Double) -> Double {
      ((try? upperPValue(of: null)) ?? .nan) - target
    }
    var reach = 5 * standardError
    for _ in 0..<6 {
      if excess(estimate - reach) <= 0, excess(estimate + reach) >= 0 {
        guard let value = root(between: estimate - reach, and: estimate + reach, of: excess) else {
          throw .numericalFailure
        }
        return value
      }
      reach *= 2
    }
    throw .numericalFailure
  }
}
