public import Trials
public import Vocabulary

/// What a trial of this size can find out, before anybody is drawn.
public struct PowerPlan: Codable, Hashable, Sendable {
  /// The average effect of 126 trials of two nudge units, in percentage points over 100: what a planner may hope for. DellaVigna &
  /// Linos (2022), doi:10.3982/ECTA18709.
  public static let nudgeUnitAverage = 0.014

  /// The trial.
  public var trial: String
  /// What was asked for.
  public var solved: PlanningAssumptions.Unknown
  /// The outcome that the answer is about.
  public var outcome: String
  /// Its name for readers.
  public var outcomeName: BilingualText
  /// Whether effects are differences of rates.
  public var isRate: Bool
  /// Whether less is better: effects then are the sizes of falls.
  public var isFall: Bool
  /// The control's rate or mean; nil for a mean that is not assumed.
  public var baseline: Double?
  /// Whether baselines were taken from the assumptions of the simulation.
  public var isBaselineSimulated: Bool
  /// The type I error of one comparison, and how many comparisons share the trial's.
  public var significance: Double
  /// How many confirmatory comparisons there are.
  public var comparisons: Int
  /// The design effect of the clusters; 1 for units.
  public var designEffect: Double
  /// What the planned looks cost; 1 for none.
  public var inflation: Double
  /// The assumptions.
  public var assumptions: PlanningAssumptions
  /// Units in all arms together: given or found.
  public var units: Int
  /// Yen: given or found; nil where arms have no cost.
  public var budget: Double?
  /// The effect that was asked about: given, or the smallest that is worthwhile.
  public var target: Double
  /// The smallest effect that is found with the wanted power; nil where none is.
  public var detectable: Double?
  /// The power at ``target``; nil where clusters are too few for a test.
  public var power: Double?
  /// Units in all for the target at the wanted power; nil where no number is enough.
  public var unitsForTarget: Int?
  /// The smallest effect of interest; nil where the trial names none.
  public var worthwhile: Double?
  /// Power and detectable effect for fewer and more units.
  public var curve: [Point]
  /// What the steps before the outcome can show.
  public var steps: [Step]
  /// The simulated trial; nil where none was.
  public var simulated: SimulatedPower?

  /// One size of the trial.
  public struct Point: Codable, Hashable, Sendable {
    /// Units in all.
    public var units: Int
    /// The smallest effect that is found with the wanted power.
    public var detectable: Double?
    /// The power at the target; nil where clusters are too few for a test.
    public var power: Double?
  }

  /// One step of the funnel.
  public struct Step: Codable, Hashable, Sendable {
    /// The column.
    public var column: String
    /// The name for readers.
    public var name: BilingualText
    /// How many of all reach it under the control message.
    public var baseline: Double
    /// The smallest effect on it that is found.
    public var detectable: Double?
    /// Whether what is wanted is a fall.
    public var isFall: Bool
    /// The effect on it that would bring the outcome a worthwhile rise, were those gained to go on as others do.
    public var needed: Double
    /// Whether there is room for that effect.
    public var isPossible: Bool { needed <= (isFall ? baseline : 1 - baseline) }
    /// Whether the trial can find that effect.
    public var carries: Bool { isPossible && (detectable.map { $0 <= needed } ?? false) }
  }

  /// Whether the outcome can carry the trial: whether an effect worth having would be found.
  public var carries: Bool {
    detectable.map { $0 <= (worthwhile ?? (isRate ? Self.nudgeUnitAverage : target)) * 1.0000001 }
      ?? false
  }
}

/// What simulated trials found, each drawn and analysed as the real one will be.
public struct SimulatedPower: Codable, Hashable, Sendable {
  /// One comparison over all simulated trials.
  public struct Comparison: Codable, Hashable, Sendable {
    /// The outcome.
    public var outcome: String
    /// The arm.
    public var arm: String
    /// The true effect of having been drawn.
    public var truth: Double
    /// Trials that were analysed, with or without an estimate.
    public var trials: Int
    /// Trials in which the planned test found a difference, adjusted as planned.
    public var found: Int
    /// Trials whose interval held the truth.
    public var covered: Int
    /// The mean of the estimates; nil where there is none.
    public var meanEstimate: Double?
    /// Found differences of the wrong sign.
    public var wrongSign: Int
    /// The mean of |estimate|/|truth| among found differences; nil where none was found or there is no effect.
    public var exaggeration: Double?

    /// The power.
    public var power: Double { trials > 0 ? Double(found) / Double(trials) : 0 }
    /// The Monte-Carlo standard error of the power.
    public var monteCarloError: Double {
      trials > 0 ? (power * (1 - power) / Double(trials)).squareRoot() : 0
    }
    /// The share of found differences that have the wrong sign: type S error.
    public var wrongSignShare: Double? {
      found > 0 && truth != 0 ? Double(wrongSign) / Double(found) : nil
    }
  }

  /// Simulated trials that were finished.
  public var finished: Int
  /// Simulated trials that were asked for.
  public var asked: Int
  /// The seed.
  public var seed: UInt64
  /// Units in each.
  public var units: Int
  /// The primary comparisons.
  public var comparisons: [Comparison]
}
