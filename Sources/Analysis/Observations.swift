public import Statistics

/// The data of a trial, reduced to what the analysis needs: from here on nobody looks at a row.
///
/// Any source can fill it: rows in memory, a table of counts, later a database that computed the
/// moments itself.
public struct Observations: Sendable {
  /// One outcome in one cohort.
  public struct Subject: Hashable, Sendable {
    /// The outcome's identifier.
    public var outcome: String
    /// The cohort's identifier; nil is everyone.
    public var cohort: String?

    /// Makes a subject.
    public init(outcome: String, cohort: String? = nil) {
      self.outcome = outcome
      self.cohort = cohort
    }

    /// The name of a subgroup where a cohort's stands; no identifier contains `=`.
    static func subgroup(_ column: String, _ level: String) -> String { "\(column)=\(level)" }
  }

  /// What the arms show for one subject.
  public struct Showing: Sendable {
    /// What the estimators look at.
    public var sample: Sample { didSet { found = FoundMeans() } }
    /// What they said of it.
    private(set) var found = FoundMeans()
    /// The units whose take-up is known too, with the outcome and take-up as their response.
    public var takeup: UnitSample?
    /// Each arm's known outcomes beside the number of missing ones, where some are missing.
    public var responses: [String: ArmResponse] = [:]
    /// Everyone to whom the outcome applies, 1 where it is missing, with blocks and clusters; nil where
    /// nothing is missing or units were drawn one by one.
    public var gaps: UnitSample?
    /// Units of each arm to whom the outcome applies but for whom it is missing.
    public var missing: [String: Int]

    /// Makes a showing.
    public init(_ sample: Sample = Sample(), missing: [String: Int] = [:]) {
      self.sample = sample
      self.missing = missing
    }

    /// What an estimator says of the sample.
    func means(
      of response: Response, arms: [String], by estimator: any Estimator
    ) -> Result<MarginalMeans, EstimationError> {
      found.means(of: response, in: sample, arms: arms, by: estimator)
    }
  }

  /// How many units of an arm reached one step of the funnel.
  public struct Passage: Sendable {
    /// Units that reached the step.
    public var reached = 0
    /// Units for whom it is not known.
    public var missing = 0
    /// Units that reached the step without having reached the one before.
    public var outOfOrder = 0

    /// Nobody yet.
    public init() {}
  }

  /// Rows in the source, whether analysed or not.
  public var rows = 0
  /// Units of each arm in the population.
  public var units: [String: Int] = [:]
  /// Clusters of each arm with a unit in the population; empty where units were drawn one by one.
  public var clusters: [String: Int] = [:]
  /// What the arms show, by outcome and cohort.
  public var showings: [Subject: Showing] = [:]
  /// The values that occur, by the subgroups' columns.
  public var levels: [String: [String]] = [:]
  /// The units of which every primary outcome is known, with all their columns, outcome by outcome;
  /// nil where no adjustment draws them together.
  public var primaryUnits: UnitSample?
  /// By funnel column, then by arm.
  public var funnel: [String: [String: Passage]] = [:]
  /// By funnel column, what its comparison looks at where units were drawn in blocks or clusters: 1
  /// for units that reached the step and 0 for all others.
  public var funnelSamples: [String: Sample] = [:]
  /// Units that do not satisfy the population's condition.
  public var outsidePopulation = 0
  /// Units that carry no arm.
  public var withoutArm = 0
  /// Unit identifiers that stand more than once: how many rows too many, and some examples.
  ///
  /// Nil where the identifiers stayed with somebody who sent sums alone.
  public var duplicates: (count: Int, examples: [String])? = (0, [])

  /// How alike the arms were in what was known before the draw; empty for counts.
  var balance: [BalanceRow] = []
  /// Which groups hold which; empty where nothing is hidden from anybody.
  var families: [GroupFamily] = []

  /// No data.
  public init() {}
}
