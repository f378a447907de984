/// Evidence about the ratio ρ = μₐ/μ₀ of two means, by Fieller's pivot.
///
/// If ρ is the true ratio, x̄ₐ − ρx̄₀ has mean zero, so
///
///     t(ρ) = (x̄ₐ − ρx̄₀)/√(vₐ − 2ρc + ρ²v₀)
///
/// is a pivot, and the confidence set is every ρ with |t(ρ)| at most the critical value: a quadratic
/// inequality. When the control mean is itself not clearly above zero the set is unbounded, the
/// outside of an interval or everything, and is reported so: any bounded interval would have no
/// guaranteed coverage. The delta method's interval is bounded and wrong exactly there.
///
/// The degrees of freedom are those of the difference, for every ρ, so that t(1) is the test of the
/// difference and the set excludes 1 exactly when that test rejects. (For a ρ far from 1 the
/// Satterthwaite value would differ a little.)
///
/// Reference: Fieller (1954), doi:10.1111/j.2517-6161.1954.tb00159.x.
public struct FiellerRatio: Evidence, Hashable {
  private let armMean: Double
  private let controlMean: Double
  private let armVariance: Double
  private let controlVariance: Double
  private let covariance: Double
  private let pivot: PivotDistribution

  /// 1.
  public var noEffect: Double { 1 }

  /// The ratio of `contrast.arm`'s mean to `contrast.control`'s.
  ///
  /// - Throws: ``EstimationError/controlMeanNotPositive(_:)`` where a ratio to the control has no
  ///   meaning (means −0.05 and 0.3 would show a gain as a loss), and what ``MeanDifference`` throws.
  public init(_ contrast: Contrast, from means: MarginalMeans) throws(EstimationError) {
    self.init(try Self.comparison(contrast, in: means))
  }

  init(_ compared: MeanComparison) {
    self.init(
      numerator: compared.arm.mean, denominator: compared.control.mean,
      variances: (compared.armVariance, compared.controlVariance),
      covariance: compared.covariance, degreesOfFreedom: compared.degreesOfFreedom)
  }

  /// The ratio of two estimates, the second of which is above 0.
  ///
  /// Dividing everything by the largest magnitude leaves the ratio alone and keeps squares in range.
  init(
    numerator: Double, denominator: Double, variances: (Double, Double), covariance: Double,
    degreesOfFreedom: Double?
  ) {
    let size = max(
      abs(numerator), denominator, variances.0.squareRoot(), variances.1.squareRoot())
    armMean = numerator / size
    controlMean = denominator / size
    armVariance = variances.0 / size / size
    controlVariance = variances.1 / size / size
    self.covariance = covariance / size / size
    pivot = PivotDistribution(degreesOfFreedom: degreesOfFreedom)
  }

  private static func comparison(
    _ contrast: Contrast, in means: MarginalMeans
  ) throws(EstimationError) -> MeanComparison {
    let control = means.arms[try means.index(of: contrast.control)].mean
    guard control.isFinite else { throw .numericalFailure }
    guard control > 0 else { throw .controlMeanNotPositive(control) }
    return try MeanComparison(contrast, in: means)
  }

  /// The relative lift of means, x̄ₐ/x̄₀ − 1.
  ///
  /// Estimand: by which fraction of its control mean the outcome rises. The statistic and p-value
  /// of no lift are those of ``MeanDifference``; the interval is Fieller's; the standard error is the
  /// delta method's, √(vₐ − 2ρc + ρ²v₀)/x̄₀, for orientation only.
  ///
  /// - Throws: what ``init(_:from:)`` throws, and ``EstimationError/numericalFailure`` when the ratio
  ///   overflows.
  public static func relativeLift(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    let compared = try comparison(contrast, in: means)
    let evidence = FiellerRatio(compared)
    let lift = compared.difference / compared.control.mean
    let standardError = evidence.variance(at: 1 + lift).squareRoot() / evidence.controlMean
    guard lift.isFinite, standardError.isFinite else { throw .numericalFailure }
    return Estimate(
      // An arm of zeros leaves no delta-method error; that is unknown rather than zero.
      value: lift, standardError: standardError > 0 ? standardError : nil,
      statistic: compared.difference / compared.standardError,
      degreesOfFreedom: compared.degreesOfFreedom, standardErrorType: means.standardErrorType,
      evidence: LiftEvidence(ratio: evidence))
  }

  /// The variance of x̄ₐ − ρx̄₀.
  func variance(at ratio: Double) -> Double {
    armVariance - 2 * ratio * covariance + ratio * ratio * controlVariance
  }

  /// The two-sided p-value of the hypothesis that the true ratio is `null`.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    let variance = variance(at: null)
    guard variance > 0 else { throw .noVariation }
    return try pivot.twoSidedPValue(of: (armMean - null * controlMean) / variance.squareRoot())
  }

  /// The ratios that the test does not reject: all ρ with Aρ² − 2Bρ + C ≤ 0.
  ///
  /// - Throws: ``EstimationError/noVariation`` when every row of the arm is zero, where the set
  ///   would shrink to the single value 0 as if it were certain.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard armMean != 0 || armVariance > 0 else { throw .noVariation }
    let critical = try pivot.criticalValue(level: level)
    let q2 = critical * critical
    let reach = critical * controlVariance.squareRoot()
    let a = (controlMean - reach) * (controlMean + reach)
    let b = armMean * controlMean - q2 * covariance
    let c = armMean * armMean - q2 * armVariance
    // B² − AC, multiplied out so that the squares of the means cancel on paper.
    let spread =
      armMean * armMean * controlVariance - 2 * armMean * controlMean * covariance
      + controlMean * controlMean * armVariance
    let discriminant =
      q2 * (spread - q2 * (armVariance * controlVariance - covariance * covariance))
    if a == 0 {
      // One end has gone to infinity.
      if b > 0 { return .between(lower: c / (2 * b), upper: .infinity) }
      if b < 0 { return .between(lower: -.infinity, upper: c / (2 * b)) }
      return .everything
    }
    guard a > 0 || discriminant > 0 else { return .everything }
    // The root of larger size first; the other from the product C/A, without cancellation.
    let far = b + (b < 0 ? -1 : 1) * max(discriminant, 0).squareRoot()
    let roots = far == 0 ? (0, 0) : (far / a, c / far)
    let lower = min(roots.0, roots.1)
    let upper = max(roots.0, roots.1)
    return a > 0 ? .between(lower: lower, upper: upper) : .outside(below: lower, above: upper)
  }
}
