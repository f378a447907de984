import GSL

/// The line of effects on moderators of the studies, with what the moderators leave unexplained.
///
///     yᵢ = β₀ + β₁xᵢ₁ + … + uᵢ + eᵢ,   var uᵢ = τ²,   var eᵢ = vᵢ known
///
/// The coefficients are weighted least squares with weights 1/(vᵢ + τ²). Moderators were not
/// randomised: a coefficient is an association between places, not an effect. With few studies to a
/// moderator a slope is found by chance; ten studies a moderator is a common floor.
///
/// R: `metafor::rma(yi, vi, mods = , method = , test = )`, v. 3.8.
public struct MetaRegression: Sendable {
  /// How a coefficient's standard error and its reference distribution follow.
  public enum Inference: String, CaseIterable, Codable, Hashable, Sendable {
    /// τ² taken as known and the normal distribution: too narrow with few studies.
    case wald
    /// The variance times Q(τ²)/(k − p) and t(k − p); never widened to at least the Wald one, as in
    /// R's `test = "knha"`. Hartung & Knapp (2001), doi:10.1002/sim.791; for regression Knapp &
    /// Hartung (2003), doi:10.1002/sim.1482.
    case hartungKnapp = "hartung_knapp"
  }

  /// One coefficient with its uncertainty.
  public typealias Coefficient = StudentEvidence

  /// The studies, in the order given.
  public let effects: [StudyEffect]
  /// How τ² was estimated.
  public let method: HeterogeneityMethod
  /// How the uncertainty was computed.
  public let inference: Inference
  /// The constant, then one slope a moderator.
  public let coefficients: [Coefficient]
  /// The coefficients' covariance matrix.
  public let covariance: [[Double]]
  /// τ², the variance between true effects that is left, on the squared scale of the effects.
  public let tauSquared: Double
  /// How much the studies differ around the line.
  public let heterogeneity: Heterogeneity
  /// The share of τ² that the moderators take away, from 0 to 1; nil where there was none to take.
  ///
  /// 1 − τ²/τ₀², at least 0, with τ₀² by the same method without moderators. Very uncertain below
  /// about forty studies.
  public let explainedHeterogeneity: Double?
  /// The test that every slope is zero; nil without moderators.
  public let moderatorTest: ModeratorTest?

  /// The test that every slope is zero: χ²(m), or F(m, k − p) by Hartung and Knapp.
  public struct ModeratorTest: Hashable, Sendable {
    /// Q_M, or F = Q_M/m over Hartung and Knapp's factor.
    public let statistic: Double
    /// m, the number of moderators.
    public let moderators: Int
    /// k − p for F; nil for χ².
    public let residualDegreesOfFreedom: Int?
    /// The upper tail.
    public let pValue: Double
  }

  let columns: [[Double]]

  /// Fits the line.
  ///
  /// - Parameters:
  ///   - effects: the studies.
  ///   - moderators: one array a moderator, each with one value a study; the constant is added.
  ///   - method: how τ² is estimated.
  ///   - inference: how standard errors and their distribution follow.
  /// - Throws: ``MetaAnalysisError``: bad input with its study, too few studies for the
  ///   coefficients and τ², moderators that cannot be told apart.
  public init(
    _ effects: [StudyEffect], moderators: [[Double]] = [],
    method: HeterogeneityMethod = .restrictedMaximumLikelihood, inference: Inference = .wald
  ) throws(MetaAnalysisError) {
    let columns = try Self.columns(for: effects, moderators)
    let k = effects.count
    let p = columns.count
    guard k >= p else { throw .tooFewStudies(count: k, needed: p) }
    if inference == .hartungKnapp, k == p { throw .tooFewStudies(count: k, needed: p + 1) }

    let search = BetweenStudyVariance(effects: effects, columns: columns)
    let tauSquared = method == .equalEffects ? 0 : try search.estimate(method)
    let fit = try WeightedFit(effects, columns: columns, tauSquared: tauSquared)
    var factor = 1.0
    if inference == .hartungKnapp {
      factor = fit.sumOfSquares / Double(k - p)
      // Distances from the line in the last digits of the effects are rounding.
      let size = effects.reduce(0) { $0 + $1.value * $1.value / ($1.variance + tauSquared) }
      guard fit.sumOfSquares > 1e-28 * size else { throw .noVariation }
    }
    let covariance = fit.covariance.map { row in row.map { $0 * factor } }
    let degreesOfFreedom = inference == .hartungKnapp ? Double(k - p) : nil
    coefficients = fit.coefficients.indices.map {
      Coefficient(
        estimate: fit.coefficients[$0], standardError: covariance[$0][$0].squareRoot(),
        degreesOfFreedom: degreesOfFreedom)
    }
    guard coefficients.allSatisfy({ $0.standardError > 0 && $0.standardError.isFinite }) else {
      throw .numericalFailure
    }
    self.effects = effects
    self.method = method
    self.inference = inference
    self.covariance = covariance
    self.tauSquared = tauSquared
    self.columns = columns
    heterogeneity = try Heterogeneity(
      search, tauSquared: method == .equalEffects ? nil : tauSquared)

    guard p > 1 else {
      explainedHeterogeneity = nil
      moderatorTest = nil
      return
    }
    let constant = BetweenStudyVariance(effects: effects, columns: Array(columns.prefix(1)))
    let total = try constant.estimate(method)
    explainedHeterogeneity = total > 0 ? max(0, 1 - tauSquared / total) : nil
    // At one τ² Wald's statistic is what the moderators take from the sum of squares.
    let without = try WeightedFit(effects, columns: constant.columns, tauSquared: tauSquared)
    let explained = max(0, without.sumOfSquares - fit.sumOfSquares)
    moderatorTest = try Self.test(
      explained, moderators: p - 1, factor: factor,
      residual: inference == .hartungKnapp ? k - p : nil)
  }

  private static func columns(
    for effects: [StudyEffect], _ moderators: [[Double]]
  ) throws(MetaAnalysisError) -> [[Double]] {
    guard !effects.isEmpty else { throw .tooFewStudies(count: 0, needed: 1) }
    guard moderators.allSatisfy({ $0.count == effects.count }) else { throw .malformed }
    for (study, effect) in effects.enumerated() {
      guard effect.value.isFinite, moderators.allSatisfy({ $0[study].isFinite }) else {
        throw .notFinite(study: study)
      }
      guard effect.variance > 0, effect.variance.isFinite else {
        throw .varianceNotPositive(study: study)
      }
    }
    return [Array(repeating: 1, count: effects.count)] + moderators
  }

  private static func test(
    _ explained: Double, moderators: Int, factor: Double, residual: Int?
  ) throws(MetaAnalysisError) -> ModeratorTest {
    let m = Double(moderators)
    let statistic = residual == nil ? explained : explained / m / factor
    let tail: Double? =
      if let residual {
        FisherF(m, Double(residual))?.upperTail(statistic)
      } else {
        ChiSquared(degreesOfFreedom: m)?.upperTail(statistic)
      }
    guard let tail else { throw .numericalFailure }
    return ModeratorTest(
      statistic: statistic, moderators: moderators, residualDegreesOfFreedom: residual, pValue: tail
    )
  }
}
