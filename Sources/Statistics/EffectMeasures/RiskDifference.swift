/// The difference of two rates, p₁ − p₂.
///
/// Estimand: the average effect on the probability of the event, in the units of a rate (0.01 is one
/// percentage point). p-value and interval are ``ScoreTest``'s or, in small tables, ``ExactTest``'s. The
/// standard error is Wald's √(p̂₁(1 − p̂₁)/n₁ + p̂₂(1 − p̂₂)/n₂): it describes the estimate, the interval
/// does not come from it; nil when it would be 0, which no arm of finite size deserves.
///
/// Rates that are adjusted for covariates, or come from blocks or clusters, have no counts that say
/// all: their difference is referred to Student's t with the estimator's own standard error.
///
/// R: `prop.test(correct = FALSE)` for p; `DescTools::BinomDiffCI(method = "mn")` for the interval.
public struct RiskDifference: EffectMeasure {
  /// `risk_difference`.
  public static let name = "risk_difference"
  /// Rates.
  public static let quantities: Set<MarginalMeans.Quantity> = [.rate]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: what ``EstimationError`` says of arms without units, and of rates without variation.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    try RateComparison(contrast, in: means)
      .estimate(on: DifferenceScale.self, standardError: \.standardErrorOfDifference)
  }
}

extension TwoByTwoTable {
  /// Wald's standard error of p̂₁ − p̂₂; nil when both arms are empty or full.
  fileprivate var standardErrorOfDifference: Double? {
    var variance = 0.0
    for arm in [arm, control] { variance += arm.rate * arm.complement / Double(arm.count) }
    return variance > 0 ? variance.squareRoot() : nil
  }
}
