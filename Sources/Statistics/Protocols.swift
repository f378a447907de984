// The three orthogonal questions of an analysis. n estimators, m effect measures and k kinds of
// inference make n + m + k files; any of one goes with any of the others.

/// How the arms' means are found: by plain averages, by regression adjustment, …
///
/// A conforming type's stored properties are its settings in the trial file: what it decodes is what
/// an author may write, `{difference_in_means: {variance: pooled}}`, and what it encodes at its
/// defaults are the names that are accepted.
public protocol Estimator: Codable, Hashable, Sendable {
  /// The name in the trial file, such as `difference_in_means`.
  static var name: String { get }
  /// For settings that are one of a few words: the words, for the message about a wrong one.
  static var settingWords: [String: [String]] { get }
  /// The columns of the data that its settings name.
  var columns: [String] { get }
  /// What it estimates, for each kind of outcome that it accepts.
  static var quantities: [Response.Kind: MarginalMeans.Quantity] { get }
  /// What it must see of an outcome, given how units were drawn.
  func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed
  /// The moments that, read twice, serve instead of units; nil, unless an estimator says otherwise.
  func adjustment(of response: Response, drawnIn groups: DrawnGroups) -> AdjustmentNeed?
  /// The set of which each cluster's moments serve instead of units (``ClusterTotals``); nil, unless an estimator says otherwise.
  func clusterTotals(of response: Response, drawnIn groups: DrawnGroups) -> VariableSet?
  /// The arms' means with their joint uncertainty.
  ///
  /// - Parameters:
  ///   - response: the outcome.
  ///   - sample: what ``need(for:drawnIn:)`` asked for, or ``adjustment(of:drawnIn:)`` or ``clusterTotals(of:drawnIn:)`` in its
  ///     place.
  ///   - arms: the arms' identifiers, in the order of the trial.
  /// - Returns: one mean an arm.
  /// - Throws: ``EstimationError`` when not even a mean exists.
  func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans
}

extension Estimator {
  /// None, unless an estimator says otherwise.
  public static var settingWords: [String: [String]] { [:] }
  /// None, unless an estimator says otherwise.
  public var columns: [String] { [] }
  /// None, unless an estimator says otherwise.
  public func adjustment(of response: Response, drawnIn groups: DrawnGroups) -> AdjustmentNeed? {
    nil
  }
  /// None, unless an estimator says otherwise.
  public func clusterTotals(
    of response: Response, drawnIn groups: DrawnGroups
  ) -> VariableSet? {
    nil
  }
}

/// On which scale two arms are compared: difference, ratio, odds ratio, …
public protocol EffectMeasure: Hashable, Sendable {
  /// The name in the result table, such as `risk_difference`.
  static var name: String { get }
  /// The quantities that can be compared on this scale.
  static var quantities: Set<MarginalMeans.Quantity> { get }
  /// The value that means no effect: 0 for differences, 1 for ratios.
  static var noEffect: Double { get }
  /// Compares two arms.
  ///
  /// - Throws: ``EstimationError`` when neither a value nor a bound exists.
  func estimate(_ contrast: Contrast, from means: MarginalMeans) throws(EstimationError) -> Estimate
}

extension EffectMeasure {
  /// 0, unless a measure says otherwise.
  public static var noEffect: Double { 0 }
}

/// How an estimate becomes a p-value and an interval: once at a fixed horizon, at several looks, …
public protocol Inference: Hashable, Sendable {
  /// The name in the trial file, such as `fixed`.
  static var name: String { get }
  /// The two-sided p-value of no effect.
  func pValue(of estimate: Estimate) throws(EstimationError) -> Double
  /// The confidence set.
  func interval(of estimate: Estimate, level: Double) throws(EstimationError) -> Interval
}
