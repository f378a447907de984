import DataSources
import RandomAssignment
import Trials
import Vocabulary

/// Which arm each row belongs to.
struct ArmColumn {
  /// The arms' identifiers, in the order of the trial.
  let names: [String]
  private let codes: [Int32]
  /// The position of each level among the trial's arms.
  private let armOfLevel: [Int]

  /// Reads the column.
  ///
  /// - Throws: ``Vocabulary/Faults`` with one fault for each arm in the data that the trial does not
  ///   name, at its first row.
  init(of table: Table, trial: Trial, in source: any DataSource) throws {
    let column = trial.assignment.column
    let categories = try table.categories(column)
    let names = trial.variants.map(\.arm.id)
    let positions = categories.levels.map { names.firstIndex(of: $0) }
    self.names = names
    codes = categories.codes
    armOfLevel = positions.map { $0 ?? -1 }

    let strangers = positions.indices.filter { positions[$0] == nil }
    guard !strangers.isEmpty else { return }
    let firstRows = strangers.map { level in codes.firstIndex(of: Int32(level)) ?? 0 }
    let places = try source.locations(ofRows: Set(firstRows), column: column)
    let faults = zip(strangers, firstRows).map { level, row in
      AnalysisFault.unknownArm(categories.levels[level], accepted: names)
        .fault(at: places[row] ?? SourceLocation(file: trial.data.file))
    }
    if let faults = Faults(faults) { throw faults }
  }

  /// The position of a row's arm among the trial's; nil where the row carries none.
  subscript(row: Int) -> Int? {
    let code = Int(codes[row])
    return code < 0 ? nil : armOfLevel[code]
  }
}
