import GSL

/// A scale on which two rates are also compared when they are not counts of independent units but
/// means with a joint normal distribution: adjusted, or drawn in blocks or clusters.
protocol SmoothRateScale: RateScale {
  /// θ(p₁, p₂) with its slopes in p₁ and p₂; nil where it does not exist.
  static func point(_ arm: Double, _ control: Double) -> ScalePoint?
  /// What the two means say about θ.
  static func evidence(
    from compared: MeanComparison
  ) throws(EstimationError) -> any Evidence
}

/// A value of a scale with its slopes in the two rates.
struct ScalePoint {
  let value: Double
  let slopes: (arm: Double, control: Double)
}

extension SmoothRateScale {
  static func evidence(
    from compared: MeanComparison
  ) throws(EstimationError) -> any Evidence {
    try JointNormalEvidence<Self>(compared)
  }
}

extension DifferenceScale: SmoothRateScale {
  static func point(_ arm: Double, _ control: Double) -> ScalePoint? {
    ScalePoint(value: arm - control, slopes: (1, -1))
  }

  /// Student's test of the difference itself.
  static func evidence(
    from compared: MeanComparison
  ) throws(EstimationError) -> any Evidence {
    StudentEvidence(
      estimate: compared.difference, standardError: compared.standardError,
      degreesOfFreedom: compared.degreesOfFreedom)
  }
}

extension RatioScale: SmoothRateScale {
  static func point(_ arm: Double, _ control: Double) -> ScalePoint? {
    guard control > 0 else { return nil }
    let ratio = arm / control
    return ScalePoint(value: ratio, slopes: (1 / control, -ratio / control))
  }

  /// Fieller's set.
  static func evidence(
    from compared: MeanComparison
  ) throws(EstimationError) -> any Evidence {
    guard compared.control.mean > 0 else {
      throw .controlMeanNotPositive(compared.control.mean)
    }
    return FiellerRatio(compared)
  }
}

extension OddsRatioScale: SmoothRateScale {
  static func point(_ arm: Double, _ control: Double) -> ScalePoint? {
    guard arm > 0, arm < 1, control > 0, control < 1 else { return nil }
    let ratio = arm / (1 - arm) * ((1 - control) / control)
    return ScalePoint(
      value: ratio, slopes: (ratio / (arm * (1 - arm)), -ratio / (control * (1 - control))))
  }
}

extension AngleScale: SmoothRateScale {
  static func point(_ arm: Double, _ control: Double) -> ScalePoint? {
    guard arm > 0, arm < 1, control > 0, control < 1 else { return nil }
    return ScalePoint(
      value: 2 * Elementary.arcSine(arm.squareRoot())
        - 2 * Elementary.arcSine(control.squareRoot()),
      slopes: (1 / (arm * (1 - arm)).squareRoot(), -1 / (control * (1 - control)).squareRoot()))
  }
}
