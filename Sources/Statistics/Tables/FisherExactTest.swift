extension TwoByTwoTable {
  /// The two-sided p-value of Fisher's exact test, conditional on both margins.
  ///
  /// The sum of the hypergeometric probabilities of all tables that are no more probable than the
  /// observed one, up to R's relative slack of 10⁻⁷. Conservative: ``ExactTest`` rejects more often at the
  /// same guarantee.
  ///
  /// R: `fisher.test(x)$p.value`. Fisher (1935), doi:10.2307/2342435.
  public var fisherExactPValue: Double {
    let lowest = max(0, events - control.count)
    let highest = min(events, arm.count)
    /// P(x + 1) / P(x).
    func ratio(after x: Int) -> Double {
      Double(arm.count - x) * Double(events - x)
        / (Double(x + 1) * Double(control.count - events + x + 1))
    }
    // Masses relative to the observed table's, so that none that counts underflows: the far ones are
    // sums of small shares, and the total can overflow only where p is below 10⁻³⁰⁰.
    let limit = 1 + 1e-7
    var extreme = 1.0
    var total = 1.0
    for upwards in [true, false] {
      var mass = 1.0
      var previous = 0.0
      var x = arm.events
      while upwards ? x < highest : x > lowest {
        if upwards {
          mass *= ratio(after: x)
          x += 1
        } else {
          x -= 1
          mass /= ratio(after: x)
        }
        // Past the mode and below the last digit, the rest of this side adds nothing to either sum.
        if mass <= 1e-20 * extreme, mass < previous { break }
        if mass <= limit { extreme += mass }
        total += mass
        previous = mass
      }
    }
    return min(1, extreme / total)
  }
}
