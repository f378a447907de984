import GSL

/// What is believed about an effect beforehand, as a normal distribution.
public struct NormalPrior: Codable, Hashable, Sendable {
  /// Its mean, in the effect's units.
  public var mean: Double
  /// Its standard deviation, above 0.
  public var standardDeviation: Double

  /// Makes a prior.
  public init(mean: Double, standardDeviation: Double) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// What nudge units found on average: +1.4 points over 126 trials (a difference of rates, 0.014).
  ///
  /// The mean is published; the spread of true effects between trials is not taken from anywhere. It is
  /// an assumption of whoever calls, and belongs beside the result together with what another spread
  /// would have given. The academic average of 8.7 points is no prior for a town: it carries the
  /// selection of what gets published.
  ///
  /// Reference: DellaVigna & Linos (2022), doi:10.3982/ECTA18709.
  public static func nudgeUnits(assumedSpread: Double) -> NormalPrior {
    NormalPrior(mean: 0.014, standardDeviation: assumedSpread)
  }
}

/// The posterior of an effect whose estimate is about normal, with a normal prior.
///
/// Estimand: that of the estimate (a difference, or the logarithm of a ratio). With estimate y, standard
/// error s and prior N(m, τ²) the posterior is normal,
///
///     mean = B·y + (1 − B)·m,   variance = B·s²,   B = τ²/(τ² + s²).
///
/// Not for estimates with few degrees of freedom: s is taken as known.
public struct NormalPosterior: Posterior, Hashable {
  /// Its mean.
  public let centre: Double
  /// Its standard deviation.
  public let standardDeviation: Double
  /// B, how far the data are believed against the prior, from 0 to 1.
  public let reliability: Double

  /// Updates a prior by an estimate.
  ///
  /// - Throws: ``EstimationError/undefined`` unless both spreads are positive and all is finite;
  ///   ``EstimationError/numericalFailure`` where the result is not finite.
  public init(
    estimate: Double, standardError: Double, prior: NormalPrior
  ) throws(EstimationError) {
    let spread = prior.standardDeviation
    guard estimate.isFinite, standardError > 0, standardError.isFinite, prior.mean.isFinite,
      spread > 0, spread.isFinite
    else { throw .undefined }
    // Through the ratio of the smaller to the larger, so that no square overflows.
    let ratio = min(standardError, spread) / max(standardError, spread)
    let smaller = ratio * ratio / (1 + ratio * ratio)
    let larger = 1 / (1 + ratio * ratio)
    reliability = standardError < spread ? larger : smaller
    let rest = standardError < spread ? smaller : larger
    centre = reliability * estimate + rest * prior.mean
    standardDeviation = min(standardError, spread) / (1 + ratio * ratio).squareRoot()
    guard centre.isFinite, standardDeviation > 0 else { throw .numericalFailure }
  }

  /// The posterior's centre.
  public var mean: Double? { centre }

  /// The probability that the effect is above `value`.
  public func probability(above value: Double) throws(EstimationError) -> Double {
    guard let tail = Normal.upperTail((value - centre) / standardDeviation) else {
      throw .undefined
    }
    return tail
  }

  /// centre ± z·standard deviation.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let reach = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    return .between(
      lower: centre - reach * standardDeviation, upper: centre + reach * standardDeviation)
  }

  /// What adopting is expected to cost where the effect is below what it must be worth,
  /// E[max(worthwhile − effect, 0)] = σ(φ(z) − z·P(Z > z)) with z = (centre − worthwhile)/σ.
  public func expectedLoss(ofAdoptingAt worthwhile: Double = 0) throws(EstimationError) -> Double {
    try lossPastZero(at: (centre - worthwhile) / standardDeviation)
  }

  /// What not adopting is expected to cost, E[max(effect − worthwhile, 0)].
  public func expectedLoss(ofDecliningAt worthwhile: Double = 0) throws(EstimationError) -> Double {
    try lossPastZero(at: (worthwhile - centre) / standardDeviation)
  }

  private func lossPastZero(at z: Double) throws(EstimationError) -> Double {
    guard z.isFinite, let tail = Normal.upperTail(z) else { throw .undefined }
    let height = Elementary.exponential(-z * z / 2) / (2 * Double.pi).squareRoot()
    // Far out the two terms are equal to the last digits; the loss cannot be negative.
    return max(standardDeviation * (height - z * tail), 0)
  }
}
