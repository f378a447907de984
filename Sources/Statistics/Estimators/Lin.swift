/// Adjusts the arms' means for what was known before assignment, with slopes of its own for each arm.
///
/// Estimand: the average effect of assignment (ITT) over all units, as ``DifferenceInMeans`` without
/// adjustment; see ``LinAdjustment`` for the regression. Uncertainty is HC2 with the degrees of
/// freedom of Bell and McCaffrey, or CR2 with Satterthwaite's where clusters were drawn. Blocks stand
/// in the regression as indicators when each holds at least five units of every arm.
///
/// A covariate that lacks up to a tenth of its values is filled with the mean of the known ones; one
/// that lacks more becomes 0 where unknown, with an indicator beside it: both use nothing but
/// pre-treatment data, so they cost no bias. At most a twentieth as many covariates are used as units
/// (clusters, where those were drawn), the first in the author's order; each of these steps is a
/// ``MarginalMeans/Remark``.
///
/// Not for anything measured after assignment. With one covariate, the same measurement before the
/// trial, this is CUPED, ȳₐ − θₐ(x̄ₐ − x̄) with θₐ = cov(x, y)/var(x) within the arm; one θ for all
/// arms, as CUPED's authors have it, can be less precise than no adjustment when arms are of unequal
/// size and slopes differ.
///
/// In R: `estimatr::lm_lin(y ~ arm, covariates = ~ x)`; the degrees of freedom as
/// `clubSandwich::coef_test(test = "Satterthwaite")`.
/// References: Lin (2013), doi:10.1214/12-AOAS583; Imbens & Kolesár (2016),
/// doi:10.1162/REST_a_00552; Deng, Xu, Kohavi & Walker (2013), doi:10.1145/2433396.2433413.
public struct Lin: Estimator {
  /// How uncertainty is computed.
  public enum StandardError: String, Codable, CaseIterable, Hashable, Sendable {
    /// HC2 with Bell and McCaffrey's degrees of freedom; CR2 for clusters.
    case robust
    /// Without regard to clusters, to reproduce published tables.
    case classical, hc0, hc1, hc2, hc3
    /// Older estimators for clusters, to reproduce published tables.
    case cr0, cr1
  }

  /// `lin`.
  public static let name = "lin"
  /// The words for `standard_error`.
  public static let settingWords = ["standard_error": StandardError.allCases.map(\.rawValue)]
  /// Rates of binary outcomes, means of numbers.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [
    .binary: .rate, .continuous: .mean,
  ]

  /// Columns of numbers.
  public var covariates: [String]
  /// Columns of categories: one indicator for each level after the first.
  public var factors: [String]
  /// How uncertainty is computed.
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

  /// Numbers as covariates of units drawn one by one, with an error that looks at a row at a time.
  public func adjustment(
    of response: Response, drawnIn groups: DrawnGroups
  ) -> AdjustmentNeed? {
    guard factors.isEmpty, groups == DrawnGroups(), Self.quantities[response.kind] != nil,
      !covariates.contains(response.column), Set(covariates).count == covariates.count
    else { return nil }
    let covariance: CovarianceEstimator? =
      switch standardError {
      case .robust: .hc2BellMcCaffrey
      case .hc0: .hc0
      case .hc2: .hc2
      case .hc3: .hc3
      case .classical, .hc1, .cr0, .cr1: nil
      }
    return covariance.map {
      AdjustmentNeed(set: VariableSet([response.column] + covariates), covariance: $0)
    }
  }

  /// The adjusted means.
  ///
  /// - Throws: as ``LinAdjustment``; ``EstimationError/undefined`` where the data are not units, or
  ///   an estimator for clusters is asked of a draw without them.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard let quantity = Self.quantities[response.kind] else { throw .wrongKindOfOutcome }
    guard let units = sample.units else {
      guard let adjustment = sample.adjustment else { throw .undefined }
      return try adjustment.marginalMeans(quantity)
    }
    let chosen = CovariateChoice(of: try units.regressors(columns), for: units)
    return try AdjustedMeans(
      sample: units, covariates: chosen.columns, covariance: try covariance(for: units)
    ).marginalMeans(quantity, remarks: chosen.remarks)
  }

  private func covariance(
    for units: UnitSample
  ) throws(EstimationError) -> CovarianceEstimator {
    switch (standardError, units.clusters) {
    case (.robust, nil): return .hc2BellMcCaffrey
    case (.robust, let clusters?): return .cr2(clusters)
    case (.cr0, let clusters?): return .cr0(clusters)
    case (.cr1, let clusters?): return .cr1(clusters)
    case (.cr0, nil), (.cr1, nil): throw .undefined
    case (.classical, _): return .classical
    case (.hc0, _): return .hc0
    case (.hc1, _): return .hc1
    case (.hc2, _): return .hc2
    case (.hc3, _): return .hc3
    }
  }
}
