public import Vocabulary

/// How a result is carried over to municipalities.
public struct RolloutPlan: Codable, Hashable, Sendable {
  /// The list of municipalities, relative to the folder of the trial file.
  public var municipalities: String
  /// The list's column of 団体コード; nil where it has none.
  public var code: String?
  /// The list's column of names.
  public var name: String
  /// The list's column of how many people the offer is for.
  public var population: String
  /// The list's column of each municipality's own budget in yen; nil where there is none.
  public var budgetColumn: String?
  /// The list's column of the wanted number of additional outcomes; nil where there is none.
  public var targetColumn: String?
  /// Which outcome; nil is the first primary one.
  public var outcome: String?
  /// Which arm; nil is the one with the best estimate.
  public var arm: String?
  /// Other trials whose results are pooled with this one's: their files or folders, relative to the folder of the trial file.
  public var pool: [String]
  /// Yen a person; nil is what the arm costs.
  public var cost: Double?
  /// Yen a municipality, whatever the number of people.
  public var fixedCost: Double
  /// Yen in all; nil is no limit.
  public var budget: Double?
  /// By how much the effect may be smaller outside the trial; each is a row.
  public var voltage: [Double]
  /// How much true effects differ between municipalities: their standard deviation; nil is assumed as half of the estimate.
  public var tau: Double?
  /// What one additional outcome is worth, in yen; nil where nobody says.
  public var worth: Double?
  /// What municipalities must be like to resemble the trial's own; others are marked.
  public var resembling: Condition
}
