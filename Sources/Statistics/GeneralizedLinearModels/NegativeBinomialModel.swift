private import GSL

/// A regression of counts whose variance may exceed their mean: μ + αμ² (NB2), α by maximum
/// likelihood together with the coefficients.
///
/// Estimand: the coefficients of log μ = offset + xβ, as Poisson's; α says how much rows differ
/// beyond chance and beyond the columns. The derivative of the likelihood in α at Poisson's fit is
/// ½Σ((y − μ)² − y): where it is not above 0 the counts are not over-dispersed, θ = 1/α is infinite
/// and the model is Poisson's (``theta`` is nil).
///
/// Standard errors of β take α as known, as `glm.nb` does: the two are asymptotically independent if
/// the family is right. Where it may not be, use the sandwich, or Poisson's regression with it.
///
/// In R: `MASS::glm.nb(y ~ x + offset(log(t)))`.
/// Reference: Lawless (1987), doi:10.2307/3314912.
public struct NegativeBinomialModel: Sendable {
  /// The regression at the α found; Poisson's where θ is infinite.
  public let model: GeneralizedLinearModel
  /// 1/α; nil where the counts are not over-dispersed and it is infinite.
  public let theta: Double?

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - outcome: whole counts from 0, one a row.
  ///   - design: the columns, without weights or absorbed blocks.
  ///   - offset: log exposure, one a row.
  /// - Throws: as ``GeneralizedLinearModel``; ``EstimationError/undefined`` for counts that are not
  ///   whole; ``EstimationError/numericalFailure`` when no finite α is the maximum.
  public init(
    _ outcome: [Double], on design: LinearDesign, offset: [Double]? = nil
  ) throws(EstimationError) {
    let factors = try GeneralizedLinearModel.factors(
      of: outcome, design, .negativeBinomial(alpha: 1), offset)
    func fit(
      _ family: ResponseFamily, from start: [Double]?
    ) throws(EstimationError) -> GeneralizedLinearModel {
      try GeneralizedLinearModel(
        outcome, factors: factors, design: design, family: family, offset: offset, start: start)
    }
    let poisson = try fit(.poisson, from: nil)
    let excess = zip(outcome, poisson.fitted).reduce(0) { sum, row in
      sum + (row.0 - row.1) * (row.0 - row.1) - row.0
    }
    let squares = poisson.fitted.reduce(0) { $0 + $1 * $1 }
    // What rounding leaves of counts that are fitted exactly is no dispersion.
    guard excess > 1e-12 * outcome.reduce(0, +), (excess / squares).isNormal else {
      model = poisson
      theta = nil
      return
    }

    var latest = poisson.scores
    func slope(atLogarithm logarithm: Double) -> Double {
      let alpha = Elementary.exponential(logarithm)
      guard alpha.isNormal, alpha.isFinite,
        let model = try? fit(.negativeBinomial(alpha: alpha), from: latest)
      else { return .nan }
      latest = model.scores
      return Self.slope(of: outcome, around: model.fitted, alpha: alpha)
    }
    // From the estimate by moments, up or down to where the slope changes its sign.
    var lower = Elementary.logarithm(excess / squares)
    var upper = lower
    if slope(atLogarithm: lower) > 0 {
      repeat {
        (lower, upper) = (upper, upper + 1)
      } while slope(atLogarithm: upper) > 0
        && upper < 60
    } else {
      repeat {
        (lower, upper) = (lower - 1, lower)
      } while !(slope(atLogarithm: lower) > 0)
        && lower > -700
    }
    guard let found = root(between: lower, and: upper, of: slope(atLogarithm:)) else {
      throw .numericalFailure
    }
    let alpha = Elementary.exponential(found)
    model = try fit(.negativeBinomial(alpha: alpha), from: latest)
    theta = 1 / alpha
  }

  /// d(log-likelihood)/dα = Σ (Σ j/(1 + αj) + (log(1 + u) − u/(1 + u))/α² − yμ/(1 + u)), u = αμ, in a
  /// form that keeps its digits as α falls to 0.
  private static func slope(of outcome: [Double], around means: [Double], alpha: Double) -> Double {
    var sum = 0.0
    for (y, mean) in zip(outcome, means) {
      let u = alpha * mean
      sum += RisingFactorial(factors: y, step: alpha).derivative
      sum += mean * ((mean - y) / (1 + u) - mean * logarithmDeficit(u))
    }
    return sum
  }
}
