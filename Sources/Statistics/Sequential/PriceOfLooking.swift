import GSL

/// What looking before the end costs: the largest sample that keeps the power, over that of one analysis.
///
/// For a boundary, the drift δ at which it is crossed with the wanted power is found from its crossing
/// probabilities, and the price is (δ/(z_{α/2} + z_β))². For an anytime-valid sequence the price is that of
/// reading it at the planned end, ((c + z_β)/(z_{α/2} + z_β))² with its critical value c there: the sample
/// at which it is certain to have that power, while it may well stop earlier.
///
/// In R: `gsDesign::gsDesign(…)$n.I`. Jennison & Turnbull (1999), Group Sequential Methods, chapter 2.
public struct PriceOfLooking: Codable, Hashable, Sendable {
  /// The critical value of |z| at the end.
  public let finalCritical: Double
  /// The largest sample over that of a trial that is analysed once.
  public let inflation: Double

  /// The price of a two-sided boundary.
  ///
  /// - Throws: ``EstimationError/undefined`` unless the numbers lie between 0 and 1;
  ///   ``EstimationError/numericalFailure``.
  public init(
    of boundary: SequentialBoundary, significance: Double, power: Double = 0.8
  ) throws(EstimationError) {
    let fixed = try Self.fixedDrift(significance, power)
    guard let last = boundary.upper.last else { throw .undefined }
    let drift = root(between: 0, and: fixed * 3) { drift in
      ((try? boundary.crossing(drift: drift).everUpper) ?? .nan) - power
    }
    guard let drift else { throw .numericalFailure }
    finalCritical = last
    inflation = drift * drift / (fixed * fixed)
  }

  /// The price of an anytime-valid interval that is tuned to the planned end.
  ///
  /// - Throws: as the other.
  public init(
    ofSequenceAt significance: Double, power: Double = 0.8
  ) throws(EstimationError) {
    let fixed = try Self.fixedDrift(significance, power)
    let evidence = try MixtureEvidence(estimate: 0, standardError: 1, units: 1, tunedTo: 1)
    guard case .between(_, let upper) = try evidence.interval(level: 1 - significance),
      let beta = Normal.upperQuantile(1 - power)
    else { throw .numericalFailure }
    finalCritical = upper
    inflation = (upper + beta) * (upper + beta) / (fixed * fixed)
  }

  /// How many standard errors an effect must measure for one two-sided analysis to find it: z_{α/2} + z_β.
  ///
  /// - Throws: ``EstimationError/undefined`` unless the numbers lie between 0 and 1, the power above the significance.
  public static func fixedDrift(
    _ significance: Double, _ power: Double
  ) throws(EstimationError) -> Double {
    guard significance > 0, significance < 1, power > significance, power < 1 else {
      throw .undefined
    }
    guard let alpha = Normal.upperQuantile(significance / 2),
      let beta = Normal.upperQuantile(1 - power)
    else { throw .numericalFailure }
    return alpha + beta
  }

  /// The power of a two-sided test of a single look: Φ(δ − z) + Φ(−δ − z), for a statistic with mean δ and variance 1.
  ///
  /// - Parameters:
  ///   - drift: δ, the effect over its standard error.
  ///   - significance: the type I error of the test.
  /// - Returns: a probability.
  /// - Throws: ``EstimationError`` where the significance is no probability or the drift is not finite.
  public static func fixedPower(
    drift: Double, significance: Double
  ) throws(EstimationError) -> Double {
    guard significance > 0, significance < 1, drift.isFinite else { throw .undefined }
    guard let critical = Normal.upperQuantile(significance / 2),
      let above = Normal.upperTail(critical - drift),
      let below = Normal.upperTail(critical + drift)
    else { throw .numericalFailure }
    return min(1, above + below)
  }
}
