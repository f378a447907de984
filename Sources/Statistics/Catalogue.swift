/// Every estimator and effect measure that a trial can name: one line each.
///
/// A test compares these lists with the files in `Estimators/` and `EffectMeasures/`, so that a new
/// method cannot be forgotten here.
public enum Catalogue {
  /// The estimators, at their default settings.
  public static let estimators: [any Estimator] = [
    DifferenceInMeans()
  ]

  /// The effect measures, in the order of the result table; the first that suits a kind of outcome
  /// is the scale on which that kind is tested and judged.
  public static let effectMeasures: [any EffectMeasure] = [
    RiskDifference(),
    MeanDifference(),
    RiskRatio(),
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

  /// The measures printed for a kind of outcome.
  public static func effectMeasures(for kind: Response.Kind) -> [any EffectMeasure] {
    effectMeasures.filter { type(of: $0).kinds.contains(kind) }
  }
}
