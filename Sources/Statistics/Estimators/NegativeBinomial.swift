/// Compares counts by negative binomial regression (NB2), standardised over all units.
///
/// Estimand and settings as ``Poisson``; the variance of a count is μ + αμ², α by maximum likelihood
/// (``NegativeBinomialModel``), which weighs units by how much they say where counts vary more than
/// Poisson's. Where they do not, α is 0 and the answer is Poisson's.
///
/// Its link is not the canonical one: with unequal exposures or covariates the means are not Σy/Σt, and
/// they rest on the model where exposure and rate are related or the variance is another. Prefer ``Poisson`` with robust errors unless the plan says otherwise. Counts must be
/// whole.
///
/// In R: `MASS::glm.nb(y ~ arm + x + offset(log(t)))`, then as ``Poisson``.
/// References: Lawless (1987), doi:10.2307/3314912; Ge, Durham, Meyer, Xie & Thomas (2011),
/// doi:10.1177/009286151104500409.
public struct NegativeBinomial: Estimator {
  /// `negative_binomial`.
  public static let name = "negative_binomial"
  /// The words for `standard_error`.
  public static let settingWords = [
    "standard_error": LikelihoodStandardError.allCases.map(\.rawValue)
  ]
  /// Counts over their exposure.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [.count: .ratio]

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

  /// The standardised rates of events per unit of exposure.
  ///
  /// - Throws: as ``NegativeBinomialModel``; ``EstimationError/denominatorNotPositive(arm:)`` for a
  ///   unit without exposure that has events, or with an exposure below 0;
  ///   ``EstimationError/undefined`` where the data are not units.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard response.kind == .count else { throw .wrongKindOfOutcome }
    guard let units = try sample.units?.exposed(of: response) else { throw .undefined }
    let chosen = CovariateChoice(of: try units.regressors(columns), for: units)
    return try StandardizedMeans(
      sample: units, covariates: chosen.columns,
      exposure: response.columns.count > 1 ? units.response[1] : nil
    ).marginalMeans(
      .ratio, covariance: standardError.covariance(for: units), remarks: chosen.remarks
    ) { (design, offset) throws(EstimationError) in
      try NegativeBinomialModel(units.outcome, on: design, offset: offset).model
    }
  }
}
