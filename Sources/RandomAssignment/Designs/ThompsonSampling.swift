// The only platform functions that a draw uses; propensities may differ in their last digit between
// platforms, which no draw of 53 bits is likely to notice.
#if canImport(Glibc)
  private import func Glibc.exp
  private import func Glibc.log
#elseif canImport(Musl)
  private import func Musl.exp
  private import func Musl.log
#else
  private import func Darwin.exp
  private import func Darwin.log
#endif

/// Adaptive message tests: the likelier a message is the best, the more of the next batch get it.
///
/// Each arm's rate of success has a Beta(1 + successes, 1 + failures) distribution. A unit of the next batch gets arm k
/// with the propensity
///
///     pₖ = floor + (1 − K·floor) · P(arm k has the highest rate)
///
/// P is integrated on a grid (error below 10⁻⁴). Log the propensities with the batch: the arms' plain means are biased when
/// the draw followed them, and an honest estimate weights by them.
///
/// Not for confirmatory trials, nor where success takes longer to see than the next batch can wait. In R:
/// `bandit::best_binomial_bandit`. Reference: Thompson (1933), doi:10.1093/biomet/25.3-4.285; Hadad et al. (2021),
/// doi:10.1073/pnas.2014602118.
public struct ThompsonSampling: AssignmentDesign {
  /// `thompson`.
  public static let name = "thompson"
  /// The arms, of equal share.
  public var arms: [Arm]
  /// Successes so far, one number an arm.
  public var successes: [Int]
  /// Failures so far, one number an arm.
  public var failures: [Int]
  /// The smallest propensity; from 0 to 1/K.
  public var floor: Double

  /// Makes the design of the next batch.
  public init(arms: [Arm], successes: [Int], failures: [Int], floor: Double = 0.1) {
    self.arms = arms
    self.successes = successes
    self.failures = failures
    self.floor = floor
  }

  /// Draws a batch, each unit by itself with ``propensities()``.
  ///
  /// - Throws: as ``propensities()``.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    let propensities = try propensities()
    guard !units.isEmpty else { throw .noUnits }
    return Assignment(
      armIndices: units.map { _ in Minimized.draw(propensities, using: &generator) })
  }

  /// The propensities of the batch; empty where the settings are not valid.
  public func probabilities(for unit: ExperimentalUnit) -> [Double] {
    (try? propensities()) ?? []
  }

  /// The probability of each arm for every unit of the batch.
  ///
  /// - Throws: ``DesignError/unequalShares``; ``DesignError/parameterOutOfRange(_:_:)`` for the floor;
  ///   ``DesignError/foreignState`` where the numbers of successes and failures do not fit the arms.
  public func propensities() throws(DesignError) -> [Double] {
    _ = try totalShare()
    guard arms.allSatisfy({ $0.share == arms[0].share }) else { throw .unequalShares }
    guard successes.count == arms.count, failures.count == arms.count,
      (successes + failures).allSatisfy({ (0...1_000_000_000).contains($0) })
    else { throw .foreignState }
    guard floor >= 0, floor * Double(arms.count) <= 1 + 1e-12 else {
      throw .parameterOutOfRange("floor", floor)
    }
    let free = max(0, 1 - Double(arms.count) * floor)
    return probabilitiesOfBest.map { floor + free * $0 }
  }

  /// P(arm k has the highest rate), one number an arm.
  private var probabilitiesOfBest: [Double] {
    let posteriors = zip(successes, failures).map { (Double($0) + 1, Double($1) + 1) }
    // Where any of the rates may lie: ten standard deviations round each mean.
    var (low, high) = (1.0, 0.0)
    for (a, b) in posteriors {
      let mean = a / (a + b)
      let deviation = (mean * (1 - mean) / (a + b + 1)).squareRoot()
      low = min(low, max(0, mean - 10 * deviation))
      high = max(high, min(1, mean + 10 * deviation))
    }
    let cells = 20_000
    let width = (high - low) / Double(cells)
    let masses = posteriors.map { a, b -> [Double] in
      let mode = min(max((a - 1) / max(a + b - 2, 1), 1e-12), 1 - 1e-12)
      let peak = (a - 1) * log(mode) + (b - 1) * log(1 - mode)
      var masses = (0..<cells).map { cell -> Double in
        let x = low + (Double(cell) + 0.5) * width
        return exp((a - 1) * log(x) + (b - 1) * log(1 - x) - peak)
      }
      let total = masses.reduce(0, +)
      for cell in masses.indices { masses[cell] /= total }
      return masses
    }
    var below = Array(repeating: 0.0, count: arms.count)
    var best = below
    for cell in 0..<cells {
      for arm in arms.indices {
        var share = masses[arm][cell]
        for other in arms.indices where other != arm {
          // Half of the cell's own mass lies below its middle.
          share *= below[other] + masses[other][cell] / 2
        }
        best[arm] += share
      }
      for arm in arms.indices { below[arm] += masses[arm][cell] }
    }
    let total = best.reduce(0, +)
    return best.map { $0 / total }
  }
}
