extension TwoByTwoTable {
  /// Newcombe's hybrid score interval for p₁ − p₂ (his method 10), from Wilson's limits l, u of each
  /// rate:
  ///
  ///     δ̂ − √((p̂₁ − l₁)² + (u₂ − p̂₂)²)  to  δ̂ + √((u₁ − p̂₁)² + (p̂₂ − l₂)²).
  ///
  /// A reference method, widely printed. It inverts no test, so it may disagree with every p-value;
  /// reports use ``RiskDifference``.
  ///
  /// R: `DescTools::BinomDiffCI(method = "score")`. Newcombe (1998),
  /// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1.
  public func newcombeInterval(level: Double) throws(EstimationError) -> Interval {
    let arm = try wilsonDistances(of: arm, level)
    let control = try wilsonDistances(of: control, level)
    let difference = self.arm.rate - self.control.rate
    let down = (arm.below * arm.below + control.above * control.above).squareRoot()
    let up = (arm.above * arm.above + control.below * control.below).squareRoot()
    return .between(lower: difference - down, upper: difference + up)
  }

  private func wilsonDistances(
    of arm: Arm, _ level: Double
  ) throws(EstimationError) -> (below: Double, above: Double) {
    guard let rate = SingleRate(events: arm.events, of: arm.count),
      case .between(let lower, let upper) = try rate.wilsonInterval(level: level)
    else { throw .undefined }
    return (rate.value - lower, upper - rate.value)
  }
}
