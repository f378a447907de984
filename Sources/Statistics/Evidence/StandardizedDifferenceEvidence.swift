import GSL

/// Exact evidence about a standardised difference δ/σ of normal outcomes, by inverting the noncentral
/// t distribution of the two-sample statistic.
///
/// The statistic t has noncentrality θ/k for a true standardised difference θ, with k the standard
/// error over the standard deviation (√(1/n₁ + 1/n₂) for plain averages). The p-value of θ is twice
/// the smaller tail at t; the limits are where a tail is half of 1 − level. At θ = 0 this is the
/// t-test itself.
struct StandardizedDifferenceEvidence: Evidence, Hashable {
  /// The studentised difference.
  let statistic: Double
  /// Its degrees of freedom.
  let degreesOfFreedom: Double
  /// k: the standardised difference that moves the noncentrality by one.
  let scale: Double

  var noEffect: Double { 0 }

  func pValue(of null: Double) throws(EstimationError) -> Double {
    guard null != 0 else {
      // The central distribution keeps all digits of a tail however small.
      return try PivotDistribution(degreesOfFreedom: degreesOfFreedom)
        .twoSidedPValue(of: statistic)
    }
    guard null.isFinite else { return null.isNaN ? try nothing() : 0 }
    let distribution = NoncentralT(
      degreesOfFreedom: degreesOfFreedom, noncentrality: null / scale)
    guard let upper = distribution?.upperTail(statistic),
      let lower = distribution?.lowerTail(statistic)
    else { return try nothing() }
    return min(2 * min(upper, lower), 1)
  }

  func interval(level: Double) throws(EstimationError) -> Interval {
    let tail = (1 - level) / 2
    guard tail > 0, tail < 0.5,
      let lower = NoncentralT.noncentrality(
        degreesOfFreedom: degreesOfFreedom, upperTail: tail, at: statistic),
      let upper = NoncentralT.noncentrality(
        degreesOfFreedom: degreesOfFreedom, lowerTail: tail, at: statistic)
    else { throw .numericalFailure }
    return .between(lower: lower * scale, upper: upper * scale)
  }

  private func nothing() throws(EstimationError) -> Double { throw .numericalFailure }
}
