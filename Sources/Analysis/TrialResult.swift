import Trials
public import Vocabulary

/// Everything that one analysis found: what `result.json` holds and every report is made from.
///
/// It stands alone: a report can be rendered from it years later without the trial file or the data.
/// Facts are stored as codes and numbers, never as sentences, so that one result reads in Japanese
/// and in English. A number that does not exist is nil with a note, never 0 and never NaN.
public struct TrialResult: Codable, Hashable, Sendable {
  /// The version of this format.
  public var nudge: Int
  /// The program's version.
  public var engineVersion: String
  /// What the trial file said, as far as a reader of the result needs it.
  public var trial: TrialSummary
  /// The hash of the locked protocol; nil while a trial has no lock.
  public var lock: String?
  /// What was read.
  public var input: InputRecord
  /// One row an effect: outcome × arm × cohort × measure.
  public var results: [ResultRow]
  /// One row a mean: outcome × arm × cohort.
  public var means: [MeanRow]
  /// The funnel, step by step and arm by arm; empty when the trial has none.
  public var funnel: [FunnelRow]
  /// What was checked about the data and the draw.
  public var checks: [Check]
  /// One for each confirmatory outcome × arm.
  public var verdicts: [Verdict]
  /// Whether effects differ between groups: one for each outcome × arm × subgroup column.
  public var subgroups: [SubgroupFinding]
  /// One curve a time-to-event outcome and arm.
  public var curves: [SurvivalCurve]
  /// The main effects of a factorial trial, factor by factor; its verdicts and adjusted p-values stand there.
  public var factors: [FactorResult]
  /// How alike the arms were in what was known before the draw; empty for counts.
  public var balance: [BalanceRow] = []
  /// The planned looks; nil for a trial that is analysed once.
  public var looks: LooksTaken?
  /// What must not be read from it; nil where the trial says nothing of that.
  public var disclosure: DisclosureRecord?
  /// Seconds by stage, such as `read` and `estimate`.
  public var timings: [String: Double]
}

/// What the trial file said, as far as a reader of the result needs it.
public struct TrialSummary: Codable, Hashable, Sendable {
  /// One arm.
  public struct ArmSummary: Codable, Hashable, Sendable {
    public var id: String
    public var name: BilingualText
    public var control: Bool
    public var share: Int
    public var message: BilingualText?
    /// easy, attractive, social, timely
    public var east: [String]
    /// Insight identifiers.
    public var addresses: [String]
    public var channel: String?
    /// Yen a unit.
    public var cost: Double?
  }
  /// One barrier that interviews found.
  public struct InsightSummary: Codable, Hashable, Sendable {
    public var id: String
    public var source: String?
    public var barrier: BilingualText
  }
  /// One outcome.
  public struct OutcomeSummary: Codable, Hashable, Sendable {
    public var id: String
    public var name: BilingualText
    /// primary, secondary, exploratory
    public var role: String
    /// binary, continuous, count, ratio, quantile, time_to_event
    public var kind: String
    /// The name of the planned estimator, on which the verdict rests.
    public var estimator: String
    /// The name of the measure on which arms are compared first.
    public var measure: String
    /// more, less
    public var better: String
    public var worthwhile: Double?
    /// The columns that its planned estimator adjusts for.
    public var adjustedFor: [String]?
    /// The column of a binary outcome, under which it may be a step of the funnel.
    public var column: String?
  }
  /// One cohort.
  public struct CohortSummary: Codable, Hashable, Sendable {
    public var id: String
    public var name: BilingualText
  }

  public var id: String
  public var title: BilingualText
  public var owner: BilingualText?
  public var from: CalendarDate?
  public var to: CalendarDate?
  /// What units are called when they are counted; nil is people.
  public var counted: BilingualText?
  public var arms: [ArmSummary]
  public var insights: [InsightSummary]
  public var outcomes: [OutcomeSummary]
  /// Without the cohort of everyone.
  public var cohorts: [CohortSummary]
  /// simple, complete, blocked, clustered, hashed
  public var assignmentMethod: String
  /// Whether anybody was drawn: only then is a difference an effect.
  public var isRandomised: Bool { assignmentMethod != AssignmentPlan.Method.notRandomised.rawValue }
  public var blocks: [String]
  public var clusters: String?
  /// The confidence level, such as 0.95.
  public var level: Double
  /// The multiplicity adjustment's name.
  public var multiplicity: String
  /// Whether the data were made by simulation; the report must say so where nobody can miss it.
  public var simulated: Bool
  /// Where the figures come from.
  public var source: BilingualText?
}

