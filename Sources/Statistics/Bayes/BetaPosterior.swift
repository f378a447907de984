import GSL

/// The posterior of one rate: Beta(events + a, non-events + b).
///
/// In R: `qbeta`, `pbeta`.
public struct BetaPosterior: Posterior {
  let distribution: LogitBeta

  /// Updates a prior by the counts.
  ///
  /// - Throws: ``EstimationError/undefined`` for impossible counts, or shapes that are not from 10⁻⁶
  ///   to 10¹² after the data.
  public init(
    events: Int, of count: Int, prior: BetaPrior = .jeffreys
  ) throws(EstimationError) {
    guard events >= 0, events <= count, prior.events > 0, prior.nonEvents > 0,
      let distribution = LogitBeta(
        prior.events + Double(events), prior.nonEvents + Double(count - events))
    else { throw .undefined }
    self.distribution = distribution
  }

  /// a/(a + b).
  public var mean: Double? { distribution.a / (distribution.a + distribution.b) }

  /// The probability that the rate is above `value`.
  public func probability(above value: Double) throws(EstimationError) -> Double {
    guard !value.isNaN else { throw .undefined }
    guard value > 0 else { return 1 }
    guard value < 1 else { return 0 }
    return distribution.upperTail(
      Elementary.logarithm(value) - Elementary.logarithmOfOnePlus(-value))
  }

  /// The equal-tailed credible interval.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    let tail = (1 - level) / 2
    guard let lower = distribution.lowerQuantile(tail), let upper = distribution.upperQuantile(tail)
    else { throw .numericalFailure }
    return .between(lower: Elementary.logistic(lower), upper: Elementary.logistic(upper))
  }

  /// The variance ab/((a + b)²(a + b + 1)).
  var variance: Double {
    let (a, b) = (distribution.a, distribution.b)
    return a / (a + b) * (b / (a + b)) / (a + b + 1)
  }
}
