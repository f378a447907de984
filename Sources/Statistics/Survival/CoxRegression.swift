import GSL

/// Cox's proportional hazards regression.
///
/// Estimand: log hazard ratios β in λ(t | x) = λ₀(t)·e^{xβ}, with a baseline λ₀ of its own in each
/// stratum, by Newton–Raphson on the partial likelihood. The model variance is I⁻¹; the robust one of Lin
/// and Wei is I⁻¹(Σ rrᵀ)I⁻¹ over units, or over clusters, r being summed score residuals. Neither has a
/// correction for few clusters: below about 30 it is too small.
///
/// The ratio is one number only while hazards stay proportional; otherwise it is a mixture over the
/// follow-up, and ``RestrictedMeanSurvival`` says what was gained. Hazard ratios are not collapsible:
/// adjusting moves them even in a randomised trial.
///
/// R: `coxph(Surv(time, event) ~ x + strata(s) + cluster(c))`. Cox (1972),
/// doi:10.1111/j.2517-6161.1972.tb00899.x; Efron (1977), doi:10.1080/01621459.1977.10480613; Lin & Wei
/// (1989), doi:10.1080/01621459.1989.10478874.
public struct CoxRegression: Hashable, Sendable {
  /// What to do with events at the same time.
  public enum Ties: String, Codable, CaseIterable, Hashable, Sendable {
    /// Efron's approximation, close to the exact one even with many ties.
    case efron
    /// Breslow's: every tied event sees the full risk set; pulls towards 0.
    case breslow
  }

  /// β, one a covariate, per unit of the covariate.
  public let coefficients: [Double]
  /// I⁻¹, covariates × covariates.
  public let modelCovariance: [[Double]]
  /// The Lin–Wei variance over units or clusters.
  public let robustCovariance: [[Double]]
  /// The log partial likelihood at β = 0.
  public let nullLogLikelihood: Double
  /// The log partial likelihood at its maximum.
  public let logLikelihood: Double
  /// Units with the event.
  public let events: Int
  /// H₀: β = 0, from the slope of the likelihood at 0; for one binary covariate without ties, log-rank.
  public let scoreTest: LargeSampleTest
  /// H₀: β = 0, from twice the rise of the likelihood.
  public let likelihoodRatioTest: LargeSampleTest
  /// H₀: β = 0, from β̂ and the model variance.
  public let waldTest: LargeSampleTest
  /// H₀: β = 0, from β̂ and the robust variance; nil where that is singular, as with too few clusters.
  public let robustWaldTest: LargeSampleTest?

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - followUp: times and events, one a unit.
  ///   - covariates: one column a covariate, one value a unit.
  ///   - ties: what to do with events at the same time.
  ///   - strata: each unit's stratum; nil is one stratum.
  ///   - clusters: each unit's cluster; nil lets every unit stand for itself.
  /// - Throws: ``SurvivalError/unequalLengths(expected:found:)``,
  ///   ``SurvivalError/invalidCovariate(row:covariate:)``, ``SurvivalError/noEvents``,
  ///   ``SurvivalError/collinear(covariate:)``, ``SurvivalError/monotoneLikelihood(covariates:)`` or
  ///   ``SurvivalError/numericalFailure``.
  public init(
    _ followUp: FollowUp, covariates: [[Double]], ties: Ties = .efron, strata: Grouping? = nil,
    clusters: Grouping? = nil
  ) throws(SurvivalError) {
    guard followUp.events.contains(true) else { throw .noEvents }
    try clusters?.check(against: followUp.count)
    let riskSets = try RiskSets(of: followUp, strata: strata)
    let design = try StandardizedColumns(covariates, inOrder: riskSets.rows)
    let likelihood = PartialLikelihood(
      of: followUp.events, covariates: design.values, width: covariates.count, in: riskSets,
      ties: ties)
    let events = followUp.events.reduce(0) { $0 + ($1 ? 1 : 0) }
    let fit = try NewtonRaphson(likelihood, events: events)
    let inverse = fit.factor.inverse
    let meat = ScoreResiduals(likelihood, at: fit.coefficients)
      .outerProduct(over: clusters)
    let robust = inverse.sandwich(meat)
    let df = covariates.count
    var robustWald: LargeSampleTest?
    if let factor = try? robust.factor() {
      robustWald = try? LargeSampleTest(
        zip(fit.coefficients, factor.solve(fit.coefficients)).reduce(0) { $0 + $1.0 * $1.1 },
        degreesOfFreedom: df)
    }

    coefficients = zip(fit.coefficients, design.scales).map { $0 / $1 }
    modelCovariance = design.unscaled(inverse)
    robustCovariance = design.unscaled(robust)
    nullLogLikelihood = fit.start.logLikelihood
    logLikelihood = fit.point.logLikelihood
    self.events = events
    scoreTest = try LargeSampleTest(fit.scoreStatistic, degreesOfFreedom: df)
    likelihoodRatioTest = try LargeSampleTest(
      max(0, 2 * (fit.point.logLikelihood - fit.start.logLikelihood)), degreesOfFreedom: df)
    waldTest = try LargeSampleTest(
      fit.point.information.quadraticForm(fit.coefficients), degreesOfFreedom: df)
    robustWaldTest = robustWald
  }

  /// Evidence on one log hazard ratio; exponentiate its limits for the ratio.
  ///
  /// - Parameters:
  ///   - covariate: its index in the columns that were given.
  ///   - robust: whether the error is Lin and Wei's.
  /// - Returns: nil when there is no such covariate or the error is 0.
  public func logHazardRatio(_ covariate: Int, robust: Bool = false) -> StudentEvidence? {
    guard coefficients.indices.contains(covariate) else { return nil }
    let variance = (robust ? robustCovariance : modelCovariance)[covariate][covariate]
    guard variance > 0 else { return nil }
    return StudentEvidence(
      estimate: coefficients[covariate], standardError: variance.squareRoot(),
      degreesOfFreedom: nil)
  }
}
