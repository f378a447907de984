import GSL

/// The unconditional exact test of two rates, for tables too small for ``ScoreTest``.
///
/// Estimand: θ(p₁, p₂), a difference, ratio, odds ratio or h of two independent binomial rates.
///
/// Tables are put in one order, from those that speak most for a higher θ to those that speak least,
/// and p₊(θ₀) is the largest probability, over all pairs of rates with θ(p₁, p₂) = θ₀, of a table at
/// least as high as the observed one (p₋ with the order of the exchanged arms). On the side of no effect
/// the order is that of the pooled z, on every scale: so no effect has one p on all of them, that of
/// Barnard's test with Suissa & Shuster's statistic, doubled. The two-sided p is central,
///
///     p(θ₀) = min(1, 2·p₊(θ₀)) for θ₀ < θ̂,   1 at θ̂,   min(1, 2·p₋(θ₀)) for θ₀ > θ̂.
///
/// The order never depends on θ₀ and satisfies Barnard's convexity, so p rises up to θ̂ and falls after
/// it: the values with p ≥ α are one interval, it covers at 1 − α or more whatever the rates, and it
/// excludes no effect exactly when p < α. Orders that follow θ₀ (Chan & Zhang) give somewhat shorter
/// intervals, but their p can cross α more than once, and interval and p-value then disagree.
///
/// Below the observed z, where only the far limit depends on it, the tables follow in the order of their
/// score limit. The pooled z would put every table with an event in one arm alone beside no effect, and
/// no ratio could ever have a finite far limit.
///
/// Not for units that share a cluster. The work grows with the number of units.
///
/// R: `exact2x2::uncondExact2x2`. Python, for one side of p at no effect:
/// `scipy.stats.barnard_exact(pooled=True)`.
///
/// Barnard (1947), doi:10.1093/biomet/34.1-2.123; Suissa & Shuster (1985), doi:10.2307/2981892;
/// Chan & Zhang (1999), doi:10.1111/j.0006-341X.1999.01202.x; Fay & Hunsberger (2021),
/// doi:10.1214/21-SS131.
public struct ExactTest<Scale: RateScale>: Evidence, Hashable {
  /// The data.
  public let table: TwoByTwoTable

  /// The largest number of units of both arms together; above it the enumeration is too long.
  public static var largestTotal: Int { 2_000_000 }

  /// Makes the test.
  ///
  /// - Returns: nil when the table has more than ``largestTotal`` units.
  public init?(_ table: TwoByTwoTable) {
    guard table.total <= Self.largestTotal else { return nil }
    self.table = table
  }

  /// θ(p, p): 0 for differences, 1 for ratios.
  public var noEffect: Double { Scale.noEffect }

