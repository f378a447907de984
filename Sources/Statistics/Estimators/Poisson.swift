/// Compares counts by Poisson regression with an offset of log exposure, standardised over all units.
///
/// Estimand: events per unit of exposure if all units were assigned to an arm, over the exposure of
/// all; see ``StandardizedMeans``. Without covariates it is Σy/Σt of each arm, as ``RatioOfSums``.
/// Exposure is taken as given here, so it must not depend on the message. Uncertainty is HC1's with
/// the normal distribution, which holds however the counts vary, CR1's with J − 1 degrees of freedom
/// where J clusters were drawn (forty or more, please), or the likelihood's own (`model`), which is
/// too small for counts more variable than Poisson's, as nearly all are. Missing covariates, the cap
/// on their number and blocks are treated as by ``Lin``. Units without exposure and without events
/// say nothing and are left out.
///
/// Not with an arm without events (its coefficient is infinite), nor where messages change exposure.
///
/// In R: `glm(y ~ arm + x + offset(log(t)), poisson)`, then averages of predictions weighted by t and
/// the delta method from `sandwich::vcovHC(type = "HC1")`.
/// References: Gourieroux, Monfort & Trognon (1984), doi:10.2307/1913472; Ge, Durham, Meyer, Xie &
/// Thomas (2011), doi:10.1177/009286151104500409.
public struct Poisson: Estimator {
  /// `poisson`.
  public static let name = "poisson"
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
  /// - Throws: as ``GeneralizedLinearModel``; ``EstimationError/denominatorNotPositive(arm:)`` for a
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
      try GeneralizedLinearModel(units.outcome, on: design, family: .poisson, offset: offset)
    }
  }
}
