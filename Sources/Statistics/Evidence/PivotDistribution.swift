import GSL

/// The distribution to which a studentised statistic is referred: Student's t, or the normal when
/// the degrees of freedom are infinite.
struct PivotDistribution: Hashable, Sendable {
  /// Degrees of freedom; nil is the normal distribution.
  let degreesOfFreedom: Double?

  /// The two-sided p-value: twice the upper tail beyond |statistic|, never 1 − cdf.
  func twoSidedPValue(of statistic: Double) throws(EstimationError) -> Double {
    guard let tail = upperTail(abs(statistic)) else { throw .numericalFailure }
    return min(2 * tail, 1)
  }

  /// The value that |statistic| exceeds with probability 1 − `level`.
  func criticalValue(level: Double) throws(EstimationError) -> Double {
    guard level > 0, level < 1, let value = upperQuantile((1 - level) / 2), value.isFinite else {
      throw .numericalFailure
    }
    return value
  }

  private func upperTail(_ x: Double) -> Double? {
    guard let degreesOfFreedom else { return Normal.upperTail(x) }
    return StudentT(degreesOfFreedom: degreesOfFreedom)?.upperTail(x)
  }

  private func upperQuantile(_ probability: Double) -> Double? {
    guard let degreesOfFreedom else { return Normal.upperQuantile(probability) }
    return StudentT(degreesOfFreedom: degreesOfFreedom)?.upperQuantile(probability)
  }
}
