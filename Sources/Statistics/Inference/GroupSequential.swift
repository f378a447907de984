import GSL

/// Inference for a trial that is analysed at planned looks and may stop at any of them.
///
/// Where the trial ends, because the look crosses its boundary or is the last, the result is read in
/// the stagewise ordering (``StagewiseEvidence``), which makes up for the chance of having stopped
/// early. Where it goes on, the p-value is the smallest error at which this look would have stopped it,
/// and the interval the one that holds at all looks together (repeated confidence interval). Either
/// way p < α exactly where the boundary of level α is crossed, on every scale.
///
/// It needs no estimate on a normal scale: with the signed normal deviate of the fixed-horizon test,
///
///     z(θ₀) = ±Φ⁻¹(1 − p(θ₀)/2), above 0 where the estimate lies above θ₀,
///
/// z(no effect) is the look's statistic and z(no effect) − z(θ₀) the drift that θ₀ stands for. So the
/// limits are limits of the fixed-horizon interval at two other levels.
///
/// Not for looks that were not planned, nor for a trial watched daily: ``MixtureEvidence``.
///
/// R: `rpact::getFinalConfidenceInterval`, `rpact::getRepeatedConfidenceIntervals`. Lan & DeMets
/// (1983), doi:10.1093/biomet/70.3.659; Tsiatis, Rosner & Mehta (1984), Biometrics 40, 797–803;
/// Jennison & Turnbull (1989), Journal of the Royal Statistical Society B 51, 305–361.
public struct GroupSequential: Inference {
  /// `group_sequential`.
  public static let name = "group_sequential"
  /// Shares of the planned information at the looks, rising to 1.
  public let informationFractions: [Double]
  /// How the error is used up.
  public let spending: SpendingFunction
  /// The look that is analysed, from 0; all looks before it did not stop the trial.
  public let look: Int
  /// The critical values at the planned type I error.
  public let boundary: SequentialBoundary

  /// Makes the inference.
  ///
  /// - Parameters:
  ///   - informationFractions: shares of the planned information at the looks, rising to 1.
  ///   - spending: how the error is used up.
  ///   - significance: the planned type I error of both sides together.
  ///   - look: the look that is analysed, from 0.
  /// - Throws: ``EstimationError/undefined`` for a look that is not planned, and what
  ///   `SequentialBoundary.lanDeMets` throws.
  public init(
    informationFractions: [Double], spending: SpendingFunction, significance: Double, look: Int
  ) throws(EstimationError) {
    guard informationFractions.indices.contains(look) else { throw .undefined }
    self.informationFractions = informationFractions
    self.spending = spending
    self.look = look
    boundary = try .lanDeMets(
      informationFractions: informationFractions, significance: significance, sides: .two,
      spending: spending)
  }

  /// The share of the planned information that is in at the look.
  public var informationFraction: Double { informationFractions[look] }

  /// Twice the smaller tail of the stagewise ordering; while the trial goes on, the smallest error at
  /// which it would have stopped.
  public func pValue(of estimate: Estimate) throws(EstimationError) -> Double {
    let stagewise = try stagewise(estimate)
    let statistic = abs(stagewise.estimate)
    if isEnd(at: statistic) { return try stagewise.pValue(of: 0) }
    func excess(_ significance: Double) -> Double {
      guard let critical = try? critical(at: significance) else { return .nan }
      return min(critical, 40) - statistic
    }
    let (least, most) = (1e-4, 1 - 1e-6)
    if excess(most) >= 0 { return 1 }
    if excess(least) <= 0 { return least }
    guard let p = root(between: least, and: most, of: excess) else { throw .numericalFailure }
    return p
  }

  /// The values that the test at 1 − `level` does not reject.
  ///
  /// Where the fixed-horizon set is not one interval (the number needed to treat), it stands at the
  /// level of the look's own critical value: it excludes no effect exactly when the boundary is
  /// crossed.
  public func interval(of estimate: Estimate, level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    let stagewise = try stagewise(estimate)
    let statistic = stagewise.estimate
    if isEnd(at: abs(statistic)) {
      guard case .between(let low, let high) = try stagewise.interval(level: level) else {
        throw .numericalFailure
      }
      let lower = try Self.limit(of: estimate, atDeviate: statistic - low)
      let upper = try Self.limit(of: estimate, atDeviate: statistic - high)
      if let lower, let upper { return .between(lower: lower, upper: upper) }
    }
    let critical = try critical(at: 1 - level)
    guard critical.isFinite, let tail = Normal.upperTail(critical), tail > 1e-16 else {
      return .everything
    }
    return try estimate.evidence.interval(level: 1 - 2 * tail)
  }

