import GSL

/// Compares counts by a negative binomial regression: variance μ + μ²/θ with θ by maximum likelihood.
///
/// Estimand: as ``Poisson``. Where counts are over-dispersed it weighs units better; where they are not, θ
/// is infinite and this is ``Poisson``. Errors are HC1 with θ taken as known (CR1 where clusters were
/// drawn).
///
/// Not as the only analysis: its link is not the canonical one, so with covariates the standardised rates
/// rest on the model being right, which those of ``Poisson`` do not.
///
/// In R: `MASS::glm.nb(y ~ arm + x + offset(log(e)))`, `sandwich::vcovHC(type = "HC1")`.
/// Reference: Lawless (1987), doi:10.2307/3314912.
public struct NegativeBinomial: Estimator {
  /// Whose covariance the coefficients have.
  public enum StandardError: String, Codable, CaseIterable, Hashable, Sendable {
    /// HC1; CR1 where clusters were drawn.
    case robust
    /// As if the family were right.
    case model
  }

  /// `negative_binomial`.
  public static let name = "negative_binomial"
  /// The words for `standard_error`.
  public static let settingWords = ["standard_error": StandardError.allCases.map(\.rawValue)]
  /// Events over exposure.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [.count: .ratio]

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
      exposure: units.response.count > 1 ? units.response[1] : nil,
      errors: standardError == .model ? .model : .robust
    ).marginalMeans(
      quantity, remarks: chosen.remarks,
      fit: { (y, columns, offset) throws(EstimationError) in
        try GeneralizedLinearModel.negativeBinomial(y, on: columns, offset: offset)
      }, logarithm: Elementary.logarithm)
  }
}
