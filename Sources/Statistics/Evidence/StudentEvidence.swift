/// Evidence from an estimate whose studentised distance from the truth follows Student's t.
///
/// The statistic at a null value θ is (estimate − θ)/SE; the interval is estimate ± t·SE.
public struct StudentEvidence: Evidence, Hashable {
  /// The point estimate.
  public let estimate: Double
  /// Its standard error, above 0.
  public let standardError: Double
  /// Degrees of freedom; nil is the normal distribution.
  public let degreesOfFreedom: Double?
  /// The value that means no effect.
  public let noEffect: Double

  /// Makes the evidence.
  public init(
    estimate: Double, standardError: Double, degreesOfFreedom: Double?, noEffect: Double = 0
  ) {
    self.estimate = estimate
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
    self.noEffect = noEffect
  }

  private var pivot: PivotDistribution { PivotDistribution(degreesOfFreedom: degreesOfFreedom) }

  /// The two-sided p-value of the hypothesis that the true value is `null`.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    try pivot.twoSidedPValue(of: (estimate - null) / standardError)
  }

  /// estimate ± t·SE.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    let reach = try pivot.criticalValue(level: level) * standardError
    return .between(lower: estimate - reach, upper: estimate + reach)
  }
}
