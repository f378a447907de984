/// What is assumed about a trial before it begins, for `nudge plan`.
public struct PlanningAssumptions: Codable, Hashable, Sendable {
  /// What is asked for; the rest is given.
  public enum Unknown: String, Codable, CaseIterable, Hashable, Sendable {
    case effect, units, power, budget
  }

  /// What is asked for.
  public var solve: Unknown
  /// The wanted power.
  public var power: Double
  /// How many units in all arms together.
  public var units: Int?
  /// Yen in all.
  public var budget: Double?
  /// Yen that are spent whatever the number of units.
  public var fixedCost: Double
  /// The effect on those who take up, absolute.
  public var effect: Double?
  /// The control's rate or mean, by outcome or funnel step.
  public var baseline: [String: Double]
  /// The standard deviation within arms, by outcome.
  public var standardDeviation: [String: Double]
  /// Units in a cluster, on average.
  public var clusterSize: Double?
  /// How unequal clusters are: standard deviation over mean.
  public var clusterVariation: Double
  /// The intracluster correlation.
  public var intraclusterCorrelation: Double?
  /// The share of variance that blocks and covariates explain.
  public var explained: Double
  /// The share of units whose outcome will not be known.
  public var attrition: Double
  /// The share that takes up the offer.
  public var takeup: Double

  /// What holds where the file says nothing.
  public init() {
    solve = .effect
    power = 0.8
    fixedCost = 0
    baseline = [:]
    standardDeviation = [:]
    clusterVariation = 0
    explained = 0
    attrition = 0
    takeup = 1
  }
}
