/// The odds ratio of two rates, p₁(1 − p₂) / (p₂(1 − p₁)).
///
/// Estimand: the factor by which the odds of the event change. No effect is 1. It is not a ratio of
/// rates: at common outcomes it lies farther from 1, and reports should prefer ``RiskRatio`` or
/// ``RiskDifference``. p-value and interval are ``ScoreTest``'s or, in small tables, ``ExactTest``'s.
/// With a zero divisor the value is ∞, for 0/0 nil, and the interval still exists. The standard error
/// is the delta method's (Woolf's on the own scale), ψ̂·√(1/a + 1/b + 1/c + 1/d); nil where a cell is
/// empty.
///
/// R: `PropCIs::orscoreci` (without the factor N/(N − 1)); Woolf's is `epitools::oddsratio.wald`.
public struct OddsRatio: EffectMeasure {
  /// `odds_ratio`.
  public static let name = "odds_ratio"
  /// Rates.
  public static let quantities: Set<MarginalMeans.Quantity> = [.rate]
  /// 1.
  public static let noEffect = 1.0

  /// Makes the measure; it has no settings.
  public init() {}

  /// Compares two arms.
  ///
  /// - Throws: what ``EstimationError`` says of arms without units, and of rates without variation.
  public func estimate(
    _ contrast: Contrast, from means: MarginalMeans
  ) throws(EstimationError) -> Estimate {
    try RateComparison(contrast, in: means)
      .estimate(on: OddsRatioScale.self, standardError: \.standardErrorOfOddsRatio)
  }
}

extension TwoByTwoTable {
  fileprivate var standardErrorOfOddsRatio: Double? {
    let cells = [arm.events, arm.nonEvents, control.events, control.nonEvents]
    guard let ratio = OddsRatioScale.value(of: self), cells.allSatisfy({ $0 > 0 }) else {
      return nil
    }
    var variance = 0.0
    for cell in cells { variance += 1 / Double(cell) }
    return ratio * variance.squareRoot()
  }
}
