/// Adjusts rates by logistic regression, standardised over all units.
///
/// Estimand: the average effect of assignment (ITT) on the probability of the event; see
/// ``StandardizedMeans``, μ̂ₐ = Σ logit⁻¹(α̂ₐ + zᵢγ̂)/n. It is marginal: the odds ratio of the means is
/// not e to a coefficient, which is conditional on the covariates and lies farther from 1.
/// Uncertainty is HC1's with the normal distribution, CR1's with J − 1 degrees of freedom where J
/// clusters were drawn (forty or more, please), or the likelihood's own (`model`), which regards
/// neither clusters nor a wrong model. Missing covariates, the cap on their number and blocks are
/// treated as by ``Lin``.
///
/// Not with an arm without events, or without non-events: its coefficient is infinite; the plain
/// ``DifferenceInMeans`` has an answer there.
///
/// In R: `glm(y ~ arm + x, binomial)`, then the averages of `predict(type = "response")` with the arm
/// set for all, and the delta method from `sandwich::vcovHC(type = "HC1")`.
/// Reference: Ge, Durham, Meyer, Xie & Thomas (2011), doi:10.1177/009286151104500409.
public struct Logistic: Estimator {
  /// `logistic`.
  public static let name = "logistic"
  /// The words for `standard_error`.
  public static let settingWords = [
    "standard_error": LikelihoodStandardError.allCases.map(\.rawValue)
  ]
  /// Rates of binary outcomes.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [.binary: .rate]

  /// Columns of numbers.
  public var covariates: [String]
  /// Columns of categories: one indicator for each level after the first.
  public var factors: [String]
  /// How uncertainty is computed.
  public var standardError: LikelihoodStandardError

  /// The covariates of both kinds.
  public var columns: [String] { covariates + factors }

  /// Makes the estimator.
  public init(
    covariates: [String] = [], factors: [String] = [],
    standardError: LikelihoodStandardError = .robust
  ) {
    self.covariates = covariates
    self.factors = factors
    self.standardError = standardError
  }

  private enum CodingKeys: String, CodingKey {
    case covariates, factors
    case standardError = "standard_error"
  }

  /// Reads the settings; each may be left out.
  public init(from decoder: any Decoder) throws {
    let settings = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      covariates: try settings.decodeIfPresent([String].self, forKey: .covariates) ?? [],
      factors: try settings.decodeIfPresent([String].self, forKey: .factors) ?? [],
      standardError: try settings.decodeIfPresent(
        LikelihoodStandardError.self, forKey: .standardError) ?? .robust)
  }

  /// The units with their covariates.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    .units(covariates: covariates, factors: factors)
  }

  /// The standardised rates.
  ///
  /// - Throws: as ``GeneralizedLinearModel``; ``EstimationError/notBinary(arm:)``;
  ///   ``EstimationError/undefined`` where the data are not units.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard response.kind == .binary else { throw .wrongKindOfOutcome }
    guard let units = sample.units else { throw .undefined }
    for (arm, y) in zip(units.assignment, units.outcome) where y != 0 && y != 1 {
      throw .notBinary(arm: units.arms[arm])
    }
    let chosen = CovariateChoice(of: try units.regressors(columns), for: units)
    return try StandardizedMeans(sample: units, covariates: chosen.columns, exposure: nil)
      .marginalMeans(
        .rate, covariance: standardError.covariance(for: units), remarks: chosen.remarks
      ) { (design, _) throws(EstimationError) in
        try GeneralizedLinearModel(units.outcome, on: design, family: .binomial)
      }
  }
}
