public import DataSources
import RandomAssignment
import Statistics
public import Trials
import Vocabulary

// From a source of columns to observations, for both shapes of data.

extension TrialAnalysis {
  /// Reads what the trial names and reduces it to moments.
  ///
  /// - Throws: ``Vocabulary/Faults`` with every column that the data lack, at the place where the trial file names it; then
  ///   every fault in the data.
  public func observations(
    from source: any DataSource, definedIn file: TrialFile
  ) throws -> Observations {
    if let faults = Faults(file.faults(againstColumns: try source.columnNames())) { throw faults }
    let observations = try self.observations(from: source)
    let crowded = trial.analysis.subgroups.enumerated().filter {
      (observations.levels[$1.column] ?? []).count > Self.mostLevels
    }
    let faults = crowded.map { index, plan in
      AnalysisFault.crowdedSubgroup(
        column: plan.column, values: observations.levels[plan.column]?.count ?? 0,
        limit: Self.mostLevels
      ).fault(at: file.location(of: "analysis.subgroups[\(index)]"))
    }
    if let faults = Faults(faults) { throw faults }
    guard !observations.units.isEmpty else {
      throw Faults(AnalysisFault.noUnits.fault(at: SourceLocation(file: file.dataPath)))
    }
    return observations
  }

  /// The columns of outcomes, funnel and covariates: values of units, or numbers of events.
  var numberColumns: Set<ColumnRequest> {
    let outcomes = trial.outcomes.flatMap(\.response.columns)
    let covariates = trial.outcomes.flatMap(needs).units?.covariates ?? []
    let takeup = trial.analysis.takeup.map { [$0] } ?? []
    let names = outcomes + trial.funnel.map(\.column) + covariates + takeup
    return Set(names.map { ColumnRequest($0, as: .number) })
  }

  /// The arm, the blocks and clusters, categories that adjust, and whatever the conditions look at.
  var commonColumns: Set<ColumnRequest> {
    var columns: Set = [ColumnRequest(trial.assignment.column, as: .category)]
    let conditions =
      [trial.population] + trial.cohorts.map(\.condition) + trial.outcomes.map(\.condition)
    columns.formUnion(GroupColumns.requests(of: trial))
    for factor in trial.outcomes.flatMap(needs).units?.factors ?? [] {
      columns.insert(ColumnRequest(factor, as: .category))
    }
    for condition in conditions { columns.formUnion(condition.columnRequests) }
    for plan in trial.analysis.subgroups {
      columns.insert(ColumnRequest(plan.column, as: .category))
    }
    return columns
  }
}
