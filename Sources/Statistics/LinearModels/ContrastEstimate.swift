/// A linear combination of coefficients with its standard error.
public struct ContrastEstimate: Hashable, Sendable {
  /// The estimate c·β̂.
  public let value: Double
  /// Its standard error, above 0.
  public let standardError: Double
  /// Degrees of freedom of the t distribution it is referred to.
  public let degreesOfFreedom: Double

  /// What answers for p-values and intervals.
  public var evidence: StudentEvidence {
    StudentEvidence(
      estimate: value, standardError: standardError, degreesOfFreedom: degreesOfFreedom)
  }
}

/// Several linear combinations of the same coefficients.
public struct ContrastEstimates: Sendable {
  /// One a contrast, in the order asked: an estimate, or why there is none.
  public let estimates: [Result<ContrastEstimate, EstimationError>]
  /// Their covariances, contrasts × contrasts; nil where unknown or beyond what a double holds.
  public let covariance: [[Double?]]
}
