import GSL

/// An effect that the data confine to an interval without telling where in it the effect lies.
///
/// Two kinds of interval answer two questions. That of Imbens and Manski holds the effect with the
/// given probability: its reach c solves
///
///     Φ(c + (upper − lower)/max(SEₗ, SEᵤ)) − Φ(−c) = level,
///
/// between the one-sided z where the bounds lie far apart and the two-sided z where they meet.
/// ``regionInterval(level:)`` holds both bounds.
///
/// Reference: Imbens & Manski (2004), doi:10.1111/j.1468-0262.2004.00555.x.
public struct BoundedEffect: Hashable, Sendable {
  /// The lower bound.
  public let lower: Double
  /// The upper bound, not below the lower.
  public let upper: Double
  /// The lower bound's standard error.
  public let lowerStandardError: Double
  /// The upper bound's standard error.
  public let upperStandardError: Double

  /// Makes bounds.
  ///
  /// - Throws: ``EstimationError/numericalFailure`` for numbers that are not finite, or bounds in the
  ///   wrong order; ``EstimationError/noVariation`` where a standard error is 0.
  public init(
    lower: Double, upper: Double, lowerStandardError: Double, upperStandardError: Double
  ) throws(EstimationError) {
    guard lower.isFinite, upper.isFinite, lower <= upper, lowerStandardError.isFinite,
      upperStandardError.isFinite
    else { throw .numericalFailure }
    guard lowerStandardError > 0, upperStandardError > 0 else { throw .noVariation }
    self.lower = lower
    self.upper = upper
    self.lowerStandardError = lowerStandardError
    self.upperStandardError = upperStandardError
  }

  /// The interval that holds the effect, wherever it lies between the bounds.
  ///
  /// - Throws: ``EstimationError/undefined`` for a level outside (0, 1).
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let most = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    let apart = (upper - lower) / max(lowerStandardError, upperStandardError)
    let excess = { (c: Double) in
      (Normal.lowerTail(c + apart) ?? .nan) - (Normal.lowerTail(-c) ?? .nan) - level
    }
    // Where the bounds meet this is the two-sided z itself.
    let reach = excess(most) > 0 ? root(between: 0, and: most, of: excess) : most
    guard let reach else { throw .numericalFailure }
    return reaching(reach)
  }

  /// The interval that holds the whole region between the true bounds.
  ///
  /// - Throws: ``EstimationError/undefined`` for a level outside (0, 1).
  public func regionInterval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let reach = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    return reaching(reach)
  }

  private func reaching(_ reach: Double) -> Interval {
    .between(
      lower: lower - reach * lowerStandardError, upper: upper + reach * upperStandardError)
  }
}