  /// The truth under which a result as high as this is as probable as not; nil while the trial goes
  /// on.
  public func medianUnbiased(_ estimate: Estimate) throws(EstimationError) -> Double? {
    let stagewise = try stagewise(estimate)
    guard isEnd(at: abs(stagewise.estimate)) else { return nil }
    let shift = try stagewise.medianUnbiasedEstimate()
    return try Self.limit(of: estimate, atDeviate: stagewise.estimate - shift)
  }

  /// The signed normal deviate of no effect: the statistic that the boundary is compared with.
  public func deviate(of estimate: Estimate) throws(EstimationError) -> Double {
    try stagewise(estimate).estimate
  }

  /// Whether the trial ends with a statistic of this size.
  private func isEnd(at statistic: Double) -> Bool {
    look == boundary.upper.count - 1 || statistic > boundary.upper[look]
  }

  /// The critical value of the look, were the whole error `significance`.
  private func critical(at significance: Double) throws(EstimationError) -> Double {
    try SequentialBoundary.lanDeMets(
      informationFractions: Array(informationFractions[...look]), significance: significance,
      sides: .two, spending: spending
    ).upper[look]
  }

  /// The ordering on the scale of normal deviates, where the standard error is 1.
  private func stagewise(_ estimate: Estimate) throws(EstimationError) -> StagewiseEvidence {
    let evidence = estimate.evidence
    return try StagewiseEvidence(
      boundary: boundary, endedAtLook: look,
      estimate: Self.deviate(of: evidence, at: evidence.noEffect, from: estimate),
      standardError: 1)
  }

  /// z(θ₀) of the fixed-horizon test.
  private static func deviate(
    of evidence: any Evidence, at null: Double, from estimate: Estimate
  ) throws(EstimationError) -> Double {
    // Beyond this deviate a p-value is no longer a normal double.
    let largest = 37.5
    let p = try evidence.pValue(of: null)
    guard p >= 0, p <= 1 else { throw .numericalFailure }
    let size = p < 1e-306 ? largest : p == 1 ? 0 : Normal.upperQuantile(p / 2) ?? largest
    guard let value = estimate.value else {
      return try isCentreAbove(null, of: evidence) ? size : -size
    }
    return value >= null ? size : -size
  }

  /// For an estimate that is itself undefined: on which side of a value its interval lies.
  private static func isCentreAbove(
    _ null: Double, of evidence: any Evidence
  ) throws(EstimationError) -> Bool {
    guard case .between(let lower, let upper) = try evidence.interval(level: 0.5) else {
      return true
    }
    return lower + upper >= 2 * null
  }

  /// The value θ with z(θ) = `deviate`: a limit of the fixed-horizon interval; nil where that is not
  /// one interval.
  private static func limit(
    of estimate: Estimate, atDeviate deviate: Double
  ) throws(EstimationError) -> Double? {
    let evidence = estimate.evidence
    // Beyond this deviate, 1 − level would lose its digits: p-values keep theirs.
    let largest = 7.5
    let reached = min(abs(deviate), largest)
    guard evidence.noEffect.isFinite, let tail = Normal.upperTail(reached) else { return nil }
    if tail >= 0.5 { return estimate.value }
    guard case .between(let lower, let upper) = try evidence.interval(level: 1 - 2 * tail) else {
      return nil
    }
    let limit = deviate > 0 ? lower : upper
    guard abs(deviate) > largest, limit.isFinite, let value = estimate.value, value.isFinite else {
      return limit
    }
    func excess(_ null: Double) -> Double {
      ((try? Self.deviate(of: evidence, at: null, from: estimate)) ?? .nan) - deviate
    }
    var reach = limit - value
    for _ in 0..<8 {
      let beyond = excess(limit + reach)
      guard beyond.isFinite else { break }
      if deviate > 0 ? beyond >= 0 : beyond <= 0 {
        return root(
          between: min(limit, limit + reach), and: max(limit, limit + reach), of: excess) ?? limit
      }
      reach *= 2
    }
    return deviate > 0 ? -.infinity : .infinity
  }
}
