import GSL

/// The Cochran–Armitage test of a linear trend of rates over ordered arms, such as doses of a message.
///
/// Estimand: the slope of the rate on the arms' scores. With p̄ the pooled rate and s̄ the mean score,
///
///     z = Σ nᵢ(sᵢ − s̄)(p̂ᵢ − p̄) / √( p̄(1 − p̄)·Σ nᵢ(sᵢ − s̄)² ),
///
/// against the normal distribution; positive when rates rise with the scores.
///
/// Not evidence that the trend is a line, nor that any one arm differs from another.
///
/// R: `prop.trend.test`, whose χ² is z². Armitage (1955), doi:10.2307/3001775.
public struct CochranArmitageTrend: Hashable, Sendable {
  /// z.
  public let statistic: Double
  /// Two-sided.
  public let pValue: Double

  /// Tests for a trend.
  ///
  /// - Parameters:
  ///   - rates: one rate an arm.
  ///   - scores: one finite score an arm.
  /// - Throws: ``EstimationError/undefined`` when the shapes differ, there are fewer than two arms or a
  ///   score is not finite; ``EstimationError/noVariation`` when all scores are equal or all units have
  ///   the same outcome.
  public init(_ rates: [SingleRate], scores: [Double]) throws(EstimationError) {
    guard rates.count > 1, rates.count == scores.count, scores.allSatisfy(\.isFinite) else {
      throw .undefined
    }
    let total = rates.reduce(0.0) { $0 + Double($1.count) }
    let events = rates.reduce(0.0) { $0 + Double($1.events) }
    let arms = Array(zip(rates, scores))
    let mean = arms.reduce(0.0) { $0 + Double($1.0.count) / total * $1.1 }
    var product = 0.0
    var square = 0.0
    for (rate, score) in arms {
      // nᵢ(p̂ᵢ − p̄) = xᵢ − nᵢ·x/n.
      product += (score - mean) * (Double(rate.events) - Double(rate.count) * events / total)
      square += Double(rate.count) * (score - mean) * (score - mean)
    }
    let variance = events / total * ((total - events) / total) * square
    guard variance > 0 else { throw .noVariation }
    let z = product / variance.squareRoot()
    guard let tail = Normal.upperTail(abs(z)) else { throw .numericalFailure }
    statistic = z
    pValue = min(1, 2 * tail)
  }
}
