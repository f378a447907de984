import GSL

extension SequentialBoundary {
  /// The boundary of Lan and DeMets: at each look, the critical value that spends what the spending
  /// function has released since the last one.
  ///
  /// A critical value depends on its own and earlier looks only. After an unplanned look, call again
  /// with the fractions as they were: values of earlier looks stay.
  ///
  /// R: `gsDesign::gsDesign(test.type = 1 or 2, timing =, sfu =)`, `ldbounds::ldBounds`.
  /// Lan & DeMets (1983), doi:10.1093/biomet/70.3.659.
  ///
  /// - Parameters:
  ///   - informationFractions: information at the looks so far over the planned maximum, increasing.
  ///   - significance: the type I error, of both sides together if there are two.
  ///   - sides: whether a low statistic is a discovery, too.
  ///   - spending: the spending function; each side of a two-sided test spends half.
  ///   - spendsAllAtLast: whether the last look is the end of the trial. It then spends what is left
  ///     even when less information came in than was planned.
  /// - Returns: critical values for these looks.
  /// - Throws: ``EstimationError/undefined`` for fractions or an error outside their range;
  ///   ``EstimationError/numericalFailure``.
  public static func lanDeMets(
    informationFractions: [Double], significance: Double, sides: TestSides,
    spending: SpendingFunction, spendsAllAtLast: Bool = false
  ) throws(EstimationError) -> SequentialBoundary {
    try check(informationFractions)
    guard significance > 0, significance < 1 else { throw .undefined }
    let total = sides.each(of: significance)
    var paths = ContinuingPaths.start
    var upper: [Double] = []
    var spent = 0.0
    for (look, fraction) in informationFractions.enumerated() {
      let isLast = look == informationFractions.count - 1
      let released =
        isLast && spendsAllAtLast ? total : try spending.spent(of: total, at: fraction)
      let critical = try paths.critical(
        spending: released - spent, at: fraction, from: sides == .two ? 0 : -40)
      upper.append(critical)
      spent = max(spent, released)
      guard !isLast else { break }
      paths = try paths.continued(
        to: fraction, between: sides == .two ? -critical : -.infinity, and: critical, drift: 0,
        following: informationFractions[look + 1])
    }
    return try SequentialBoundary(
      informationFractions: informationFractions, upper: upper, sides: sides)
  }
}

extension ContinuingPaths {
  /// The critical value at the next look that is exceeded with probability `increment` where there is
  /// no effect; ∞ when there is nothing to spend.
  func critical(
    spending increment: Double, at next: Double, from lowest: Double
  ) throws(EstimationError) -> Double {
    guard probabilityAbove(40, at: next, drift: 0) < increment else { return .infinity }
    guard
      let critical = root(
        between: lowest, and: 40, of: { probabilityAbove($0, at: next, drift: 0) - increment })
    else { throw .numericalFailure }
    return critical
  }
}
