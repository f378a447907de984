/// The effect in a stepped wedge: every cluster against itself, every period against itself.
///
/// Estimand: a constant effect of the offer on every unit, τ in
///
///     y = α_cluster + β_period + τ·offer + ε
///
/// by least squares with both sets of fixed effects. Time that changes all clusters alike, and clusters that
/// differ at all times, do not touch it. Uncertainty is CR2 with Satterthwaite's degrees of freedom, the clusters being those that
/// were drawn; with few of them trust the re-drawn sequences of ``RandomizationInference``.
///
/// The control's mean is that of all rows less what the offer added; the arms' own means would mix the effect with
/// time. For a binary outcome τ is a difference of rates (a linear probability).
///
/// Not where the effect grows with the time since the offer began: τ is then an average with weights that may be
/// negative. Not for clusters that all begin at once. In R: `estimatr::lm_robust(y ~ offer + factor(period),
/// fixed_effects = ~cluster, clusters = cluster)`.
/// References: Hussey & Hughes (2007), doi:10.1016/j.cct.2006.05.007; Kenny, Voldal, Xia, Heagerty & Hughes (2022),
/// doi:10.1002/sim.9511.
public struct TwoWay: Estimator {
  /// `two_way`.
  public static let name = "two_way"
  /// Rates of binary outcomes, means of numbers and counts.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [
    .binary: .rate, .continuous: .mean, .count: .mean,
  ]

  /// The column that says in which period a row was seen.
  public var period: String
  /// The period's column.
  public var columns: [String] { [period] }

  /// Makes the estimator.
  public init(period: String = "period") {
    self.period = period
  }

  /// Reads the settings; the period's column is `period` where none is named.
  public init(from decoder: any Decoder) throws {
    let settings = try decoder.container(keyedBy: CodingKeys.self)
    self.init(period: try settings.decodeIfPresent(String.self, forKey: .period) ?? "period")
  }

  /// The units with their period.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    .units(covariates: [], factors: [period])
  }

  /// The two means, τ apart.
  ///
  /// - Throws: ``EstimationError/undefined`` without clusters or periods, with more than two arms, and where no cluster changed
  ///   sides; ``EstimationError/wrongKindOfOutcome`` for counts over exposure; what ``LinearModel`` throws.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard let quantity = Self.quantities[response.kind], response.columns.count == 1 else {
      throw .wrongKindOfOutcome
    }
    guard let units = sample.units, let clusters = units.clusters, arms.count == 2 else {
      throw .undefined
    }
    for (place, arm) in arms.enumerated() where !units.assignment.contains(place) {
      throw .noUnits(arm: arm)
    }
    let offer = LinearDesign.Column("offer", units.assignment.map(Double.init))
    let periods = try units.regressors([period])
    guard
      let design = LinearDesign(columns: periods + [offer], absorbing: clusters)
    else { throw .undefined }
    let effect = try LinearModel(units.outcome, on: design)
      .coefficient("offer", covariance: .cr2(clusters))
    let n = Double(units.count)
    let offered = units.assignment.reduce(0) { $0 + Double($1) } / n
    let control = units.outcome.reduce(0, +) / n - effect.value * offered
    let freedom = Double(clusters.count - 1)
    let spread = units.varianceOfControlMean(clusters)
    let variance = effect.standardError * effect.standardError
    return MarginalMeans(
      quantity,
      arms: units.armMeans(quantity) { $0 == 0 ? control : control + effect.value },
      present: [0, 1], covariance: [[spread, spread], [spread, spread.map { $0 + variance }]],
      degreesOfFreedom: [[freedom, effect.degreesOfFreedom], [effect.degreesOfFreedom, freedom]],
      standardErrorType: .cr2, remarks: [])
  }
}

extension UnitSample {
  /// How far the mean of the first arm would move with other clusters: J/(J − 1)·Σ(T − RM)²/(ΣM)².
  fileprivate func varianceOfControlMean(_ clusters: Grouping) -> Double? {
    var sizes = Array(repeating: 0.0, count: clusters.count)
    var totals = sizes
    for (unit, arm) in assignment.enumerated() where arm == 0 {
      sizes[clusters.groups[unit]] += 1
      totals[clusters.groups[unit]] += outcome[unit]
    }
    let count = Double(sizes.count { $0 > 0 })
    let size = sizes.reduce(0, +)
    guard count > 1 else { return nil }
    let mean = totals.reduce(0, +) / size
    let squares = zip(totals, sizes).reduce(0) { sum, cluster in
      sum + (cluster.0 - mean * cluster.1) * (cluster.0 - mean * cluster.1)
    }
    return count / (count - 1) * squares / (size * size)
  }
}
