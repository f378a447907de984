/// What the effect of a trial may be in a place that was not in it.
///
/// Estimand: θ, the true effect in another place like those that were studied, in their own sampling.
///
/// After one trial with estimate θ̂ and standard error s, where true effects of places differ by τ around a mean m that is
/// known from elsewhere,
///
///     B = τ²/(τ² + s²),   mean = m + B(θ̂ − m),   variance = B·s² + τ²       (normal)
///
/// After k trials with the mean μ̂ (standard error s) and τ estimated from them: mean = μ̂, variance = s² + τ², t_{k−2}. After two trials,
/// or more, with τ known from elsewhere:
///
///     w = 1/(sᵢ² + τ²),   mean = Σwθ̂/Σw,   variance = 1/Σw + τ²       (normal)
///
/// The first is only as good as τ and m, which one trial cannot tell; the second needs three trials, the third a τ.
///
/// Not a confidence interval: that of the mean is narrower, and says nothing of a single place. In R:
/// `metafor::predict.rma(pi.type = "riley")`; `qnorm` for the first. References: Higgins, Thompson & Spiegelhalter (2009),
/// doi:10.1111/j.1467-985X.2008.00552.x; Efron & Morris (1973), doi:10.1080/01621459.1973.10481350.
public struct TransferredEffect: Codable, Hashable, Sendable {
  /// The effect to expect.
  public let mean: Double
  /// How far another place's own effect may lie from it: a standard deviation.
  public let spread: Double
  /// Of the t distribution; nil is the normal one.
  public let degreesOfFreedom: Double?
  /// B, how far the trial is believed against what was known before; 1 for several trials.
  public let reliability: Double

  /// After one trial.
  ///
  /// - Parameters:
  ///   - estimate: θ̂.
  ///   - standardError: s, above 0.
  ///   - tau: τ, 0 or more.
  ///   - priorMean: m.
  /// - Throws: ``EstimationError/undefined`` for numbers outside their range.
  public init(
    estimate: Double, standardError: Double, tau: Double, priorMean: Double
  ) throws(EstimationError) {
    guard estimate.isFinite, priorMean.isFinite, standardError > 0, standardError.isFinite,
      tau >= 0, tau.isFinite
    else { throw .undefined }
    let (error, between) = (standardError * standardError, tau * tau)
    // Without differences between places the trial is all there is to know.
    reliability = tau > 0 ? between / (between + error) : 1
    mean = priorMean + reliability * (estimate - priorMean)
    spread = (reliability * error + between).squareRoot()
    degreesOfFreedom = nil
  }

  /// After several trials.
  ///
  /// - Throws: ``EstimationError/undefined`` for numbers outside their range, and for fewer than three trials.
  public init(
    mean: Double, standardError: Double, tau: Double, trials: Int
  ) throws(EstimationError) {
    guard mean.isFinite, standardError > 0, standardError.isFinite, tau >= 0, tau.isFinite,
      trials > 2
    else { throw .undefined }
    self.mean = mean
    spread = (standardError * standardError + tau * tau).squareRoot()
    degreesOfFreedom = Double(trials - 2)
    reliability = 1
  }

  /// After several trials, with τ known from elsewhere: what two trials can tell.
  ///
  /// In R: `predict(metafor::rma(yi, vi, tau2 = tau^2))`.
  ///
  /// - Throws: ``EstimationError/undefined`` for numbers outside their range, and for fewer than two trials.
  public init(of trials: [StudyEffect], tau: Double) throws(EstimationError) {
    guard trials.count > 1, tau >= 0, tau.isFinite,
      trials.allSatisfy({ $0.value.isFinite && $0.variance > 0 && $0.variance.isFinite })
    else { throw .undefined }
    let weights = trials.map { 1 / ($0.variance + tau * tau) }
    let total = weights.reduce(0, +)
    mean = zip(trials, weights).reduce(0) { $0 + $1.0.value * $1.1 / total }
    spread = (1 / total + tau * tau).squareRoot()
    degreesOfFreedom = nil
    reliability = 1
    guard mean.isFinite, spread.isFinite else { throw .undefined }
  }

  private init(mean: Double, spread: Double, degreesOfFreedom: Double?, reliability: Double) {
    self.mean = mean
    self.spread = spread
    self.degreesOfFreedom = degreesOfFreedom
    self.reliability = reliability
  }

  /// The same where only a part of the effect survives: every effect times `voltage`.
  public func scaled(by voltage: Double) -> TransferredEffect {
    TransferredEffect(
      mean: voltage * mean, spread: abs(voltage) * spread, degreesOfFreedom: degreesOfFreedom,
      reliability: reliability)
  }

  private var evidence: StudentEvidence {
    StudentEvidence(
      estimate: mean, standardError: spread, degreesOfFreedom: degreesOfFreedom)
  }

  /// In which the effect of another place lies.
  ///
  /// - Throws: ``EstimationError/undefined`` for a level outside (0, 1).
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard spread > 0 else { return .between(lower: mean, upper: mean) }
    return try evidence.interval(level: level)
  }

  /// The probability that the effect of another place is at most `value`.
  ///
  /// - Throws: ``EstimationError/undefined`` for a value that is not finite.
  public func probability(atMost value: Double) throws(EstimationError) -> Double {
    guard value.isFinite else { throw .undefined }
    guard spread > 0 else { return mean <= value ? 1 : 0 }
    let p = try evidence.pValue(of: value)
    return mean > value ? p / 2 : 1 - p / 2
  }
}
