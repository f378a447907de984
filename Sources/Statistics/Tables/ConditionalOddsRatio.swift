import GSL

/// The odds ratio that makes the arm's events most probable when both margins of the table are
/// taken as given, with Fisher's exact interval.
///
/// Estimand: ψ = p₁(1 − p₂)/(p₂(1 − p₁)). Given m events in all, the arm's events X follow
///
///     P(X = x) ∝ C(n₁, x)·C(n₂, m − x)·ψˣ   (the noncentral hypergeometric distribution);
///
/// the estimate solves E[X] = x, the limits P(X ≥ x) = α/2 and P(X ≤ x) = α/2. It lies nearer to 1
/// than the sample's odds ratio. The interval keeps its level always, mostly with much to spare,
/// and need not agree with ``TwoByTwoTable/fisherExactPValue``, which orders tables by probability;
/// reports use ``OddsRatio``. Time grows with √n.
///
/// In R: `fisher.test(x)$estimate` and `$conf.int` (whose root finder stops at the fourth digit).
/// References: Fisher (1935), doi:10.2307/2342435; Cornfield (1956).
public struct ConditionalOddsRatio: Sendable {
  /// The estimate: 0 and ∞ where the arm's events are as few or as many as the margins allow.
  public let value: Double

  private let table: TwoByTwoTable
  private let support: ClosedRange<Int>
  /// An approximation to log ψ and its standard error, from which searches start.
  private let guess: (value: Double, error: Double)

  /// Fits the table.
  ///
  /// - Throws: ``EstimationError/noVariation`` where no unit or every unit has the event, and the
  ///   margins leave one table; ``EstimationError/numericalFailure``.
  public init(_ table: TwoByTwoTable) throws(EstimationError) {
    self.table = table
    support = max(0, table.events - table.control.count)...min(table.events, table.arm.count)
    guard support.count > 1 else { throw .noVariation }
    let cells = [
      table.arm.events, table.arm.nonEvents, table.control.events, table.control.nonEvents,
    ].map { Double($0) + 0.5 }
    guess = (
      Elementary.logarithm(cells[0] / cells[1] * (cells[3] / cells[2])),
      cells.reduce(0) { $0 + 1 / $1 }.squareRoot()
    )
    if table.arm.events == support.lowerBound {
      value = 0
    } else if table.arm.events == support.upperBound {
      value = .infinity
    } else {
      let (table, support) = (table, support)
      value = try Self.root(near: guess.value, step: guess.error) { odds in
        let above = Self.sums(of: table, within: support, odds: odds, upwards: true)
        let below = Self.sums(of: table, within: support, odds: odds, upwards: false)
        return Elementary.logarithm(above.distance / below.distance)
      }
    }
  }

  /// Fisher's exact interval, both tails at (1 − `level`)/2.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1;
  ///   ``EstimationError/numericalFailure``.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let z = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    let tail = (1 - level) / 2
    let odds = Elementary.logarithm(tail / (1 - tail))
    var (lower, upper) = (0.0, Double.infinity)
    if table.arm.events > support.lowerBound {
      lower = try Self.root(near: guess.value - z * guess.error, step: guess.error) { psi in
        // P(X ≥ x) : P(X < x), in masses relative to that of x.
        let above = Self.sums(of: table, within: support, odds: psi, upwards: true).mass + 1
        let below = Self.sums(of: table, within: support, odds: psi, upwards: false).mass
        return Elementary.logarithm(above / below) - odds
      }
    }
    if table.arm.events < support.upperBound {
      upper = try Self.root(near: guess.value + z * guess.error, step: guess.error) { psi in
        let above = Self.sums(of: table, within: support, odds: psi, upwards: true).mass
        let below = Self.sums(of: table, within: support, odds: psi, upwards: false).mass + 1
        return odds - Elementary.logarithm(below / above)
      }
    }
    return .between(lower: lower, upper: upper)
  }

  /// Of all tables with more events in the arm (or all with fewer): their masses, and their masses
  /// times how many events they are away, relative to the observed table's mass.
  private static func sums(
    of table: TwoByTwoTable, within support: ClosedRange<Int>, odds: Double, upwards: Bool
  ) -> (mass: Double, distance: Double) {
    /// P(x + 1)/P(x).
    func ratio(after x: Int) -> Double {
      odds * (Double(table.arm.count - x) / Double(x + 1))
        * (Double(table.events - x) / Double(table.control.count - table.events + x + 1))
    }
    var sums = (mass: 0.0, distance: 0.0)
    var mass = 1.0
    var away = 0.0
    var x = table.arm.events
    while upwards ? x < support.upperBound : x > support.lowerBound {
      let previous = mass
      if upwards {
        mass *= ratio(after: x)
        x += 1
      } else {
        x -= 1
        mass /= ratio(after: x)
      }
      away += 1
      sums.mass += mass
      sums.distance += mass * away
      // Past the mode and below the last digit the rest adds nothing.
      if mass < previous, mass * away <= 1e-19 * sums.distance { break }
      if !sums.distance.isFinite { break }
    }
    return sums
  }

  /// exp of where an increasing function of log ψ crosses 0.
  private static func root(
    near start: Double, step: Double, of function: (Double) -> Double
  ) throws(EstimationError) -> Double {
    func value(_ position: Double) -> Double { function(Elementary.exponential(position)) }
    var step = step
    var (lower, upper) = (start - step, start + step)
    for _ in 0..<12 where value(lower) > 0 {
      step *= 2
      lower -= step
    }
    for _ in 0..<12 where value(upper) < 0 {
      step *= 2
      upper += step
    }
    guard let found = GSL.root(between: lower, and: upper, of: value) else {
      throw .numericalFailure
    }
    return Elementary.exponential(found)
  }
}
