/// Several arms against one control, with intervals that hold together and p-values that count the
/// comparisons, but no more often than they are really different questions.
///
/// Estimand: the difference of each arm's mean from the control's. The statistics share the control,
/// so they are correlated; their correlations come from the means' own covariance,
///
///     cov(x̄ᵢ − x̄₀, x̄ⱼ − x̄₀) = vᵢⱼ − vᵢ₀ − vⱼ₀ + v₀₀,
///
/// and the critical value from the distribution of the largest |T| (``MaximumT``). Single-step:
/// the adjusted p-value is below α exactly where the simultaneous interval at 1 − α excludes 0.
///
/// Where each contrast has its own degrees of freedom (Welch) the smallest are taken for all, which
/// errs on the wide side. For rates the normal distribution of the difference is used, not the score
/// test of the table.
///
/// In R: `multcomp::glht(model, linfct = mcp(arm = "Dunnett"))`.
/// References: Dunnett (1955), doi:10.1080/01621459.1955.10501294; Hothorn, Bretz & Westfall (2008),
/// doi:10.1002/bimj.200810425.
public struct DunnettComparisons: Sendable {
  /// The arms compared with the control, in the order given.
  public let arms: [String]
  /// Their differences from the control.
  public let differences: [Double]
  /// The differences' standard errors.
  public let standardErrors: [Double]
  /// The distribution of the largest |T|.
  public let maximum: MaximumT

  /// Compares arms with a control.
  ///
  /// - Throws: ``EstimationError`` as ``MeanDifference`` does for each contrast;
  ///   ``EstimationError/undefined`` without arms, or where the covariance makes no correlations.
  public init(
    of arms: [String], versus control: String, in means: MarginalMeans
  ) throws(EstimationError) {
    guard !arms.isEmpty else { throw .undefined }
    var compared: [MeanComparison] = []
    var places: [Int] = []
    for arm in arms {
      compared.append(try MeanComparison(Contrast(arm, versus: control), in: means))
      places.append(try means.index(of: arm))
    }
    let origin = try means.index(of: control)
    func entry(_ row: Int, _ column: Int) throws(EstimationError) -> Double {
      guard means.covariance.indices.contains(row),
        means.covariance[row].indices.contains(column),
        let value = means.covariance[row][column]
      else { throw .numericalFailure }
      return value
    }
    func covariance(_ i: Int, _ j: Int) throws(EstimationError) -> Double {
      try entry(places[i], places[j]) - entry(places[i], origin) - entry(places[j], origin)
        + entry(origin, origin)
    }
    var correlations = arms.map { _ in arms.map { _ in 1.0 } }
    for i in arms.indices {
      for j in arms.indices where j != i {
        correlations[i][j] =
          try covariance(i, j) / compared[i].standardError / compared[j].standardError
      }
    }
    self.arms = arms
    differences = compared.map(\.difference)
    standardErrors = compared.map(\.standardError)
    maximum = try MaximumT(
      correlations: correlations,
      degreesOfFreedom: compared.compactMap(\.degreesOfFreedom).min())
  }

  /// The single-step adjusted p-values of no difference.
  public var adjustedPValues: [Double] {
    get throws(EstimationError) {
      var found: [Double] = []
      for (difference, error) in zip(differences, standardErrors) {
        found.append(try maximum.upperTail(abs(difference / error)))
      }
      return found
    }
  }

  /// Intervals that hold all true differences together with probability `level`.
  public func intervals(level: Double) throws(EstimationError) -> [Interval] {
    let critical = try maximum.criticalValue(level: level)
    return zip(differences, standardErrors).map {
      .between(lower: $0 - critical * $1, upper: $0 + critical * $1)
    }
  }
}
