/// The difference of two rates, p₁ − p₂.
///
/// Estimand: the average effect on the probability of the event, in the units of a rate (0.01 is one
/// percentage point). p-value and interval are ``ScoreTest``'s or, in small tables, ``ExactTest``'s. The
/// standard error is Wald's √(p̂₁(1 − p̂₁)/n₁ + p̂₂(1 − p̂₂)/n₂): it describes the estimate, the interval
/// does not come from it; nil when it would be 0, which no arm of finite size deserves.
///
/// Not for adjusted means, which have no counts: compare those by their difference in means.
///
/// R: `prop.test(correct = FALSE)` for p; `DescTools::BinomDiffCI(method = "mn")` for the interval.
public struct RiskDifference: EffectMeasure {
  /// `risk_difference`.
  public static let name = "risk_difference"
  /// Binary.
  public static let kinds: Set<Response.Kind> = [.binary]

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: what ``EstimationError`` says of means without counts.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    let table = try TwoByTwoTable(contrast, in: means)
    return table.estimate(on: DifferenceScale.self, standardError: table.standardErrorOfDifference)
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