  /// The two-sided p-value.
  ///
  /// - Throws: ``EstimationError/undefined`` when `null` is not a number.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    guard !null.isNaN else { throw .undefined }
    guard let estimate = Scale.value(of: table), null != estimate else { return 1 }
    guard null >= Scale.range.lower, null <= Scale.range.upper else { return 0 }
    if null == Scale.noEffect {
      // The curve of no effect is the diagonal on every scale; walking it by the same steps makes
      // the p-values equal to the last digit.
      let side = PooledOrder(estimate > null ? table : table.swapped)
      var search = NuisanceSearch<DifferenceScale>(table: side.table, region: side.region())
      return min(1, 2 * search.supremum(at: 0).probability)
    }
    return estimate > null
      ? upperTail(table, of: null) : upperTail(table.swapped, of: Scale.mirrored(null))
  }

  private func upperTail(_ table: TwoByTwoTable, of null: Double) -> Double {
    guard null > Scale.range.lower, let region = Self.region(of: table) else { return 0 }
    var search = NuisanceSearch<Scale>(table: table, region: region)
    return min(1, 2 * search.supremum(at: null).probability)
  }

  /// The values whose p-value is at least 1 − `level`.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    guard let estimate = Scale.value(of: table) else {
      return .between(lower: Scale.range.lower, upper: Scale.range.upper)
    }
    let rejectsNoEffect = try pValue(of: Scale.noEffect) < 1 - level
    let lower = try Self.lowerLimit(table, estimate, level, rejectsNoEffect)
    let upper = try Self.lowerLimit(
      table.swapped, Scale.mirrored(estimate), level, rejectsNoEffect)
    return .between(lower: lower, upper: Scale.mirrored(upper))
  }

  /// Where p reaches 1 − `level`, searched on that side of no effect on which the p-value has already
  /// put it.
  private static func lowerLimit(
    _ table: TwoByTwoTable, _ estimate: Double, _ level: Double, _ rejectsNoEffect: Bool
  ) throws(EstimationError) -> Double {
    guard estimate > Scale.range.lower, let region = region(of: table) else {
      return Scale.range.lower
    }
    guard let critical = Normal.upperQuantile((1 - level) / 2) else { throw .numericalFailure }
    let guess = try ScoreTest<Scale>(table).lowerLimit(estimate, critical, rejectsNoEffect)
    let none = Scale.noEffect
    var outer = Scale.searchRange.lower
    var inner = min(Scale.coordinate(of: estimate), Scale.searchRange.upper)
    if estimate > none {
      if rejectsNoEffect {
        outer = Scale.coordinate(of: none)
      } else {
        inner = Scale.coordinate(of: none)
      }
    }
    var search = NuisanceSearch<Scale>(table: table, region: region)
    let limit = search.firstCoordinate(
      reaching: (1 - level) / 2, from: outer, to: inner, guess: Scale.coordinate(of: guess))
    let value = min(Scale.value(at: limit), estimate)
    guard estimate > none else { return value }
    return rejectsNoEffect ? max(value, none.nextUp) : min(value, none)
  }

  /// The tables at least as high as the observed one; nil when no table is lower.
  private static func region(of table: TwoByTwoTable) -> UpperRegion? {
    let order = PooledOrder(table)
    if order.observed > 0 { return order.region() }
    // Ordered by the lower score limit at 95 %, whatever level is asked, so that the limits of all
    // levels come from one p-value. A table's limit is at least the observed one, l, exactly when its
    // score at l is.
    guard let estimate = Scale.value(of: table), estimate > Scale.range.lower,
      let critical = Normal.upperQuantile(0.025),
      let limit = try? ScoreTest<Scale>(table).lowerLimit(estimate, critical, false)
    else { return nil }
    return UpperRegion(of: table) { x1, x2 in
      guard order.statistic(x1, x2) <= PooledOrder.slack else { return true }
      guard
        let other = TwoByTwoTable(
          events: x1, of: table.arm.count, versus: x2, of: table.control.count)
      else { return false }
      return ScoreTest<Scale>(other).statistic(at: limit) >= critical * (1 - 1e-9)
    }
  }
}

/// The order of tables by the pooled z.
struct PooledOrder {
  let table: TwoByTwoTable
  let observed: Double

  /// Tables whose z differ by less are tied in exact arithmetic, or as good as.
  static let slack = 1e-11

  init(_ table: TwoByTwoTable) {
    self.table = table
    observed = Self.statistic(table.arm.events, table.control.events, in: table)
  }

  /// The pooled z of `x1` and `x2` events, in units that are the same for all tables.
  func statistic(_ x1: Int, _ x2: Int) -> Double { Self.statistic(x1, x2, in: table) }

  /// The tables with at least the observed z.
  func region() -> UpperRegion {
    let threshold = observed - Self.slack * abs(observed)
    return UpperRegion(of: table) { statistic($0, $1) >= threshold }
  }

  private static func statistic(_ x1: Int, _ x2: Int, in table: TwoByTwoTable) -> Double {
    let events = Double(x1 + x2)
    let spread = events * (Double(table.total) - events)
    guard spread > 0 else { return 0 }
    return
      (Double(x1) * Double(table.control.count) - Double(x2) * Double(table.arm.count))
      / spread.squareRoot()
  }
}
