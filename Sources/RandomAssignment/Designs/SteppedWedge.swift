/// Everyone gets the offer in the end; by lot, some clusters get it earlier.
///
/// Clusters are drawn into sequences, which are the design's arms. With K sequences there are K + 1
/// periods: in period 0 nobody has the offer, and sequence k (from 0) has it from period k + 1 on. For offers
/// that cannot be withheld for good, such as a new service in every ward.
///
/// The effect is confounded with time unless the analysis compares within periods; re-draw whole
/// sequences for a test (`RandomizationTest`). A parallel trial of the same clusters needs fewer
/// measurements. In R: `randomizr::cluster_ra(num_arms = K)`.
/// Reference: Hussey & Hughes (2007), doi:10.1016/j.cct.2006.05.007.
public struct SteppedWedge: AssignmentDesign {
  /// `stepped_wedge`.
  public static let name = "stepped_wedge"
  /// The sequences, in the order in which they get the offer, with their shares of the clusters.
  public var arms: [Arm]
  /// Whether clusters are drawn inside the blocks of their members.
  public var isBlocked: Bool

  /// Makes the design from its sequences.
  public init(arms: [Arm], isBlocked: Bool = false) {
    self.arms = arms
    self.isBlocked = isBlocked
  }

  /// Makes the design of equal sequences, `sequence1`, `sequence2`, …
  public init(sequences: Int, isBlocked: Bool = false) {
    self.init(
      arms: (0..<max(sequences, 0)).map { Arm(id: "sequence\($0 + 1)") }, isBlocked: isBlocked)
  }

  /// How many periods there are: one more than sequences.
  public var periods: Int { arms.count + 1 }

  /// Whether a sequence has the offer in a period; both from 0.
  public func hasOffer(sequence: Int, period: Int) -> Bool { period > sequence }

  /// The probability, before the draw, that a cluster has the offer in a period; 0 where the
  /// sequences are not valid.
  public func probabilityOfOffer(inPeriod period: Int) -> Double {
    guard let total = try? totalShare() else { return 0 }
    let before = arms.prefix(min(max(period, 0), arms.count)).reduce(0) { $0 + $1.share }
    return Double(before) / Double(total)
  }

  /// Draws a sequence for every unit, by its cluster.
  ///
  /// - Throws: as ``ClusteredAssignment``.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    try ClusteredAssignment(arms: arms, isBlocked: isBlocked).assign(units, using: &generator)
  }
}
