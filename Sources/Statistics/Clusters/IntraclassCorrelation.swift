import GSL

/// How alike the members of a cluster are: the share of the outcome's variance that lies between
/// clusters.
///
/// Estimand: ρ = σ²_b/(σ²_b + σ²_w), within arms, so that an effect is not taken for likeness. By the
/// analysis of variance with G clusters in A arms, N units and n₀ = (N − Σₐ Σ m²/Nₐ)/(G − A):
///
///     ρ̂ = (MSB − MSW)/(MSB + (n₀ − 1)MSW),
///
/// which may be below 0, where clusters differ less than chance would have it. The interval inverts
/// F = MSB/MSW on G − A and N − G degrees of freedom (Searle): exact for normal outcomes in clusters of
/// one size, close for others.
///
/// For a binary outcome the estimator is the same (on the scale of rates) and the interval a guide.
/// Not from fewer than about ten clusters: the interval is then wide, and says so.
///
/// In R: mean squares of `aov(y ~ arm + factor(cluster))`. References: Searle (1971), Linear Models;
/// Donner & Koval (1980), doi:10.2307/2530491; Ridout, Demétrio & Firth (1999),
/// doi:10.1111/j.0006-341X.1999.00137.x.
public struct IntraclassCorrelation: Hashable, Sendable {
  /// ρ̂.
  public let value: Double
  /// MSB/MSW.
  public let ratio: Double
  /// n₀, the size that clusters of one size would have.
  public let size: Double
  /// G − A and N − G.
  public let degreesOfFreedom: (between: Double, within: Double)
  /// The clusters' sizes.
  public let clusterSizes: [Int]

  /// Estimates the correlation.
  ///
  /// - Parameters:
  ///   - outcome: one value a unit.
  ///   - clusters: each unit's cluster.
  ///   - arms: each unit's arm; a cluster has one.
  /// - Throws: ``EstimationError/undefined`` for lengths that disagree, values that are not finite,
  ///   clusters with two arms, no arm with two clusters or no cluster with two units;
  ///   ``EstimationError/noVariation`` where nobody differs within clusters.
  public init(
    of outcome: [Double], in clusters: Grouping, arms: [Int]
  ) throws(EstimationError) {
    guard outcome.count == arms.count, outcome.count == clusters.groups.count,
      outcome.allSatisfy(\.isFinite)
    else { throw .undefined }
    var moments = Array(repeating: Moments(variables: 1), count: clusters.count)
    var armOf: [Int?] = Array(repeating: nil, count: clusters.count)
    for (row, cluster) in clusters.groups.enumerated() {
      guard armOf[cluster] == nil || armOf[cluster] == arms[row] else { throw .undefined }
      armOf[cluster] = arms[row]
      moments[cluster].add(outcome[row])
    }
    var between = 0.0
    var within = 0.0
    var shares = 0.0
    let names = Set(arms)
    for arm in names {
      let own = moments.indices.filter { armOf[$0] == arm }.map { moments[$0] }
      let whole = own.reduce(Moments(variables: 1), +)
      for cluster in own {
        let distance = (cluster.means.first ?? 0) - (whole.means.first ?? 0)
        between += Double(cluster.count) * distance * distance
        within += cluster.crossProducts.first ?? 0
        shares += Double(cluster.count) * Double(cluster.count) / Double(whole.count)
      }
    }
    let (n, g, a) = (Double(outcome.count), Double(clusters.count), Double(names.count))
    guard g > a, n > g else { throw .undefined }
    size = (n - shares) / (g - a)
    degreesOfFreedom = (g - a, n - g)
    let (msb, msw) = (between / (g - a), within / (n - g))
    guard msw > 0 else { throw .noVariation }
    ratio = msb / msw
    value = (ratio - 1) / (ratio + size - 1)
    guard value.isFinite else { throw .numericalFailure }
    clusterSizes = moments.map(\.count)
  }

  /// Searle's interval.
  ///
  /// - Throws: ``EstimationError/undefined`` for a level outside (0, 1).
  public func interval(level: Double) throws(EstimationError) -> Interval {
    let (between, within) = degreesOfFreedom
    guard level > 0, level < 1,
      let above = Self.quantile((1 - level) / 2, between, within),
      let below = Self.quantile((1 - level) / 2, within, between)
    else { throw .undefined }
    func correlation(_ f: Double) -> Double { (f - 1) / (f + size - 1) }
    return .between(
      lower: correlation(ratio / above), upper: correlation(ratio * below))
  }

  /// How much the clusters inflate a mean's variance; a negative correlation counts as none.
  public func designEffect() throws(EstimationError) -> DesignEffect {
    try DesignEffect(clusterSizes: clusterSizes, intraclusterCorrelation: max(0, value))
  }

  /// The F with P(F > f) = `tail`.
  private static func quantile(_ tail: Double, _ first: Double, _ second: Double) -> Double? {
    guard let distribution = FisherF(first, second) else { return nil }
    // On the scale of logarithms the tail falls smoothly.
    return root(
      between: -60, and: 60,
      of: { (distribution.upperTail(Elementary.exponential($0)) ?? .nan) - tail }
    ).map(Elementary.exponential)
  }

  /// Equal when all figures are.
  public static func == (left: IntraclassCorrelation, right: IntraclassCorrelation) -> Bool {
    left.value == right.value && left.ratio == right.ratio && left.size == right.size
      && left.clusterSizes == right.clusterSizes
  }

  /// Hashes the figures.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(value)
    hasher.combine(clusterSizes)
  }
}
