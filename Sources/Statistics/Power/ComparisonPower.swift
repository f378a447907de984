import GSL

/// Power, sample size and minimum detectable effect of one arm against the control, with everything that makes a trial
/// larger or smaller than two plain groups.
///
/// What is tested is the effect of having been drawn: with take-up τ the effect δ on those who take up shows as τδ. n control
/// units count as
///
///     m = n · (1 − attrition) / (DEFF · looks · (1 − R²))
///
/// with the design effect of clusters that have lost their share, DEFF = 1 + ((1 + CV²)·m̄·(1 − attrition) − 1)ρ, the inflation of repeated looks (``PriceOfLooking``) and the share R² of the outcome's
/// variance that blocks and covariates explain. Units then are compared as by ``TwoProportionPower`` or
/// ``TwoMeanPower``; clusters by t with (clusters − 2) degrees of freedom and the variances of the two arms.
///
/// A stepped wedge of I clusters, K sequences and T = K + 1 periods has the variance of Hussey & Hughes (2007),
/// doi:10.1016/j.cct.2006.05.007, with σ² = (1 − ρ)·variance/units of a cluster and period, and τ² = ρ·variance; it is compared by t
/// with (clusters − 2) degrees of freedom. Clusters are taken as equal there, and as many in each sequence.
///
/// Approximate: it knows no unequal block shares and no dependence of attrition on the outcome. Simulate the trial where that
/// matters. In R: `power.prop.test`, `power.t.test`, `clusterPower::cpa.binary`, `cpa.normal`.
/// References: Donner & Klar (2000), Design and Analysis of Cluster Randomization Trials; Eldridge, Ashby & Kerry
/// (2006), doi:10.1093/ije/dyl129, for unequal clusters.
public struct ComparisonPower: Codable, Hashable, Sendable {
  /// What is compared.
  public enum Level: Codable, Hashable, Sendable {
    /// Rates, with the control's.
    case rate(Double)
    /// Means, with the standard deviation within arms.
    case mean(standardDeviation: Double)
  }

  /// Clusters instead of units.
  public struct Clusters: Codable, Hashable, Sendable {
    /// Units in a cluster, on average.
    public var meanSize: Double
    /// How unequal clusters are: standard deviation over mean.
    public var coefficientOfVariation: Double
    /// The intracluster correlation of the outcome.
    public var intraclusterCorrelation: Double
    /// The sequences of a stepped wedge, in which every cluster is seen in one period more; nil for arms side by side.
    public var sequences: Int?

    /// Makes the description.
    public init(
      meanSize: Double, coefficientOfVariation: Double = 0, intraclusterCorrelation: Double,
      sequences: Int? = nil
    ) {
      self.sequences = sequences
      self.meanSize = meanSize
      self.coefficientOfVariation = coefficientOfVariation
      self.intraclusterCorrelation = intraclusterCorrelation
    }
  }

  /// What is compared.
  public var level: Level
  /// The type I error of both sides together, for this comparison.
  public var significance: Double
  /// Units of the arm for one of the control.
  public var ratio: Double
  /// Clusters; nil for units.
  public var clusters: Clusters?
  /// The share of the outcome's variance that blocks and covariates explain.
  public var explained: Double
  /// The share of units whose outcome will not be known.
  public var attrition: Double
  /// The share of the arm that takes up the offer.
  public var takeup: Double
  /// What repeated looks cost; 1 for none.
  public var inflation: Double

  /// Makes the problem.
  ///
  /// - Throws: ``EstimationError/undefined`` for numbers outside their range.
  public init(
    _ level: Level, significance: Double = 0.05, ratio: Double = 1, clusters: Clusters? = nil,
    explained: Double = 0, attrition: Double = 0, takeup: Double = 1, inflation: Double = 1
  ) throws(EstimationError) {
    guard significance > 0, significance < 1, ratio > 0, ratio.isFinite, explained >= 0,
      explained < 1, attrition >= 0, attrition < 1, takeup > 0, takeup <= 1, inflation >= 1,
      inflation.isFinite
    else { throw .undefined }
    switch level {
    case .rate(let rate): guard rate >= 0, rate < 1 else { throw .undefined }
    case .mean(let deviation): guard deviation > 0, deviation.isFinite else { throw .undefined }
    }
    self.level = level
    self.significance = significance
    self.ratio = ratio
    self.clusters = clusters
    self.explained = explained
    self.attrition = attrition
    self.takeup = takeup
    self.inflation = inflation
    _ = try designEffect
  }

  /// The design effect of the clusters as far as their outcomes are known; 1 for units.
  public var designEffect: Double {
    get throws(EstimationError) {
      guard let clusters else { return 1 }
      // Clusters thin out rather than vanish: each known unit then says more.
      return try DesignEffect(
        meanClusterSize: max(1, clusters.meanSize * (1 - attrition)),
        coefficientOfVariation: clusters.coefficientOfVariation,
        intraclusterCorrelation: clusters.intraclusterCorrelation
      ).value
    }
  }

