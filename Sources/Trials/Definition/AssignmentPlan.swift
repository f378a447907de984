/// What is randomised and counted.
public enum UnitOfObservation: Codable, Hashable, Sendable {
  /// A column identifies the unit.
  case column(String)
  /// Every row is a unit.
  case row
}

/// How units are given to arms.
public struct AssignmentPlan: Codable, Hashable, Sendable {
  /// The method's name in the trial file.
  public enum Method: String, Codable, CaseIterable, Hashable, Sendable {
    case simple, complete, blocked, clustered, hashed
    case permutedBlocks = "permuted_blocks"
    case matchedPairs = "matched_pairs"
    case rerandomized, minimized
    case biasedCoin = "biased_coin"
    case factorial
    case steppedWedge = "stepped_wedge"
    /// Nobody was drawn: last year against this year, or one town against another. Differences are shown, conclusions about
    /// effects are not.
    case notRandomised = "none"
  }

  /// What is done with blocks that have fewer units than there are arms.
  public enum SmallBlocks: String, Codable, CaseIterable, Hashable, Sendable {
    /// Nothing is drawn.
    case refuse
    /// They become one block.
    case merge
  }

  /// The method.
  public var method: Method
  /// Columns whose combinations are the blocks.
  public var blocks: [String]
  /// What is done with blocks that are too small.
  public var smallBlocks: SmallBlocks
  /// The column that names the cluster.
  public var clusters: String?
  /// The column that says which arm.
  public var column: String
  /// The list of whom to draw, relative to the folder of the trial file; nil where the command line names it.
  public var frame: String?
  /// Columns of numbers that pairs are alike in, or that a rerandomised draw balances.
  public var covariates: [String]
  /// Columns of categories that a minimised draw balances.
  public var factors: [String]
  /// What a factorial trial varies; its arms are the combinations.
  public var crossed: [CrossedFactor]
  /// When a stepped wedge is observed; nil for other methods.
  public var wedge: WedgePlan?
  /// Which share of draws a rerandomised draw accepts.
  public var acceptance: Double
  /// The probability of the arm that balances best in a minimised or biased-coin draw; nil is the design's own.
  public var coin: Double?
  /// Columns whose balance between the arms is shown after the draw.
  public var balance: [String]
  /// Whether arms stay sealed until they are released.
  public var isConcealed: Bool
  /// What tells a hashed draw from others; nil is the trial's identifier.
  public var salt: String?
  /// The part of a shared population that a hashed draw takes.
  public var layer: LayerShare?
}

/// When a stepped wedge is observed: clusters are drawn into one sequence fewer than there are periods, and sequence k has
/// the offer from the period after the k-th on.
public struct WedgePlan: Codable, Hashable, Sendable {
  /// The column that says into which sequence a row's cluster was drawn.
  public var sequence: String
  /// The column that says in which period a row was seen.
  public var column: String
  /// The periods as the data name them, in their order.
  public var periods: [String]

  /// How many sequences there are.
  public var sequences: Int { periods.count - 1 }
}

/// A part of a population that several trials share.
public struct LayerShare: Codable, Hashable, Sendable {
  /// The population's name, the same in all its trials.
  public var name: String
  /// The first slot of ``RandomAssignment/PopulationLayer``, in hundredths of a per cent.
  public var from: Int
  /// The slot after the last.
  public var to: Int
}
