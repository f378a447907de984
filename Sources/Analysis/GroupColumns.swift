import DataSources
import RandomAssignment
import Statistics
import Trials
import Vocabulary

/// The blocks and clusters of each row.
struct GroupColumns {
  /// Rows shown for one column; a column that is empty throughout would otherwise fill the screen.
  private static let shown = 20
  /// The blocks; nil where the design has none.
  let blocks: Categories?
  /// The clusters; nil where the design has none, or the data cannot show them.
  let clusters: Categories?

  /// The columns that the design names.
  static func requests(of trial: Trial) -> Set<ColumnRequest> {
    let clusters = trial.drawnGroups.hasClusters ? trial.assignment.clusters.map { [$0] } ?? [] : []
    return Set((trial.assignment.blocks + clusters).map { ColumnRequest($0, as: .category) })
  }

  /// Reads the columns.
  ///
  /// - Throws: ``Vocabulary/Faults`` for rows of the population that have an arm but no block or no
  ///   cluster, each at its line.
  init(
    of table: Table, trial: Trial, arms: Categories, population: RowMask,
    in source: any DataSource
  ) throws {
    blocks =
      trial.drawnGroups.hasBlocks ? try table.categories(joining: trial.assignment.blocks) : nil
    let names = GroupColumns.requests(of: trial).map(\.name).sorted()
    clusters =
      trial.drawnGroups.hasClusters
      ? try trial.assignment.clusters.map { try table.categories($0) } : nil
    var faults: [Fault] = []
    for name in names {
      let codes = try table.categories(name).codes
      let gaps = Array(
        codes.indices.lazy
          .filter { codes[$0] < 0 && population[$0] && arms.codes[$0] >= 0 }
          .prefix(Self.shown))
      guard !gaps.isEmpty else { continue }
      let places = try source.locations(ofRows: Set(gaps), column: name)
      faults += gaps.compactMap { row in
        places[row].map { AnalysisFault.missingGroup(column: name).fault(at: $0) }
      }
    }
    if let faults = Faults(faults) { throw faults }
  }
}
