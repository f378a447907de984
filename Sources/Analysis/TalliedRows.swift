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
      let table = try source.table(of: [identifiers: .identifier])
      observations.duplicates =
        table.rowCount < tally.rows
        ? nil : try table.identifiers(identifiers).duplicates(examples: 5)
    }
    return observations
  }
}

/// A tally, reduced to observations.
struct TalliedRows {
  typealias Subject = (
    subject: Observations.Subject, outcome: Outcome, condition: Condition
  )

  let analysis: TrialAnalysis
  let tally: Tally
  let arms: [String]
  /// The parts whose rows belong to the population.
  let population: [Tally.Part]

  /// Prepares; nil where an arm is unknown, a block or cluster is missing or a binary column is not binary: reading rows says where.
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
    let groups = GroupColumns.requests(of: analysis.trial).map(\.name)
    let isComplete = population.allSatisfy { part in
      part.arm == nil || groups.allSatisfy { tally.text($0, of: part) != nil }
    }
    guard isComplete, areBinary else { return nil }
  }

  static func parts(of tally: Tally, where condition: Condition) -> [Tally.Part]? {
    tally.request.located(condition).map { condition in
      tally.parts.filter { condition.holds(texts: $0.texts, tests: $0.tests) }
    }
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
    observations.clusters = clusterCounts
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
    guard !analysis.hasFewClusters(in: observations),
      try readTwice(subjects, into: &observations, source)
    else { return nil }
    observations.funnel = funnel
    if trial.drawnGroups != DrawnGroups() {
      for step in trial.funnel { observations.funnelSamples[step.column] = sample(of: step.column) }
    }
    return observations
  }

  // MARK: - Outcomes

  private func showing(of outcome: Outcome, in parts: [Tally.Part]) -> Observations.Showing? {
    if let set = analysis.clusterTotals(of: outcome) {
      return showing(ofClusters: set, of: outcome, in: parts)
    }
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
      let events = own.onesOfFirst
      showing.responses[arm] = ArmResponse(
        known: Array(repeating: 1, count: events)
          + Array(repeating: 0, count: own.count - events),
        missing: showing.missing[arm] ?? 0)
    }
    return true
  }
}

extension Tally {
  func text(_ column: String, of part: Part) -> String? {
    request.texts.firstIndex(of: column).flatMap { part.texts[$0] }
  }

  func moments(_ set: VariableSet, of part: Part) -> Moments? {
    request.sets.firstIndex(of: set).map { part.moments[$0] }
  }
}

extension Tally.Part {
  /// The text of the first column.
  var arm: String? { texts.first ?? nil }
}

extension Moments {
  func events(of variable: Int) -> Int {
    Int((means[variable] * Double(count)).rounded())
  }

  /// The number of ones in the first variable.
  var onesOfFirst: Int { events(of: 0) }

  /// The number of rows in which both of two 0/1 variables are 1: Σxy = C + n·x̄·ȳ.
  var jointEvents: Int {
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
