/// The average effect over studies and how much the effect differs between places.
///
/// The estimand is μ, the mean of the true effects of places like these studies: the average over
/// studies with weights 1/(vᵢ + τ²). Under equal effects it is the one effect all are supposed to
/// share. Published studies show larger effects than trials that a government reports in full: a
/// pooled effect inherits that.
///
/// R: `metafor::rma(yi, vi, method = , test = )`, v. 3.8.
public struct MetaAnalysis: Sendable {
  /// The line without moderators that this is.
  public let model: MetaRegression
  /// μ with its uncertainty: p-values and intervals at any level.
  public let pooled: StudentEvidence

  /// Pools studies.
  ///
  /// - Parameters:
  ///   - effects: the studies; one is enough for equal effects, τ² needs two.
  ///   - method: how τ² is estimated.
  ///   - inference: how the standard error and its distribution follow.
  /// - Throws: ``MetaAnalysisError``.
  public init(
    of effects: [StudyEffect], method: HeterogeneityMethod = .restrictedMaximumLikelihood,
    inference: MetaRegression.Inference = .wald
  ) throws(MetaAnalysisError) {
    model = try MetaRegression(effects, method: method, inference: inference)
    guard let pooled = model.coefficients.first else { throw .malformed }
    self.pooled = pooled
  }

  /// The studies, in the order given.
  public var effects: [StudyEffect] { model.effects }
  /// τ², the variance of the true effects between places; 0 under equal effects.
  public var tauSquared: Double { model.tauSquared }
  /// Q, I², H² and the confidence set of τ².
  public var heterogeneity: Heterogeneity { model.heterogeneity }
}
