public import Statistics
public import Vocabulary

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

  /// What the trial wants to show about it.
  public enum Framework: String, Codable, CaseIterable, Hashable, Sendable {
    /// That the message makes a difference.
    case superiority
    /// That it makes none larger than ``Outcome/worthwhile`` in either direction.
    case equivalence
    /// That it is not worse than the control by ``Outcome/worthwhile``.
    case nonInferiority = "non_inferiority"
  }

  /// Identifier.
  public var id: String
  /// The name for readers.
  public var name: BilingualText
  /// What a reader may conclude from it.
  public var role: Role
  /// What the trial wants to show about it.
  public var framework: Framework
  /// The columns and the kind of number in them.
  public var response: Response
  /// Which direction is an improvement.
  public var better: Better
  /// The smallest effect of interest, absolute (0.01 is one percentage point); above 0.
  public var worthwhile: Double?
  /// Rows that the outcome is about; others are left out of it.
  public var condition: Condition
  /// The estimator that this outcome has of its own; nil where the plan's holds.
  public var estimator: SelectedEstimator?
}

/// One step of the funnel: a binary column.
public struct FunnelStep: Codable, Hashable, Sendable {
  /// The column's name.
  public var column: String
  /// The name for readers; the column's name where the file gives none.
  public var name: BilingualText
}
