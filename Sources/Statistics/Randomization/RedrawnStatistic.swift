/// A studentised effect under re-drawn assignments, for any size of effect.
protocol RedrawnStatistic: Sendable {
  /// Whether every assignment was visited.
  var isExact: Bool { get }
  /// Assignments that were visited or drawn.
  var count: Int { get }
  /// The estimate.
  var difference: Double { get }
  /// The statistic of what was drawn, under an effect of θ.
  func statistic(theta: Double) -> Double
  /// The two-sided p-value of an effect of θ, by |t|.
  func pValue(theta: Double) -> Double
}

extension RedrawnStatistic {
  /// The share of draws at least as extreme as what was seen, or (b + 1)/(B + 1) of random ones.
  func shareAsExtreme(as observed: Double, _ statistic: @Sendable (Int) -> Double) -> Double {
    let least = abs(observed)
    // Statistics that are equal in exact arithmetic must count as equal.
    let limit = least.isFinite ? least - 1e-9 * max(least, 1e-12) : least
    let extreme = inStretches(of: count, length: 2048) { draws in
      draws.count { abs(statistic($0)) >= limit }
    }.reduce(0, +)
    return isExact
      ? Double(extreme) / Double(count) : Double(extreme + 1) / Double(count + 1)
  }
}
