/// Where the true effect of another place is expected: the reference distribution of the interval.
///
/// The three differ visibly with few studies, and programs disagree on which one "the" prediction
/// interval is; so it is named wherever one is printed.
public enum PredictionDistribution: String, CaseIterable, Codable, Hashable, Sendable {
  /// The normal distribution; too narrow with few studies. R's default for Wald inference.
  case normal
  /// t(k − 2). Higgins, Thompson & Spiegelhalter (2009), doi:10.1111/j.1467-985X.2008.00552.x.
  case studentKMinus2 = "t_k_minus_2"
  /// t(k − 1), R's choice beside Hartung and Knapp's standard error.
  case studentKMinus1 = "t_k_minus_1"
}

extension MetaAnalysis {
  /// The interval in which the true effect of another place lies, μ ± c·√(τ² + SE²).
  ///
  /// SE is the pooled effect's, so it follows the chosen ``MetaRegression/Inference``. This, not the
  /// confidence interval of the mean, answers "what if our town does it?" – for a town that could
  /// have been one of the studies. τ² is taken at its estimate, though few studies hardly know it.
  ///
  /// R: `predict(rma(…), pi.type = "simple", "riley" or "t")`.
  ///
  /// - Throws: ``MetaAnalysisError/noHeterogeneityModelled`` for equal effects;
  ///   ``MetaAnalysisError/tooFewStudies(count:needed:)`` when t has no degrees of freedom.
  public func predictionInterval(
    level: Double, _ distribution: PredictionDistribution
  ) throws(MetaAnalysisError) -> Interval {
    guard model.method != .equalEffects else { throw .noHeterogeneityModelled }
    let count = effects.count
    let degreesOfFreedom: Int?
    switch distribution {
    case .normal: degreesOfFreedom = nil
    case .studentKMinus2: degreesOfFreedom = count - 2
    case .studentKMinus1: degreesOfFreedom = count - 1
    }
    if let degreesOfFreedom, degreesOfFreedom < 1 {
      throw .tooFewStudies(count: count, needed: count - degreesOfFreedom + 1)
    }
    guard level > 0, level < 1 else { throw .undefined }
    let error = pooled.standardError
    do {
      return try StudentEvidence(
        estimate: pooled.estimate, standardError: (tauSquared + error * error).squareRoot(),
        degreesOfFreedom: degreesOfFreedom.map(Double.init)
      ).interval(level: level)
    } catch { throw .numericalFailure }
  }
}
