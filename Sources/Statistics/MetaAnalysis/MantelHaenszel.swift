import GSL

/// Mantel and Haenszel's pooled ratio of 2 × 2 tables, on the logarithmic scale.
///
/// A weighted average over the tables of one common ratio, which needs no ½ in an empty cell: a
/// table where both arms lack events just carries no weight. It is a model of equal effects and says
/// nothing about another place.
///
/// R: `metafor::rma.mh(measure = "OR" or "RR")`. Mantel & Haenszel (1959), doi:10.1093/jnci/22.4.719;
/// variances by Robins, Breslow & Greenland (1986), doi:10.2307/2531052, and Greenland & Robins
/// (1985), doi:10.2307/2530643.
public struct MantelHaenszel: Sendable {
  /// log ÔR = log(Σad/n ÷ Σbc/n), for a, b the arm's events and non-events, c, d the control's.
  public let logOddsRatio: StudentEvidence
  /// log R̂R = log(Σa·n₂/n ÷ Σc·n₁/n).
  public let logRiskRatio: StudentEvidence
  /// The χ²(1) statistic of no association in any table, with continuity correction ½.
  ///
  /// (|Σ(a − E a)| − ½)²/Σ var a, with the hypergeometric mean and variance, as R prints it.
  public let testStatistic: Double
  /// The upper tail of ``testStatistic``.
  public let pValue: Double

  /// Pools tables.
  ///
  /// - Throws: ``MetaAnalysisError/undefined`` when a pooled ratio is 0, infinite or 0/0;
  ///   ``MetaAnalysisError/tooFewStudies(count:needed:)`` without a table.
  public init(of tables: [TwoByTwoTable]) throws(MetaAnalysisError) {
    guard !tables.isEmpty else { throw .tooFewStudies(count: 0, needed: 1) }
    // Of the odds ratio: Σ of ad/n = R and bc/n = S, and of their products with (a + d)/n = P, (b + c)/n = Q.
    var (r, s, pr, psqr, qs) = (0.0, 0.0, 0.0, 0.0, 0.0)
    // Of the risk ratio: numerator, denominator, and the variance's numerator.
    var (up, down, spread) = (0.0, 0.0, 0.0)
    var (excess, variance) = (0.0, 0.0)
    for table in tables {
      let (a, b) = (Double(table.arm.events), Double(table.arm.nonEvents))
      let (c, d) = (Double(table.control.events), Double(table.control.nonEvents))
      let (n1, n2, n) = (a + b, c + d, a + b + c + d)
      let (ri, si) = (a * (d / n), b * (c / n))
      let (p, q) = ((a + d) / n, (b + c) / n)
      r += ri
      s += si
      pr += p * ri
      psqr += p * si + q * ri
      qs += q * si
      up += a * (n2 / n)
      down += c * (n1 / n)
      let events = a + c
      spread += n1 / n * (n2 / n) * events - a * (c / n)
      excess += a - n1 / n * events
      variance += n1 / n * (n2 / n) * events * ((b + d) / (n - 1))
    }
    guard r > 0, s > 0, up > 0, down > 0, variance > 0 else { throw .undefined }
    let oddsVariance = pr / r / r / 2 + psqr / r / s / 2 + qs / s / s / 2
    let riskVariance = spread / up / down
    let distance = max(0, abs(excess) - 0.5)
    let statistic = distance * distance / variance
    guard oddsVariance > 0, riskVariance > 0, oddsVariance.isFinite, riskVariance.isFinite,
      let tail = ChiSquared(degreesOfFreedom: 1)?.upperTail(statistic)
    else { throw .undefined }
    logOddsRatio = StudentEvidence(
      estimate: Elementary.logarithm(r / s), standardError: oddsVariance.squareRoot(),
      degreesOfFreedom: nil)
    logRiskRatio = StudentEvidence(
      estimate: Elementary.logarithm(up / down), standardError: riskVariance.squareRoot(),
      degreesOfFreedom: nil)
    testStatistic = statistic
    pValue = tail
  }
}
