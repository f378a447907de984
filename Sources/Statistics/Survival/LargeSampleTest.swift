import GSL

/// A statistic that follows χ² in large samples when the null hypothesis holds.
public struct LargeSampleTest: Hashable, Sendable {
  /// The statistic, 0 or more.
  public let statistic: Double
  /// How many numbers the null hypothesis fixes.
  public let degreesOfFreedom: Int
  /// P(χ² > statistic).
  public let pValue: Double

  init(_ statistic: Double, degreesOfFreedom: Int) throws(SurvivalError) {
    guard let tail = ChiSquared(degreesOfFreedom: Double(degreesOfFreedom))?.upperTail(statistic)
    else { throw .numericalFailure }
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    pValue = tail
  }
}
