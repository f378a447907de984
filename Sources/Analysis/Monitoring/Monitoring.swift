/// What can be seen of a running trial without knowing which message does better.
///
/// Nothing here is broken down by arm, so that whoever watches the trial cannot, even by accident, learn
/// how the arms fare; ``look`` alone does, once the plan allows it.
public struct Monitoring: Codable, Hashable, Sendable {
  /// The trial.
  public var trial: String
  /// Rows of the data.
  public var rows: Int
  /// Rows of the population.
  public var units: Int
  /// Rows outside the population.
  public var outsidePopulation: Int
  /// Rows without an arm.
  public var withoutArm: Int
  /// Identifiers that stand more than once.
  public var duplicates: Int
  /// The data beside the drawn list; nil where nobody was drawn by nudge.
  public var drawn: Check.DrawnTally?
  /// Whether arms that are left to chance turn out as planned; nil for designs that fix their sizes.
  public var sampleRatio: SampleRatioWatch?
  /// Units whose received message is another than the drawn one; nil where it is not recorded.
  public var crossovers: Crossovers?
  /// What is missing of each outcome.
  public var missing: [Gap]
  /// Rows by day, in the order of the days.
  public var days: [Count]
  /// Rows by place and the like.
  public var groups: [Breakdown]
  /// How far the trial is; nil where the number of units was not planned.
  public var information: Information?
  /// The planned looks and what each method of looking costs; nil for a trial without looks.
  public var looks: LookSchedule?
  /// What a look showed; nil while the trial stays blind.
  public var look: Look?

  /// The anytime-valid test of the arms' shares.
  public struct SampleRatioWatch: Codable, Hashable, Sendable {
    /// The p-value that holds however often one looks.
    public var pValue: Double
    /// The first day on which it fell below the limit.
    public var firstAlarm: String?
    /// How many batches it was read after.
    public var batches: Int
  }

  /// Messages received against messages drawn.
  public struct Crossovers: Codable, Hashable, Sendable {
    /// Units whose received message is known.
    public var known: Int
    /// Those among them that received another than the drawn one.
    public var crossed: Int
  }

  /// What is missing of one outcome.
  public struct Gap: Codable, Hashable, Sendable {
    /// The outcome.
    public var outcome: String
    /// Units without a value.
    public var missing: Int
    /// All units that the outcome is about.
    public var units: Int
  }

  /// A count under a name.
  public struct Count: Codable, Hashable, Sendable {
    /// The day or the group.
    public var name: String
    /// Rows.
    public var rows: Int
    /// Those without a value of the first primary outcome.
    public var missing: Int
  }

  /// Counts by the values of a column.
  public struct Breakdown: Codable, Hashable, Sendable {
    /// The column.
    public var column: String
    /// Its values, the most frequent first.
    public var counts: [Count]
  }

  /// How far a trial is.
  public struct Information: Codable, Hashable, Sendable {
    /// Units whose first primary outcome is known.
    public var known: Int
    /// Units that were planned.
    public var planned: Int
    /// The share.
    public var fraction: Double { planned > 0 ? Double(known) / Double(planned) : 0 }
  }

  /// The planned looks.
  public struct LookSchedule: Codable, Hashable, Sendable {
    /// Shares of the planned information.
    public var fractions: [Double]
    /// The critical values of |z|; nil where a look cannot stop the trial.
    public var critical: [Double?]
    /// How many looks the information allows by now.
    public var allowed: Int
    /// The looks that were taken, from 1.
    public var taken: [Int]
    /// What each method costs.
    public var prices: [Price]
  }

  /// What looking costs by one method.
  public struct Price: Codable, Hashable, Sendable {
    /// fixed, obrien-fleming, pocock or confidence_sequence.
    public var method: String
    /// The critical value of |z| at the end.
    public var finalCritical: Double
    /// The largest sample that keeps the power, over that of a trial without looks.
    public var inflation: Double
  }

  /// What a look showed.
  public struct Look: Codable, Hashable, Sendable {
    /// Which look, from 1.
    public var number: Int
    /// The primary comparisons.
    public var comparisons: [Comparison]

    /// One primary comparison.
    public struct Comparison: Codable, Hashable, Sendable {
      /// The outcome.
      public var outcome: String
      /// The arm.
      public var arm: String
      /// The signed normal deviate of the comparison with the control.
      public var z: Double
      /// Whether the boundary is crossed.
      public var stops: Bool
    }
  }
}
