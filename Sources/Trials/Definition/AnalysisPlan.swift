public import Statistics

/// How the results are computed.
public struct AnalysisPlan: Codable, Hashable, Sendable {
  /// The estimator with its settings.
  public var estimator: SelectedEstimator
  /// Confidence level, above 0.5 and below 1.
  public var level: Double
  /// The adjustment over the confirmatory tests.
  public var multiplicity: Multiplicity
  /// The column that says who took up the offer; asks for the effect on compliers.
  public var takeup: String?
}
