import RandomAssignment

/// A weighted sum of arm means, such as the interaction of a factorial trial, as a statistic of an
/// assignment.
///
/// Estimand: Σ cₐȳₐ with weights that add up to 0; in a 2 × 2 trial the interaction is
/// ȳ₁₁ − ȳ₁₀ − ȳ₀₁ + ȳ₀₀. Studentised, it is divided by √Σ cₐ²s²ₐ/nₐ. Everything is computed from the arm
/// that each unit has in the assignment, so that columns made from the arms, such as a product of two
/// factors, are made anew: permuting a product column by itself would test another hypothesis, with too
/// narrow a null.
///
/// In R: `ri2::conduct_ri` with a test function that recomputes the product.
public struct ArmContrast: Sendable {
  /// One weight an arm; they add up to 0.
  public let weights: [Double]
  /// Whether to divide by the standard error.
  public let isStudentised: Bool

  /// Makes the statistic.
  ///
  /// - Throws: ``EstimationError/undefined`` unless the weights are finite, not all 0, and add up to 0.
  public init(_ weights: [Double], studentised: Bool = true) throws(EstimationError) {
    let size = weights.reduce(0) { $0 + abs($1) }
    guard size > 0, size.isFinite, abs(weights.reduce(0, +)) <= 1e-12 * size else {
      throw .undefined
    }
    self.weights = weights
    isStudentised = studentised
  }

  /// The statistic of one assignment.
  ///
  /// - Throws: ``EstimationError/undefined`` where an arm of the contrast has no unit, or one alone
  ///   and a standard error is wanted; ``EstimationError/noVariation`` where the error is 0.
  public func value(
    of outcome: [Double], under assignment: [Int]
  ) throws(EstimationError) -> Double {
    guard outcome.count == assignment.count else { throw .undefined }
    var moments = weights.map { _ in Moments(variables: 1) }
    for (y, arm) in zip(outcome, assignment) {
      guard moments.indices.contains(arm) else { throw .undefined }
      moments[arm].add(y)
    }
    var sum = 0.0
    var variance = 0.0
    for (weight, moments) in zip(weights, moments) where weight != 0 {
      guard let mean = moments.means.first, moments.count > 0 else { throw .undefined }
      sum += weight * mean
      if isStudentised {
        guard let spread = moments.variance(of: 0) else { throw .undefined }
        variance += weight * weight * spread / Double(moments.count)
      }
    }
    guard isStudentised else { return sum }
    guard variance > 0 else { throw .noVariation }
    return sum / variance.squareRoot()
  }

  /// Its distribution where no arm does anything to anybody.
  ///
  /// - Throws: as ``value(of:under:)``, and what ``RandomizationTest`` throws.
  public func test(
    of outcome: [Double], over permutations: ArmPermutations, draws: Int = 10_000,
    seed: UInt64 = 1
  ) throws(EstimationError) -> RandomizationTest {
    try RandomizationTest(over: permutations, draws: draws, seed: seed) {
      (assignment) throws(EstimationError) in try value(of: outcome, under: assignment)
    }
  }
}
