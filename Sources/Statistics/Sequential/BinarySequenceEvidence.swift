import GSL

/// Evidence on the difference of two rates that holds at every moment at once, from the first unit on.
///
/// For each arm the likelihood under a uniform prior over that under a rate p is a martingale when p
/// is true; so is the product over the arms, however they interleave. By Ville's inequality it ever
/// exceeds 1/α with probability at most α. For a difference δ the other rate is unknown, so the
/// product is taken at the pair (p + δ, p) that explains the data best: never more than the true one,
/// hence
///
///     p(δ) = max over p of L₁(p + δ)·L₀(p) / (B(1 + x₁, 1 + n₁ − x₁)·B(1 + x₀, 1 + n₀ − x₀)),
///
/// at most 1. The interval holds the δ whose p is at least α. No approximation anywhere: coverage is
/// at least the level at all times together, and mostly well above it. The unknown common rate is paid
/// for twice, so with thousands of units ``MixtureEvidence`` is much the sharper.
///
/// Not for clusters, or for a proportion of something other than units. Assignment may depend on the
/// past; the rates may not change with time.
///
/// Robbins (1970), doi:10.1214/aoms/1177696786; Howard, Ramdas, McAuliffe & Sekhon (2021),
/// doi:10.1214/20-AOS1991.
public struct BinarySequenceEvidence: Evidence, Hashable {
  /// The counts so far.
  public let table: TwoByTwoTable
  /// 0.
  public var noEffect: Double { 0 }
  /// log B(1 + x, 1 + n − x) of both arms.
  private let logMixture: Double

  /// Makes the evidence.
  ///
  /// - Throws: ``EstimationError/numericalFailure``.
  public init(_ table: TwoByTwoTable) throws(EstimationError) {
    var sum = 0.0
    for rate in [table.arm, table.control] {
      guard
        let term = logBeta(Double(rate.events) + 1, Double(rate.nonEvents) + 1)
      else { throw .numericalFailure }
      sum += term
    }
    self.table = table
    logMixture = sum
  }

  /// The anytime-valid p-value of a difference.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    guard !null.isNaN else { throw .undefined }
    guard abs(null) <= 1 else { return 0 }
    return min(1, Elementary.exponential(bestLogLikelihood(difference: null) - logMixture))
  }

  /// The interval, valid at all times together.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    let threshold = Elementary.logarithm(1 - level) + logMixture
    func excess(_ difference: Double) -> Double {
      // Outside the possible the likelihood is 0; a root finder wants a number.
      max(-1e9, bestLogLikelihood(difference: difference) - threshold)
    }
    let middle = table.arm.rate - table.control.rate
    var ends = (lower: -1.0, upper: 1.0)
    // The best likelihood at the observed difference is at least its mean over the prior.
    if middle > -1, excess(-1) < 0 {
      guard let lower = root(between: -1, and: middle, of: excess) else { throw .numericalFailure }
      ends.lower = lower
    }
    if middle < 1, excess(1) < 0 {
      guard let upper = root(between: middle, and: 1, of: excess) else { throw .numericalFailure }
      ends.upper = upper
    }
    return .between(lower: ends.lower, upper: ends.upper)
  }

  /// max over p of log L₁(p + δ) + log L₀(p): a concave function, so where its slope is 0 or at an end.
  private func bestLogLikelihood(difference: Double) -> Double {
    let low = max(0, -difference)
    let high = min(1, 1 - difference)
    func value(_ rate: Double) -> Double {
      // Rounding may carry p + δ past the ends.
      Self.logLikelihood(table.arm, min(1, max(0, rate + difference)))
        + Self.logLikelihood(table.control, rate)
    }
    func slope(_ rate: Double) -> Double {
      Self.slope(table.arm, rate + difference) + Self.slope(table.control, rate)
    }
    // By halving, which needs only the slope's sign: at the ends it is infinite.
    var ends = (left: low, right: high)
    for _ in 0..<60 {
      let middle = (ends.left + ends.right) / 2
      if slope(middle) > 0 { ends.left = middle } else { ends.right = middle }
    }
    return max(value(low), value(high), value(ends.left), value(ends.right))
  }

  private static func logLikelihood(_ arm: TwoByTwoTable.Arm, _ rate: Double) -> Double {
    let events = Double(arm.events)
    let misses = Double(arm.nonEvents)
    return (events > 0 ? events * Elementary.logarithm(rate) : 0)
      + (misses > 0 ? misses * Elementary.logarithm(1 - rate) : 0)
  }

  private static func slope(_ arm: TwoByTwoTable.Arm, _ rate: Double) -> Double {
    let events = Double(arm.events)
    let misses = Double(arm.nonEvents)
    return (events > 0 ? events / rate : 0) - (misses > 0 ? misses / (1 - rate) : 0)
  }
}
