import DataSources
import RandomAssignment
import Statistics
import Trials
import Vocabulary

// Data with one row a unit, of which only sums were seen.

extension TrialAnalysis {
  /// The observations that a source's own sums give; nil where units must be looked at, or where
  /// something in the data needs the words that only reading rows gives.
  func talliedObservations(from source: any DataSource) throws -> Observations? {
    guard let request = tallyRequest, let tally = try source.tally(request) else { return nil }
    var identifiers: String?
    if case .column(let name) = trial.unit { identifiers = name }
    guard let rows = TalliedRows(of: self, tally), var observations = try rows.observations(source)
    else { return nil }
    if let identifiers {
      observations.duplicates = try source.table(of: [identifiers: .identifier])
        .identifiers(identifiers).duplicates(examples: 5)
    }
    return observations
  }
}

/// A tally, reduced to observations.
private struct TalliedRows {
  private typealias Subject = (
    subject: Observations.Subject, outcome: Outcome, condition: Condition
  )

  private let analysis: TrialAnalysis
  private let tally: Tally
  private let arms: [String]
  /// The parts whose rows belong to the population.
  private let population: [Tally.Part]

  /// Prepares; nil where an arm is unknown, a block is missing or a binary column is not binary: reading rows says where.
  init?(of analysis: TrialAnalysis, _ tally: Tally) {
    self.analysis = analysis
    self.tally = tally
    let arms = analysis.trial.variants.map(\.arm.id)
    self.arms = arms
    guard
      let population = TalliedRows.parts(of: tally, where: analysis.trial.population),
      tally.parts.allSatisfy({ part in part.arm.map(arms.contains) ?? true })
    else { return nil }
    self.population = population
    let blocks = analysis.trial.drawnGroups.hasBlocks ? analysis.trial.assignment.blocks : []
    let isComplete = population.allSatisfy { part in
      part.arm == nil || blocks.allSatisfy { tally.text($0, of: part) != nil }
    }
    guard isComplete, areBinary else { return nil }
  }

  private static func parts(of tally: Tally, where condition: Condition) -> [Tally.Part]? {
    var found: [Tally.Part] = []
    for part in tally.parts {
      guard
        let holds = tally.request.holds(condition, texts: part.texts, tests: part.tests)
      else { return nil }
      if holds { found.append(part) }
    }
    return found
  }

  /// Whether the columns in which only 0 and 1 may stand hold nothing else.
  private var areBinary: Bool {
    let names = BinaryColumns(of: analysis.trial).names
    return names.allSatisfy { name in
      guard let set = tally.request.sets.firstIndex(of: VariableSet([name])) else { return false }
      return tally.parts.allSatisfy { $0.moments[set].isBinary }
    }
  }

  func observations(_ source: any DataSource) throws -> Observations? {
    let trial = analysis.trial
    var observations = Observations()
    observations.rows = tally.rows
    for part in population {
      if let arm = part.arm {
        observations.units[arm, default: 0] += part.rows
      } else {
        observations.withoutArm += part.rows
      }
    }
    observations.outsidePopulation = tally.rows - population.reduce(0) { $0 + $1.rows }
    for plan in trial.analysis.subgroups {
      observations.levels[plan.column] =
        Set(population.compactMap { tally.text(plan.column, of: $0) }).sortedAsLevels
    }
    observations.balance = balance
    let subjects = analysis.subjects(levels: observations.levels)
    for (subject, outcome, condition) in subjects {
      guard let parts = TalliedRows.parts(of: tally, where: condition),
        let showing = showing(of: outcome, in: parts.filter { $0.arm != nil })
      else { return nil }
      observations.showings[subject] = showing
    }
    guard try readTwice(subjects, into: &observations, source) else { return nil }
    observations.funnel = funnel
    if trial.drawnGroups != DrawnGroups() {
      for step in trial.funnel { observations.funnelSamples[step.column] = sample(of: step.column) }
    }
    return observations
  }

  // MARK: - Outcomes

