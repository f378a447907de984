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
  ///
  /// One grid for all: every arm brings points as fine as its own distribution needs, so that an arm of a billion
  /// units beside one of ten is not lost between two points.
  private var probabilitiesOfBest: [Double] {
    let posteriors = zip(successes, failures).map { (a: Double($0) + 1, b: Double($1) + 1) }
    let grid = posteriors.flatMap { Self.points(of: $0.a, $0.b) }.sorted()
    let masses = posteriors.map { Self.masses(of: $0.a, $0.b, between: grid) }
    var below = Array(repeating: 0.0, count: arms.count)
    var best = below
    for cell in masses[0].indices {
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

  /// Points within forty standard deviations of the mean: an exponential tail has e⁻⁴⁰ left there.
  private static func points(of a: Double, _ b: Double) -> [Double] {
    let mean = a / (a + b)
    let deviation = (mean * (1 - mean) / (a + b + 1)).squareRoot()
    return stride(from: -40.0, through: 40, by: 0.01).map {
      min(max(mean + $0 * deviation, 0), 1)
    }
  }

  /// The share of Beta(a, b) in each cell of a grid, by its density at the middle.
  private static func masses(of a: Double, _ b: Double, between grid: [Double]) -> [Double] {
    let mode = min(max((a - 1) / max(a + b - 2, 1), 1e-12), 1 - 1e-12)
    let peak = (a - 1) * log(mode) + (b - 1) * log(1 - mode)
    var masses = zip(grid, grid.dropFirst()).map { low, high -> Double in
      guard high > low else { return 0 }
      let x = low + (high - low) / 2
      return (high - low) * exp((a - 1) * log(x) + (b - 1) * log(1 - x) - peak)
    }
    let total = masses.reduce(0, +)
    for cell in masses.indices { masses[cell] /= total }
    return masses
  }
}
