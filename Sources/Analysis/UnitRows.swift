import DataSources
import RandomAssignment
import Statistics
import Trials
import Vocabulary

/// Data with one row a unit, reduced to observations.
struct UnitRows {
  private let analysis: TrialAnalysis
  private let table: Table
  private let arms: ArmColumn
  private let groups: GroupColumns
  private let samples: UnitSamples
  /// Which rows belong to the population.
  private let population: RowMask

  /// Reads the columns that the trial names.
  ///
  /// - Throws: ``Vocabulary/Faults`` for unknown arms, and for values other than 0 and 1 in binary
  ///   columns, each at its line.
  init(of analysis: TrialAnalysis, in source: any DataSource) throws {
    self.analysis = analysis
    var columns = analysis.commonColumns.union(analysis.numberColumns)
    if case .column(let name) = analysis.trial.unit {
      columns.insert(ColumnRequest(name, as: .identifier))
    }
    columns.formUnion(DrawnAgain.requests(of: analysis, known: Set(try source.columnNames())))
    table = try source.table(of: columns)
    arms = try ArmColumn(of: table, trial: analysis.trial, in: source)
    population = try table.rows(satisfying: analysis.trial.population)
    groups = try GroupColumns(
      of: table, trial: analysis.trial,
      arms: try table.categories(analysis.trial.assignment.column), population: population,
      in: source)
    try BinaryColumns(of: analysis.trial).check(table, in: source)
    samples = UnitSamples(
      table: table, arms: arms, groups: groups,
      drawnAgain: try DrawnAgain(
        of: analysis, in: table, arms: arms, blocks: groups.blocks, population: population))
  }

  func observations() throws -> Observations {
    let trial = analysis.trial
    var observations = Observations()
    observations.rows = table.rowCount
    countUnits(into: &observations)
    observations.levels = try analysis.levels(in: table, where: population)
    observations.families = try analysis.families(
      levels: observations.levels, in: table, where: population)
    observations.balance = try analysis.balance(in: table, arms: arms, where: population)
    for (subject, outcome, condition) in analysis.subjects(levels: observations.levels) {
      observations.showings[subject] = try showing(
        of: outcome, where: try table.rows(satisfying: condition))
    }
    if trial.analysis.multiplicity == .maxT {
      let primary = trial.outcomes.filter { $0.role == .primary }
      let everywhere = primary.map(\.condition).reduce(trial.population) { $0.and($1) }
      observations.primaryUnits = try samples.sample(
        of: primary.flatMap(\.response.columns).map { try table.numbers($0) },
        where: try table.rows(satisfying: everywhere)
      ).sample
    }
    observations.funnel = try funnel()
    if trial.drawnGroups != DrawnGroups() {
      for step in trial.funnel {
        let reached = try table.numbers(step.column).map { $0 == 1 ? 1.0 : 0 }
        observations.funnelSamples[step.column] = Sample(
          units: try samples.sample(of: [reached], where: population).sample)
      }
    }
    if case .column(let name) = trial.unit {
      observations.duplicates = try table.identifiers(name).duplicates(examples: 5)
    }
    return observations
  }

  private func showing(
    of outcome: Outcome, where mask: RowMask
  ) throws -> Observations.Showing {
    let needs = analysis.needs(for: outcome)
    var showing = Observations.Showing()
    let (request, byBlock) = needs.moments
    if !request.sets.isEmpty {
      let moments = try table.moments(
        of: request, by: analysis.trial.assignment.column, within: byBlock ? groups.blocks : nil,
        where: mask)
      showing = Observations.Showing(moments)
    }
    if let (covariates, factors) = needs.units {
      (showing.sample.units, showing.missing) = try samples.sample(
        of: outcome.response.columns.map { try table.numbers($0) }, covariates: covariates,
        factors: factors, where: mask)
    }
    if showing.missing.values.contains(where: { $0 > 0 }), analysis.canBeBounded(outcome) {
      let column = try table.numbers(outcome.response.column)
      var known = Array(repeating: [Double](), count: arms.names.count)
      for row in column.indices where mask[row] && column[row].isFinite {
        if let arm = arms[row] { known[arm].append(column[row]) }
      }
      for (arm, values) in zip(arms.names, known) {
        showing.responses[arm] = ArmResponse(known: values, missing: showing.missing[arm] ?? 0)
      }
    }
    if showing.missing.values.contains(where: { $0 > 0 }),
      analysis.trial.drawnGroups != DrawnGroups()
    {
      let columns = try outcome.response.columns.map { try table.numbers($0) }
      let gaps = (0..<table.rowCount).map { row in
        columns.allSatisfy { $0[row].isFinite } ? 0.0 : 1
      }
      showing.gaps =
        try samples
        .sample(of: [gaps], where: mask).sample
    }
    if let takeup = analysis.takeup(for: outcome) {
      let (covariates, factors) = needs.units ?? ([], [])
      showing.takeup = try samples.sample(
        of: [table.numbers(outcome.response.column), table.numbers(takeup)],
        covariates: covariates, factors: factors, where: mask
      ).sample
    }
    return showing
  }

  private func countUnits(into observations: inout Observations) {
    var sizes = Array(repeating: 0, count: arms.names.count)
    for row in 0..<table.rowCount {
      if !population[row] {
        observations.outsidePopulation += 1
      } else if let arm = arms[row] {
        sizes[arm] += 1
      } else {
        observations.withoutArm += 1
      }
    }
    for (arm, size) in zip(arms.names, sizes) where size > 0 { observations.units[arm] = size }
    guard let clusters = groups.clusters else { return }
    var drawn = Array(repeating: Set<Int32>(), count: arms.names.count)
    for row in 0..<table.rowCount where population[row] {
      if let arm = arms[row] { drawn[arm].insert(clusters.codes[row]) }
    }
    for (arm, clusters) in zip(arms.names, drawn) where !clusters.isEmpty {
      observations.clusters[arm] = clusters.count
    }
  }

  private func funnel() throws -> [String: [String: Observations.Passage]] {
    var funnel: [String: [String: Observations.Passage]] = [:]
    var previous: [Double]?
    for step in analysis.trial.funnel {
      let column = try table.numbers(step.column)
      var passages = Array(repeating: Observations.Passage(), count: arms.names.count)
      for row in column.indices where population[row] {
        guard let arm = arms[row] else { continue }
        if column[row].isNaN { passages[arm].missing += 1 }
        guard column[row] == 1 else { continue }
        passages[arm].reached += 1
        if let previous, previous[row] == 0 { passages[arm].outOfOrder += 1 }
      }
      funnel[step.column] = Dictionary(zip(arms.names, passages)) { first, _ in first }
      previous = column
    }
    return funnel
  }
}

extension Observations.Showing {
  /// The moments of one outcome's variable sets, with what is missing from them.
  init(_ moments: ArmMoments) {
    self.init(
      Sample(cells: moments.cells),
      missing: Dictionary(
        moments.missing.map { ($0.key.arm, $0.value.values.max() ?? 0) }, uniquingKeysWith: +))
  }
}
