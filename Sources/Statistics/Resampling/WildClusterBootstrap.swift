import RandomAssignment

/// The wild cluster bootstrap-t with the null imposed: an effect's test where clusters are few.
///
/// Estimand: the coefficient β of an arm's indicator in the regression of the outcome on it, an
/// intercept, blocks and, for an estimator with covariates, the centred covariates with slopes by arm;
/// only the units of the two arms. For a null value θ₀ the regression is fitted without the indicator to
/// y − θ₀d; each draw multiplies every cluster's residuals by one random weight, and
///
///     t* = (β* − θ₀)/SE*   with the cluster-robust (CR1) SE* of the draw,
///
/// is computed as t is. p is the share of |t*| ≥ |t|, or twice the smaller of the shares of t* ≤ t and of
/// t* ≥ t (``WildClusterEvidence/Tails``). Weights are ±1 (Rademacher), all 2^G of them where those are
/// no more than `draws`; for fewer than ten clusters Webb's six points ±√½, ±1, ±√1.5. A draw costs a
/// pass over the clusters, not a regression, and holds its t* for every θ₀.
///
/// Where clusters were drawn in pairs, a pair gets one weight and is the cluster of SE*: with a weight for
/// each cluster the test rejects too often.
///
/// Not where an arm has a single cluster or two: no reweighting helps there, and the test hardly ever
/// rejects (randomisation inference is exact).
///
/// In R: `fwildclusterboot::boottest(impose_null = TRUE)`. References: Cameron, Gelbach & Miller (2008),
/// doi:10.1162/rest.90.3.414; Roodman, MacKinnon, Nielsen & Webb (2019),
/// doi:10.1177/1536867X19830877; Webb (2023), doi:10.1111/caje.12661; de Chaisemartin &
/// Ramirez-Cuellar (2024), At what level should one cluster standard errors in paired and small-strata
/// experiments?, American Economic Journal: Applied Economics 16.
public struct WildClusterBootstrap: UnitInference, Hashable {
  /// By what clusters' residuals are multiplied.
  public enum Weights: String, Codable, CaseIterable, Hashable, Sendable {
    /// Rademacher's from ten clusters on, else Webb's.
    case automatic
    case rademacher, webb
  }

  /// `wild_cluster_bootstrap`.
  public static let name = "wild_cluster_bootstrap"
  /// How many draws.
  public var draws: Int
  /// The seed of the draws.
  public var seed: UInt64
  /// By what clusters' residuals are multiplied.
  public var weights: Weights
  /// What counts as at least as extreme.
  public var tails: WildClusterEvidence.Tails

  /// Makes the inference.
  public init(
    draws: Int = 9_999, seed: UInt64 = 1, weights: Weights = .automatic,
    tails: WildClusterEvidence.Tails = .symmetric
  ) {
    self.draws = draws
    self.seed = seed
    self.weights = weights
    self.tails = tails
  }

  /// Rates and means where whole clusters were drawn.
  public func applies(to kind: Response.Kind, drawnIn groups: DrawnGroups) -> Bool {
    groups.hasClusters && (kind == .binary || kind == .continuous)
  }

  /// Draws and tests.
  ///
  /// - Throws: ``EstimationError/tooFewClusters(arm:count:)`` for an arm with fewer than two clusters;
  ///   ``EstimationError/wrongKindOfOutcome``; ``EstimationError/noVariation`` where the regression
  ///   leaves nothing over; else what the estimator throws.
  public func estimate(
    _ contrast: Contrast, of response: Response, in units: UnitSample, by estimator: any Estimator
  ) throws(EstimationError) -> Estimate {
    guard response.kind == .binary || response.kind == .continuous else {
      throw .wrongKindOfOutcome
    }
    let model = try WildClusterModel(
      contrast, in: units, covariates: units.covariates(of: estimator))
    let (draws, isExact) = drawn(of: model)
    let evidence = WildClusterEvidence(model: model, draws: draws, isExact: isExact, tails: tails)
    let means = try estimator.marginalMeans(
      of: response, in: Sample(cells: units.cells(of: response), units: units), arms: units.arms)
    let compared = try? MeanComparison(contrast, in: means)
    return Estimate(
      value: compared?.difference ?? model.coefficient, statistic: model.statistic(theta: 0),
      standardErrorType: .wildClusterBootstrap, evidence: evidence)
  }

  /// The draws, and whether they are all that there are.
  private func drawn(of model: WildClusterModel) -> ([WildClusterModel.Draw], isExact: Bool) {
    let clusters = model.clusterCount
    let usesWebb = weights == .webb || (weights == .automatic && clusters < 10)
    if !usesWebb, clusters < 31, 1 << clusters <= max(draws, 1) {
      let all = inStretches(of: 1 << clusters, length: 256) { stretch in
        stretch.map { signs in
          model.draw((0..<clusters).map { signs >> $0 & 1 == 0 ? 1.0 : -1 })
        }
      }.flatMap(\.self)
      return (all, true)
    }
    let webb = [0.5, 1.0, 1.5].map { $0.squareRoot() }
    let points = usesWebb ? webb + webb.map { -$0 } : [1, -1]
    let found = replicates(max(draws, 1), seed: seed) { generator in
      model.draw((0..<clusters).map { _ in points[generator.uniformInteger(below: points.count)] })
    }
    return (found, false)
  }
}
