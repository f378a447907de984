// How result.json spells what TrialResult holds. The synthesised code leaves an unknown number out;
// the format promises `null`, so that a reader can tell "not known" from "not asked". Keys are in
// snake case, like the columns of results.csv.

extension TrialResult {
  enum CodingKeys: String, CodingKey {
    case nudge
    case engineVersion = "engine_version"
    case trial, lock, input, results, means, funnel, checks, verdicts, subgroups, curves, factors,
      balance, looks, disclosure, timings
  }

  /// Reads every key; results from before there were factors have none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    nudge = try container.decode(Int.self, forKey: .nudge)
    engineVersion = try container.decode(String.self, forKey: .engineVersion)
    trial = try container.decode(TrialSummary.self, forKey: .trial)
    lock = try container.decodeIfPresent(String.self, forKey: .lock)
    input = try container.decode(InputRecord.self, forKey: .input)
    results = try container.decode([ResultRow].self, forKey: .results)
    means = try container.decode([MeanRow].self, forKey: .means)
    funnel = try container.decode([FunnelRow].self, forKey: .funnel)
    checks = try container.decode([Check].self, forKey: .checks)
    verdicts = try container.decode([Verdict].self, forKey: .verdicts)
    subgroups = try container.decode([SubgroupFinding].self, forKey: .subgroups)
    curves = try container.decodeIfPresent([SurvivalCurve].self, forKey: .curves) ?? []
    factors = try container.decodeIfPresent([FactorResult].self, forKey: .factors) ?? []
    balance = try container.decodeIfPresent([BalanceRow].self, forKey: .balance) ?? []
    looks = try container.decodeIfPresent(LooksTaken.self, forKey: .looks)
    disclosure = try container.decodeIfPresent(DisclosureRecord.self, forKey: .disclosure)
    timings = try container.decode([String: Double].self, forKey: .timings)
  }

  /// Writes every key, with null for a trial without a lock.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(nudge, forKey: .nudge)
    try container.encode(engineVersion, forKey: .engineVersion)
    try container.encode(trial, forKey: .trial)
    try container.encode(lock, forKey: .lock)
    try container.encode(input, forKey: .input)
    try container.encode(results, forKey: .results)
    try container.encode(means, forKey: .means)
    try container.encode(funnel, forKey: .funnel)
    try container.encode(checks, forKey: .checks)
    try container.encode(verdicts, forKey: .verdicts)
    try container.encode(subgroups, forKey: .subgroups)
    if !curves.isEmpty { try container.encode(curves, forKey: .curves) }
    if !factors.isEmpty { try container.encode(factors, forKey: .factors) }
    if !balance.isEmpty { try container.encode(balance, forKey: .balance) }
    try container.encodeIfPresent(looks, forKey: .looks)
    try container.encodeIfPresent(disclosure, forKey: .disclosure)
    try container.encode(timings, forKey: .timings)
  }
}

extension TrialSummary {
  enum CodingKeys: String, CodingKey {
    case id, title, owner, from, to, counted, arms, insights, outcomes, cohorts
    case assignmentMethod = "assignment_method"
    case blocks, clusters, level, multiplicity, simulated, source
  }
}

extension ResultRow {
  /// Writes every column of the result table, with null for the unknown ones.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(role, forKey: .role)
    try container.encode(arm, forKey: .arm)
    try container.encode(control, forKey: .control)
    try container.encode(cohort, forKey: .cohort)
    try container.encode(estimand, forKey: .estimand)
    try container.encode(measure, forKey: .measure)
    try container.encode(estimator, forKey: .estimator)
    try container.encode(estimate, forKey: .estimate)
    try container.encode(stdError, forKey: .stdError)
    try container.encode(statistic, forKey: .statistic)
    try container.encode(df, forKey: .df)
    try container.encode(pValue, forKey: .pValue)
    try container.encode(pAdjusted, forKey: .pAdjusted)
    try container.encode(confLow, forKey: .confLow)
    try container.encode(confHigh, forKey: .confHigh)
    try container.encode(confLevel, forKey: .confLevel)
    try container.encode(nArm, forKey: .nArm)
    try container.encode(nControl, forKey: .nControl)
    try container.encode(eventsArm, forKey: .eventsArm)
    try container.encode(eventsControl, forKey: .eventsControl)
    try container.encode(seType, forKey: .seType)
    try container.encode(notes, forKey: .notes)
    try container.encode(confLowAdjusted, forKey: .confLowAdjusted)
    try container.encode(confHighAdjusted, forKey: .confHighAdjusted)
  }
}

