public import Vocabulary

/// The assumptions from which `nudge simulate` makes a trial's data.
///
/// Everything that will be true in the data stands here: who takes part and lives with whom, how often each step happens
/// under the control message, what each message adds, and what is lost.
public struct SimulationPlan: Codable, Hashable, Sendable {
  /// A background column of the people.
  public struct Column: Codable, Hashable, Sendable {
    /// How its values arise.
    public enum Source: Codable, Hashable, Sendable {
      /// Whole numbers, each equally likely, both ends included.
      case integers(from: Int, to: Int)
      /// Texts with their relative frequencies.
      case categories([String], weights: [Double])
      /// One of so many groups, each equally likely.
      case groups(count: Int)
      /// Groups of one person and on average so many more, one group after the other: households.
      case households(size: Double)
      /// What belongs to each category of an earlier column, such as the probability with which its people were sampled.
      case lookup(of: String, values: [String: String])
      /// Days, each equally likely, both ends included.
      case dates(from: CalendarDate, to: CalendarDate)
    }

    /// The column's name.
    public var name: String
    /// How its values arise.
    public var source: Source
    /// A column whose value decides: people who share it have the same value here, too. Nil is everyone for themselves.
    public var per: String?
  }

  /// An outcome column.
  public struct Step: Codable, Hashable, Sendable {
    /// What its values are.
    public enum Kind: Codable, Hashable, Sendable {
      /// 0 or 1; the baseline is a probability.
      case event
      /// A normal number; the baseline is its mean.
      case number(sd: Double, decimals: Int)
      /// Poisson, or negative binomial with variance m + dispersion·m²; the baseline is the mean m.
      case count(dispersion: Double)
      /// Out of the count of an earlier step, each with the baseline as its probability: clicks of impressions.
      case share(of: String)
      /// The time to an event at a constant hazard, the baseline, until nobody watches any more; `event` is the column that says
      /// whether it happened.
      case time(event: String, until: Double)

      /// Whether the baseline is a probability.
      public var isProbability: Bool {
        switch self {
        case .event, .share: true
        case .number, .count, .time: false
        }
      }
    }

    /// What is otherwise among some people.
    public struct Difference: Codable, Hashable, Sendable {
      /// Which people, by their background and by earlier events.
      public var condition: Condition
      /// What it adds to the baseline.
      public var baseline: Double
      /// What it adds to the arms' effects.
      public var effects: [String: Double]
    }

    /// How the level follows the calendar, as traffic of advertisements does.
    public struct Season: Codable, Hashable, Sendable {
      /// The background column of the days.
      public var column: String
      /// By what the level is multiplied from Monday to Sunday; 1 is as usual.
      public var weekdays: [Double]
      /// By what it is multiplied from January to December.
      public var months: [Double]

      /// The factor of one day.
      public func factor(on date: CalendarDate) -> Double {
        weekdays[date.weekday] * months[date.month - 1]
      }
    }

    /// What a step has in common with an earlier one of the same person.
    public struct Correlation: Codable, Hashable, Sendable {
      /// The column of the earlier step.
      public var column: String
      /// The correlation of the normal liabilities behind both; of two events the tetrachoric correlation.
      public var value: Double
    }

    /// The column's name.
    public var column: String
    /// What its values are.
    public var kind: Kind = .event
    /// The step that must have happened first; nil when everyone can reach this one.
    public var given: String?
    /// The probability, mean or hazard under the control message (given the step before).
    public var baseline: Double
    /// What each arm adds to it; arms left out add nothing.
    public var effects: [String: Double]
    /// What is otherwise among some people.
    public var differences: [Difference] = []
    /// How alike people are who share the value of a background column: the intracluster correlation on the scale of the values.
    public var alike: [String: Double] = [:]
    /// The same on the latent scale: of the normal liabilities that decide whether, or when, it happens.
    public var alikeLatent: [String: Double] = [:]
    /// The earlier step that it goes with.
    public var correlation: Correlation?
    /// How the level follows the calendar.
    public var season: Season?
    /// The share of units whose value is lost, whatever their arm.
    public var missing: Double
    /// The share that is lost in some arms, instead.
    public var missingIn: [String: Double] = [:]

    /// The columns that it writes.
    public var columns: [String] {
      if case .time(let event, _) = kind { [column, event] } else { [column] }
    }
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
