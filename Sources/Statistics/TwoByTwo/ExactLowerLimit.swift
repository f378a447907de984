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
    while rejected - kept > 1e-9 {
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
    var threshold: Double?
    let isHigh = estimate > Scale.noEffect && rejectsNoEffect(alpha)
    if isHigh, score.statistic(at: Scale.noEffect) < critical {
      // Only the exact test rejects: such tables follow those that both reject, by the same z.
      return (order.region(from: order.observed), Scale.noEffect)
    }
    if !isHigh {
      // Every table that rejects must be above this one, which does not. Their score limits see to
      // that already, except where the exact test rejects more than the score test.
      threshold = order.threshold(rejectingAt: alpha, beyond: critical)
    }
    let limit = try score.lowerLimit(estimate, critical, rejectsNoEffect: isHigh)
    // A table's limit is at least this one exactly when its score here is; the slack takes in ties
    // that rounding would part.
    let region = UpperRegion(of: table) { x1, x2 in
      if let threshold, order.isAtLeast(threshold, x1, x2) { return true }
      guard
        let other = TwoByTwoTable(
          events: x1, of: table.arm.count, versus: x2, of: table.control.count)
      else { return false }
      return ScoreTest<Scale>(other).statistic(at: limit) >= critical * (1 - 1e-9)
    }
    return (region, limit)
  }
}
