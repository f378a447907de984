import GSL

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

extension MarginalMeans {
  /// The interval for one arm's own mean.
  ///
  /// Plain averages have Wilson's interval (rates) or Student's. Other means have mean ± t·SE with the
  /// estimator's own standard error; for a rate on the scale of its logarithm of odds, which keeps
  /// the limits between 0 and 1.
  ///
  /// - Throws: ``EstimationError`` for an arm without units or without a known standard error.
  public func interval(ofMeanIn name: String, level: Double) throws(EstimationError) -> Interval {
    let index = try index(of: name)
    let arm = arms[index]
    if areSimpleAverages {
      guard quantity == .rate else { return try arm.interval(level: level) }
      guard let events = arm.events, let rate = SingleRate(events: events, of: arm.count) else {
        throw .undefined
      }
      return try rate.wilsonInterval(level: level)
    }
    guard let variance = covariance[index][index], variance > 0 else { throw .noVariation }
    let evidence = { (estimate: Double, standardError: Double) in
      StudentEvidence(
        estimate: estimate, standardError: standardError,
        degreesOfFreedom: degreesOfFreedom(ofArmAt: index))
    }
    let standardError = variance.squareRoot()
    guard quantity == .rate else {
      return try evidence(arm.mean, standardError).interval(level: level)
    }
    guard arm.mean > 0, arm.mean < 1 else { throw .undefined }
    let logit = Elementary.logarithm(arm.mean / (1 - arm.mean))
    return try evidence(logit, standardError / (arm.mean * (1 - arm.mean)))
      .interval(level: level).mapped { 1 / (1 + Elementary.exponential(-$0)) }
  }

  private func degreesOfFreedom(ofArmAt index: Int) -> Double? {
    switch degreesOfFreedom {
    case .infinite: nil
    case .welch: Double(arms[index].count - 1)
    case .fixed(let fixed): fixed
    case .pairs(let pairs): pairs[index][index]
    }
  }
}
