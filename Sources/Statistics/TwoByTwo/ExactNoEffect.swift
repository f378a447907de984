/// The exact test of p₁ = p₂ by the pooled z, the same on every scale.
struct ExactNoEffect {
  let table: TwoByTwoTable
  /// The pooled z of the observed table, in units that are the same for all tables of these sizes.
  let observed: Double

  /// Tables whose z differ by less, relatively, are tied in exact arithmetic or as good as.
  private static let slack = 1e-11

  init(_ table: TwoByTwoTable) {
    self.table = table
    observed = Self.statistic(table.arm.events, table.control.events, in: table)
  }

  /// Two-sided: twice the probability on the observed side.
  var pValue: Double {
    guard observed != 0 else { return 1 }
    let side = observed > 0 ? self : ExactNoEffect(table.swapped)
    return min(1, 2 * side.upperTail(from: side.observed))
  }

  /// The largest probability of a statistic of `threshold` or more under a common rate.
  func upperTail(from threshold: Double) -> Double {
    var search = NuisanceSearch<DifferenceScale>(table: table, region: region(from: threshold))
    return search.supremum(at: 0).probability
  }

  /// The tables with a statistic of `threshold` or more.
  func region(from threshold: Double) -> UpperRegion {
    UpperRegion(of: table) { isAtLeast(threshold, $0, $1) }
  }

  /// Whether the table of `x1` and `x2` events has a statistic of `threshold` or more.
  func isAtLeast(_ threshold: Double, _ x1: Int, _ x2: Int) -> Bool {
    Self.statistic(x1, x2, in: table) >= threshold - Self.slack * abs(threshold)
  }

  private static func statistic(_ x1: Int, _ x2: Int, in table: TwoByTwoTable) -> Double {
    let events = Double(x1 + x2)
    let spread = events * (Double(table.total) - events)
    guard spread > 0 else { return 0 }
    return
      (Double(x1) * Double(table.control.count) - Double(x2) * Double(table.arm.count))
      / spread.squareRoot()
  }

  /// The statistic whose z of Miettinen & Nurminen is `z`.
  func threshold(of z: Double) -> Double {
    let n1 = Double(table.arm.count)
    let n2 = Double(table.control.count)
    return z * (n1 * n2 / (n1 + n2 - 1)).squareRoot()
  }

  /// The smallest statistic, between `keeping` and `rejecting`, from which no effect is rejected
  /// towards higher θ at level `alpha`; nil when it is not rejected even from `rejecting`.
  func threshold(
    rejectingAt alpha: Double, from keeping: Double, to rejecting: Double
  ) -> Double? {
    guard upperTail(from: rejecting) < alpha / 2 else { return nil }
    var (keeping, rejecting) = (keeping, rejecting)
    while rejecting - keeping > 1e-9 * rejecting {
      let middle = (rejecting + keeping) / 2
      if upperTail(from: middle) < alpha / 2 { rejecting = middle } else { keeping = middle }
    }
    return rejecting
  }
}
