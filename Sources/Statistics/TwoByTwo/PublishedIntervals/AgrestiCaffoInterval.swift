import GSL

extension TwoByTwoTable {
  /// Agresti and Caffo's interval for p₁ − p₂: Wald's after one event and one non-event are added
  /// to each arm,
  ///
  ///     p̃ = (x + 1)/(n + 2),   p̃₁ − p̃₂ ± z·√(p̃₁(1 − p̃₁)/(n₁ + 2) + p̃₂(1 − p̃₂)/(n₂ + 2)).
  ///
  /// A published convention, named so that printed tables can be reproduced. It inverts no test,
  /// may disagree with the p-value and leave [−1, 1]; reports use ``RiskDifference``.
  ///
  /// In R: `DescTools::BinomDiffCI(method = "ac")`, which cuts it at −1 and 1.
  /// Reference: Agresti & Caffo (2000), doi:10.1080/00031305.2000.10474560.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1.
  public func agrestiCaffoInterval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let z = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    func padded(_ arm: Arm) -> (rate: Double, variance: Double) {
      let count = Double(arm.count) + 2
      let rate = (Double(arm.events) + 1) / count
      return (rate, rate * ((Double(arm.nonEvents) + 1) / count) / count)
    }
    let (first, second) = (padded(arm), padded(control))
    let difference = first.rate - second.rate
    let reach = z * (first.variance + second.variance).squareRoot()
    return .between(lower: difference - reach, upper: difference + reach)
  }
}
