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

  /// What the means are means of.
  public enum Quantity: String, Codable, CaseIterable, Hashable, Sendable {
    /// The probability of an event.
    case rate
    /// The mean of a number.
    case mean
    /// A sum over a sum, or events over exposure.
    case ratio
    /// A quantile of a number.
    case quantile
    /// The mean time without the event, up to a horizon.
    case restrictedMean
    /// The logarithm of the hazard relative to the control's.
    case logHazard
  }

  /// How the uncertainty was computed, as it stands in the result table.
  public enum StandardErrorType: String, Codable, CaseIterable, Hashable, Sendable {
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
    /// Separate variances within each block.
    case neyman
    /// Differences between matched pairs.
    case matchedPairs = "matched_pairs"
    /// Blocks of several kinds, each by its own rule (Pashley–Miratrix).
    case hybrid
    /// One variance for all rows around a regression.
    case classical
    /// White's heteroskedasticity-robust estimator and its successors.
    case hc0, hc1, hc2, hc3
    /// HC2 with the degrees of freedom of Bell and McCaffrey.
    case bellMcCaffrey = "hc2_bell_mccaffrey"
    /// Cluster-robust: Liang–Zeger, Stata's, bias-reduced with Satterthwaite degrees of freedom.
    case cr0, cr1, cr2
    /// The test of y − β₀d, inverted (Anderson–Rubin).
    case andersonRubin = "anderson_rubin"
    /// The linearised residuals of a ratio.
    case delta
    /// The sandwich of a partial likelihood.
    case robust
    /// The information of a generalised linear model, as if its family were right.
    case modelBased = "model_based"
    /// The information of a partial likelihood.
    case partialLikelihood = "partial_likelihood"
    /// Greenwood's variance of a survival curve.
    case greenwood
    /// Order statistics.
    case orderStatistics = "order_statistics"
    /// Unequal probabilities of assignment: Neyman's bound for Horvitz–Thompson, linearised for Hájek.
    case horvitzThompson = "horvitz_thompson"
    case hajek
    /// Arms drawn again by the trial's own design.
    case randomization
    /// Units (clusters, where those were drawn) drawn again with replacement.
    case bootstrapPercentile = "bootstrap_percentile"
    case bootstrapBCa = "bootstrap_bca"
    /// Signs of whole clusters' residuals drawn again, with the null imposed.
    case wildClusterBootstrap = "wild_cluster_bootstrap"
    /// A posterior distribution.
    case posterior
  }

  /// How degrees of freedom follow from a contrast.
  public enum DegreesOfFreedom: Hashable, Sendable {
    /// Welch–Satterthwaite over the arms in the contrast.
    case welch
    /// The same for every contrast.
    case fixed(Double)
    /// One for each pair of arms, and on the diagonal for each arm's own mean; nil where there is
    /// no reference distribution.
    case pairs([[Double?]])
    /// The normal distribution.
    case infinite
  }

  /// What the means are means of.
  public var quantity: Quantity
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
  /// What a reader must know about how the estimator got there.
  public var remarks: [Remark]

  /// Makes the means.
  public init(
    quantity: Quantity, arms: [ArmMean], covariance: [[Double?]],
    degreesOfFreedom: DegreesOfFreedom, standardErrorType: StandardErrorType,
    areSimpleAverages: Bool, remarks: [Remark] = []
  ) {
    self.quantity = quantity
    self.arms = arms
    self.covariance = covariance
    self.degreesOfFreedom = degreesOfFreedom
    self.standardErrorType = standardErrorType
    self.areSimpleAverages = areSimpleAverages
    self.remarks = remarks
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

extension MarginalMeans {
  /// Something that an estimator did on the way and that a reader must know.
  public enum Remark: Codable, Hashable, Sendable {
    /// More covariates than a twentieth of the randomised units: only the first were used.
    case covariatesCapped(used: Int, of: Int)
    /// A covariate lacks values: they were replaced by the mean of the known ones.
    case covariateFilled(String, missing: Int)
    /// A covariate lacks more than a tenth of its values: they became 0, with an indicator beside.
    case covariateIndicated(String, missing: Int)
    /// A covariate says the same as others, or nothing, and was left out.
    case covariateDropped(String)
    /// Blocks are too small, or too many, to stand in the regression: it compares whole arms, which
    /// errs on the wide side.
    case blocksNotInModel
    /// Blocks without a unit of some arm were left out.
    case blocksLeftOut(blocks: Int, units: Int)
  }
}

extension MarginalMeans {
  /// Means of which only some arms have units: `present` are their positions, in whose order the
  /// matrices stand.
  init(
    _ quantity: Quantity, arms: [ArmMean], present: [Int], covariance: [[Double?]],
    degreesOfFreedom: [[Double?]], standardErrorType: StandardErrorType, remarks: [Remark]
  ) {
    let places = arms.indices.map { present.firstIndex(of: $0) }
    func spread(_ matrix: [[Double?]]) -> [[Double?]] {
      guard matrix.count == present.count else { return [] }
      return places.map { row in
        places.map { column in row.flatMap { r in column.flatMap { matrix[r][$0] } } }
      }
    }
    self.init(
      quantity: quantity, arms: arms, covariance: spread(covariance),
      degreesOfFreedom: .pairs(spread(degreesOfFreedom)), standardErrorType: standardErrorType,
      areSimpleAverages: false, remarks: remarks)
  }
}
