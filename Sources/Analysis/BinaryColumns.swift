import DataSources
import Statistics
import Trials
import Vocabulary

/// The columns in which only 0, 1 and missing may stand: binary outcomes and the funnel.
struct BinaryColumns {
  /// Faults shown for one column; a column coded 1 and 2 would otherwise fill the screen.
  private static let shown = 20
  let names: [String]

  init(of trial: Trial) {
    let outcomes = trial.outcomes.flatMap(\.response.binaryColumns)
    var seen: Set<String> = []
    names = (outcomes + trial.funnel.map(\.column) + (trial.analysis.takeup.map { [$0] } ?? []))
      .filter { seen.insert($0).inserted }
  }

  /// - Throws: ``Vocabulary/Faults`` with the first values that are neither, each with its place.
  func check(_ table: Table, in source: any DataSource) throws {
    var faults: [Fault] = []
    for name in names {
      let column = try table.numbers(name)
      let wrong = Array(
        column.indices.lazy
          .filter { !(column[$0].isNaN || column[$0] == 0 || column[$0] == 1) }
          .prefix(Self.shown))
      guard !wrong.isEmpty else { continue }
      let places = try source.locations(ofRows: Set(wrong), column: name)
      for row in wrong {
        guard let place = places[row] else { continue }
        faults.append(AnalysisFault.notBinary(column: name, value: column[row]).fault(at: place))
      }
    }
    if let faults = Faults(faults) { throw faults }
  }
}
