import GSL

extension TwoByTwoTable {
  /// Wald's interval for p₁ − p₂, p̂₁ − p̂₂ ± z·√(p̂₁(1 − p̂₁)/n₁ + p̂₂(1 − p̂₂)/n₂).
  ///
  /// Named so that printed tables can be reproduced. Its coverage falls well below the level in
  /// small arms and for rare events; at 0 or n events in both arms it is one point. Reports use
  /// ``RiskDifference``.
  ///
  /// In R: `prop.test(correct = FALSE)$conf.int`.
  /// Reference: Newcombe (1998), method 1,
  /// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
  ///
  /// - Returns: the interval as the formula gives it; `prop.test` cuts it at −1 and 1.
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1.
  public func waldDifferenceInterval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let z = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    var variance = 0.0
    for arm in [arm, control] { variance += arm.rate * arm.complement / Double(arm.count) }
    let difference = arm.rate - control.rate
    let reach = z * variance.squareRoot()
    return .between(lower: difference - reach, upper: difference + reach)
  }
}