/// What was read.
public struct InputRecord: Codable, Hashable, Sendable {
  /// The data file's name without its folders.
  public var file: String
  public var sha256: String
  public var encoding: String
  /// units or counts.
  public var shape: String
  /// Rows in the file.
  public var rows: Int
  /// Units in the analysis (rows, or the sum of the counts).
  public var units: Int
  /// Clusters in the analysis by arm; nil where units were drawn one by one, or the data cannot show clusters.
  public var clusters: [String: Int]?
}

/// One effect: a row of `results.csv`, in whose column names the properties are encoded.
public struct ResultRow: Codable, Hashable, Sendable {
  public var outcome: String
  public var role: String
  public var arm: String
  public var control: String
  /// `all` for everyone.
  public var cohort: String
  /// ITT, CACE.
  public var estimand: String
  /// risk_difference, risk_ratio, odds_ratio, nnt, mean_difference, relative_lift, cohens_d, …
  public var measure: String
  public var estimator: String
  public var estimate: Double?
  public var stdError: Double?
  public var statistic: Double?
  public var df: Double?
  public var pValue: Double?
  /// Only on the confirmatory rows that were adjusted.
  public var pAdjusted: Double?
  public var confLow: Double?
  public var confHigh: Double?
  public var confLevel: Double
  public var nArm: Int?
  public var nControl: Int?
  public var eventsArm: Int?
  public var eventsControl: Int?
  /// For confirmatory rows: limits that hold for the family, as its adjustment promises.
  public var confLowAdjusted: Double?
  public var confHighAdjusted: Double?
  /// score, exact, welch, pooled, z, neyman, hc2_bell_mccaffrey, cr2, …
  public var seType: String?
  public var notes: [Note]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case outcome, role, arm, control, cohort, estimand, measure, estimator, estimate
    case stdError = "std_error"
    case statistic, df
    case pValue = "p_value"
    case pAdjusted = "p_adjusted"
    case confLow = "conf_low"
    case confHigh = "conf_high"
    case confLevel = "conf_level"
    case nArm = "n_arm"
    case nControl = "n_control"
    case eventsArm = "events_arm"
    case eventsControl = "events_control"
    case seType = "se_type"
    case notes
    case confLowAdjusted = "conf_low_adjusted"
    case confHighAdjusted = "conf_high_adjusted"
  }
}

