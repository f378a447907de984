/// Compares a quantile, such as the median, by order statistics.
///
/// Estimand: the difference of the arms' quantiles (not the quantile of the differences, which no
/// trial can know). An arm's quantile q̂ interpolates between order statistics; how far it can move is
/// read off the order statistics whose ranks hold the quantile with binomial probability of at least
/// 95 % (an interval that needs no density): its half-width over 1.96 is the standard error
/// (Woodruff), and in blocks and clusters it gives the density f̂ in the influence
/// (p − 1{y ≤ q̂})/f̂.
///
/// Not where a share of the units as large as the interval of ranks has one and the same value at
/// the quantile (an income of 0, say): then the quantile has no yardstick
/// (``EstimationError/noVariation``), and the outcome is better cut into a binary one.
///
/// In R: `quantile(y, p)`; `quantreg::rq(y ~ arm, tau = p)` with rank or kernel errors.
/// Reference: Woodruff (1952), doi:10.1080/01621459.1952.10483443.
public struct OrderStatistics: Estimator {
  /// `order_statistics`.
  public static let name = "order_statistics"
  /// Quantiles.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [.quantile: .quantile]

  /// Makes the estimator; it has no settings.
  public init() {}

  /// The units: no moments tell a quantile.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    .units(covariates: [], factors: [])
  }

  /// The arms' quantiles.
  ///
  /// - Throws: ``EstimationError/tooFewUnits(arm:count:)`` where no two ranks hold the quantile with
  ///   95 %; ``EstimationError/noVariation`` where the values at both ranks are equal.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard case .quantile(let level, _) = response else { throw .wrongKindOfOutcome }
    guard let units = sample.units else { throw .undefined }
    guard units.count > 0 else { throw .noUnits(arm: arms.first ?? "") }
    return try LinearisedMeans(
      units: units, quantity: .quantile, standardErrorType: .orderStatistics
    ).marginalMeans { (arm, rows) throws(EstimationError) in
      let values = rows.map { units.outcome[$0] }
      guard let ranks = SampleQuantile(values, level: level) else {
        throw .tooFewUnits(arm: units.arms[arm], count: rows.count)
      }
      guard ranks.upper > ranks.lower else { throw .noVariation }
      // SE = √(p(1 − p)/n)/f, solved for 1/f; the sample variance of the influences divides by n − 1.
      let share = values.reduce(0) { $0 + ($1 <= ranks.value ? 1 : 0) } / Double(values.count)
      let spread =
        (share * (1 - share)).squareRoot() * Double(values.count).squareRoot()
        / Double(values.count - 1).squareRoot()
      guard spread > 0 else { throw .noVariation }
      let standardError = (ranks.upper / 2 - ranks.lower / 2) / SampleQuantile.normalQuantile
      let scale = standardError * Double(values.count).squareRoot() / spread
      return (ranks.value, values.map { (share - ($0 <= ranks.value ? 1 : 0)) * scale })
    }
  }
}
