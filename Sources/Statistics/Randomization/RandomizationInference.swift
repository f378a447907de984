import RandomAssignment

/// Randomisation inference for a trial's contrast: arms are drawn again by the trial's own design.
///
/// Estimand: a constant effect on every unit. p is the share of the assignments whose studentised
/// difference is at least as large in absolute value as the one seen (``RandomizationTest``): all of
/// them where they are no more than `draws`, else `draws` random ones and (b + 1)/(B + 1). Units are
/// drawn one by one, within blocks or as whole clusters, with the realised numbers; in a trial with
/// several arms only the units of the two arms that are compared, since the others' outcomes under
/// these arms are not known. The interval holds the effects that the same test, with the same draws,
/// does not reject.
///
/// Outcomes: means and rates; ratios and counts over exposure through sums over sums; times to an
/// event through pseudo-values of the restricted mean. Where the planned estimator adjusts for
/// covariates, outcomes and effects are replaced by what a regression on the covariates, without the
/// arms, leaves over.
///
/// In a stepped wedge whole sequences are drawn again, and the statistic is the effect of ``TwoWay`` over its
/// cluster-robust error.
///
/// The test is exact for the sharp null hypothesis and, being studentised, valid in large samples for
/// the weak one. Few possible assignments allow few p-values: six units in two arms never give one
/// below 2/20, and the interval is then unbounded.
///
/// In R: `ri2::conduct_ri`, `ri2::ri_ci`. References: Rosenbaum (2002), doi:10.1214/ss/1042727942;
/// Wu & Ding (2021), doi:10.1080/01621459.2020.1750415.
public struct RandomizationInference: UnitInference, Hashable {
  /// `randomization`.
  public static let name = "randomization"
  /// How many draws.
  public var draws: Int
  /// The seed of the draws.
  public var seed: UInt64

  /// Makes the inference.
  public init(draws: Int = 10_000, seed: UInt64 = 1) {
    self.draws = draws
    self.seed = seed
  }

  /// Everything but quantiles.
  public func applies(to kind: Response.Kind, drawnIn groups: DrawnGroups) -> Bool {
    kind != .quantile
  }

  /// Draws and tests.
  ///
  /// - Throws: what the estimator throws; ``EstimationError/noVariation`` where nothing else could
  ///   have been drawn; ``EstimationError/undefined`` where a cluster has two arms.
  public func estimate(
    _ contrast: Contrast, of response: Response, in units: UnitSample, by estimator: any Estimator
  ) throws(EstimationError) -> Estimate {
    guard let arm = units.arms.firstIndex(of: contrast.arm),
      let control = units.arms.firstIndex(of: contrast.control)
    else { throw .undefined }
    for (place, name) in [(arm, contrast.arm), (control, contrast.control)]
    where !units.assignment.contains(place) {
      throw .noUnits(arm: name)
    }
    let means = try estimator.marginalMeans(
      of: response, in: Sample(cells: units.cells(of: response), units: units), arms: units.arms)
    let difference: any RedrawnStatistic
    if case .wedge(let wedge) = units.redrawing {
      guard response.columns.count == 1, arm == 1 else { throw .wrongKindOfOutcome }
      difference = try RedrawnWedge(units, wedge, draws: draws, seed: seed)
    } else {
      let covariates = units.covariates(of: estimator)
      let drawn = try DrawnTotals(
        units, response: response, arms: [arm, control], treated: arm, covariates: covariates)
      difference = try RedrawnDifference(drawn, treated: arm, draws: draws, seed: seed)
    }
    let compared = try? MeanComparison(contrast, in: means)
    return Estimate(
      value: compared?.difference ?? difference.difference,
      statistic: difference.statistic(theta: 0), standardErrorType: .randomization,
      evidence: RandomizationEvidence(difference))
  }
}

/// What the re-drawn differences say about a constant effect.
public struct RandomizationEvidence: Evidence {
  private let redrawn: any RedrawnStatistic

  init(_ redrawn: any RedrawnStatistic) {
    self.redrawn = redrawn
  }

  /// 0.
  public var noEffect: Double { 0 }
  /// Whether every possible assignment was visited.
  public var isExact: Bool { redrawn.isExact }
  /// How many assignments were visited or drawn.
  public var draws: Int { redrawn.count }

  /// The two-sided p-value of a constant effect.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    guard null.isFinite else { throw .undefined }
    return redrawn.pValue(theta: null)
  }

  /// The effects that are not rejected.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    let centre = redrawn.difference
    let statistic = redrawn.statistic(theta: 0)
    let scale = statistic.isFinite && statistic != 0 ? abs(centre / statistic) : abs(centre)
    return invertedTest(at: 1 - level, around: centre, scale: scale, pValue: redrawn.pValue)
  }
}