/// Something a reader of one number must know.
public enum Note: Codable, Hashable, Sendable {
  /// The number does not exist, and why: no units in the arm.
  case noUnits(arm: String)
  /// Fewer than two units.
  case tooFewUnits(arm: String, count: Int)
  /// Every unit has the same value.
  case noVariation
  /// The column holds something other than 0 and 1.
  case notBinary(arm: String)
  /// A relative effect needs a control mean above zero.
  case controlMeanNotPositive(Double)
  /// A ratio needs a denominator above zero in each arm.
  case denominatorNotPositive(arm: String)
  /// An arm was watched for less time than the horizon: up to `lastTime`.
  case horizonBeyondFollowUp(arm: String, lastTime: Double)
  /// An arm or a covariate tells events from non-events without error.
  case infiniteCoefficients
  /// Nobody had the event.
  case noEvents
  /// The draw cannot be made again.
  case drawUnknown
  /// The effect lies between these, whatever the missing outcomes are.
  case bounds(lower: Double, upper: Double)
  /// Assignment did not change take-up.
  case noTakeup
  /// The effect of assignment on take-up, and the F of that first stage; without F everybody complied.
  case firstStage(takeup: Double, f: Double?)
  /// Clusters are too few for a standard error.
  case tooFewClusters(arm: String, count: Int)
  /// Clusters are few, with so many degrees of freedom: p-value and interval come from re-drawn arms,
  /// or, where those do not exist, are approximate.
  case fewClusters(Double, redrawn: Bool)
  /// The interval stands on the scale of the first row of this comparison alone.
  case intervalOnOtherScale
  /// 0/0 for these data.
  case undefined
  /// A numerical search failed.
  case numericalFailure
  /// The estimate is infinite (its divisor is zero); the bounds stand.
  case infiniteEstimate
  /// The interval has no lower bound.
  case noLowerBound
  /// The interval has no upper bound.
  case noUpperBound
  /// The interval is everything up to `conf_low` and everything from `conf_high`: the data allow no
  /// effect, so the number needed to treat passes through infinity, or a ratio's denominator may be zero.
  case outsideInterval
  /// The data exclude no value at all.
  case everything
  /// Households or other clusters were drawn, and the table of counts cannot know them.
  case clustersIgnored(column: String?)
  /// Only the first covariates were used: one for every twenty randomised units.
  case covariatesCapped(used: Int, of: Int)
  /// Missing values of a covariate were replaced by its mean.
  case covariateFilled(column: String, missing: Int)
  /// Missing values of a covariate became 0, with an indicator beside it.
  case covariateIndicated(column: String, missing: Int)
  /// A covariate says nothing that others do not say, and was left out.
  case covariateDropped(column: String)
  /// Blocks are too small or too many for the regression, which compares whole arms.
  case blocksNotInModel
  /// Blocks without a unit of some arm were left out.
  case blocksLeftOut(blocks: Int, units: Int)
  /// Fewer than two groups have an effect, so nothing can be compared.
  case tooFewGroups(Int)
  /// Groups without an effect of their own are not in the comparison of groups.
  case groupsLeftOut(Int)
  /// Analysed at one of the planned looks: the value of z at which the trial stops there, and the
  /// estimate that errs upwards as often as downwards.
  case look(Int, of: Int, boundary: Double?, medianUnbiased: Double?)
  /// Arms, units or signs were drawn again so many times, or in every possible way.
  case draws(Int, exact: Bool)
  /// What a posterior says: the probability that the arm is better, and what choosing the arm, or the
  /// control, is expected to lose.
  case posterior(better: Double, armLoss: Double, controlLoss: Double)
  /// What was believed beforehand, by the trial file: a normal distribution.
  case prior(mean: Double, spread: Double)
  /// How many times as wide as the interval of a single look.
  case price(Double)
  /// The effect is within, or not worse than, this margin.
  case margin(Double)
  /// Not shown, because it would tell of few people.
  case withheld
}

/// The mean (rate) of one outcome in one arm and cohort.
public struct MeanRow: Codable, Hashable, Sendable {
  public var outcome: String
  public var arm: String
  /// `all` for everyone.
  public var cohort: String
  /// Units with the outcome known.
  public var n: Int
  /// Units without it.
  public var missing: Int
  /// For binary outcomes.
  public var events: Int?
  public var mean: Double?
  public var standardDeviation: Double?
  public var confLow: Double?
  public var confHigh: Double?
  public var confLevel: Double
  /// wilson (binary), t (continuous)
  public var method: String
}

/// One step of the funnel in one arm.
public struct FunnelRow: Codable, Hashable, Sendable {
  /// The column's name.
  public var step: String
  public var name: BilingualText
  public var arm: String
  /// All units of the arm.
  public var n: Int
  /// Units that reached this step.
  public var events: Int
  /// Share of all units of the arm that reached this step.
  public var rateOfAll: Double?
  /// Share of those who reached the step before.
  public var rateOfPrevious: Double?
  /// Units whose value is missing (counted as not reached).
  public var missing: Int
  /// The risk difference against the control arm in the share of all; nil for the control.
  public var difference: Double?
  public var confLow: Double?
  public var confHigh: Double?
  public var pValue: Double?
}

