/// Every estimator and effect measure that a trial can name: one line each.
///
/// A test compares these lists with the files in `Estimators/` and `EffectMeasures/`, so that a new
/// method cannot be forgotten here.
public enum Catalogue {
  /// The estimators, at their default settings.
  public static let estimators: [any Estimator] = [
    DifferenceInMeans(),
    Lin(),
    RatioOfSums(),
    OrderStatistics(),
    RestrictedMean(),
    Cox(),
    Logistic(),
    Poisson(),
    NegativeBinomial(),
    PostStratified(),
    Hajek(),
    HorvitzThompson(),
    TwoWay(),
  ]

  /// What a reader wants to see beside the planned estimator: the comparison without adjustment.
  public static func companions(for kind: Response.Kind) -> [any Estimator] {
    switch kind {
    case .binary, .continuous: [DifferenceInMeans()]
    case .timeToEvent: [Cox()]
    case .count, .ratio, .quantile: []
    }
  }

  /// The effect measures, in the order of the result table; the first that suits a kind of outcome
  /// is the scale on which that kind is tested and judged.
  public static let effectMeasures: [any EffectMeasure] = [
    RiskDifference(),
    MeanDifference(),
    RateDifference(),
    QuantileDifference(),
    RestrictedMeanDifference(),
    HazardRatio(),
    RiskRatio(),
    RateRatio(),
    RelativeLift(),
    OddsRatio(),
    NumberNeededToTreat(),
    CohensH(),
    CohensD(),
    HedgesG(),
  ]

  /// The estimator of a name at its default settings, or nil.
  public static func estimator(named name: String) -> (any Estimator)? {
    estimators.first { type(of: $0).name == name }
  }

  /// The scales on which a quantity is compared; on the first it is tested and judged.
  public static func effectMeasures(
    for quantity: MarginalMeans.Quantity
  ) -> [any EffectMeasure] {
    effectMeasures.filter { type(of: $0).quantities.contains(quantity) }
  }

  /// The estimator of a kind of outcome where the author names none that suits it.
  public static func defaultEstimator(for kind: Response.Kind) -> (any Estimator)? {
    estimators.first { type(of: $0).quantities[kind] != nil }
  }
}
