import GSL

/// One observed rate: x events among n units.
public struct SingleRate: Hashable, Sendable {
  /// Units with the event.
  public let events: Int
  /// All units, at least 1.
  public let count: Int

  /// Makes a rate.
  ///
  /// - Returns: nil unless there is at least one unit and 0 ≤ events ≤ count.
  public init?(events: Int, of count: Int) {
    guard count > 0, count <= TwoByTwoTable.largestCount, (0...count).contains(events) else {
      return nil
    }
    self.events = events
    self.count = count
  }

  /// The observed rate.
  public var value: Double { Double(events) / Double(count) }

  /// Wilson's score interval, without continuity correction: the rates p with |p̂ − p| ≤ z·√(p(1−p)/n).
  ///
  /// Its coverage is near the level on average, and may lie a little under it at single rates; it never
  /// leaves [0, 1] and never has width 0.
  ///
  /// R: `prop.test(correct = FALSE)$conf.int`. Wilson (1927), doi:10.1080/01621459.1927.10502953.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1.
  public func wilsonInterval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let z = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    // The limits of the smaller of events and non-events first: near 1 nothing cancels.
    guard 2 * events <= count else {
      let limits = Self.wilson(Double(count - events), Double(count), z)
      return .between(lower: 1 - limits.upper, upper: 1 - limits.lower)
    }
    let limits = Self.wilson(Double(events), Double(count), z)
    return .between(lower: limits.lower, upper: limits.upper)
  }

  private static func wilson(
    _ x: Double, _ n: Double, _ z: Double
  ) -> (lower: Double, upper: Double) {
    let square = z * z
    let middle = x + square / 2
    let spread = z * (x * (n - x) / n + square / 4).squareRoot()
    // (middle − spread)(middle + spread) = x²(1 + z²/n): the lower limit without a difference.
    let upper = (middle + spread) / (n + square)
    return (x * x / (n * (middle + spread)), upper)
  }

  /// Clopper & Pearson's exact interval: both one-sided binomial tests at (1 − level)/2.
  ///
  /// Coverage is at least the level, mostly well above it.
  ///
  /// R: `binom.test()$conf.int`. Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1;
  ///   ``EstimationError/numericalFailure``.
  public func clopperPearsonInterval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    // For the smaller of events and non-events, where the quantiles' search is at ease.
    guard 2 * events <= count else {
      let limits = try Self.clopperPearson(count - events, count, (1 - level) / 2)
      return .between(lower: 1 - limits.upper, upper: 1 - limits.lower)
    }
    let limits = try Self.clopperPearson(events, count, (1 - level) / 2)
    return .between(lower: limits.lower, upper: limits.upper)
  }

  private static func clopperPearson(
    _ events: Int, _ count: Int, _ tail: Double
  ) throws(EstimationError) -> (lower: Double, upper: Double) {
    let x = Double(events)
    let misses = Double(count - events)
    guard events > 0 else {
      // (1 − u)ⁿ = tail.
      return (0, -Elementary.exponentialMinusOne(Elementary.logarithm(tail) / Double(count)))
    }
    guard let lower = Beta(x, misses + 1)?.lowerQuantile(tail),
      let upper = Beta(x + 1, misses)?.upperQuantile(tail)
    else { throw .numericalFailure }
    return (lower, upper)
  }
}
