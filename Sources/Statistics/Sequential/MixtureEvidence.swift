import GSL

/// Evidence that holds at every moment at once: the asymptotic confidence sequence.
///
/// The trial may be looked at whenever anyone likes and stopped for any reason: the probability that
/// the interval ever excludes the truth, from the first sizeable sample on, is about 1 − level. The
/// price is width, 1.55 times the fixed-horizon 95% interval at n* units.
///
/// Robbins's normal mixture in place of the normal quantile: with r = c·n/n* the interval is
///
///     estimate ± SE·√((1 + r)/r · ln((1 + r)/α²)),
///
/// and the p-value is the inverse of the mixture's likelihood ratio, √(1 + r)·exp(−z²r/(2(1 + r))), at
/// most 1. The two agree at every level. c = −2 ln α* + ln(1 − 2 ln α*), at α* = 0.05, makes the
/// interval about as short as can be at n*; n* must be chosen before the data are seen.
///
/// The guarantee is asymptotic: it takes the standard error as consistent and the estimate as a mean.
/// Not for the first few dozen units an arm; for binary outcomes ``BinarySequenceEvidence`` holds from
/// the first unit.
///
/// Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Time-uniform central limit theory and
/// asymptotic confidence sequences, theorem 2.2, doi:10.48550/arXiv.2103.06476; Robbins (1970),
/// doi:10.1214/aoms/1177696786.
public struct MixtureEvidence: Evidence, Hashable {
  /// The estimate now.
  public let estimate: Double
  /// Its standard error now, above 0.
  public let standardError: Double
  /// The value that means no effect.
  public let noEffect: Double
  /// The mixture's variance in units of the estimate's: r above.
  private let mixing: Double

  /// Makes the evidence.
  ///
  /// - Parameters:
  ///   - estimate: the estimate now.
  ///   - standardError: its standard error, above 0.
  ///   - units: units so far, above 0.
  ///   - tunedTo: the number of units n* at which the interval shall be shortest, above 0.
  ///   - noEffect: the value that means no effect.
  /// - Throws: ``EstimationError/undefined`` for numbers outside their range.
  public init(
    estimate: Double, standardError: Double, units: Double, tunedTo: Double, noEffect: Double = 0
  ) throws(EstimationError) {
    let mixing = Self.tuning * units / tunedTo
    guard estimate.isFinite, noEffect.isFinite, standardError > 0, standardError.isFinite,
      units > 0,
      tunedTo > 0, mixing > 0, mixing.isFinite
    else { throw .undefined }
    self.estimate = estimate
    self.standardError = standardError
    self.noEffect = noEffect
    self.mixing = mixing
  }

  /// −2 ln α* + ln(1 − 2 ln α*) at α* = 0.05. A constant: the interval at another level belongs to the
  /// same sequence of tests.
  private static let tuning: Double = {
    let twice = -2 * Elementary.logarithm(0.05)
    return twice + Elementary.logarithm(1 + twice)
  }()

  /// The anytime-valid p-value: the smallest α whose interval excludes `null` now.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    let z = (estimate - null) / standardError
    guard !z.isNaN else { throw .undefined }
    let logRatio = z * z * mixing / (1 + mixing) / 2 - Elementary.logarithm(1 + mixing) / 2
    return min(1, Elementary.exponential(-logRatio))
  }

  /// The interval, valid at all times together.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    let alpha = 1 - level
    let square =
      (1 + mixing) / mixing
      * (Elementary.logarithm(1 + mixing) - 2 * Elementary.logarithm(alpha))
    let reach = standardError * square.squareRoot()
    guard reach.isFinite else { throw .numericalFailure }
    return .between(lower: estimate - reach, upper: estimate + reach)
  }
}
