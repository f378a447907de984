import Trials

/// What a result says of what must not be read from it.
public struct DisclosureRecord: Codable, Hashable, Sendable {
  /// A number that is not shown: of an outcome (or a step of the funnel) in one arm and group.
  public struct Cell: Codable, Hashable, Sendable {
    /// The outcome's identifier; for a step of the funnel its column.
    public var outcome: String
    public var arm: String
    /// `all`, a cohort, or `column=value`.
    public var group: String
    public var isStep: Bool

    /// Names a number.
    public init(outcome: String, arm: String, group: String, isStep: Bool) {
      self.outcome = outcome
      self.arm = arm
      self.group = group
      self.isStep = isStep
    }

    enum CodingKeys: String, CodingKey {
      case outcome, arm, group
      case isStep = "step"
    }
  }

  /// Numbers of people below this are hidden.
  public var minimumCell: Int
  /// What stands in their place.
  public var symbol: String
  /// Which groups hold which.
  public var families: [GroupFamily]
  /// What is hidden; nil in a result that is not for publication. Which of them are small themselves is not said.
  public var hidden: [Cell]?

  enum CodingKeys: String, CodingKey {
    case minimumCell = "minimum_cell"
    case symbol, families, hidden
  }

  init(_ plan: DisclosurePlan, families: [GroupFamily]) {
    minimumCell = plan.minimumCell
    symbol = plan.symbol
    self.families = families
  }
}

/// Why a number is hidden.
public enum HidingReason: String, Codable, CaseIterable, Hashable, Sendable {
  /// A number of people below the minimum, zero among them.
  case small
  /// Fewer people than the minimum changed it since the earlier version.
  case change
  /// A small one could be computed from it.
  case complement
  /// The group that holds it is hidden.
  case holder
}

/// One line of the log of what was hidden: for the office, not for publication.
public struct HiddenCell: Hashable, Sendable {
  public var cell: DisclosureRecord.Cell
  public var reason: HidingReason
  /// What it was.
  public var units: Int?
  /// What it was; nil where the outcome is not something that people have or have not.
  public var events: Int?
}
