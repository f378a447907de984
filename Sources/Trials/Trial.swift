public import RandomAssignment
public import Statistics
public import Vocabulary

/// A trial as its file defines it: why, what is sent, to whom, how drawn, what is measured, how analysed.
public struct Trial: Codable, Hashable, Sendable {
  /// Identifier: a–z, 0–9 and hyphens.
  public var id: String
  /// The title for readers.
  public var title: BilingualText
  /// Who answers for the trial.
  public var owner: BilingualText?
  /// First and last day, both included.
  public var period: Period?
  /// What interviews and workshops found.
  public var insights: [Insight]
  /// The message variants; exactly one is the control.
  public var variants: [MessageVariant]
  /// Who takes part; rows that do not satisfy it are left out and counted.
  public var population: Condition
  /// Groups within which effects are also shown.
  public var cohorts: [Cohort]
  /// What is randomised and counted.
  public var unit: UnitOfObservation
  /// How units were given to arms.
  public var assignment: AssignmentPlan
  /// What is measured.
  public var outcomes: [Outcome]
  /// Binary columns from the first step to the last.
  public var funnel: [FunnelStep]
  /// How the results are computed.
  public var analysis: AnalysisPlan
  /// Where the data are.
  public var data: DataDescription
  /// Assumptions for `nudge simulate`.
  public var simulation: SimulationPlan?

  /// The arm that the others are compared with.
  public var control: MessageVariant? { variants.first(where: \.isControl) }
  /// The arms that are compared with the control, in the order of the file.
  public var treatments: [MessageVariant] { variants.filter { !$0.isControl } }
}

/// First and last day of a trial, both included.
public struct Period: Codable, Hashable, Sendable {
  /// The first day.
  public var from: CalendarDate
  /// The last day.
  public var to: CalendarDate
}

/// Something learnt from an interview or a workshop: what holds people back.
public struct Insight: Codable, Hashable, Sendable {
  /// Identifier that messages refer to.
  public var id: String
  /// Where it was learnt, such as interview or workshop.
  public var source: String?
  /// What holds people back, in their words.
  public var barrier: BilingualText
}

/// One arm and what its people receive.
public struct MessageVariant: Codable, Hashable, Sendable {
  /// The EAST framework's four levers.
  public enum EAST: String, Codable, CaseIterable, Hashable, Sendable {
    case easy, attractive, social, timely
  }

  /// The arm as the draw sees it: identifier and share.
  public var arm: Arm
  /// The name for readers.
  public var name: BilingualText
  /// Whether the other arms are compared with this one.
  public var isControl: Bool
  /// Which levers the message pulls.
  public var east: [EAST]
  /// Identifiers of the insights that it answers.
  public var addresses: [String]
  /// How it is delivered, such as mail.
  public var channel: String?
  /// Yen a unit.
  public var cost: Double?
  /// The full text.
  public var message: BilingualText?
}

/// A named group of the population.
public struct Cohort: Codable, Hashable, Sendable {
  /// Identifier, not `all`.
  public var id: String
  /// The name for readers.
  public var name: BilingualText
  /// Who belongs to it.
  public var condition: Condition
}

/// What is randomised and counted.
public enum UnitOfObservation: Codable, Hashable, Sendable {
  /// A column identifies the unit.
  case column(String)
  /// Every row is a unit.
  case row
}

/// How units were given to arms.
public struct AssignmentPlan: Codable, Hashable, Sendable {
  /// The method's name in the trial file.
  public enum Method: String, Codable, CaseIterable, Hashable, Sendable {
    case simple, complete, blocked, clustered, hashed
  }

  /// The method.
  public var method: Method
  /// Columns whose combinations are the blocks.
  public var blocks: [String]
  /// The column that names the cluster.
  public var clusters: String?
  /// The column that says which arm.
  public var column: String
}

/// Something measured.
public struct Outcome: Codable, Hashable, Sendable {
  /// What a reader may conclude from it.
  public enum Role: String, Codable, CaseIterable, Hashable, Sendable {
    /// Confirmatory: gets a verdict and a multiplicity adjustment.
    case primary
    /// Supporting.
    case secondary
    /// Looked at, not tested in advance.
    case exploratory
  }

  /// Which direction is an improvement.
  public enum Better: String, Codable, CaseIterable, Hashable, Sendable {
    case more, less
  }

  /// Identifier.
  public var id: String
  /// The name for readers.
  public var name: BilingualText
  /// What a reader may conclude from it.
  public var role: Role
  /// The column and the kind of number in it.
  public var response: Response
  /// Which direction is an improvement.
  public var better: Better
  /// The smallest effect of interest, absolute (0.01 is one percentage point); above 0.
  public var worthwhile: Double?
  /// Rows that the outcome is about; others are left out of it.
  public var condition: Condition
}

/// One step of the funnel: a binary column.
public struct FunnelStep: Codable, Hashable, Sendable {
  /// The column's name.
  public var column: String
  /// The name for readers; the column's name where the file gives none.
  public var name: BilingualText
}

/// How the results are computed.
public struct AnalysisPlan: Codable, Hashable, Sendable {
  /// The estimator's name in the catalogue.
  public var estimator: String
  /// Confidence level, above 0.5 and below 1.
  public var level: Double
  /// The adjustment over the confirmatory tests.
  public var multiplicity: Multiplicity
}

/// Where the data are.
public struct DataDescription: Codable, Hashable, Sendable {
  /// How the rows are shaped.
  public enum Shape: String, Codable, CaseIterable, Hashable, Sendable {
    /// One row a unit.
    case units
    /// One row a cell: a column of units, and each outcome's events.
    case counts
  }

  /// How bytes become letters.
  public enum Encoding: String, Codable, CaseIterable, Hashable, Sendable {
    case auto
    case utf8 = "utf-8"
    case cp932
  }

  /// The file, relative to the folder of the trial file.
  public var file: String
  /// How the rows are shaped.
  public var shape: Shape
  /// How bytes become letters.
  public var encoding: Encoding
  /// For counts: the column that holds the number of units.
  public var n: String
  /// Values that mean missing, after trimming spaces; empty and `-` by default.
  public var missing: [String]
  /// Whether the data were simulated.
  public var simulated: Bool
  /// Where the figures come from, for the report.
  public var source: BilingualText?
}
