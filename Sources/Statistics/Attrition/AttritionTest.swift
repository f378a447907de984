import RandomAssignment
import GSL

/// Whether outcomes are missing more often in some arm than in another, tested as the arms were drawn.
///
/// Estimand: none; the null hypothesis is that no unit's being missing depends on its arm.
///
/// - Units one by one: Pearson's χ² of arms × (missing, known) (``PearsonChiSquared``).
/// - Within blocks: the generalised Mantel–Haenszel test. With n_a units of arm a, m missing among N in
///   a block, d_a = Σ(x_a − n_a m/N) over blocks, and the hypergeometric covariance
///   V = Σ m(N − m)/(N²(N − 1))·(N diag(n) − nnᵀ), X² = dᵀV⁻d on rank V degrees of freedom.
/// - Whole clusters: Pearson's X² under re-drawn arms of whole clusters, within blocks where there are
///   some; units of one cluster go missing together, and no χ² distribution knows that.
///
/// It finds unequal shares, not unequal reasons: equal shares do not prove that nothing is amiss.
///
/// In R: `chisq.test(correct = FALSE)`, `mantelhaen.test(correct = FALSE)`, `ri2::conduct_ri`.
/// References: Mantel & Haenszel (1959), doi:10.1093/jnci/22.4.719; Landis, Heyman & Koch (1978),
/// doi:10.2307/1402373.
public struct AttritionTest: Hashable, Sendable {
  /// How it was tested.
  public enum Method: String, Codable, Hashable, Sendable {
    /// Pearson's χ².
    case chiSquared = "chi_squared"
    /// Generalised Mantel–Haenszel.
    case mantelHaenszel = "mantel_haenszel"
    /// Re-drawn clusters.
    case randomization
  }

  /// How it was tested.
  public let method: Method
  /// X².
  public let statistic: Double
  /// Degrees of freedom; nil for re-draws.
  public let degreesOfFreedom: Int?
  /// The p-value.
  public let pValue: Double

  /// Tests units that were drawn one by one.
  ///
  /// - Parameters:
  ///   - missing: units without the outcome, arm by arm.
  ///   - known: units with it.
  /// - Throws: as ``PearsonChiSquared``.
  public init(missing: [Int], known: [Int]) throws(EstimationError) {
    let test = try PearsonChiSquared([missing, known])
    method = .chiSquared
    statistic = test.statistic
    degreesOfFreedom = test.degreesOfFreedom
    pValue = test.pValue
  }

  /// Tests units as they were drawn.
  ///
  /// - Parameters:
  ///   - units: everyone to whom the outcome applies; 1 where it is missing, 0 where it is known.
  ///   - draws: how many re-draws of clusters.
  ///   - seed: their seed.
  /// - Throws: ``EstimationError/noVariation`` where nothing or everything is missing, or only one arm
  ///   is there; ``EstimationError/undefined`` where a cluster has two arms.
  public init(
    of units: UnitSample, draws: Int = 2_000, seed: UInt64 = 1
  ) throws(EstimationError) {
    let arms = units.presentArms
    let missing = units.outcome.reduce(0, +)
    guard arms.count > 1, missing > 0, missing < Double(units.count) else { throw .noVariation }
    if let clusters = units.clusters {
      try self.init(clusters, of: units, arms: arms, draws: draws, seed: seed)
    } else if let blocks = units.blocks {
      try self.init(blocks, of: units, arms: arms)
    } else {
      var table = Array(repeating: [0, 0], count: units.arms.count)
      for (arm, y) in zip(units.assignment, units.outcome) { table[arm][y == 0 ? 1 : 0] += 1 }
      try self.init(missing: arms.map { table[$0][0] }, known: arms.map { table[$0][1] })
    }
  }

  // MARK: - Blocks