/// One thing that was checked.
public struct Check: Codable, Hashable, Sendable {
  /// How it came out.
  public enum Status: String, Codable, Hashable, Sendable {
    case pass
    /// A reader must know; the analysis stands.
    case warn
    /// The analysis must not be used as it is; exit code 1.
    case fail
  }

  /// What was checked.
  public enum Kind: Codable, Hashable, Sendable {
    /// Do the arms' sizes agree with the planned shares? `method` is chi_squared or multinomial.
    case sampleRatio(
      observed: [String: Int], shares: [String: Int], pValue: Double?, method: String,
      ofClusters: Bool)
    /// Is an outcome missing equally often in every arm? `method` is chi_squared, mantel_haenszel or
    /// randomization.
    case missingness(
      outcome: String, missing: [String: Int], units: [String: Int], pValue: Double?,
      method: String?)
    /// Does each unit stand once? `examples` holds up to five identifiers.
    case duplicateUnits(count: Int, examples: [String])
    /// Rows without an arm.
    case rowsWithoutArm(count: Int)
    /// Rows outside the population.
    case rowsOutsidePopulation(count: Int)
    /// The data are simulated.
    case simulatedData
    /// Nobody was drawn: a difference is not an effect.
    case notRandomised
    /// Clusters were drawn, but the data are counts: intervals are too narrow.
    case clustersIgnored(column: String?)
    /// A funnel step was reached by units that had not reached the step before.
    case funnelOrder(step: String, count: Int)
    /// Was the protocol locked, and is it what the lock says? `changes` were not recorded; the outcomes in
    /// `exploratory` were not planned before data by arm were seen.
    case protocolLock(hash: String?, changes: [String], exploratory: [String])
    /// Are the analysed arms the drawn ones?
    case drawnList(DrawnTally)
    /// Something was not done as planned; `late` after data by arm were seen.
    case deviation(text: String, time: String, late: Bool)
  }

  /// The data beside the drawn list, counted.
  public struct DrawnTally: Codable, Hashable, Sendable {
    /// Units on the list.
    public var drawn: Int
    /// Rows with the arm that was drawn.
    public var agreeing = 0
    /// Rows with another arm.
    public var otherArm = 0
    /// Rows of units that were never drawn.
    public var notDrawn = 0
    /// Drawn units that the data lack.
    public var absent = 0
    /// Up to five units with another arm or never drawn.
    public var examples: [String] = []

    /// Nothing compared yet.
    init(drawn: Int) { self.drawn = drawn }

    mutating func note(_ unit: String) {
      if examples.count < 5 { examples.append(unit) }
    }
  }

  public var kind: Kind
  public var status: Status
}

/// The conclusion for one confirmatory outcome and arm.
public struct Verdict: Codable, Hashable, Sendable {
  /// One of three, with the first in its two directions.
  public enum Conclusion: String, Codable, Hashable, Sendable {
    /// The interval lies above zero (増える).
    case increases
    /// The interval lies below zero (減る).
    case decreases
    /// The interval lies within ±worthwhile (実質的に変わらない).
    case practicallyUnchanged = "practically_unchanged"
    /// Neither (まだ判断できない).
    case undecided
  }

  public var outcome: String
  public var arm: String
  public var control: String
  public var conclusion: Conclusion
  /// Whether the change is in the direction that the trial calls better; nil unless it changes.
  public var beneficial: Bool?
  /// The effect (difference) on which the verdict rests.
  public var estimate: Double?
  public var confLow: Double?
  public var confHigh: Double?
  public var pValue: Double?
  public var pAdjusted: Double?
  public var worthwhile: Double?
  /// The arms' means, for natural frequencies.
  public var meanArm: Double?
  public var meanControl: Double?
  /// While nothing can be decided: how many more people a trial of the same kind would need in all to find the worthwhile effect
  /// with a probability of 80 %; nil where it is decided, or no effect is called worthwhile.
  public var moreUnits: Int?
  /// The power at the worthwhile effect for fewer and more units; empty where none is called worthwhile.
  public var power: [PowerBySize] = []
}
