public import Vocabulary

/// How often the intervals of one method held the truth in simulated trials.
public struct Calibration: Hashable, Sendable {
  /// The simulated trial.
  public let scenario: BilingualText
  /// The measure's name in the result table.
  public let measure: String
  /// Simulated trials.
  public let replicates: Int
  /// Those whose interval holds the true value.
  public let covered: Int
  /// Those for which no interval came out.
  public let unanswered: Int
  /// Those in which no effect was rejected at 5 %; of interest where there is none.
  public let rejected: Int
  /// Whether the true effect is none, so that rejections are errors.
  public let isNull: Bool
  /// Why the method is known to miss at this size, where it is: nothing is promised, and the engine
  /// chooses another method by itself.
  public let knownMiss: BilingualText?

  /// Counts what came of some simulated trials.
  public init(
    scenario: BilingualText, measure: String, replicates: Int, covered: Int, unanswered: Int,
    rejected: Int, isNull: Bool, knownMiss: BilingualText? = nil
  ) {
    self.scenario = scenario
    self.measure = measure
    self.replicates = replicates
    self.covered = covered
    self.unanswered = unanswered
    self.rejected = rejected
    self.isNull = isNull
    self.knownMiss = knownMiss
  }

  /// Share of the answered trials whose interval holds the truth.
  public var coverage: Double? { share(covered) }
  /// Share of the answered trials in which no effect was rejected.
  public var rejectionRate: Double? { share(rejected) }
  /// The standard error of the coverage by the number of replicates, at 95 %.
  public var monteCarloError: Double? {
    answered > 0 ? (0.95 * 0.05 / Double(answered)).squareRoot() : nil
  }

  /// Whether the coverage is what is promised: at least 95 %, less 0.7 points or, with fewer than about
  /// 9,000 trials, three Monte-Carlo errors. Covering more often is no broken promise.
  public var isKept: Bool {
    guard let coverage, let monteCarloError else { return false }
    return coverage >= 0.95 - max(0.007, 3 * monteCarloError)
  }

  private var answered: Int { replicates - unanswered }
  private func share(_ count: Int) -> Double? {
    answered > 0 ? Double(count) / Double(answered) : nil
  }
}
