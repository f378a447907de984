/// The assumptions from which `nudge simulate` makes a trial's data.
///
/// Everything that will be true in the data stands here: who takes part, how often each step happens
/// under the control message, and what each message adds.
public struct SimulationPlan: Codable, Hashable, Sendable {
  /// A background column of the people.
  public struct Column: Codable, Hashable, Sendable {
    /// How its values arise.
    public enum Source: Codable, Hashable, Sendable {
      /// Whole numbers, each equally likely, both ends included.
      case integers(from: Int, to: Int)
      /// Texts with their relative frequencies.
      case categories([String], weights: [Double])
    }

    /// The column's name.
    public var name: String
    /// How its values arise.
    public var source: Source
  }

  /// A 0/1 column.
  public struct Step: Codable, Hashable, Sendable {
    /// The column's name.
    public var column: String
    /// The step that must have happened first; nil when everyone can reach this one.
    public var given: String?
    /// The probability under the control message (given the step before).
    public var baseline: Double
    /// What each arm adds to that probability; arms left out add nothing.
    public var effects: [String: Double]
    /// The share of units whose value is lost, whatever their arm.
    public var missing: Double
  }

  /// The seed: the same file always makes the same data.
  public var seed: UInt64
  /// How many people.
  public var units: Int
  /// The background columns, in order.
  public var columns: [Column]
  /// The outcome steps, in order.
  public var steps: [Step]
}