  private init(
    _ blocks: Grouping, of units: UnitSample, arms: [Int]
  ) throws(EstimationError) {
    // The last arm follows from the others.
    let kept = arms.dropLast()
    let width = kept.count
    var sizes = Array(
      repeating: Array(repeating: 0.0, count: units.arms.count), count: blocks.count)
    var gone = sizes
    for (unit, arm) in units.assignment.enumerated() {
      sizes[blocks.groups[unit]][arm] += 1
      gone[blocks.groups[unit]][arm] += units.outcome[unit]
    }
    var excess = Array(repeating: 0.0, count: width)
    var covariance = Array(repeating: 0.0, count: width * width)
    for (size, lost) in zip(sizes, gone) {
      let all = size.reduce(0, +)
      let missing = lost.reduce(0, +)
      guard all > 1, missing > 0, missing < all else { continue }
      let spread = missing * (all - missing) / (all * all * (all - 1))
      for (i, a) in kept.enumerated() {
        excess[i] += lost[a] - size[a] * missing / all
        for (j, b) in kept.enumerated() {
          covariance[i * width + j] += spread * ((i == j ? all * size[a] : 0) - size[a] * size[b])
        }
      }
    }
    guard let (form, rank) = Self.quadraticForm(excess, covariance) else {
      throw .numericalFailure
    }
    guard rank > 0 else { throw .noVariation }
    guard let tail = ChiSquared(degreesOfFreedom: Double(rank))?.upperTail(form) else {
      throw .numericalFailure
    }
    method = .mantelHaenszel
    statistic = form
    degreesOfFreedom = rank
    pValue = tail
  }

  /// dᵀV⁻d by the eigenvalues that are not zero, and how many those are.
  private static func quadraticForm(
    _ d: [Double], _ matrix: [Double]
  ) -> (form: Double, rank: Int)? {
    guard let solver = SymmetricEigensolver(size: d.count),
      let (values, vectors) = solver.decompose(matrix)
    else { return nil }
    let limit = 1e-10 * (values.max() ?? 0)
    var form = 0.0
    var rank = 0
    for (place, value) in values.enumerated() where value > limit && value > 0 {
      var along = 0.0
      for row in d.indices { along += vectors[row * d.count + place] * d[row] }
      form += along * along / value
      rank += 1
    }
    return (form, rank)
  }

  // MARK: - Clusters

  private init(
    _ clusters: Grouping, of units: UnitSample, arms: [Int], draws: Int, seed: UInt64
  ) throws(EstimationError) {
    var drawn = Array(repeating: -1, count: clusters.count)
    var block = Array(repeating: 0, count: clusters.count)
    var counts = Array(repeating: (missing: 0, known: 0), count: clusters.count)
    for (unit, arm) in units.assignment.enumerated() {
      let cluster = clusters.groups[unit]
      guard drawn[cluster] < 0 || drawn[cluster] == arm else { throw .undefined }
      drawn[cluster] = arm
      block[cluster] = units.blocks?.groups[unit] ?? 0
      if units.outcome[unit] == 0 {
        counts[cluster].known += 1
      } else {
        counts[cluster].missing += 1
      }
    }
    guard
      let permutations = ArmPermutations(
        observed: drawn, blocks: units.blocks == nil ? nil : Grouping(block))
    else { throw .undefined }
    let sizes = counts
    @Sendable func statistic(_ assignment: [Int]) throws(EstimationError) -> Double {
      var table = Array(repeating: (missing: 0, known: 0), count: units.arms.count)
      for (cluster, arm) in assignment.enumerated() {
        table[arm].missing += sizes[cluster].missing
        table[arm].known += sizes[cluster].known
      }
      return try PearsonChiSquared([
        arms.map { table[$0].missing }, arms.map { table[$0].known },
      ]).statistic
    }
    let test = try RandomizationTest(
      over: permutations, draws: draws, seed: seed, statistic: statistic)
    method = .randomization
    self.statistic = test.observed
    degreesOfFreedom = nil
    pValue = test.pValue(.upper)
  }
}
