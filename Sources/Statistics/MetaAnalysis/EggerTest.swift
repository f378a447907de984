/// Egger's regression test: do less precise studies show other effects than precise ones?
///
/// The line of effects on their standard errors, with what it leaves of τ². A slope away from zero
/// makes the funnel plot lopsided: because small studies without a finding stay in drawers, or
/// because small trials differ in kind. The test has little power below ten studies, and it is too
/// ready to reject where an effect and its standard error come from the same counts (log odds ratios,
/// standardised differences).
///
/// R: `metafor::regtest(rma(…), predictor = "sei")`, model `rma`. Egger et al. (1997),
/// doi:10.1136/bmj.315.7109.629; Sterne & Egger (2001), doi:10.1016/S0895-4356(01)00377-8.
public struct EggerTest: Sendable {
  /// The line on the standard errors.
  public let model: MetaRegression
  /// The slope, whose test of zero is Egger's.
  public let slope: StudentEvidence
  /// Where the line meets a standard error of zero: an extrapolation to a study without noise.
  public let limitEstimate: StudentEvidence

  /// Fits the line.
  ///
  /// - Throws: ``MetaAnalysisError``; `collinear` when all studies have the same standard error.
  public init(
    of effects: [StudyEffect], method: HeterogeneityMethod = .restrictedMaximumLikelihood,
    inference: MetaRegression.Inference = .wald
  ) throws(MetaAnalysisError) {
    for (study, effect) in effects.enumerated()
    where !(effect.variance > 0 && effect.variance.isFinite) {
      throw .varianceNotPositive(study: study)
    }
    let errors = effects.map { $0.variance.squareRoot() }
    model = try MetaRegression(effects, moderators: [errors], method: method, inference: inference)
    guard model.coefficients.count == 2 else { throw .malformed }
    limitEstimate = model.coefficients[0]
    slope = model.coefficients[1]
  }
}
