public import Statistics
public import Vocabulary

/// How the results are computed.
public struct AnalysisPlan: Codable, Hashable, Sendable {
  /// The estimator with its settings.
  public var estimator: SelectedEstimator
  /// Confidence level, above 0.5 and below 1.
  public var level: Double
  /// How the confirmatory tests are adjusted for their number.
  public var multiplicity: MultiplicityPlan
  /// The column that says who took up the offer; asks for the effect on compliers.
  public var takeup: String?
  /// Columns between whose values effects may differ.
  public var subgroups: [SubgroupPlan]
  /// When the trial is analysed; nil is once, at its end.
  public var looks: LookPlan?
  /// What stands beside the planned inference, for the primary outcomes.
  public var inference: [SupplementaryInference]
  /// What is believed about the primary outcomes' effects beforehand, for `bayes`.
  public var prior: NormalPrior?
  /// How many times arms or units are drawn again.
  public var draws: Int
  /// The seed of those draws.
  public var seed: UInt64
}

extension AnalysisPlan {
  /// The keys in use that need one row a unit.
  var keysForUnits: [String] {
    let drawnAgain = inference.filter { $0 != .bayes && $0 != .confidenceSequence }
    return (takeup == nil ? [] : ["takeup"]) + drawnAgain.map(\.rawValue)
      + (multiplicity == .maxT ? [multiplicity.name] : [])
  }

  /// Whether arms, units or clusters are drawn again for the primary outcomes.
  public var drawsAgain: Bool { keysForUnits.contains { $0 != "takeup" } }
}

/// Another way to a p-value or an interval, shown beside the planned one.
public enum SupplementaryInference: String, Codable, CaseIterable, Hashable, Sendable {
  /// Arms drawn again by the trial's own design.
  case randomization
  /// Units drawn again with replacement.
  case bootstrap
  /// Signs of whole clusters drawn again.
  case wildClusterBootstrap = "wild_cluster_bootstrap"
  /// Posterior distributions.
  case bayes
  /// An interval that holds at every moment at once.
  case confidenceSequence = "confidence_sequence"
}

/// A column between whose values effects may differ.
public struct SubgroupPlan: Codable, Hashable, Sendable {
  /// The column's name.
  public var column: String
  /// The name for readers.
  public var name: BilingualText
  /// Whether the column was chosen before anybody saw an outcome.
  public var isPlanned: Bool
  /// The values from the lowest to the highest, where the question is whether effects rise or fall with them; nil for any difference.
  public var order: [String]?
}
