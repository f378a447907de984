extension MarginalMeans.ArmMean {
  /// Student's interval for one arm's own mean: x̄ ± t·s/√n with n − 1 degrees of freedom.
  ///
  /// It says how well the arm's level is known; whether two arms differ is asked of their contrast,
  /// never of two such intervals that overlap or not.
  ///
  /// - Throws: ``EstimationError/tooFewUnits(arm:count:)`` for fewer than two rows;
  ///   ``EstimationError/noVariation`` when all rows are equal.
  ///
  /// R: `t.test(y)$conf.int`.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard count > 1, let standardDeviation else { throw .tooFewUnits(arm: arm, count: count) }
    let standardError = standardDeviation / Double(count).squareRoot()
    guard standardError > 0 else { throw .noVariation }
    return try StudentEvidence(
      estimate: mean, standardError: standardError, degreesOfFreedom: Double(count - 1)
    ).interval(level: level)
  }
}
