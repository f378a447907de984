/// Compares sums over sums: clicks over impressions, events over exposure.
///
/// Estimand: Σy/Σx in each arm, R = E[y]/E[x], over the units (days, people) that were drawn; the
/// denominator is an outcome too, so a message that brings more impressions does not blur its rate.
/// With R̂ = ȳ/x̄ the uncertainty is that of the mean of (yᵢ − R̂xᵢ)/x̄ over units (the delta method), by
/// the design: units one by one with Welch's degrees of freedom, blocks, clusters. Over-dispersion
/// between units is in it; treating each impression as a unit would leave it out.
///
/// For a count without exposure x = 1, and R is the mean count. Not when Σx of an arm is only a few
/// units' worth (fewer than about twenty): the linear approximation is then too coarse.
///
/// In R: `survey::svyratio` on each arm; Poisson regression with offset and HC1 errors is the same to
/// first order.
/// Reference: Deng, Knoblich & Lu (2018), doi:10.1145/3219819.3219919.
public struct RatioOfSums: Estimator {
  /// `ratio_of_sums`.
  public static let name = "ratio_of_sums"
  /// Ratios, and counts over their exposure.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [
    .ratio: .ratio, .count: .ratio,
  ]

  /// Makes the estimator; it has no settings.
  public init() {}

  /// Joint moments of both sums; the units where they were drawn in blocks or clusters.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    groups == DrawnGroups()
      ? .moments([VariableSet(response.columns)], byBlock: false)
      : .units(covariates: [], factors: [])
  }

  /// The arms' ratios.
  ///
  /// - Throws: ``EstimationError/noUnits(arm:)`` when no arm has a row;
  ///   ``EstimationError/denominatorNotPositive(arm:)``.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard Self.quantities[response.kind] != nil else { throw .wrongKindOfOutcome }
    guard let units = sample.units else {
      return try fromMoments(of: response, in: sample.cells, arms: arms)
    }
    let x = response.columns.count > 1 ? units.response[1] : units.outcome.map { _ in 1 }
    return try LinearisedMeans(units: units, quantity: .ratio, standardErrorType: .delta)
      .marginalMeans { (arm, rows) throws(EstimationError) in
        let count = Double(rows.count)
        let over = rows.reduce(0) { $0 + units.outcome[$1] / count }
        let under = rows.reduce(0) { $0 + x[$1] / count }
        let ratio = try Self.ratio(over, under, arm: units.arms[arm])
        return (ratio, rows.map { (units.outcome[$0] - ratio * x[$0]) / under })
      }
  }

  private static func ratio(
    _ over: Double, _ under: Double, arm: String
  ) throws(EstimationError) -> Double {
    guard under > 0 else { throw .denominatorNotPositive(arm: arm) }
    let ratio = over / under
    guard ratio.isFinite else { throw .numericalFailure }
    return ratio
  }

  private func fromMoments(
    of response: Response, in cells: [Cell: [VariableSet: Moments]], arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    let set = VariableSet(response.columns)
    var means: [MarginalMeans.ArmMean] = []
    var variances: [Double?] = []
    for arm in arms {
      guard let moments = cells[Cell(arm: arm)]?[set], moments.count > 0 else {
        means.append(.init(arm: arm, count: 0, mean: 0, standardDeviation: nil))
        variances.append(nil)
        continue
      }
      let under = moments.means.count > 1 ? moments.means[1] : 1
      let ratio = try Self.ratio(moments.means[0], under, arm: arm)
      means.append(.init(arm: arm, count: moments.count, mean: ratio, standardDeviation: nil))
      variances.append(Self.variance(of: moments, ratio: ratio, under: under))
    }
    if let first = arms.first, means.allSatisfy({ $0.count == 0 }) { throw .noUnits(arm: first) }
    return MarginalMeans(
      quantity: .ratio, arms: means,
      covariance: variances.indices.map { row in
        variances.indices.map { $0 == row ? variances[row] : 0 }
      },
      degreesOfFreedom: .welch, standardErrorType: .delta, areSimpleAverages: false)
  }

  /// (s_yy − 2R̂s_xy + R̂²s_xx)/(n·x̄²).
  private static func variance(of moments: Moments, ratio: Double, under: Double) -> Double? {
    guard var spread = moments.variance(of: 0) else { return nil }
    if moments.means.count > 1, let cross = moments.covariance(of: 1, and: 0),
      let own = moments.variance(of: 1)
    {
      spread += ratio * (ratio * own - 2 * cross)
    }
    let variance = spread / under / under / Double(moments.count)
    return variance.isFinite ? max(variance, 0) : nil
  }
}
