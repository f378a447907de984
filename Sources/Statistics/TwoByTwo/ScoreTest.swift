import GSL

/// The score test of Miettinen & Nurminen: one test of two rates, read on any scale.
///
/// Estimand: θ(p₁, p₂), a difference, ratio, odds ratio or h of two independent binomial rates.
///
/// With p̃₁, p̃₂ the rates of maximal likelihood under θ = θ₀, the statistic is the signed root of
/// Pearson's X² against the fitted counts,
///
///     z(θ₀) = sign(θ̂ − θ₀) · √( Σᵢ (xᵢ − nᵢp̃ᵢ)² / (nᵢ p̃ᵢ(1 − p̃ᵢ)) · (N − 1)/N ),
///
/// which on each scale is the published statistic, (p̂₁ − p̂₂ − δ)/√(variance at p̃) for the difference
/// and its like for the ratios. At no effect p̃₁ = p̃₂ is the pooled rate on every scale: one z, one p.
/// The interval holds the values that are not rejected, so it excludes no effect exactly when p < α.
/// An empty cell needs no correction: the limit is the end of the scale or a one-sided bound.
///
/// Not for expected counts below 5, where ``ExactTest`` keeps its promise and this one may not, and not
/// for units that share a cluster.
///
/// R: `prop.test(correct = FALSE)` for p without the factor (N − 1)/N;
/// `DescTools::BinomDiffCI(method = "mn")` for the interval.
///
/// Miettinen & Nurminen (1985), doi:10.1002/sim.4780040211. Without the factor it is the interval of
/// Mee (1984) and of Farrington & Manning (1990), doi:10.1002/sim.4780091208.
public struct ScoreTest<Scale: RateScale>: Evidence, Hashable {
  /// Whether the variance carries the factor N/(N − 1).
  public enum VarianceFactor: Hashable, Sendable {
    /// N/(N − 1), of Miettinen & Nurminen.
    case miettinenNurminen
    /// 1, of Mee.
    case mee
  }

  /// The data.
  public let table: TwoByTwoTable
  /// Whether the variance carries the factor N/(N − 1).
  public let varianceFactor: VarianceFactor

  /// Makes the test.
  public init(_ table: TwoByTwoTable, varianceFactor: VarianceFactor = .miettinenNurminen) {
    self.table = table
    self.varianceFactor = varianceFactor
  }

  /// θ(p, p): 0 for differences, 1 for ratios.
  public var noEffect: Double { Scale.noEffect }

  /// z(θ₀): positive when the data lie above `null`.
  public func statistic(at null: Double) -> Double {
    if null == Scale.noEffect { return pooledStatistic }
    guard let estimate = Scale.value(of: table), estimate != null, !null.isNaN else { return 0 }
    let sign: Double = estimate > null ? 1 : -1
    guard null > Scale.range.lower, null < Scale.range.upper else { return sign * .infinity }
    let rates = Scale.restrictedRates(of: table, at: null)
    let pearson =
      Self.pearson(table.arm, rates.arm, rates.armComplement)
      + Self.pearson(table.control, rates.control, rates.controlComplement)
    return sign * (pearson * factor).squareRoot()
  }

  /// The two-sided p-value from the normal distribution.
  ///
  /// - Throws: ``EstimationError/undefined`` when `null` is not a number.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    guard !null.isNaN else { throw .undefined }
    guard let tail = Normal.upperTail(abs(statistic(at: null))) else { throw .numericalFailure }
    return min(1, 2 * tail)
  }

  /// The values that the two-sided test at 1 − `level` does not reject.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    guard let estimate = Scale.value(of: table) else {
      return .between(lower: Scale.range.lower, upper: Scale.range.upper)
    }
    let rejectsNoEffect = try pValue(of: Scale.noEffect) < 1 - level
    guard let critical = Normal.upperQuantile((1 - level) / 2) else { throw .numericalFailure }
    // The upper limit is the lower one of the exchanged arms.
    let other = ScoreTest(table.swapped, varianceFactor: varianceFactor)
    let lower = try lowerLimit(estimate, critical, rejectsNoEffect: rejectsNoEffect)
    let upper = try other.lowerLimit(
      Scale.mirrored(estimate), critical, rejectsNoEffect: rejectsNoEffect)
    return .between(lower: lower, upper: Scale.mirrored(upper))
  }

  /// Where z(θ) falls to the critical value, searched on that side of no effect on which the p-value
  /// has already put it, so that rounding cannot make the two disagree.
  func lowerLimit(
    _ estimate: Double, _ critical: Double, rejectsNoEffect: Bool
  ) throws(EstimationError) -> Double {
    guard estimate > Scale.range.lower else { return Scale.range.lower }
    let none = Scale.noEffect
    var lower = Scale.searchRange.lower
    var upper = min(Scale.coordinate(of: estimate), Scale.searchRange.upper)
    if estimate > none {
      if rejectsNoEffect {
        lower = Scale.coordinate(of: none)
      } else {
        upper = Scale.coordinate(of: none)
      }
    }
    let excess = { (at: Double) in self.statistic(at: Scale.value(at: at)) - critical }
    guard let limit = crossing(of: excess, from: lower, to: upper) else { throw .numericalFailure }
    let value = min(Scale.value(at: limit), estimate)
    guard estimate > none else { return value }
    return rejectsNoEffect ? max(value, none.nextUp) : min(value, none)
  }

  /// The signed root of Pearson's X² against the pooled rate, without differences of rounded rates.
  private var pooledStatistic: Double {
    let x1 = Double(table.arm.events)
    let n1 = Double(table.arm.count)
    let x2 = Double(table.control.events)
    let n2 = Double(table.control.count)
    let spread = n1 * n2 * Double(table.events) * Double(table.nonEvents)
    guard spread > 0 else { return 0 }
    return (x1 * n2 - x2 * n1) * (Double(table.total) * factor / spread).squareRoot()
  }

  private var factor: Double {
    varianceFactor == .mee ? 1 : Double(table.total - 1) / Double(table.total)
  }

  private static func pearson(
    _ arm: TwoByTwoTable.Arm, _ rate: Double, _ complement: Double
  ) -> Double {
    // An empty cell is exact where the general form would be 0/0.
    let n = Double(arm.count)
    if arm.events == 0 { return n * rate / complement }
    if arm.nonEvents == 0 { return n * complement / rate }
    let excess = Double(arm.events) - n * rate
    return excess * excess / (n * rate * complement)
  }
}

/// Where a function that is positive at the left and negative at the right crosses zero; when rounding
/// has moved the crossing beyond an end, that end.
func crossing(
  of function: (Double) -> Double, from lower: Double, to upper: Double
) -> Double? {
  guard lower < upper else { return lower }
  // Infinities stop an interpolating solver; only their sign matters this far out.
  func bounded(_ x: Double) -> Double { min(max(function(x), -1e100), 1e100) }
  if bounded(lower) <= 0 { return lower }
  if bounded(upper) >= 0 { return upper }
  return root(between: lower, and: upper, of: bounded)
}
