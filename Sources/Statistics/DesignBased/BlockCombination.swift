/// Arms' means in blocks, put together with weights of the blocks' sizes.
///
/// Estimand: the average effect of assignment over all units of the blocks that hold every arm. With
/// N = Σn_b, the mean of arm a is Σ(n_b/N)·ȳ_ab. Its uncertainty comes
///
/// - from within a block where the block tells it: Σ(n_b/N)²·V_b (Neyman), each contrast with
///   Σ(m_b) degrees of freedom, m_b being the block's own;
/// - from the spread between those blocks that cannot tell, because an arm has a single unit or
///   cluster there. With n = Σn_b over these and weights
///
///       c_b = n_b² / ((n − 2n_b)·(n + Σnᵢ²/(n − 2nᵢ))),
///
///   Σc_b(τ̂_b − τ̂)² is unbiased for their variance when effects are alike, and errs on the wide side
///   otherwise. For pairs of equal size it is the paired t-test's s²/B, on B − 1 degrees of freedom.
///
/// Where both kinds occur their variances add and the degrees of freedom are Satterthwaite's.
///
/// In R: `estimatr::difference_in_means(y ~ arm, blocks = )` for either kind alone; the mixture is
/// `blkvar`'s hybrid with plug-in of small blocks.
/// References: Pashley & Miratrix (2021), doi:10.3102/1076998620946272; Imai, King & Nall (2009),
/// doi:10.1214/08-STS274.
struct BlockCombination {
  /// One block with all arms.
  struct Block {
    /// Units in it.
    let size: Double
    /// One mean an arm.
    let means: [Double]
    /// The means' covariance; nil where the block cannot tell it.
    let covariance: [[Double]]?
    /// Degrees of freedom that the block adds to each pair of arms.
    let degreesOfFreedom: [[Double]]
  }

  /// One mean an arm.
  let means: [Double]
  /// Their covariance.
  let covariance: [[Double?]]
  /// Degrees of freedom for each pair.
  let degreesOfFreedom: [[Double?]]
  /// Which rules were needed.
  let standardErrorType: MarginalMeans.StandardErrorType

  /// Puts blocks together.
  ///
  /// - Parameters:
  ///   - blocks: at least one, all with the same arms.
  ///   - within: the name of the blocks' own uncertainty.
  /// - Throws: ``EstimationError/undefined`` where the blocks that cannot tell their uncertainty are
  ///   too few, or one of them holds half of their units, so that their spread cannot tell it either.
  init(
    of blocks: [Block], within: MarginalMeans.StandardErrorType
  ) throws(EstimationError) {
    guard let arms = blocks.first?.means.indices else { throw .undefined }
    let total = blocks.reduce(0) { $0 + $1.size }
    means = arms.map { arm in blocks.reduce(0) { $0 + $1.size / total * $1.means[arm] } }
    let telling = blocks.filter { $0.covariance != nil }
    let silent = blocks.filter { $0.covariance == nil }
    let spread = silent.isEmpty ? nil : try Self.spread(of: silent, arms: arms)
    let share = silent.reduce(0) { $0 + $1.size } / total

    func sum(_ term: (Block) -> Double) -> Double { telling.reduce(0) { $0 + term($1) } }
    let inner = arms.map { row in
      arms.map { column in
        sum { $0.size / total * ($0.size / total) * ($0.covariance?[row][column] ?? 0) }
      }
    }
    let outer = arms.map { row in
      arms.map { column in share * share * (spread?[row][column] ?? 0) }
    }
    covariance = arms.map { row in arms.map { inner[row][$0] + outer[row][$0] } }
    degreesOfFreedom = arms.map { row in
      arms.map { column in
        let freedom = sum { $0.degreesOfFreedom[row][column] }
        guard !silent.isEmpty else { return freedom > 0 ? freedom : nil }
        let between = Double(silent.count - 1)
        guard !telling.isEmpty else { return between }
        let variances = [inner, outer].map { matrix in
          row == column
            ? matrix[row][row]
            : matrix[row][row] - 2 * matrix[row][column] + matrix[column][column]
        }
        let part = variances[0] / (variances[0] + variances[1])
        let found = 1 / (part * part / freedom + (1 - part) * (1 - part) / between)
        return found.isFinite ? found : nil
      }
    }
    standardErrorType = silent.isEmpty ? within : telling.isEmpty ? .matchedPairs : .hybrid
  }

  /// Σc_b(ȳ_b − ȳ)(ȳ_b − ȳ)ᵀ over blocks that cannot tell their own uncertainty.
  private static func spread(
    of blocks: [Block], arms: Range<Int>
  ) throws(EstimationError) -> [[Double]] {
    let total = blocks.reduce(0) { $0 + $1.size }
    let weights = try weights(of: blocks.map(\.size), total: total)
    let means = arms.map { arm in blocks.reduce(0) { $0 + $1.size / total * $1.means[arm] } }
    return arms.map { row in
      arms.map { column in
        zip(blocks, weights).reduce(0) { sum, next in
          let (block, weight) = next
          return sum
            + weight * (block.means[row] - means[row]) * (block.means[column] - means[column])
        }
      }
    }
  }

  /// c_b; for blocks of one size 1/(B(B − 1)), to which the formula tends and which two pairs need.
  private static func weights(
    of sizes: [Double], total: Double
  ) throws(EstimationError) -> [Double] {
    let count = Double(sizes.count)
    if count > 1, sizes.allSatisfy({ $0 == sizes[0] }) {
      return sizes.map { _ in 1 / (count * (count - 1)) }
    }
    guard sizes.allSatisfy({ total - 2 * $0 > 0 }) else { throw .undefined }
    let scale = total + sizes.reduce(0) { $0 + $1 * $1 / (total - 2 * $1) }
    return sizes.map { $0 * $0 / ((total - 2 * $0) * scale) }
  }
}