  private func showing(of outcome: Outcome, in parts: [Tally.Part]) -> Observations.Showing? {
    let (request, byBlock) = analysis.needs(for: outcome).moments
    let blocks = analysis.trial.assignment.blocks
    let sets = request.sets.isEmpty ? [VariableSet(outcome.response.columns)] : request.sets
    var moments = ArmMoments(cells: [:], missing: [:], rowsWithoutArm: 0)
    for part in parts {
      guard let arm = part.arm else { continue }
      let block =
        byBlock && analysis.trial.drawnGroups.hasBlocks
        ? Categories.level(joining: blocks.map { tally.text($0, of: part) }) : nil
      let cell = Cell(arm: arm, block: block)
      for set in sets {
        guard let own = tally.moments(set, of: part) else { return nil }
        let before = moments.cells[cell]?[set] ?? Moments(variables: set.columns.count)
        moments.cells[cell, default: [:]][set] = before + own
        moments.missing[cell, default: [:]][set, default: 0] += part.rows - own.count
      }
    }
    var showing = Observations.Showing(moments)
    guard showing.missing.values.contains(where: { $0 > 0 }) else { return showing }
    // Gaps within blocks are tested by drawing again.
    guard analysis.trial.drawnGroups == DrawnGroups() else { return nil }
    if analysis.canBeBounded(outcome) {
      guard addResponses(of: outcome, moments, to: &showing) else { return nil }
    }
    return showing
  }

  /// The known outcomes beside the missing ones: of a binary outcome their counts say all.
  ///
  /// - Returns: false where bounds need the values themselves.
  private func addResponses(
    of outcome: Outcome, _ moments: ArmMoments, to showing: inout Observations.Showing
  ) -> Bool {
    let set = VariableSet(outcome.response.columns)
    let known = arms.map { moments.cells[Cell(arm: $0)]?[set] ?? Moments(variables: 1) }
    let test = analysis.attrition(
      missing: arms.map { showing.missing[$0] ?? 0 }, known: known.map(\.count), showing)
    guard (test?.pValue ?? 1) < TrialAnalysis.missingnessLimit, outcome.role != .exploratory else {
      return true
    }
    guard outcome.response.kind == .binary else { return false }
    for (arm, own) in zip(arms, known) {
      let events = own.events
      showing.responses[arm] = ArmResponse(
        known: Array(repeating: 1, count: events)
          + Array(repeating: 0, count: own.count - events),
        missing: showing.missing[arm] ?? 0)
    }
    return true
  }

  /// Adjustments: fitted from the tally, finished by one more reading.
  ///
  /// - Returns: false where units must be looked at.
  private func readTwice(
    _ subjects: [Subject], into observations: inout Observations, _ source: any DataSource
  ) throws -> Bool {
    var fitted: [(subject: Observations.Subject, adjustment: TwoReadingAdjustment)] = []
    var request = LeverageRequest(tally: tally.request, regressions: [])
    var owners: [(place: Int, arm: String)] = []
    for (subject, outcome, condition) in subjects {
      let needs = analysis.estimators(for: outcome).compactMap {
        analysis.adjustment(of: outcome, by: $0)
      }
      guard let need = needs.first else { continue }
      guard needs.count == 1, let parts = TalliedRows.parts(of: tally, where: condition),
        let adjustment = adjustment(need, in: parts, alone: VariableSet(outcome.response.columns))
      else { return false }
      for arm in arms {
        guard let pass = adjustment.passes[arm] else { continue }
        request.regressions.append(
          .init(arm: arm, condition: condition, set: need.set, pass: pass))
        owners.append((fitted.count, arm))
      }
      fitted.append((subject, adjustment))
    }
    guard !fitted.isEmpty else { return true }
    guard let sums = try source.leverages(request), sums.count == owners.count else { return false }
    for (place, (subject, adjustment)) in fitted.enumerated() {
      var own: [String: LeverageSums] = [:]
      for (owner, sum) in zip(owners, sums) where owner.place == place { own[owner.arm] = sum }
      guard let read = adjustment.reading(own) else { return false }
      observations.showings[subject]?.sample.adjustment = read
    }
    return true
  }

  private func adjustment(
    _ need: AdjustmentNeed, in parts: [Tally.Part], alone: VariableSet
  ) -> TwoReadingAdjustment? {
    var moments: [String: Moments] = [:]
    for part in parts {
      guard let arm = part.arm else { continue }
      guard let own = tally.moments(need.set, of: part),
        // A covariate with gaps is filled, which is done unit by unit.
        own.count == tally.moments(alone, of: part)?.count
      else { return nil }
      moments[arm] = (moments[arm] ?? Moments(variables: need.set.columns.count)) + own
    }
    return TwoReadingAdjustment(arms: arms, moments: moments, covariance: need.covariance)
  }

  // MARK: - Before the draw

  private var balance: [BalanceRow] {
    guard let control = analysis.trial.control?.arm.id else { return [] }
    let parts = population.filter { $0.arm != nil }
    return analysis.columnsKnownBefore.flatMap { column -> [BalanceRow] in
      variables(of: column, in: parts).flatMap { level, byArm in
        analysis.trial.treatments.map { treatment in
          let none = Moments(variables: 1)
          let balance = CovariateBalance(
            arm: byArm[treatment.arm.id] ?? none, control: byArm[control] ?? none)
          return BalanceRow(
            column: column, level: level, arm: treatment.arm.id, control: control,
            mean: balance.mean, controlMean: balance.controlMean,
            standardizedDifference: balance.standardizedDifference)
        }
      }
    }
  }

