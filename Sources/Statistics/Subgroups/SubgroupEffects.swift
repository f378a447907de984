import GSL

/// The effects in groups of units that do not overlap: do they differ at all, and what is left of each
/// once chance is taken out?
///
/// Estimand: the effect within each group. The one test asks whether all are equal: with wᵢ = 1/SEᵢ²,
/// W = Σwᵢ, the weighted mean θ̂ and hᵢ = (1 − wᵢ/W)²/dfᵢ,
///
///     F = [Σwᵢ(θᵢ − θ̂)²/(L − 1)] / [1 + 2(L − 2)/(L² − 1)·Σhᵢ],
///
/// on L − 1 and (L² − 1)/(3Σhᵢ) degrees of freedom (Welch); with two groups it is Welch's t², with
/// known errors Cochran's Q. The shrunken effects draw each group towards the mean by how much
/// groups really differ (τ² by restricted maximum likelihood, best linear unbiased predictions), so
/// that the most extreme group of many is not taken at its word.
///
/// Not for groups that were found by looking at the outcomes, nor for groups made by something that
/// happened after assignment.
///
/// In R: `oneway.test` (where the effects are means); `metafor::blup(rma(yi, vi))`.
/// References: Welch (1951), doi:10.1093/biomet/38.3-4.330; Viechtbauer (2005),
/// doi:10.3102/10769986030003261.
public struct SubgroupEffects: Sendable {
  /// The effect in one group.
  public struct Effect: Hashable, Sendable {
    /// The estimate.
    public var value: Double
    /// Its standard error, above 0.
    public var standardError: Double
    /// Degrees of freedom; nil is the normal distribution.
    public var degreesOfFreedom: Double?

    /// Makes an effect.
    public init(value: Double, standardError: Double, degreesOfFreedom: Double?) {
      self.value = value
      self.standardError = standardError
      self.degreesOfFreedom = degreesOfFreedom
    }
  }

  /// The one test of all differences between groups.
  public struct Interaction: Hashable, Sendable {
    /// F.
    public let statistic: Double
    /// L − 1.
    public let degreesOfFreedom: Double
    /// Of the errors; nil is infinite.
    public let residualDegreesOfFreedom: Double?
    /// Its p-value.
    public let pValue: Double
  }

  /// The test that all effects are equal.
  public let interaction: Interaction
  /// Each group's effect drawn towards the mean.
  public let shrunken: [StudyPrediction]

  /// Compares the groups.
  ///
  /// - Throws: ``EstimationError/undefined`` for fewer than two groups or errors out of range;
  ///   ``EstimationError/numericalFailure`` where τ² does not settle.
  public init(_ effects: [Effect]) throws(EstimationError) {
    guard effects.count > 1,
      effects.allSatisfy({
        $0.value.isFinite && $0.standardError > 0 && $0.standardError.isFinite
          && ($0.degreesOfFreedom ?? 1) > 0
      })
    else { throw .undefined }
    // Relative to the smallest error, so that no square overflows.
    let least = effects.reduce(Double.infinity) { min($0, $1.standardError) }
    interaction = try Self.interaction(of: effects, relativeTo: least)
    let studies = effects.map {
      let error = $0.standardError / least
      return StudyEffect(value: $0.value / least, variance: error * error)
    }
    guard let model = try? MetaAnalysis(of: studies).model else { throw .numericalFailure }
    shrunken = model.predictions.map {
      StudyPrediction(
        value: $0.value * least, standardError: $0.standardError * least,
        reliability: $0.reliability)
    }
    guard shrunken.allSatisfy({ $0.value.isFinite && $0.standardError.isFinite }) else {
      throw .numericalFailure
    }
  }

  private static func interaction(
    of effects: [Effect], relativeTo least: Double
  ) throws(EstimationError) -> Interaction {
    let weights = effects.map { least / $0.standardError * (least / $0.standardError) }
    let total = weights.reduce(0, +)
    let mean = zip(effects, weights).reduce(0) { $0 + $1.1 / total * $1.0.value }
    let spread = zip(effects, weights).reduce(0) { sum, next in
      let distance = (next.0.value - mean) / least
      return sum + next.1 * distance * distance
    }
    let excess = zip(effects, weights).reduce(0) { sum, next in
      guard let freedom = next.0.degreesOfFreedom else { return sum }
      let rest = 1 - next.1 / total
      return sum + rest * rest / freedom
    }
    let count = Double(effects.count)
    let statistic =
      spread / (count - 1) / (1 + 2 * (count - 2) / (count * count - 1) * excess)
    let residual = excess > 0 ? (count * count - 1) / (3 * excess) : nil
    let pValue: Double?
    if let residual {
      pValue = FisherF(count - 1, residual)?.upperTail(statistic)
    } else {
      pValue = ChiSquared(degreesOfFreedom: count - 1)?.upperTail(statistic * (count - 1))
    }
    guard let pValue, statistic.isFinite else { throw .numericalFailure }
    return Interaction(
      statistic: statistic, degreesOfFreedom: count - 1, residualDegreesOfFreedom: residual,
      pValue: pValue)
  }
}

extension SubgroupEffects {
  /// Compares ratios, such as hazard ratios, through their logarithms; the shrunken effects are ratios
  /// again.
  ///
  /// - Throws: as ``init(_:)``, and ``EstimationError/undefined`` for a ratio that is not above 0.
  public init(ratios: [Effect]) throws(EstimationError) {
    let compared = try SubgroupEffects(Self.logarithms(of: ratios))
    interaction = compared.interaction
    shrunken = compared.shrunken.map {
      let ratio = Elementary.exponential($0.value)
      return StudyPrediction(
        value: ratio, standardError: ratio * $0.standardError, reliability: $0.reliability)
    }
  }

  /// The logarithms of ratios, with errors by the delta method.
  static func logarithms(of ratios: [Effect]) throws(EstimationError) -> [Effect] {
    guard ratios.allSatisfy({ $0.value > 0 }) else { throw .undefined }
    return ratios.map {
      Effect(
        value: Elementary.logarithm($0.value), standardError: $0.standardError / $0.value,
        degreesOfFreedom: $0.degreesOfFreedom)
    }
  }
}
