/// Complete or blocked draws, thrown away until the arms are alike enough.
///
/// A draw is accepted when M = Σₖ nₖ (x̄ₖ − x̄)ᵀ S⁻ (x̄ₖ − x̄) over the baseline covariates is at most `threshold`; for two arms M
/// is the Mahalanobis distance of Morgan and Rubin. Under a complete draw M is nearly χ² with (arms − 1) × covariates
/// degrees of freedom, so the χ² quantile of a small probability, such as 0.001 to 0.01, is a threshold that
/// about that share of draws passes.
///
/// The usual standard error is then too large (the test too cautious) unless the analysis adjusts for the covariates;
/// re-draws through this very design are exact. Probabilities are the shares by symmetry where all shares are
/// equal; with unequal shares units far from the centre get the smaller arm less often, so the draw is refused.
/// In R: `jumble::rerandomize`. Reference: Morgan & Rubin (2012), doi:10.1214/12-AOS1008.
public struct Rerandomized: AssignmentDesign {
  /// `rerandomized`.
  public static let name = "rerandomized"
  /// The arms, of equal share.
  public var arms: [Arm]
  /// The largest M that is accepted, above 0.
  public var threshold: Double
  /// Whether draws are made inside blocks.
  public var isBlocked: Bool
  /// After so many draws the threshold is said to be out of reach.
  public static let mostTries = 100_000

  /// Makes the design.
  public init(arms: [Arm], threshold: Double, isBlocked: Bool = false) {
    self.arms = arms
    self.threshold = threshold
    self.isBlocked = isBlocked
  }

  /// Draws until a draw is accepted.
  ///
  /// - Throws: ``DesignError/unequalShares``; ``DesignError/parameterOutOfRange(_:_:)`` for the threshold;
  ///   ``DesignError/noneAccepted(tries:)``; what the measurements and the draws throw.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    try assign(units, within: acceptance(of: units), using: &generator)
  }

  /// Which draws of some units are accepted.
  package struct Acceptance: Sendable {
    private let space: WhitenedCovariates
    private let threshold: Double
    private let armCount: Int

    fileprivate init(_ space: WhitenedCovariates, threshold: Double, armCount: Int) {
      self.space = space
      self.threshold = threshold
      self.armCount = armCount
    }

    /// Whether everyone's arms are alike enough.
    package func accepts(_ arms: [Int]) -> Bool {
      space.imbalance(of: arms, armCount: armCount) <= threshold
    }
  }

  /// What accepts draws of these units, for many draws of the same.
  ///
  /// - Throws: as ``assign(_:using:)``, before anything is drawn.
  package func acceptance(of units: [ExperimentalUnit]) throws(DesignError) -> Acceptance {
    _ = try totalShare()
    guard arms.allSatisfy({ $0.share == arms[0].share }) else { throw .unequalShares }
    guard threshold > 0 else { throw .parameterOutOfRange("threshold", threshold) }
    guard !units.isEmpty else { throw .noUnits }
    return Acceptance(
      try WhitenedCovariates(of: units), threshold: threshold, armCount: arms.count)
  }

  /// Draws until a draw is accepted.
  ///
  /// - Throws: ``DesignError/noneAccepted(tries:)``; what the draws throw.
  package func assign(
    _ units: [ExperimentalUnit], within acceptance: Acceptance,
    using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    for _ in 0..<Self.mostTries {
      let drawn =
        isBlocked
        ? try BlockedAssignment(arms: arms).assign(units, using: &generator)
        : try CompleteAssignment(arms: arms).assign(units, using: &generator)
      if acceptance.accepts(drawn.armIndices) { return drawn }
    }
    throw .noneAccepted(tries: Self.mostTries)
  }
}
