import GSL

/// Buehler's lower limit of θ in the order that ``ExactTest`` describes.
struct ExactLowerLimit<Scale: RateScale> {
  let table: TwoByTwoTable
  let estimate: Double
  let pValueOfNoEffect: Double

  init(_ table: TwoByTwoTable, estimate: Double, pValueOfNoEffect: Double) {
    self.table = table
    self.estimate = estimate
    self.pValueOfNoEffect = pValueOfNoEffect
  }

  /// The limit, searched on that side of no effect on which the p-value has already put it.
  func value(alpha: Double) throws(EstimationError) -> Double {
    guard estimate > Scale.range.lower else { return Scale.range.lower }
    let (region, guess) = try region(alpha: alpha)
    let none = Scale.noEffect
    var outer = Scale.searchRange.lower
    var inner = min(Scale.coordinate(of: estimate), Scale.searchRange.upper)
    if estimate > none {
      if rejectsNoEffect(alpha) {
        outer = Scale.coordinate(of: none)
      } else {
        inner = Scale.coordinate(of: none)
      }
    }
    var search = NuisanceSearch<Scale>(table: table, region: region)
    let limit = search.firstCoordinate(
      reaching: alpha / 2, from: outer, to: inner, guess: Scale.coordinate(of: guess))
    let value = min(Scale.value(at: limit), estimate)
    guard estimate > none else { return value }
    return rejectsNoEffect(alpha) ? max(value, none.nextUp) : min(value, none)
  }

  /// The α at which the limit is `null`, a value below the estimate.
  func pValue(of null: Double) throws(EstimationError) -> Double {
    var (rejected, kept) = (0.0, Elementary.logarithm(1e-300))
    guard null > Scale.range.lower else { return 0 }
    while rejected - kept > 1e-7 {
      let middle = (rejected + kept) / 2
      if try excludes(null, alpha: Elementary.exponential(middle)) {
        rejected = middle
      } else {
        kept = middle
      }
    }
    return Elementary.exponential(rejected)
  }

  private func excludes(_ null: Double, alpha: Double) throws(EstimationError) -> Bool {
    if estimate > Scale.noEffect {
      if rejectsNoEffect(alpha), null <= Scale.noEffect { return true }
      if !rejectsNoEffect(alpha), null >= Scale.noEffect { return false }
    }
    var search = NuisanceSearch<Scale>(table: table, region: try region(alpha: alpha).0)
    return search.supremum(at: null).probability < alpha / 2
  }

  private func rejectsNoEffect(_ alpha: Double) -> Bool { pValueOfNoEffect < alpha }

  /// The tables at least as high as the observed one, and a first guess of the limit.
  private func region(alpha: Double) throws(EstimationError) -> (UpperRegion, Double) {
    guard let critical = Normal.upperQuantile(alpha / 2) else { throw .numericalFailure }
    let score = ScoreTest<Scale>(table)
    let order = ExactNoEffect(table)
    guard estimate > Scale.noEffect, rejectsNoEffect(alpha) else {
      // Every table that rejects must be above this one, which does not. Their score limits see to
      // that already, except where the exact test rejects more than the score test.
      let limit = try score.lowerLimit(estimate, critical, rejectsNoEffect: false)
      let threshold = order.threshold(
        rejectingAt: alpha, from: 0, to: order.threshold(of: critical))
      return (
        UpperRegion(of: table) { x1, x2 in
          if let threshold, order.isAtLeast(threshold, x1, x2) { return true }
          return isAtLeast(limit, critical, x1, x2)
        }, limit
      )
    }
    guard score.statistic(at: Scale.noEffect) > critical else {
      // Only the exact test rejects: such tables follow those that both reject, by the same z.
      return (order.region(from: order.observed), Scale.noEffect)
    }
    // Of the tables that are above by their score limits, those count that reject. Asking which is
    // needed only if together they would not reject.
    let limit = try score.lowerLimit(estimate, critical, rejectsNoEffect: true)
    let above = UpperRegion(of: table) { isAtLeast(limit, critical, $0, $1) }
    var search = NuisanceSearch<Scale>(table: table, region: above)
    guard search.supremum(at: Scale.noEffect).probability >= alpha / 2,
      let threshold = order.threshold(
        rejectingAt: alpha, from: order.threshold(of: critical), to: order.observed)
    else { return (above, limit) }
    return (
      UpperRegion(of: table) {
        order.isAtLeast(threshold, $0, $1) && isAtLeast(limit, critical, $0, $1)
      }, limit
    )
  }

  /// Whether a table's score limit is at least `limit`, which it is exactly when its score there is
  /// critical or more. The slack takes in ties that rounding would part.
  private func isAtLeast(_ limit: Double, _ critical: Double, _ x1: Int, _ x2: Int) -> Bool {
    guard
      let other = TwoByTwoTable(
        events: x1, of: table.arm.count, versus: x2, of: table.control.count)
    else { return false }
    return ScoreTest<Scale>(other).statistic(at: limit) >= critical * (1 - 1e-9)
  }
}
