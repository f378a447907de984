/// What an estimator says about the arms: each arm's mean and how uncertain they are together.
public struct MarginalMeans: Hashable, Sendable {
  /// One arm's mean.
  public struct ArmMean: Hashable, Sendable {
    /// The arm's identifier.
    public var arm: String
    /// Rows that the mean rests on.
    public var count: Int
    /// The estimated mean (for a binary outcome, the rate).
    public var mean: Double
    /// The standard deviation of the outcome within the arm; nil for fewer than two rows.
    public var standardDeviation: Double?
    /// Rows with the event, for a binary outcome.
    public var events: Int?

    /// Makes an arm's mean.
    public init(
      arm: String, count: Int, mean: Double, standardDeviation: Double?, events: Int? = nil
    ) {
      self.arm = arm
      self.count = count
      self.mean = mean
      self.standardDeviation = standardDeviation
      self.events = events
    }
  }

  /// How the uncertainty was computed, as it stands in the result table.
  public enum StandardErrorType: String, Codable, Hashable, Sendable {
    /// Score test under the restricted maximum-likelihood estimate.
    case score
    /// Unconditional exact test.
    case exact
    /// Separate variances in the arms (the same number as HC2 without covariates).
    case welch
    /// One common variance.
    case pooled
    /// Separate variances and the normal distribution.
    case z
  }

  /// How degrees of freedom follow from a contrast.
  public enum DegreesOfFreedom: Hashable, Sendable {
    /// Welch–Satterthwaite over the arms in the contrast.
    case welch
    /// The same for every contrast.
    case fixed(Double)
    /// The normal distribution.
    case infinite
  }

  /// The kind of outcome.
  public var kind: Response.Kind
  /// The arms in the order of the trial; an arm without rows has count 0, mean 0 and no deviation.
  public var arms: [ArmMean]
  /// The covariance matrix of the means, arms × arms; nil where it cannot be known.
  public var covariance: [[Double?]]
  /// How degrees of freedom follow from a contrast.
  public var degreesOfFreedom: DegreesOfFreedom
  /// How the uncertainty was computed.
  public var standardErrorType: StandardErrorType
  /// Whether the means are plain averages of independent units, so that a binary outcome's counts
  /// say all there is and the score test of the two-by-two table applies.
  public var areSimpleAverages: Bool

  /// Makes the means.
  public init(
    kind: Response.Kind, arms: [ArmMean], covariance: [[Double?]],
    degreesOfFreedom: DegreesOfFreedom, standardErrorType: StandardErrorType,
    areSimpleAverages: Bool
  ) {
    self.kind = kind
    self.arms = arms
    self.covariance = covariance
    self.degreesOfFreedom = degreesOfFreedom
    self.standardErrorType = standardErrorType
    self.areSimpleAverages = areSimpleAverages
  }

  /// Finds one arm.
  ///
  /// - Throws: ``EstimationError/noUnits(arm:)`` when the arm has no rows.
  public func index(of arm: String) throws(EstimationError) -> Int {
    guard let index = arms.firstIndex(where: { $0.arm == arm }), arms[index].count > 0 else {
      throw .noUnits(arm: arm)
    }
    return index
  }
}
