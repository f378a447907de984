import GSL

/// The unconditional exact test of two rates, for tables too small for ``ScoreTest``.
///
/// Estimand: θ(p₁, p₂), a difference, ratio, odds ratio or h of two independent binomial rates.
///
/// The p-value of no effect is Barnard's with Suissa & Shuster's statistic: twice the largest
/// probability, over all common rates p, of a pooled z at least as far out on the observed side. No
/// effect is the same line p₁ = p₂ on every scale, so there is one p.
///
/// The limits are Buehler's: tables are put in one order from high to low, and the lower limit is the
/// smallest θ₀ at which a table at least as high as the observed one has probability (1 − level)/2 for
/// some pair of rates with θ(p₁, p₂) = θ₀. The order has the tables first that reject no effect, then
/// the others by their lower limit of ``ScoreTest``. It does not depend on θ₀ and satisfies Barnard's
/// convexity, therefore the interval is one piece, covers at its level or more whatever the rates, and
/// excludes no effect exactly when p < α. The upper limit is the lower one of the exchanged arms.
///
/// Why not the order of the score at each θ₀ (Chan & Zhang), nor the pooled z for every θ₀, stands in
/// docs/decisions/0002-exact-test-for-small-samples.md.
///
/// Not for units that share a cluster. The work grows with the number of units.
///
/// R: `exact2x2::uncondExact2x2`, with other orders. Python, for one side of p at no effect:
/// `scipy.stats.barnard_exact(pooled=True)`.
///
/// Barnard (1947), doi:10.1093/biomet/34.1-2.123; Suissa & Shuster (1985), doi:10.2307/2981892;
/// Buehler (1957), Journal of the American Statistical Association 52:482–493; Fay & Hunsberger (2021), doi:10.1214/21-SS131.
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

  /// The two-sided p-value; at other values than no effect the α whose limit is `null`, to 10⁻⁷ of it.
  ///
  /// - Throws: ``EstimationError/undefined`` when `null` is not a number.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    guard !null.isNaN else { throw .undefined }
    guard let estimate = Scale.value(of: table), null != estimate else { return 1 }
    guard null >= Scale.range.lower, null <= Scale.range.upper else { return 0 }
    let ofNoEffect = ExactNoEffect(table).pValue
    if null == Scale.noEffect { return ofNoEffect }
    let limit =
      estimate > null
      ? ExactLowerLimit<Scale>(table, estimate: estimate, pValueOfNoEffect: ofNoEffect)
      : ExactLowerLimit<Scale>(
        table.swapped, estimate: Scale.mirrored(estimate), pValueOfNoEffect: ofNoEffect)
    return try limit.pValue(of: estimate > null ? null : Scale.mirrored(null))
  }

  /// The values that are not rejected at 1 − `level`.
  ///
  /// - Throws: ``EstimationError/undefined`` unless 0 < `level` < 1.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    guard let estimate = Scale.value(of: table) else {
      return .between(lower: Scale.range.lower, upper: Scale.range.upper)
    }
    let ofNoEffect = ExactNoEffect(table).pValue
    let lower = try ExactLowerLimit<Scale>(
      table, estimate: estimate, pValueOfNoEffect: ofNoEffect
    ).value(alpha: 1 - level)
    let upper = try ExactLowerLimit<Scale>(
      table.swapped, estimate: Scale.mirrored(estimate), pValueOfNoEffect: ofNoEffect
    ).value(alpha: 1 - level)
    return .between(lower: lower, upper: Scale.mirrored(upper))
  }
}
