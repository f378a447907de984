import GSL

/// The posterior of p₁/p₂, the ratio of two independent rates with beta posteriors.
///
/// Estimand: the risk ratio. P(p₁/p₂ > r) is one integral, as in ``RateDifferencePosterior``.
///
/// With few events in the control the ratio can be anything, and its mean is infinite where the
/// control's first shape is 1 or less: ask for the interval.
public struct RiskRatioPosterior: Posterior {
  /// The arm under study.
  public let arm: BetaPosterior
  /// The arm it is compared with.
  public let control: BetaPosterior

  /// Compares two rates.
  public init(_ arm: BetaPosterior, versus control: BetaPosterior) {
    self.arm = arm
    self.control = control
  }

  /// E[p₁]·E[1/p₂]; nil where it is infinite.
  public var mean: Double? {
    let (a, b) = (control.distribution.a, control.distribution.b)
    guard a > 1, let arm = arm.mean else { return nil }
    return arm * ((a + b - 1) / (a - 1))
  }

  /// The probability that the ratio is above `value`.
  public func probability(above value: Double) throws(EstimationError) -> Double {
    guard !value.isNaN else { throw .undefined }
    guard value > 0 else { return 1 }
    guard value.isFinite else { return 0 }
    if value >= 1 {
      return try exceedance(
        RatioCurve(ratio: value), arm: arm.distribution, control: control.distribution)
    }
    guard (1 / value).isFinite else { return 1 }
    return try 1
      - exceedance(
        RatioCurve(ratio: 1 / value), arm: control.distribution, control: arm.distribution)
  }

  /// The equal-tailed credible interval.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    let tail = (1 - level) / 2
    // Half the tail in each rate leaves less than the tail outside this box of ratios.
    guard let armLow = arm.distribution.lowerQuantile(tail / 4),
      let armHigh = arm.distribution.upperQuantile(tail / 4),
      let controlLow = control.distribution.lowerQuantile(tail / 4),
      let controlHigh = control.distribution.upperQuantile(tail / 4)
    else { throw .numericalFailure }
    let lower = Elementary.softplus(-controlHigh) - Elementary.softplus(-armLow)
    let upper = Elementary.softplus(-controlLow) - Elementary.softplus(-armHigh)
    func limit(_ probability: Double) -> Double? {
      crossing(
        of: {
          ((try? self.probability(above: Elementary.exponential($0))) ?? .nan) - probability
        }, from: lower, to: upper)
    }
    guard let low = limit(1 - tail), let high = limit(tail), low.isFinite, high.isFinite else {
      throw .numericalFailure
    }
    return .between(lower: Elementary.exponential(low), upper: Elementary.exponential(high))
  }
}
