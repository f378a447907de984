import GSL

/// Whether effects rise or fall over ordered groups, such as age bands.
///
/// Estimand: the slope of the effect on the groups' scores sᵢ, one step from a group to the next where scores are 1, 2, …, as the
/// linear contrast of the groups' own effects θᵢ, each counting the same whatever its size:
///
///     slope = Σcᵢθᵢ,  cᵢ = (sᵢ − s̄)/Σ(sⱼ − s̄)²,  SE² = Σcᵢ²SEᵢ²
///
/// on (Σcᵢ²SEᵢ²)²/Σ(cᵢ⁴SEᵢ⁴/dfᵢ) degrees of freedom (Satterthwaite). Aimed at one alternative, it finds a steady rise that the test of
/// all differences, on L − 1 degrees of freedom, would miss; it does not see a rise that is followed by a fall. With two groups it is
/// Welch's t.
///
/// Not for groups whose order was chosen after the effects were seen, nor for groups without an order.
///
/// In R: `summary(emmeans::contrast(emm, "poly"))`, or `sum(c * theta)` with the errors above.
/// References: Welch (1947), doi:10.1093/biomet/34.1-2.28; Rosenthal & Rosnow (1985), ISBN 978-0-521-31722-2.
public struct SubgroupTrend: Sendable {
  /// What the effect gains from one score to the next; of ratios, by what it is multiplied.
  public let perStep: Double
  /// t of no trend.
  public let statistic: Double
  /// Its degrees of freedom; nil is the normal distribution.
  public let degreesOfFreedom: Double?
  /// What answers for p-values and intervals, on the scale of ``perStep``.
  public let evidence: any Evidence

  /// Fits the trend.
  ///
  /// - Parameters:
  ///   - effects: one a group, from units that do not overlap.
  ///   - scores: the groups' places in their order.
  /// - Throws: ``EstimationError/undefined`` for fewer than two groups, scores that are all the same or errors out of range.
  public init(
    _ effects: [SubgroupEffects.Effect], scores: [Double]
  ) throws(EstimationError) {
    let count = Double(effects.count)
    let centre = scores.reduce(0) { $0 + $1 / count }
    let spread = scores.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    guard effects.count > 1, scores.count == effects.count, spread > 0, spread.isFinite,
      effects.allSatisfy({
        $0.value.isFinite && $0.standardError > 0 && $0.standardError.isFinite
          && ($0.degreesOfFreedom ?? 1) > 0
      })
    else { throw .undefined }
    // Relative to the largest error, so that no fourth power leaves the range.
    let size = effects.reduce(0) { max($0, $1.standardError) }
    var (slope, variance, excess) = (0.0, 0.0, 0.0)
    for (effect, score) in zip(effects, scores) {
      let weight = (score - centre) / spread
      let error = weight * effect.standardError / size
      slope += weight * effect.value
      variance += error * error
      if let freedom = effect.degreesOfFreedom { excess += error * error * error * error / freedom }
    }
    let standardError = variance.squareRoot() * size
    guard slope.isFinite, standardError > 0, standardError.isFinite else {
      throw .numericalFailure
    }
    let degreesOfFreedom = excess > 0 ? variance * variance / excess : nil
    perStep = slope
    statistic = slope / standardError
    self.degreesOfFreedom = degreesOfFreedom
    evidence = StudentEvidence(
      estimate: slope, standardError: standardError, degreesOfFreedom: degreesOfFreedom)
  }
}

extension SubgroupTrend {
  /// Fits the trend of ratios, such as hazard ratios, through their logarithms.
  ///
  /// - Throws: as ``init(_:scores:)``, and ``EstimationError/undefined`` for a ratio that is not above 0.
  public init(
    ratios: [SubgroupEffects.Effect], scores: [Double]
  ) throws(EstimationError) {
    let trend = try SubgroupTrend(SubgroupEffects.logarithms(of: ratios), scores: scores)
    perStep = Elementary.exponential(trend.perStep)
    statistic = trend.statistic
    degreesOfFreedom = trend.degreesOfFreedom
    evidence = ExponentialEvidence(logarithm: trend.evidence)
  }
}
