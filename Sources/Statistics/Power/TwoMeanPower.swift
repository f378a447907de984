import GSL

/// How large a trial of two means must be, how likely it is to find an effect, and how small an effect
/// it can find.
///
/// Student's t test with a common standard deviation σ: exact, by the noncentral t distribution with
/// n₁ + n₀ − 2 degrees of freedom and noncentrality Δ/(σ√(1/n₁ + 1/n₀)). Power counts rejections in
/// the right direction only (R's `strict = FALSE`). Sizes are not rounded.
///
/// R: `power.t.test`.
public struct TwoMeanPower: Hashable, Sendable {
  /// The outcome's standard deviation within an arm, above 0.
  public let standardDeviation: Double
  /// The type I error.
  public let significance: Double
  /// Whether a low mean is a discovery, too.
  public let sides: TestSides
  /// Units in the arm under study for each unit in the control arm.
  public let ratio: Double

  private static let mostUnits = 1e9

  /// Makes the problem.
  ///
  /// - Throws: ``EstimationError/undefined`` for arguments outside their range.
  public init(
    standardDeviation: Double = 1, significance: Double = 0.05,
    sides: TestSides = .two, ratio: Double = 1
  ) throws(EstimationError) {
    guard standardDeviation > 0, standardDeviation.isFinite, significance > 0, significance < 1,
      ratio > 0, ratio.isFinite
    else { throw .undefined }
    self.standardDeviation = standardDeviation
    self.significance = significance
    self.sides = sides
    self.ratio = ratio
  }

  /// The power with this many units in the control arm.
  ///
  /// - Throws: ``EstimationError/undefined`` when there are too few units for a variance;
  ///   ``EstimationError/numericalFailure``.
  public func power(difference: Double, controlUnits: Double) throws(EstimationError) -> Double {
    guard difference.isFinite, controlUnits > 0, controlUnits <= Self.mostUnits,
      let central = StudentT(degreesOfFreedom: controlUnits * (1 + ratio) - 2)
    else { throw .undefined }
    let error = standardDeviation * ((1 + 1 / ratio) / controlUnits).squareRoot()
    guard
      let critical = central.upperQuantile(sides.each(of: significance)),
      let noncentral = NoncentralT(
        degreesOfFreedom: central.degreesOfFreedom, noncentrality: abs(difference) / error),
      let power = noncentral.upperTail(critical)
    else { throw .numericalFailure }
    return power
  }

  /// The units the control arm needs for this power.
  ///
  /// - Throws: ``EstimationError/undefined`` without an effect or for a power that no number of units
  ///   from the smallest possible to 10⁹ has.
  public func controlUnits(difference: Double, power target: Double) throws(EstimationError)
    -> Double
  {
    guard difference != 0, difference.isFinite, target > significance, target < 1 else {
      throw .undefined
    }
    func excess(_ logUnits: Double) -> Double {
      let units = Elementary.exponential(logUnits)
      return ((try? power(difference: difference, controlUnits: units)) ?? .nan) - target
    }
    // From one degree of freedom, the least there is; in logarithms, since sizes span decades.
    let least = Elementary.logarithm(3 / (1 + ratio))
    if excess(least) >= 0 { return Elementary.exponential(least) }
    var most = least + 1
    while excess(most) < 0, most < 20.5 { most += 1 }
    guard let units = root(between: least, and: min(most, 20.7), of: excess) else {
      throw .undefined
    }
    return Elementary.exponential(units)
  }

  /// The smallest difference that is found with this power.
  ///
  /// - Throws: ``EstimationError/undefined`` for arguments outside their range;
  ///   ``EstimationError/numericalFailure``.
  public func minimumDetectableDifference(
    controlUnits: Double, power target: Double
  ) throws(EstimationError) -> Double {
    guard target > significance, target < 1, controlUnits > 0, controlUnits <= Self.mostUnits,
      let central = StudentT(degreesOfFreedom: controlUnits * (1 + ratio) - 2)
    else { throw .undefined }
    guard let critical = central.upperQuantile(sides.each(of: significance)),
      let noncentrality = NoncentralT.noncentrality(
        degreesOfFreedom: central.degreesOfFreedom, upperTail: target, at: critical)
    else { throw .numericalFailure }
    return noncentrality * standardDeviation * ((1 + 1 / ratio) / controlUnits).squareRoot()
  }
}
