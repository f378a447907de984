import GSL

/// Rates of two or more arms with beta priors, and what choosing one of them is expected to cost.
///
/// Model: events in arm i are binomial with rate pᵢ, the rates independent with beta priors; so each
/// posterior is a beta distribution. With Fᵢ the posterior distribution functions,
///
///     P(j is best) = ∫ fⱼ Π_{i≠j} Fᵢ dx,   E[max pᵢ − pⱼ] = ∫ Fⱼ(1 − Π_{i≠j} Fᵢ) dx,
///
/// by quadrature in the logit, to about 10⁻¹². The loss is in points of the rate: what is given up on
/// average by choosing that arm, if the better one is sometimes another.
///
/// Higher rates are better here; for an outcome that should fall, count its absence.
///
/// Not for units that share a cluster, nor as a licence to look every day at a trial that was planned
/// for a fixed number of units: a posterior does not care about looks, but its error rate over
/// repeated trials does.
///
/// In R: `integrate` over `dbeta` and `pbeta`.
public struct BetaBinomial: Sendable {
  /// Each arm's rate after the data, in the order given.
  public let posteriors: [BetaPosterior]

  /// Takes the arms' posteriors.
  ///
  /// - Throws: ``EstimationError/undefined`` for fewer than two.
  public init(_ posteriors: [BetaPosterior]) throws(EstimationError) {
    guard posteriors.count > 1 else { throw .undefined }
    self.posteriors = posteriors
  }

  /// For each arm the probability that its rate is the highest; they add up to 1.
  public var probabilitiesOfBest: [Double] {
    get throws(EstimationError) {
      var found: [Double] = []
      for (arm, others) in choices { found.append(try Self.probability(of: arm, above: others)) }
      return found
    }
  }

  /// For each arm what choosing it is expected to cost against the best, in points of the rate.
  public var expectedLosses: [Double] {
    get throws(EstimationError) {
      var found: [Double] = []
      for (arm, others) in choices { found.append(try Self.loss(of: arm, among: others)) }
      return found
    }
  }

  private var choices: [(LogitBeta, [LogitBeta])] {
    posteriors.indices.map { chosen in
      (
        posteriors[chosen].distribution,
        posteriors.indices.filter { $0 != chosen }.map { posteriors[$0].distribution }
      )
    }
  }

  private static func probability(
    of arm: LogitBeta, above others: [LogitBeta]
  ) throws(EstimationError) -> Double {
    let sum = integral(
      between: breakpoints([arm] + others, from: arm.lowest, to: arm.highest), tolerance: 1e-13
    ) { t in
      others.reduce(arm.density(t)) { $0 * $1.lowerTail(t) }
    }
    guard let sum else { throw .numericalFailure }
    return min(max(sum, 0), 1)
  }

  /// ∫ F(1 − Π Fᵢ) dx, where dx = x(1 − x) dt; small losses keep their digits.
  static func loss(
    of arm: LogitBeta, among others: [LogitBeta]
  ) throws(EstimationError) -> Double {
    let highest = others.reduce(-Double.infinity) { max($0, $1.highest) }
    guard arm.lowest < highest else { return 0 }
    let points = breakpoints([arm] + others, from: arm.lowest, to: highest)
    let sum = integral(between: points, tolerance: 1e-15) { t in
      let none = others.reduce(0) { $0 + Elementary.logarithmOfOnePlus(-$1.upperTail(t)) }
      return arm.lowerTail(t) * -Elementary.exponentialMinusOne(none) * Elementary.logistic(t)
        * Elementary.logistic(-t)
    }
    guard let sum else { throw .numericalFailure }
    return max(sum, 0)
  }

  private static func breakpoints(
    _ arms: [LogitBeta], from lower: Double, to upper: Double
  ) -> [Double] {
    let within = arms.flatMap(\.landmarks).filter { $0 > lower && $0 < upper }
    return [lower] + within.sorted() + [upper]
  }
}
