import GSL

/// Two rates compared within strata, pooled as one odds ratio, with a test of whether it is one.
///
/// Estimand: an odds ratio common to all 2 × 2 tables (``MantelHaenszel/logOddsRatio``, errors by
/// Robins, Breslow and Greenland). The test of no association sums observed less expected events over
/// the strata,
///
///     X² = (|Σ(aᵢ − Eᵢ)| − c)²/ΣVᵢ,   hypergeometric Eᵢ and Vᵢ, c = ½ or 0,  χ² on 1 df.
///
/// Homogeneity by Breslow and Day with Tarone's correction: Aᵢ is the expected count at the pooled odds
/// ratio, X² = Σ(aᵢ − Aᵢ)²/Wᵢ − (Σ(aᵢ − Aᵢ))²/ΣWᵢ on K − 1 df.
///
/// Not where odds ratios differ between strata: then there is no one number. Few counts in every stratum
/// are no harm to the test of association, but the homogeneity test needs about five in each cell.
///
/// In R: `mantelhaen.test(correct = )`, `DescTools::BreslowDayTest(correct = TRUE)`.
/// References: Mantel & Haenszel (1959), doi:10.1093/jnci/22.4.719; Tarone (1985),
/// doi:10.1093/biomet/72.1.91.
public struct CochranMantelHaenszel: Sendable {
  /// χ² with the continuity correction ½, as R prints it.
  public let correctedStatistic: Double
  /// χ² without correction.
  public let statistic: Double
  /// The upper tail of ``correctedStatistic``.
  public let correctedPValue: Double
  /// The upper tail of ``statistic``.
  public let pValue: Double
  /// The pooled odds ratio's logarithm with its uncertainty.
  public let logOddsRatio: StudentEvidence
  /// Breslow and Day's χ² with Tarone's correction; 0 for a single table.
  public let homogeneityStatistic: Double
  /// Its p-value on K − 1 degrees of freedom; 1 for a single table.
  public let homogeneityPValue: Double

  /// The common odds ratio.
  public var oddsRatio: Double { Elementary.exponential(logOddsRatio.estimate) }

  /// Its interval.
  public func oddsRatioInterval(level: Double) throws(EstimationError) -> Interval {
    try logOddsRatio.interval(level: level).mapped(Elementary.exponential)
  }

  /// Pools tables; those with an empty margin say nothing and are passed over.
  ///
  /// - Throws: ``EstimationError/undefined`` when the pooled odds ratio is 0, infinite or 0/0.
  public init(_ tables: [TwoByTwoTable]) throws(EstimationError) {
    let telling = tables.filter { table in
      let events = table.arm.events + table.control.events
      let others = table.arm.nonEvents + table.control.nonEvents
      return events > 0 && others > 0 && table.arm.count > 0 && table.control.count > 0
    }
    guard let pooled = try? MantelHaenszel(of: telling) else { throw .undefined }
    logOddsRatio = pooled.logOddsRatio
    correctedStatistic = pooled.testStatistic
    correctedPValue = pooled.pValue
    var excess = 0.0
    var variance = 0.0
    var apart = (sum: 0.0, squares: 0.0, weight: 0.0)
    let ratio = Elementary.exponential(pooled.logOddsRatio.estimate)
    for table in telling {
      let (a, n1, n2) = (
        Double(table.arm.events), Double(table.arm.count), Double(table.control.count)
      )
      let m = a + Double(table.control.events)
      let n = n1 + n2
      excess += a - n1 / n * m
      variance += n1 / n * (n2 / n) * m * ((n - m) / (n - 1))
      let expected = Self.expected(n1, n2, m, ratio)
      let cells = [expected, m - expected, n1 - expected, n2 - m + expected]
      let weight = 1 / cells.reduce(0) { $0 + 1 / $1 }
      apart.sum += a - expected
      apart.squares += (a - expected) * (a - expected) / weight
      apart.weight += weight
    }
    statistic = excess * excess / variance
    guard statistic.isFinite,
      let tail = ChiSquared(degreesOfFreedom: 1)?.upperTail(statistic)
    else { throw .undefined }
    pValue = tail
    guard telling.count > 1 else {
      (homogeneityStatistic, homogeneityPValue) = (0, 1)
      return
    }
    homogeneityStatistic = max(0, apart.squares - apart.sum * apart.sum / apart.weight)
    guard
      let homogeneity = ChiSquared(degreesOfFreedom: Double(telling.count - 1))?
        .upperTail(homogeneityStatistic)
    else { throw .numericalFailure }
    homogeneityPValue = homogeneity
  }

  /// The arm's events that an odds ratio expects given the margins: the root between the bounds of
  /// A(n₂ − m + A) = ψ(n₁ − A)(m − A).
  private static func expected(_ n1: Double, _ n2: Double, _ m: Double, _ ratio: Double) -> Double {
    let excess = { (a: Double) in a * (n2 - m + a) - ratio * (n1 - a) * (m - a) }
    let (low, high) = (max(0, m - n2), min(n1, m))
    return root(between: low, and: high, of: excess) ?? (low + high) / 2
  }
}
