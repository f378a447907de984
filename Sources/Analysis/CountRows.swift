import DataSources
import RandomAssignment
import Statistics
import Trials
import Vocabulary

/// Data with one row a cell of units, reduced to observations.
struct CountRows {
  private let analysis: TrialAnalysis
  private let counts: CountsTable
  private let population: RowMask
  private let groups: GroupColumns

  /// Reads the columns that the trial names.
  ///
  /// - Throws: ``Vocabulary/Faults`` for impossible counts and unknown arms, each at its line.
  init(of analysis: TrialAnalysis, in source: any DataSource) throws {
    self.analysis = analysis
    let trial = analysis.trial
    counts = try CountsTable(
      from: source, n: trial.data.n, outcomes: analysis.numberColumns.map(\.name).sorted(),
      also: analysis.commonColumns)
    _ = try ArmColumn(of: counts.table, trial: trial, in: source)
    population = try counts.table.rows(satisfying: trial.population)
    groups = try GroupColumns(
      of: counts.table, trial: trial,
      arms: try counts.table.categories(trial.assignment.column), population: population,
      in: source)
  }

  func observations() throws -> Observations {
    let trial = analysis.trial
    let column = trial.assignment.column
    var observations = Observations()
    observations.rows = counts.table.rowCount
    observations.units = try counts.unitCounts(by: column, where: population)
      .filter { $0.value > 0 }
    let everyone = try counts.moments(of: [], by: column, where: population)
    observations.withoutArm = everyone.rowsWithoutArm
    let units = try counts.table.numbers(trial.data.n)
    observations.outsidePopulation = units.indices
      .reduce(0) { $0 + (population[$1] ? 0 : Int(units[$1])) }
    observations.levels = try analysis.levels(in: counts.table, where: population)
    observations.families = try analysis.families(
      levels: observations.levels, in: counts.table,
      where: population.intersection(
        RowMask(rowCount: units.count) { units[$0] > 0 }))
    for (subject, outcome, condition) in analysis.subjects(levels: observations.levels) {
      observations.showings[subject] = Observations.Showing(
        try counts.moments(
          of: [outcome.response.column], by: column, within: groups.blocks,
          where: try counts.table.rows(satisfying: condition)))
    }
    for step in trial.funnel {
      observations.funnel[step.column] = try passages(of: step.column, by: column)
      if groups.blocks != nil {
        observations.funnelSamples[step.column] = try sample(of: step.column, by: column)
      }
    }
    return observations
  }

  /// Every unit counts, as having reached the step or not.
  private func sample(of step: String, by column: String) throws -> Sample {
    let moments = try counts.moments(
      of: [step], by: column, within: groups.blocks, where: population)
    let set = VariableSet([step])
    return Sample(
      cells: moments.cells.mapValues { sets in
        sets.mapValues { Moments(events: $0.events, of: $0.count) }
      }.merging(
        moments.missing.mapValues { missing in
          [set: Moments(events: 0, of: missing[set] ?? 0)]
        }
      ) { known, missing in known.merging(missing, uniquingKeysWith: +) })
  }

  /// What counts can say of a funnel step; who skipped a step is not in them.
  private func passages(
    of step: String, by column: String
  ) throws -> [String: Observations.Passage] {
    let moments = try counts.moments(of: [step], by: column, where: population)
    let set = VariableSet([step])
    var passages: [String: Observations.Passage] = [:]
    for (cell, sets) in moments.cells {
      var passage = Observations.Passage()
      passage.reached = sets[set]?.events ?? 0
      passage.missing = moments.missing[cell]?[set] ?? 0
      passages[cell.arm] = passage
    }
    return passages
  }
}

extension Moments {
  /// The number of ones in a 0/1 variable.
  fileprivate var events: Int { Int(((means.first ?? 0) * Double(count)).rounded()) }
}
