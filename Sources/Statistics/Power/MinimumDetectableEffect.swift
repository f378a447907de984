import GSL

/// The smallest true effect that a trial with a given standard error finds with a given power.
///
/// MDE = (z_{α/2} + z_{1−power})·SE, which is 2.80·SE at 5% and 80%. After a trial it says what the
/// trial could have seen, from the standard error it had: read it beside a result that is not
/// significant. It is not "observed power", which only restates p.
///
/// With few clusters give the degrees of freedom: both quantiles are then Student's.
/// Bloom (1995), doi:10.1177/0193841X9501900504.
public enum MinimumDetectableEffect {
  /// The multiple of the standard error.
  ///
  /// - Throws: ``EstimationError/undefined`` unless the error and the power lie between 0 and 1, the
  ///   power above the error, and degrees of freedom, if given, are positive.
  public static func multiple(
    significance: Double = 0.05, power: Double = 0.8, sides: TestSides = .two,
    degreesOfFreedom: Double? = nil
  ) throws(EstimationError) -> Double {
    guard significance > 0, significance < 1, power > significance, power < 1 else {
      throw .undefined
    }
    let tail = sides.each(of: significance)
    if let degreesOfFreedom {
      guard let student = StudentT(degreesOfFreedom: degreesOfFreedom) else { throw .undefined }
      guard let first = student.upperQuantile(tail), let second = student.upperQuantile(1 - power)
      else { throw .numericalFailure }
      return first + second
    }
    guard let first = Normal.upperQuantile(tail), let second = Normal.upperQuantile(1 - power)
    else {
      throw .numericalFailure
    }
    return first + second
  }
}
