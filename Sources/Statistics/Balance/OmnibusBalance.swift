import GSL
public import RandomAssignment

/// One test of whether the arms differ in all covariates together by more than the draw explains.
///
/// Hypothesis: the arms were drawn by the design, whatever the covariates. Statistic:
///
///     M = Σₖ nₖ (x̄ₖ − x̄)ᵀ S⁻ (x̄ₖ − x̄)
///
/// with arm sizes nₖ, arm means x̄ₖ, overall mean x̄ and S⁻ the pseudo-inverse of the covariance matrix of all
/// units; for two arms it is the Mahalanobis distance of rerandomisation. p is the share of re-draws through
/// the design (and the draw itself) whose M is as large: (b + 1)/(B + 1). Large samples take the χ²
/// distribution with (arms − 1) × rank degrees of freedom, which is too cautious where blocks balance the
/// covariates already.
///
/// A small p says that something may have gone wrong in the draw or the list, not that a covariate must be
/// adjusted for. In R: `RItools::balanceTest`. Reference: Hansen & Bowers (2008),
/// doi:10.1214/08-STS254; Morgan & Rubin (2012), doi:10.1214/12-AOS1008.
public struct OmnibusBalance: Codable, Hashable, Sendable {
  /// How p was found.
  public enum Method: String, Codable, Hashable, Sendable {
    /// By re-draws through the design.
    case permutation
    /// By the limit in large samples.
    case chiSquared = "chi_squared"
  }

  /// M.
  public let statistic: Double
  /// The p-value.
  public let pValue: Double
  /// How it was found.
  public let method: Method
  /// How many re-draws; 0 for χ².
  public let draws: Int
  /// How many independent directions the covariates have.
  public let rank: Int

  /// Values seen in all re-draws together; beyond it, χ² takes over.
  static let mostValues = 40_000_000

  /// Tests a draw.
  ///
  /// - Parameters:
  ///   - covariates: one list a covariate, in the order of `units`; a value that is not finite is replaced by
  ///     the covariate's mean.
  ///   - arms: the arm of each unit, as a position in the design's arms.
  ///   - units: the units as they were drawn.
  ///   - design: the design that drew them.
  ///   - draws: how many re-draws.
  ///   - seed: the seed of the re-draws, one stream each.
  /// - Throws: ``EstimationError/undefined`` for lists of different lengths;
  ///   ``EstimationError/noVariation`` where no covariate varies;
  ///   ``EstimationError/numericalFailure`` where the design cannot draw again.
  public init(
    of covariates: [[Double]], arms: [Int], units: [ExperimentalUnit],
    design: some AssignmentDesign, draws: Int = 999, seed: UInt64
  ) throws(EstimationError) {
    let count = units.count
    guard count > 1, arms.count == count, covariates.allSatisfy({ $0.count == count }),
      arms.allSatisfy(design.arms.indices.contains)
    else { throw .undefined }
    let whitened = WhitenedCovariates(columns: covariates)
    guard whitened.rank > 0 else { throw .noVariation }
    rank = whitened.rank
    let armCount = design.arms.count
    statistic = whitened.imbalance(of: arms, armCount: armCount)
    guard draws > 0, draws * count * rank <= Self.mostValues else {
      method = .chiSquared
      self.draws = 0
      guard
        let tail = ChiSquared(degreesOfFreedom: Double((armCount - 1) * rank))?
          .upperTail(statistic)
      else { throw .numericalFailure }
      pValue = tail
      return
    }
    let distances = try throwingReplicates(draws, seed: seed) {
      (generator) throws(EstimationError) in
      guard let drawn = try? design.assign(units, using: &generator) else {
        throw .numericalFailure
      }
      return whitened.imbalance(of: drawn.armIndices, armCount: armCount)
    }
    // Ties must count, and the same sum in another order may differ in its last digits.
    let limit = statistic * (1 - 1e-9)
    let asLarge = distances.count { $0 >= limit }
    method = .permutation
    self.draws = draws
    pValue = Double(asLarge + 1) / Double(draws + 1)
  }
}
