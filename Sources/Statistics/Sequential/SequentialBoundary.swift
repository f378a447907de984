/// Critical values for the looks of a group sequential trial: stop when Z_k leaves (lower, upper).
///
/// Z_k is the estimate over its standard error at look k, information is 1/SE², and the statistics
/// have the joint normal distribution of estimates from accumulating data: E Z_k = drift·√t_k, and
/// Corr(Z_j, Z_k) = √(t_j/t_k). Everything about the test follows from the crossing probabilities.
///
/// Not for looks that are scheduled because of what the last one showed: use a confidence sequence.
///
/// R: `gsDesign::gsProbability`. Jennison & Turnbull (1999), Group Sequential Methods.
public struct SequentialBoundary: Hashable, Sendable {
  /// Probabilities of stopping at each look.
  public struct Crossing: Hashable, Sendable {
    /// Above the upper boundary for the first time.
    public let upper: [Double]
    /// Below the lower boundary for the first time.
    public let lower: [Double]
    /// Ever above.
    public var everUpper: Double { upper.reduce(0, +) }
    /// Ever below.
    public var everLower: Double { lower.reduce(0, +) }
  }

  /// The most looks that are accepted.
  public static let mostLooks = 200

  /// Information at each look over planned maximum information, increasing.
  public let informationFractions: [Double]
  /// Upper critical values; ∞ where a look cannot stop the trial.
  public let upper: [Double]
  /// Lower critical values; −∞ where there is none.
  public let lower: [Double]
  /// Whether a low statistic is a discovery, too.
  public let sides: TestSides

  /// Makes a boundary.
  ///
  /// - Throws: ``EstimationError/undefined`` unless there is a value for each look, fractions are
  ///   positive, finite and increase, and lower < upper (at the last look, lower ≤ upper).
  public init(
    informationFractions: [Double], upper: [Double], lower: [Double]? = nil, sides: TestSides
  ) throws(EstimationError) {
    let lower = lower ?? upper.map { sides == .two ? -$0 : -.infinity }
    try Self.check(informationFractions)
    guard upper.count == informationFractions.count, lower.count == upper.count else {
      throw .undefined
    }
    for (look, pair) in zip(lower, upper).enumerated() {
      guard pair.0 < pair.1 || (look == upper.count - 1 && pair.0 == pair.1) else {
        throw .undefined
      }
    }
    self.informationFractions = informationFractions
    self.upper = upper
    self.lower = lower
    self.sides = sides
  }

  /// Refuses fractions that no trial has.
  static func check(_ fractions: [Double]) throws(EstimationError) {
    guard !fractions.isEmpty, fractions.count <= mostLooks else { throw .undefined }
    var last = 0.0
    for fraction in fractions {
      guard fraction > last, fraction.isFinite, fraction >= 1e-9, fraction <= 1e9 else {
        throw .undefined
      }
      last = fraction
    }
  }

  /// The probabilities of crossing.
  ///
  /// - Parameter drift: the mean of Z at information fraction 1; 0 under no effect. The drift at
  ///   which a fixed trial has one-sided error α and power 1 − β is z_α + z_β.
  /// - Returns: the probabilities of stopping, look by look.
  /// - Throws: ``EstimationError/undefined`` for a drift that is not finite;
  ///   ``EstimationError/numericalFailure`` when looks are too close to separate.
  public func crossing(drift: Double) throws(EstimationError) -> Crossing {
    guard drift.isFinite else { throw .undefined }
    var paths = ContinuingPaths.start
    var above: [Double] = []
    var below: [Double] = []
    for (look, fraction) in informationFractions.enumerated() {
      above.append(paths.probabilityAbove(upper[look], at: fraction, drift: drift))
      below.append(paths.probabilityBelow(lower[look], at: fraction, drift: drift))
      guard look + 1 < upper.count else { break }
      paths = try paths.continued(
        to: fraction, between: lower[look], and: upper[look], drift: drift,
        following: informationFractions[look + 1])
    }
    let crossing = Crossing(upper: above, lower: below)
    guard crossing.everUpper.isFinite, crossing.everLower.isFinite else { throw .numericalFailure }
    return crossing
  }

  /// The probability of a discovery where there is no effect.
  ///
  /// One-sided, the lower boundary is taken as advice that nobody need follow: it does not lower the
  /// error.
  public func typeIError() throws(EstimationError) -> Double {
    switch sides {
    case .one: return try ignoringLower().crossing(drift: 0).everUpper
    case .two:
      let crossing = try crossing(drift: 0)
      return crossing.everUpper + crossing.everLower
    }
  }

  /// The probability of a discovery at a drift, with every stop obeyed.
  public func power(drift: Double) throws(EstimationError) -> Double {
    let crossing = try crossing(drift: drift)
    return sides == .one ? crossing.everUpper : crossing.everUpper + crossing.everLower
  }

  /// The same boundary without stops for futility.
  func ignoringLower() throws(EstimationError) -> SequentialBoundary {
    try SequentialBoundary(
      informationFractions: informationFractions, upper: upper,
      lower: upper.map { _ in -.infinity }, sides: sides)
  }
}
