/// A regression whose mean is linear on the scale of a link: logistic, Poisson, negative binomial.
///
/// Estimand: the coefficients β of log(μ/(1 − μ)) = xβ, or of log μ = offset + xβ, by maximum
/// likelihood: Newton's steps by QR, to about 10⁻¹² standard errors. A column that depends on
/// earlier ones is left out and named, as `glm` does. With the sandwich covariances β keeps its
/// meaning, the best approximation in likelihood, whatever the outcome's distribution.
///
/// Coefficients are conditional on the covariates; for the effect of an arm on rates or counts
/// standardise them by ``StandardizedMeans``. Not for small samples or rare events, where maximum
/// likelihood is biased away from 0. Memory is rows × columns.
///
/// In R: `glm(y ~ x, binomial)`; `glm(y ~ x + offset(log(t)), poisson)`.
/// Reference: McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed.
public struct GeneralizedLinearModel: Sendable {
  /// The distribution and its link.
  public let family: ResponseFamily
  /// One a column of the design, in its order; on the link's scale.
  public let coefficients: [LinearModel.Coefficient]
  /// The linear predictor, offset included, one a row.
  public let linearPredictor: [Double]
  /// The fitted mean, one a row.
  public let fitted: [Double]
  /// The log-likelihood, constants included.
  public let logLikelihood: Double
  /// Twice the distance of the log-likelihood below that of a model with a coefficient for each row.
  public let deviance: Double
  /// Rows.
  public let rows: Int
  /// Independent columns.
  public var rank: Int { factors.rank }
  /// The columns that depend on earlier ones and were left out.
  public var droppedColumns: [String] { coefficients.filter { $0.value == nil }.map(\.name) }

  let factors: DesignFactorization
  /// The coefficients of the orthonormal columns.
  let scores: [Double]
  /// d(log-likelihood)/dη, one a row.
  let rowScores: [Double]
  /// R of √W·Q at the expected information.
  let informationFactor: [Double]

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - outcome: one value a row: 0 or 1, or a count from 0.
  ///   - design: the columns, without weights or absorbed blocks.
  ///   - family: the distribution.
  ///   - offset: what the predictor holds beside xβ, one finite value a row: log exposure.
  /// - Throws: ``EstimationError/noEvents`` when every outcome is 0;
  ///   ``EstimationError/noVariation`` when every outcome is 1 (binomial) or every column 0;
  ///   ``EstimationError/infiniteCoefficients`` when columns tell 0 from the rest (separation);
  ///   ``EstimationError/undefined`` when lengths, weights or values are not as said;
  ///   ``EstimationError/numericalFailure`` where a result overflows.
  public init(
    _ outcome: [Double], on design: LinearDesign, family: ResponseFamily, offset: [Double]? = nil
  ) throws(EstimationError) {
    try self.init(
      outcome, factors: try Self.factors(of: outcome, design, family, offset), design: design,
      family: family, offset: offset, start: nil)
  }

  /// What every fit to these data begins with.
  static func factors(
    of outcome: [Double], _ design: LinearDesign, _ family: ResponseFamily, _ offset: [Double]?
  ) throws(EstimationError) -> DesignFactorization {
    guard outcome.count == design.rows, design.weights == nil, design.blocks == nil,
      outcome.allSatisfy(family.accepts),
      offset.map({ $0.count == outcome.count && $0.allSatisfy(\.isFinite) }) ?? true
    else { throw .undefined }
    guard outcome.contains(where: { $0 > 0 }) else { throw .noEvents }
    guard family != .binomial || outcome.contains(0) else { throw .noVariation }
    return try DesignFactorization(design)
  }

  init(
    _ outcome: [Double], factors: DesignFactorization, design: LinearDesign,
    family: ResponseFamily, offset: [Double]?, start: [Double]?
  ) throws(EstimationError) {
    let search = LikelihoodMaximum(
      family: family, outcome: outcome, offset: offset ?? outcome.map { _ in 0 },
      basis: factors.q, width: factors.rank)
    scores = try search.coefficients(from: start)
    linearPredictor = search.predictor(at: scores)
    rowScores = search.rowScores(at: linearPredictor)
    guard
      let information = search.weightedFactor(
        linearPredictor.map(family.expectedInformation(at:)))
    else { throw .infiniteCoefficients }
    informationFactor = information

    let solved = solveUpper(factors.r, scores)
    var values = [Double?](repeating: nil, count: design.columns.count)
    for (j, column) in factors.kept.enumerated() {
      let value = solved[j].scaled(by: -factors.exponents[column])
      guard value.isFinite else { throw .numericalFailure }
      values[column] = value
    }
    coefficients = zip(design.columns, values).map { .init(name: $0.name, value: $1) }
    fitted = linearPredictor.map(family.mean(at:))
    var likelihood = 0.0
    var deviance = 0.0
    for (y, eta) in zip(outcome, linearPredictor) {
      guard let constant = family.constant(y) else { throw .numericalFailure }
      likelihood += family.kernel(y, at: eta) + constant
      deviance += family.deviance(y, at: eta)
    }
    guard likelihood.isFinite, deviance.isFinite, fitted.allSatisfy(\.isFinite) else {
      throw .numericalFailure
    }
    logLikelihood = likelihood
    self.deviance = max(deviance, 0)
    rows = outcome.count
    self.family = family
    self.factors = factors
  }
}
