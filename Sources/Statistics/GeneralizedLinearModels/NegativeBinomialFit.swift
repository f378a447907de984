import GSL

extension GeneralizedLinearModel {
  /// The negative binomial regression with θ by maximum likelihood; Poisson where counts are not more
  /// spread than their means say, which is θ = ∞.
  ///
  /// θ solves Σ[ψ(θ + y) − ψ(θ) + ln θ + 1 − ln(θ + μ) − (y + θ)/(μ + θ)] = 0 at the fitted means, and
  /// the means are fitted at that θ, in turn, until θ settles.
  ///
  /// In R: `MASS::glm.nb`. Reference: Lawless (1987), doi:10.2307/3314912.
  ///
  /// - Throws: as `init`; ``EstimationError/numericalFailure`` where θ does not settle.
  public static func negativeBinomial(
    _ outcome: [Double], on columns: [LinearDesign.Column], offset: [Double]? = nil
  ) throws(EstimationError) -> GeneralizedLinearModel {
    var model = try GeneralizedLinearModel(outcome, on: columns, offset: offset, family: .poisson)
    var last = 0.0
    for _ in 0..<200 {
      guard let theta = theta(of: outcome, means: model.fitted) else {
        return try GeneralizedLinearModel(outcome, on: columns, offset: offset, family: .poisson)
      }
      model = try GeneralizedLinearModel(
        outcome, on: columns, offset: offset, family: .negativeBinomial(theta: theta))
      if abs(theta - last) <= 1e-11 * theta { return model }
      last = theta
    }
    throw .numericalFailure
  }

  /// The θ of given means; nil where the likelihood rises all the way to ∞, or to where counts can no
  /// longer be told from Poisson's.
  private static func theta(of outcome: [Double], means: [Double]) -> Double? {
    // The likelihood's slope in 1/θ at θ = ∞.
    let excess = zip(outcome, means).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) - $1.0 }
    func score(_ logTheta: Double) -> Double {
      let theta = Elementary.exponential(logTheta)
      var sum = 0.0
      for (y, mean) in zip(outcome, means) {
        guard let rise = digammaRise(from: theta, by: y) else { return .nan }
        // 1 − (y + θ)/(μ + θ) and ln θ − ln(θ + μ), written so that they keep their digits.
        sum += rise + (mean - y) / (mean + theta) - Elementary.logarithmOfOnePlus(mean / theta)
      }
      return sum
    }
    let (low, high) = (-16.0, 12.0)
    guard excess > 0, score(high) < 0 else { return nil }
    return root(between: low, and: high, of: score).map(Elementary.exponential)
  }

  /// ψ(θ + y) − ψ(θ), which for whole y is 1/θ + 1/(θ + 1) + … + 1/(θ + y − 1).
  private static func digammaRise(from theta: Double, by y: Double) -> Double? {
    if y == y.rounded(), y <= 1000 {
      return (0..<Int(y)).reduce(0) { $0 + 1 / (theta + Double($1)) }
    }
    guard let upper = digamma(theta + y), let lower = digamma(theta) else { return nil }
    return upper - lower
  }
}