  /// The power at an effect on those who take up.
  ///
  /// - Parameters:
  ///   - effect: absolute.
  ///   - controlUnits: units drawn into the control arm, above 0.
  /// - Returns: the probability that the test finds a difference.
  /// - Throws: ``EstimationError/undefined`` for numbers outside their range, also where fewer than three clusters
  ///   remain.
  public func power(effect: Double, controlUnits: Double) throws(EstimationError) -> Double {
    guard effect.isFinite, controlUnits > 0, controlUnits.isFinite else { throw .undefined }
    let shown = effect * takeup
    let counted =
      try controlUnits * (1 - attrition) / (designEffect * inflation * (1 - explained))
    guard let clusters else {
      switch level {
      case .rate(let control):
        return try TwoProportionPower(control: control, significance: significance, ratio: ratio)
          .power(rate: control + shown, controlUnits: counted)
      case .mean(let deviation):
        return try TwoMeanPower(
          standardDeviation: deviation, significance: significance, ratio: ratio
        ).power(difference: shown, controlUnits: counted)
      }
    }
    let freedom = controlUnits * (1 + ratio) / clusters.meanSize - 2
    let (controlVariance, armVariance) = try variances(shown: shown)
    let error: Double
    if let sequences = clusters.sequences {
      error = try wedgeError(
        clusters, sequences: sequences, units: controlUnits * (1 + ratio),
        variance: (controlVariance + armVariance) / 2)
    } else {
      error = ((controlVariance + armVariance / ratio) / counted).squareRoot()
    }
    guard error > 0, let central = StudentT(degreesOfFreedom: freedom),
      let critical = central.upperQuantile(significance / 2),
      let noncentral = NoncentralT(
        degreesOfFreedom: freedom, noncentrality: abs(shown) / error),
      let power = noncentral.upperTail(critical)
    else { throw .undefined }
    return power
  }

  /// Hussey and Hughes' standard error; `units` are those of all clusters and periods.
  private func wedgeError(
    _ clusters: Clusters, sequences: Int, units: Double, variance: Double
  ) throws(EstimationError) -> Double {
    guard sequences > 1 else { throw .undefined }
    let (k, periods) = (Double(sequences), Double(sequences + 1))
    let count = units / clusters.meanSize
    let within =
      (1 - clusters.intraclusterCorrelation) * variance
      / (clusters.meanSize * (1 - attrition) / periods)
    let between = clusters.intraclusterCorrelation * variance
    // Of all clusters and periods with the offer: how many; squared by period; squared by cluster.
    let begun = (1...sequences).map(Double.init)
    let all = count / k * begun.reduce(0, +)
    let byPeriod = begun.reduce(0) { $0 + (count * $1 / k) * (count * $1 / k) }
    let byCluster = count / k * begun.reduce(0) { $0 + $1 * $1 }
    let information =
      (count * all - byPeriod) * within
      + (all * all + count * periods * all - periods * byPeriod - count * byCluster) * between
    let error = count * within * (within + periods * between) / information
    guard error > 0, error.isFinite else { throw .undefined }
    return (error * inflation * (1 - explained)).squareRoot()
  }

  private func variances(
    shown: Double
  ) throws(EstimationError) -> (control: Double, arm: Double) {
    switch level {
    case .rate(let control):
      let rate = control + shown
      guard rate >= 0, rate <= 1 else { throw .undefined }
      return (control * (1 - control), rate * (1 - rate))
    case .mean(let deviation): return (deviation * deviation, deviation * deviation)
    }
  }

  /// How many control units give the power; not rounded.
  ///
  /// - Throws: ``EstimationError/undefined`` where no number up to 10⁹ does.
  public func controlUnits(effect: Double, power target: Double) throws(EstimationError) -> Double {
    guard effect != 0, target > significance, target < 1 else { throw .undefined }
    func excess(_ logUnits: Double) -> Double {
      let units = Elementary.exponential(logUnits)
      return ((try? power(effect: effect, controlUnits: units)) ?? 0) - target
    }
    guard excess(0) < 0 else { return 1 }
    // Upwards in small steps: far beyond, the tails are too small for a double.
    let limit = Elementary.logarithm(1e9)
    var most = 0.5
    while excess(most) < 0, most < limit { most = min(most + 0.5, limit) }
    guard excess(most) >= 0 else { throw .undefined }
    guard let units = root(between: 0, and: most, of: excess) else { throw .numericalFailure }
    return Elementary.exponential(units)
  }

  /// The smallest rise that has the power; nil where not even the largest possible one has.
  ///
  /// - Throws: ``EstimationError/undefined`` for numbers outside their range.
  public func minimumDetectableEffect(
    controlUnits: Double, power target: Double
  ) throws(EstimationError) -> Double? {
    guard target > significance, target < 1 else { throw .undefined }
    func excess(_ effect: Double) -> Double {
      ((try? power(effect: effect, controlUnits: controlUnits)) ?? .nan) - target
    }
    // Doubled from far below, so that no tail is asked for that is too small for a double.
    let limit: Double
    switch level {
    case .rate(let control): limit = (1 - control) / takeup * (1 - 1e-9)
    case .mean(let deviation): limit = 1000 * deviation / takeup
    }
    var most = limit * 1e-6
    guard !excess(most).isNaN else { throw .undefined }
    while excess(most) < 0, most < limit { most = min(2 * most, limit) }
    guard excess(most) >= 0 else { return nil }
    guard let effect = root(between: most * 1e-12, and: most, of: excess) else {
      throw .numericalFailure
    }
    return effect
  }
}
