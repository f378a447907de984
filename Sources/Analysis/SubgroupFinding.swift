public import Vocabulary

/// Whether the effect of one arm on one outcome differs between the values of a column.
public struct SubgroupFinding: Codable, Hashable, Sendable {
  /// The effect among the units with one value.
  public struct Level: Codable, Hashable, Sendable {
    public var value: String
    public var nArm: Int?
    public var nControl: Int?
    /// For binary outcomes.
    public var eventsArm: Int?
    /// For binary outcomes.
    public var eventsControl: Int?
    /// From this group's units alone.
    public var estimate: Double?
    public var stdError: Double?
    public var confLow: Double?
    public var confHigh: Double?
    /// Drawn towards the average of all groups by how little of the spread is more than chance.
    public var shrunken: Double?
    public var shrunkenError: Double?
    public var notes: [Note]

    enum CodingKeys: String, CodingKey {
      case value
      case nArm = "n_arm"
      case nControl = "n_control"
      case eventsArm = "events_arm"
      case eventsControl = "events_control"
      case estimate
      case stdError = "std_error"
      case confLow = "conf_low"
      case confHigh = "conf_high"
      case shrunken
      case shrunkenError = "shrunken_error"
      case notes
    }

    /// Writes every key, with null for the unknown ones.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(value, forKey: .value)
      try container.encode(nArm, forKey: .nArm)
      try container.encode(nControl, forKey: .nControl)
      try container.encode(eventsArm, forKey: .eventsArm)
      try container.encode(eventsControl, forKey: .eventsControl)
      try container.encode(estimate, forKey: .estimate)
      try container.encode(stdError, forKey: .stdError)
      try container.encode(confLow, forKey: .confLow)
      try container.encode(confHigh, forKey: .confHigh)
      try container.encode(shrunken, forKey: .shrunken)
      try container.encode(shrunkenError, forKey: .shrunkenError)
      try container.encode(notes, forKey: .notes)
    }
  }

  /// How effects rise or fall over ordered groups.
  public struct Trend: Codable, Hashable, Sendable {
    /// The values from the lowest to the highest.
    public var order: [String]
    /// What the effect gains from one value to the next; of ratios, by what it is multiplied.
    public var perStep: Double
    public var confLow: Double?
    public var confHigh: Double?

    enum CodingKeys: String, CodingKey {
      case order
      case perStep = "per_step"
      case confLow = "conf_low"
      case confHigh = "conf_high"
    }
  }

  public var outcome: String
  public var role: String
  public var arm: String
  public var control: String
  /// The column that tells the groups apart.
  public var column: String
  public var name: BilingualText
  /// Whether the column was chosen in the trial file before outcomes were seen.
  public var planned: Bool
  public var measure: String
  public var estimator: String
  /// F of the one test: that all groups' effects are equal, or that they do not rise or fall with the groups' order.
  public var statistic: Double?
  public var df: Double?
  /// nil is infinite.
  public var residualDF: Double?
  public var pValue: Double?
  /// Over all planned questions of this kind; nil for those that were not planned.
  public var pAdjusted: Double?
  public var confLevel: Double
  /// Where the question is one of order; nil otherwise.
  public var trend: Trend?
  public var levels: [Level] = []
  public var notes: [Note] = []

  enum CodingKeys: String, CodingKey {
    case outcome, role, arm, control, column, name, planned, measure, estimator, statistic, df
    case residualDF = "residual_df"
    case pValue = "p_value"
    case pAdjusted = "p_adjusted"
    case confLevel = "conf_level"
    case trend, levels, notes
  }

  /// Writes every key, with null for the unknown ones.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(role, forKey: .role)
    try container.encode(arm, forKey: .arm)
    try container.encode(control, forKey: .control)
    try container.encode(column, forKey: .column)
    try container.encode(name, forKey: .name)
    try container.encode(planned, forKey: .planned)
    try container.encode(measure, forKey: .measure)
    try container.encode(estimator, forKey: .estimator)
    try container.encode(statistic, forKey: .statistic)
    try container.encode(df, forKey: .df)
    try container.encode(residualDF, forKey: .residualDF)
    try container.encode(pValue, forKey: .pValue)
    try container.encode(pAdjusted, forKey: .pAdjusted)
    try container.encode(confLevel, forKey: .confLevel)
    try container.encode(trend, forKey: .trend)
    try container.encode(levels, forKey: .levels)
    try container.encode(notes, forKey: .notes)
  }
}
