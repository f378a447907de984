import GSL

/// A regression on the scale of a link: logistic for events, logarithmic for counts.
///
/// Estimand: the coefficients β of g(E[y]) = xᵀβ + offset, by maximum likelihood. Fisher scoring: each
/// step is a weighted least squares of the working response η + (y − μ)g′(μ) with weights
/// (dμ/dη)²/Var(y), until no fitted value moves by more than 10⁻¹² of its size.
///
/// The last step's regression carries everything else: its weighted residuals are the scores, so its
/// HC0, HC1, CR0 and CR1 covariances are the sandwich estimators of this model
/// (``robust(_:covariance:)``), and its classical covariance over the dispersion the model-based one.
///
/// Not for effects on people: coefficients of a logistic model are not comparable between models with
/// different covariates. Use the marginal means of ``Logistic``.
///
/// In R: `glm(y ~ x + offset(o), family = binomial or poisson)`, `MASS::negative.binomial(theta)`;
/// errors by `sandwich::vcovHC`, `sandwich::vcovCL`.
/// References: McCullagh & Nelder (1989), Generalized Linear Models; White (1982),
/// doi:10.2307/1912526.
public struct GeneralizedLinearModel: Sendable {
  /// The distribution with its usual link.
  public enum Family: Hashable, Sendable {
    /// Events, 0 or 1, with the logit.
    case binomial
    /// Counts whose variance is their mean, with the logarithm.
    case poisson
    /// Counts with variance μ + μ²/θ, with the logarithm.
    case negativeBinomial(theta: Double)
  }

  /// The distribution.
  public let family: Family
  /// One a column of the design, in its order; nil for a column that depends on earlier ones.
  public let coefficients: [LinearModel.Coefficient]
  /// μ, one a row.
  public let fitted: [Double]
  /// Σ(y − μ)²/Var(y) over the residual degrees of freedom (Pearson): 1 where the family is right.
  public let dispersion: Double
  /// The regression of the last step.
  let working: LinearModel

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - outcome: one value a row: 0 or 1, or counts from 0 on.
  ///   - columns: the regressors, the intercept among them.
  ///   - offset: what is added to every linear predictor; nil is 0.
  ///   - family: the distribution.
  /// - Throws: ``EstimationError/undefined`` for lengths that disagree or values outside the family's
  ///   range; ``EstimationError/noEvents`` when all are 0; ``EstimationError/noVariation`` when all
  ///   are 1; ``EstimationError/separation`` where coefficients run to infinity;
  ///   ``EstimationError/numericalFailure``.
  public init(
    _ outcome: [Double], on columns: [LinearDesign.Column], offset: [Double]? = nil,
    family: Family
  ) throws(EstimationError) {
    let offset = offset ?? outcome.map { _ in 0 }
    guard outcome.count == offset.count, offset.allSatisfy(\.isFinite),
      family.accepts(outcome)
    else { throw .undefined }
    guard outcome.contains(where: { $0 > 0 }) else { throw .noEvents }
    if family == .binomial, !outcome.contains(0) { throw .noVariation }
    var predictor = outcome.indices.map { family.start(outcome[$0], offset: offset[$0]) }
    var last: LinearModel?
    for _ in 0..<100 {
      let mean = predictor.map(family.mean)
      let slopes = predictor.map(family.slope)
      let weights = zip(mean, slopes).map { $1 * $1 / family.variance($0) }
      guard mean.allSatisfy(\.isFinite), weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
        throw .separation
      }
      let response = outcome.indices.map { row in
        predictor[row] - offset[row] + (outcome[row] - mean[row]) / slopes[row]
      }
      guard let design = LinearDesign(columns: columns, weights: weights) else { throw .undefined }
      let model = try LinearModel(response, on: design)
      let next = outcome.indices.map { response[$0] - model.residuals[$0] + offset[$0] }
      let moved = zip(next, predictor).reduce(0) {
        max($0, abs($1.0 - $1.1) / (1 + abs($1.1)))
      }
      predictor = next
      last = model
      guard !predictor.contains(where: { abs($0) > family.largestPredictor }) else {
        throw .separation
      }
      if moved < 1e-12 { break }
    }
    guard let model = last, model.residualDegreesOfFreedom > 0 else { throw .noVariation }
    self.family = family
    coefficients = model.coefficients
    fitted = predictor.map(family.mean)
    working = model
    let pearson = zip(outcome, fitted).reduce(0) { sum, next in
      sum + (next.0 - next.1) * (next.0 - next.1) / family.variance(next.1)
    }
    dispersion = pearson / Double(model.residualDegreesOfFreedom)
    guard dispersion.isFinite else { throw .numericalFailure }
  }

  /// Linear combinations of the coefficients with sandwich errors.
  ///
  /// - Parameters:
  ///   - contrasts: each one weight a column.
  ///   - covariance: `hc0`, `hc1`, `cr0` or `cr1`.
  /// - Returns: an estimate for each, or why there is none, with their covariances.
  /// - Throws: ``EstimationError/undefined`` for another covariance; else as
  ///   ``LinearModel/contrasts(_:covariance:)``.
  public func robust(
    _ contrasts: [[Double]], covariance: CovarianceEstimator
  ) throws(EstimationError) -> ContrastEstimates {
    switch covariance {
    case .hc0, .hc1, .cr0, .cr1: return try working.contrasts(contrasts, covariance: covariance)
    case .classical, .hc2, .hc2BellMcCaffrey, .hc3, .cr2: throw .undefined
    }
  }

  /// The covariances of linear combinations, if the family is right.
  func modelBased(_ contrasts: [[Double]]) throws(EstimationError) -> [[Double?]] {
    let found = try working.contrasts(contrasts, covariance: .classical)
    // The working regression's own variance is the Pearson dispersion.
    return found.covariance.map { row in row.map { $0.map { $0 / dispersion } } }
  }

  /// xᵀβ for one row of the design, without offset.
  func predictor(_ row: [Double]) -> Double {
    zip(row, coefficients).reduce(0) { $0 + $1.0 * ($1.1.value ?? 0) }
  }
}