extension MeanRow {
  enum CodingKeys: String, CodingKey {
    case outcome, arm, cohort, n, missing, events, mean
    case standardDeviation = "standard_deviation"
    case confLow = "conf_low"
    case confHigh = "conf_high"
    case confLevel = "conf_level"
    case method
  }

  /// Writes every column, with null for the unknown ones.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(arm, forKey: .arm)
    try container.encode(cohort, forKey: .cohort)
    try container.encode(n, forKey: .n)
    try container.encode(missing, forKey: .missing)
    try container.encode(events, forKey: .events)
    try container.encode(mean, forKey: .mean)
    try container.encode(standardDeviation, forKey: .standardDeviation)
    try container.encode(confLow, forKey: .confLow)
    try container.encode(confHigh, forKey: .confHigh)
    try container.encode(confLevel, forKey: .confLevel)
    try container.encode(method, forKey: .method)
  }
}

extension FunnelRow {
  enum CodingKeys: String, CodingKey {
    case step, name, arm, n, events
    case rateOfAll = "rate_of_all"
    case rateOfPrevious = "rate_of_previous"
    case missing, difference
    case confLow = "conf_low"
    case confHigh = "conf_high"
    case pValue = "p_value"
  }

  /// Writes every column, with null for the unknown ones.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(step, forKey: .step)
    try container.encode(name, forKey: .name)
    try container.encode(arm, forKey: .arm)
    try container.encode(n, forKey: .n)
    try container.encode(events, forKey: .events)
    try container.encode(rateOfAll, forKey: .rateOfAll)
    try container.encode(rateOfPrevious, forKey: .rateOfPrevious)
    try container.encode(missing, forKey: .missing)
    try container.encode(difference, forKey: .difference)
    try container.encode(confLow, forKey: .confLow)
    try container.encode(confHigh, forKey: .confHigh)
    try container.encode(pValue, forKey: .pValue)
  }
}

extension Verdict {
  enum CodingKeys: String, CodingKey {
    case outcome, arm, control, conclusion, beneficial, estimate
    case confLow = "conf_low"
    case confHigh = "conf_high"
    case pValue = "p_value"
    case pAdjusted = "p_adjusted"
    case worthwhile
    case meanArm = "mean_arm"
    case meanControl = "mean_control"
    case moreUnits = "more_units"
    case power
  }

  /// Reads every key; results from before there was power have none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    outcome = try container.decode(String.self, forKey: .outcome)
    arm = try container.decode(String.self, forKey: .arm)
    control = try container.decode(String.self, forKey: .control)
    conclusion = try container.decode(Conclusion.self, forKey: .conclusion)
    beneficial = try container.decodeIfPresent(Bool.self, forKey: .beneficial)
    estimate = try container.decodeIfPresent(Double.self, forKey: .estimate)
    confLow = try container.decodeIfPresent(Double.self, forKey: .confLow)
    confHigh = try container.decodeIfPresent(Double.self, forKey: .confHigh)
    pValue = try container.decodeIfPresent(Double.self, forKey: .pValue)
    pAdjusted = try container.decodeIfPresent(Double.self, forKey: .pAdjusted)
    worthwhile = try container.decodeIfPresent(Double.self, forKey: .worthwhile)
    meanArm = try container.decodeIfPresent(Double.self, forKey: .meanArm)
    meanControl = try container.decodeIfPresent(Double.self, forKey: .meanControl)
    moreUnits = try container.decodeIfPresent(Int.self, forKey: .moreUnits)
    power = try container.decodeIfPresent([PowerBySize].self, forKey: .power) ?? []
  }

  /// Writes every key, with null for the unknown ones.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(moreUnits, forKey: .moreUnits)
    if !power.isEmpty { try container.encode(power, forKey: .power) }
    try container.encode(outcome, forKey: .outcome)
    try container.encode(arm, forKey: .arm)
    try container.encode(control, forKey: .control)
    try container.encode(conclusion, forKey: .conclusion)
    try container.encode(beneficial, forKey: .beneficial)
    try container.encode(estimate, forKey: .estimate)
    try container.encode(confLow, forKey: .confLow)
    try container.encode(confHigh, forKey: .confHigh)
    try container.encode(pValue, forKey: .pValue)
    try container.encode(pAdjusted, forKey: .pAdjusted)
    try container.encode(worthwhile, forKey: .worthwhile)
    try container.encode(meanArm, forKey: .meanArm)
    try container.encode(meanControl, forKey: .meanControl)
  }
}

extension TrialSummary.OutcomeSummary {
  enum CodingKeys: String, CodingKey {
    case id, name, role, kind, estimator, measure, better, worthwhile, column
    case adjustedFor = "adjusted_for"
  }
}
