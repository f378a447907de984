import GSL

/// Adjusts the arms' rates by a logistic regression, and says them as rates again.
///
/// Estimand: the average effect of assignment (ITT), as ``DifferenceInMeans``: arms' rates if everybody
/// had got the arm, standardised over all units. With the arms' indicators in the model they are
/// consistent whether or not the logistic model is right; ``Lin`` is as good in large samples and needs no
/// iteration. Errors are HC1 of the scores (``CovarianceEstimator``), CR1 on the clusters' number less
/// one where clusters were drawn. Differences, ratios and odds ratios of the standardised rates follow;
/// the conditional odds ratio exp(β) is another estimand, further from 1.
///
/// Not where an arm has no event or nothing but events (``EstimationError/separation``), nor for fewer
/// than about ten events a coefficient.
///
/// In R: `glm(y ~ arm + x, binomial)`, then `marginaleffects::avg_predictions(variables = "arm", vcov =
/// "HC1")`. References: Freedman (2008), doi:10.1214/08-STS262; Rosenblum & van der Laan (2010),
/// doi:10.2202/1557-4679.1138.
public struct Logistic: Estimator {
  /// Whose covariance the coefficients have.
  public enum StandardError: String, Codable, CaseIterable, Hashable, Sendable {
    /// HC1; CR1 where clusters were drawn.
    case robust
    /// As if the family were right.
    case model
  }

  /// `logistic`.
  public static let name = "logistic"
  /// The words for `standard_error`.
  public static let settingWords = ["standard_error": StandardError.allCases.map(\.rawValue)]
  /// Rates of events.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [.binary: .rate]

  /// Columns of numbers.
  public var covariates: [String]
  /// Columns of categories: one indicator for each level after the first.
  public var factors: [String]
  /// Whose covariance the coefficients have.
  public var standardError: StandardError

  /// The covariates of both kinds.
  public var columns: [String] { covariates + factors }

  /// Makes the estimator.
  public init(
    covariates: [String] = [], factors: [String] = [], standardError: StandardError = .robust
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
      standardError: try settings.decodeIfPresent(StandardError.self, forKey: .standardError)
        ?? .robust)
  }

  /// The units with their covariates.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    .units(covariates: covariates, factors: factors)
  }

  /// The standardised means.
  ///
  /// - Throws: as ``GeneralizedLinearModel``; ``EstimationError/undefined`` where the data are not
  ///   units, or the model's errors are asked of clusters.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard let quantity = Self.quantities[response.kind] else { throw .wrongKindOfOutcome }
    guard let units = sample.units else { throw .undefined }
    let chosen = try CovariateChoice(of: columns, in: units)
    return try StandardizedMeans(
      units: units, covariates: chosen.columns,
      exposure: nil, errors: standardError == .model ? .model : .robust
    ).marginalMeans(
      quantity, remarks: chosen.remarks,
      fit: { (y, columns, offset) throws(EstimationError) in
        try GeneralizedLinearModel(y, on: columns, family: .binomial)
      }, logarithm: Elementary.logarithm)
  }
}