extension GeneralizedLinearModel.Family {
  func accepts(_ outcome: [Double]) -> Bool {
    switch self {
    case .binomial: outcome.allSatisfy { $0 == 0 || $0 == 1 }
    case .poisson: outcome.allSatisfy { $0 >= 0 && $0.isFinite }
    case .negativeBinomial(let theta):
      theta > 0 && theta.isFinite && outcome.allSatisfy { $0 >= 0 && $0.isFinite }
    }
  }

  /// μ of a linear predictor.
  func mean(_ predictor: Double) -> Double {
    switch self {
    case .binomial:
      let small = Elementary.exponential(-abs(predictor))
      return predictor >= 0 ? 1 / (1 + small) : small / (1 + small)
    case .poisson, .negativeBinomial: return Elementary.exponential(predictor)
    }
  }

  /// dμ/dη.
  func slope(_ predictor: Double) -> Double {
    switch self {
    case .binomial:
      let small = Elementary.exponential(-abs(predictor))
      return small / ((1 + small) * (1 + small))
    case .poisson, .negativeBinomial: return Elementary.exponential(predictor)
    }
  }

  /// Var(y) at a mean.
  func variance(_ mean: Double) -> Double {
    switch self {
    case .binomial: mean * (1 - mean)
    case .poisson: mean
    case .negativeBinomial(let theta): mean + mean * mean / theta
    }
  }

  /// Where scoring starts: a little inside the data.
  func start(_ outcome: Double, offset: Double) -> Double {
    switch self {
    case .binomial: outcome == 1 ? Elementary.logarithm(3) : -Elementary.logarithm(3)
    case .poisson, .negativeBinomial: Elementary.logarithm(max(outcome, 0.1) + 0.1)
    }
  }

  /// Beyond this the data are separated (or a rate is below 10⁻¹³, which no trial can know).
  var largestPredictor: Double {
    switch self {
    case .binomial: 30
    case .poisson, .negativeBinomial: 300
    }
  }
}
