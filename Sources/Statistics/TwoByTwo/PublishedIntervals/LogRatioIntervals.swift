import GSL

extension TwoByTwoTable {
  /// Katz's interval for p₁/p₂: log p̂₁/p̂₂ ± z·√(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂), seen as ratios.
  ///
  /// A published convention, named so that printed tables can be reproduced; it does not exist
  /// where an arm has no events. Reports use ``RiskRatio``.
  ///
  /// In R: `epitools::riskratio.wald`, `metafor::escalc("RR")`.
  /// Reference: Katz, Baptista, Azen & Pike (1978), doi:10.2307/2530610.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1 and both arms have events;
  ///   ``EstimationError/noVariation`` where every unit has one.
  public func katzRatioInterval(level: Double) throws(EstimationError) -> Interval {
    guard arm.events > 0, control.events > 0 else { throw .undefined }
    // 1/x − 1/n = (n − x)/(x·n), without a difference of near numbers.
    let variance = [arm, control].reduce(0) {
      $0 + $1.complement / Double($1.events)
    }
    return try exponential(
      around: Elementary.logarithm(arm.rate / control.rate), variance: variance, level: level)
  }

  /// Woolf's interval for the odds ratio: log ψ̂ ± z·√(1/a + 1/b + 1/c + 1/d), seen as ratios.
  ///
  /// A published convention, and the interval of a logistic regression on the arm alone; it does
  /// not exist where a cell is empty. Reports use ``OddsRatio``.
  ///
  /// In R: `exp(confint.default(glm(y ~ arm, family = binomial)))`, `epitools::oddsratio.wald`.
  /// Reference: Woolf (1955), doi:10.1111/j.1469-1809.1955.tb01348.x.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1 and no cell is empty.
  public func woolfOddsRatioInterval(level: Double) throws(EstimationError) -> Interval {
    let cells = [arm.events, arm.nonEvents, control.events, control.nonEvents]
    guard cells.allSatisfy({ $0 > 0 }) else { throw .undefined }
    let x = cells.map { Double($0) }
    return try exponential(
      around: Elementary.logarithm(x[0] / x[1] * (x[3] / x[2])),
      variance: x.reduce(0) { $0 + 1 / $1 }, level: level)
  }

  private func exponential(
    around value: Double, variance: Double, level: Double
  ) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let z = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    guard variance > 0 else { throw .noVariation }
    let reach = z * variance.squareRoot()
    return .between(
      lower: Elementary.exponential(value - reach), upper: Elementary.exponential(value + reach))
  }
}
