import GSL

/// Compares counts by a Poisson regression with the logarithm of the exposure as offset.
///
/// Estimand: the arms' events per unit of exposure if everybody had got the arm, E[y]/E[exposure] without
/// covariates. Errors are HC1 (CR1 where clusters were drawn), so that counts may be more spread than
/// Poisson's; `standard_error: model` takes them at their word. Without covariates the rates are those of
/// ``RatioOfSums``; the interval of their ratio comes from the same test as their difference (Fieller),
/// not from exp(β̂ ± z·SE).
///
/// Not with the model's own errors unless variance and mean are known to be equal.
///
/// In R: `glm(y ~ arm + x + offset(log(e)), poisson)`, `sandwich::vcovHC(type = "HC1")`.
/// Reference: Wooldridge (1999), doi:10.1016/S0304-4076(98)00033-5.
public struct Poisson: Estimator {
  /// Whose covariance the coefficients have.
  public enum StandardError: String, Codable, CaseIterable, Hashable, Sendable {
    /// HC1; CR1 where clusters were drawn.
    case robust
    /// As if the family were right.
    case model
  }

  /// `poisson`.
  public static let name = "poisson"
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
        try GeneralizedLinearModel(y, on: columns, offset: offset, family: .poisson)
      }, logarithm: Elementary.logarithm)
  }
}