  /// A column of numbers as it is, one of texts as the share of each value; by arm.
  private func variables(
    of column: String, in parts: [Tally.Part]
  ) -> [(level: String?, byArm: [String: Moments])] {
    let set = VariableSet([column])
    var byArm: [String: Moments] = [:]
    if tally.request.sets.contains(set) {
      for part in parts {
        guard let arm = part.arm, let own = tally.moments(set, of: part) else { continue }
        byArm[arm] = (byArm[arm] ?? Moments(variables: 1)) + own
      }
      return [(nil, byArm)]
    }
    let known = parts.filter { tally.text(column, of: $0) != nil }
    let levels = Set(known.compactMap { tally.text(column, of: $0) }).sorted()
    guard levels.count > 1, levels.count <= TrialAnalysis.mostBalanceLevels else { return [] }
    return levels.map { level in
      var counts: [String: (events: Int, of: Int)] = [:]
      for part in known {
        guard let arm = part.arm else { continue }
        let has = tally.text(column, of: part) == level
        counts[arm, default: (0, 0)].of += part.rows
        counts[arm, default: (0, 0)].events += has ? part.rows : 0
      }
      return (level, counts.mapValues { Moments(events: $0.events, of: $0.of) })
    }
  }

  // MARK: - The funnel

  private var funnel: [String: [String: Observations.Passage]] {
    var funnel: [String: [String: Observations.Passage]] = [:]
    var previous: String?
    for step in analysis.trial.funnel {
      var passages = arms.map { _ in Observations.Passage() }
      for part in population {
        guard let arm = part.arm.flatMap(arms.firstIndex),
          let own = tally.moments(VariableSet([step.column]), of: part)
        else { continue }
        passages[arm].missing += part.rows - own.count
        passages[arm].reached += own.events
        guard let previous,
          let both = tally.moments(VariableSet([previous, step.column]), of: part)
        else { continue }
        // Of the rows in which both are known: those that reached this step, less those that reached both.
        passages[arm].outOfOrder += both.events(of: 1) - both.jointEvents
      }
      funnel[step.column] = Dictionary(zip(arms, passages)) { first, _ in first }
      previous = step.column
    }
    return funnel
  }

  /// Everyone counts, as having reached the step or not.
  private func sample(of step: String) -> Sample {
    let set = VariableSet([step])
    let blocks = analysis.trial.assignment.blocks
    var counts: [Cell: (events: Int, of: Int)] = [:]
    for part in population {
      guard let arm = part.arm, let own = tally.moments(set, of: part) else { continue }
      let cell = Cell(
        arm: arm, block: Categories.level(joining: blocks.map { tally.text($0, of: part) }))
      counts[cell, default: (0, 0)].of += part.rows
      counts[cell, default: (0, 0)].events += own.events
    }
    return Sample(cells: counts.mapValues { [set: Moments(events: $0.events, of: $0.of)] })
  }
}

extension Tally {
  fileprivate func text(_ column: String, of part: Part) -> String? {
    request.texts.firstIndex(of: column).flatMap { part.texts[$0] }
  }

  fileprivate func moments(_ set: VariableSet, of part: Part) -> Moments? {
    request.sets.firstIndex(of: set).map { part.moments[$0] }
  }
}

extension Tally.Part {
  /// The text of the first column.
  fileprivate var arm: String? { texts.first ?? nil }
}

extension Moments {
  fileprivate func events(of variable: Int) -> Int {
    Int((means[variable] * Double(count)).rounded())
  }

  /// The number of ones in the first variable.
  fileprivate var events: Int { events(of: 0) }

  /// The number of rows in which both of two 0/1 variables are 1: Σxy = C + n·x̄·ȳ.
  fileprivate var jointEvents: Int {
    guard count > 0 else { return 0 }
    return Int((crossProducts[1] + Double(count) * means[0] * means[1]).rounded())
  }

  /// Whether the first two moments are those of zeros and ones.
  fileprivate var isBinary: Bool {
    let n = Double(count)
    guard count > 0, (0...1).contains(means[0]) else { return count == 0 }
    let ones = (means[0] * n).rounded()
    let tolerance = min(max(1e-6, 1e-9 * n), 0.25)
    return abs(means[0] * n - ones) <= tolerance
      && abs(crossProducts[0] - ones * (n - ones) / n) <= tolerance
  }
}
