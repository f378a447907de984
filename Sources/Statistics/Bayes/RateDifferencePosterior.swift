import GSL

/// The posterior of p₁ − p₂, the difference of two independent rates with beta posteriors.
///
/// Estimand: the risk difference. P(p₁ − p₂ > d) is one integral of a density times a tail, found by
/// quadrature in the logit to about 10⁻¹²; the interval's ends are where it crosses its levels.
/// Nothing is simulated and nothing is taken as normal.
///
/// Not for units that share a cluster, nor for rates adjusted for covariates: see ``NormalPosterior``.
///
/// In R: `integrate(\(y) dbeta(y, a2, b2) * pbeta(y + d, a1, b1, lower.tail = FALSE), 0, 1 - d)`.
public struct RateDifferencePosterior: Posterior {
  /// The arm under study.
  public let arm: BetaPosterior
  /// The arm it is compared with.
  public let control: BetaPosterior

  /// Compares two rates.
  public init(_ arm: BetaPosterior, versus control: BetaPosterior) {
    self.arm = arm
    self.control = control
  }

  /// The difference of the means.
  public var mean: Double? {
    arm.mean.flatMap { arm in control.mean.map { arm - $0 } }
  }

  /// The probability that the difference is above `value`: above 0 it is P(better), above what is
  /// worth its cost it is the probability of a worthwhile effect.
  public func probability(above value: Double) throws(EstimationError) -> Double {
    guard !value.isNaN else { throw .undefined }
    guard value > -1 else { return 1 }
    guard value < 1 else { return 0 }
    guard value < 0 else {
      return try exceedance(
        DifferenceCurve(difference: value), arm: arm.distribution, control: control.distribution)
    }
    return try 1
      - exceedance(
        DifferenceCurve(difference: -value), arm: control.distribution, control: arm.distribution)
  }

  /// The equal-tailed credible interval.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let mean else { throw .undefined }
    let tail = (1 - level) / 2
    // Chebyshev: so many standard deviations leave less than the tail outside.
    let reach = ((arm.variance + control.variance) / tail).squareRoot() * 1.01
    let lower = max(mean - reach, -1)
    let upper = min(mean + reach, 1)
    func limit(_ probability: Double) -> Double? {
      crossing(
        of: { ((try? self.probability(above: $0)) ?? .nan) - probability }, from: lower, to: upper)
    }
    guard let low = limit(1 - tail), let high = limit(tail), low.isFinite, high.isFinite else {
      throw .numericalFailure
    }
    return .between(lower: low, upper: high)
  }

  /// What choosing the arm is expected to cost against the better of the two, in the outcome's units:
  /// E[max(p₂ − p₁, 0)] = ∫ P(p₁ ≤ x)·P(p₂ > x) dx.
  public var expectedLoss: Double {
    get throws(EstimationError) {
      try BetaBinomial.loss(of: arm.distribution, among: [control.distribution])
    }
  }
}
