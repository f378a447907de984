import GSL

/// Why a comparison of the arms' sizes with their planned shares is not a test.
public enum SampleRatioError: Error, Hashable, Sendable {
  /// Units were found in arms whose planned share is 0: the protocol was broken, whatever any χ² says.
  /// Positions in the list of arms.
  case unitsInZeroWeightArms([Int])
  /// Fewer than two arms have a positive share.
  case fewerThanTwoArms
  /// No units at all.
  case noUnits
  /// Shapes differ, a count is negative, or a weight is negative or not finite.
  case malformed
  /// The tail probability could not be computed.
  case numericalFailure
}

/// The test for a sample-ratio mismatch: whether the arms' sizes agree with their planned shares.
///
/// The null hypothesis is that every unit was assigned independently with the planned probabilities.
/// While the possible outcomes can be enumerated, p is the exact multinomial probability of an outcome
/// no more probable than the observed one; beyond, Pearson's χ² with (arms − 1) degrees of freedom. Arms
/// with share 0 take no part, and units in them are an error.
///
/// Not for complete or blocked randomisation, whose sizes are fixed: compare those with the drawn list.
///
/// R: `chisq.test(x, p = w)`; `EMT::multinomial.test` for the exact form.
public struct SampleRatio: Hashable, Sendable {
  /// How p was computed.
  public enum Method: Hashable, Sendable {
    /// Every outcome enumerated.
    case exactMultinomial
    /// Pearson's χ².
    case chiSquared(statistic: Double, degreesOfFreedom: Int)
  }

  /// How p was computed.
  public let method: Method
  /// Two-sided by construction.
  public let pValue: Double

  /// The largest number of outcomes that is enumerated.
  public static let largestEnumeration = 100_000

  /// Tests counts against weights.
  ///
  /// - Parameters:
  ///   - counts: units found, one an arm.
  ///   - weights: planned shares in any unit, one an arm.
  /// - Throws: ``SampleRatioError`` when there is nothing to test, or the protocol was broken.
  public init(counts: [Int], weights: [Double]) throws(SampleRatioError) {
    guard counts.count == weights.count, counts.allSatisfy({ $0 >= 0 }),
      weights.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { throw .malformed }
    let stray = counts.indices.filter { weights[$0] == 0 && counts[$0] > 0 }
    guard stray.isEmpty else { throw .unitsInZeroWeightArms(stray) }
    let present = counts.indices.filter { weights[$0] > 0 }
    guard present.count > 1 else { throw .fewerThanTwoArms }
    let observed = present.map { counts[$0] }
    // Divided by the largest first: a sum of huge weights must not overflow.
    let largest = present.reduce(0) { max($0, weights[$1]) }
    let scaled = present.map { weights[$0] / largest }
    let sum = scaled.reduce(0, +)
    let shares = scaled.map { $0 / sum }
    let total = observed.reduce(0.0) { $0 + Double($1) }
    guard total > 0 else { throw .noUnits }
    guard total <= Double(TwoByTwoTable.largestCount), shares.allSatisfy({ $0 > 0 }) else {
      throw .malformed
    }

    // The enumeration nests one loop in another for every arm.
    if observed.count <= 20,
      Self.outcomes(units: total, arms: observed.count) <= Double(Self.largestEnumeration)
    {
      guard let p = Self.multinomialPValue(observed, shares, Int(total)) else {
        throw .numericalFailure
      }
      method = .exactMultinomial
      pValue = p
      return
    }
    var statistic = 0.0
    for (count, share) in zip(observed, shares) {
      let excess = Double(count) - total * share
      statistic += excess * excess / (total * share)
    }
    let degreesOfFreedom = observed.count - 1
    guard let tail = ChiSquared(degreesOfFreedom: Double(degreesOfFreedom))?.upperTail(statistic)
    else { throw .numericalFailure }
    method = .chiSquared(statistic: statistic, degreesOfFreedom: degreesOfFreedom)
    pValue = tail
  }

  /// C(n + k − 1, k − 1), the ways to divide n units among k arms.
  private static func outcomes(units: Double, arms: Int) -> Double {
    (1..<arms).reduce(1.0) { $0 * (units + Double($1)) / Double($1) }
  }

  /// The sum over all outcomes that are no more probable than the observed one, up to R's slack.
  private static func multinomialPValue(
    _ observed: [Int], _ shares: [Double], _ total: Int
  ) -> Double? {
    var logFactorials = [0.0]
    for k in stride(from: 1, through: total, by: 1) {
      guard let value = logFactorial(k) else { return nil }
      logFactorials.append(value)
    }
    let logShares = shares.map(Elementary.logarithm)
    /// The part of an arm in log P, without the constant log n!.
    func term(_ arm: Int, _ count: Int) -> Double {
      Double(count) * logShares[arm] - logFactorials[count]
    }
    let threshold = observed.indices.reduce(0.0) { $0 + term($1, observed[$1]) } + 1e-7
    var tail = 0.0
    func visit(_ arm: Int, _ left: Int, _ sum: Double) {
      guard arm < shares.count - 1 else {
        let whole = sum + term(arm, left)
        if whole <= threshold { tail += Elementary.exponential(whole + logFactorials[total]) }
        return
      }
      for count in 0...left { visit(arm + 1, left - count, sum + term(arm, count)) }
    }
    visit(0, total, 0)
    return min(1, tail)
  }
}
