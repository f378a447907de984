import DataSources
import Enrolment
import Ledger
import RandomAssignment
import Statistics
import Trials

/// How a trial's arms are drawn again for a test: where a shuffle would be another draw, by the design, from
/// the drawn list or, where nothing was recorded, from the data in their order.
struct DrawnAgain {
  /// Nil where a shuffle is the draw.
  private let list: DrawnList?
  private let isShuffle: Bool
  /// Period and sequence of each row of a stepped wedge; nil where it has none, or is none.
  private let wedge: [(period: Int, sequence: Int)?]?
  /// The place in the list of each row of the table; nil where it has none.
  private let places: [Int?]

  /// The columns that the design looks at and the data have, where they must serve for the list.
  static func requests(
    of analysis: TrialAnalysis, known: Set<String>
  ) -> Set<ColumnRequest> {
    let plan = analysis.trial.assignment
    if let wedge = plan.wedge {
      return [
        ColumnRequest(wedge.sequence, as: .category), ColumnRequest(wedge.column, as: .category),
      ]
    }
    guard analysis.drawsByDesign, analysis.drawn.isEmpty else { return [] }
    return Set(
      plan.factors.filter(known.contains).map { ColumnRequest($0, as: .category) }
        + plan.covariates.filter(known.contains).map { ColumnRequest($0, as: .number) })
  }

  /// Finds the list.
  ///
  /// - Throws: ``DataSources/TableError`` when a column was not read.
  init(
    of analysis: TrialAnalysis, in table: Table, arms: ArmColumn, blocks: Categories?,
    population: RowMask
  ) throws(TableError) {
    isShuffle = !analysis.drawsByDesign
    wedge = try Self.wedge(of: analysis.trial, in: table)
    guard analysis.drawsByDesign else {
      list = nil
      places = []
      return
    }
    let design = analysis.trial.design
    if case .column(let unit) = analysis.trial.unit, !analysis.drawn.isEmpty {
      let identifiers = try table.identifiers(unit)
      let numbers = Dictionary(analysis.drawn.enumerated().map { ($1.unit, $0) }) { first, _ in
        first
      }
      places = (0..<table.rowCount).map { row in identifiers[row].flatMap { numbers[$0] } }
      list = DrawnList(
        analysis.drawn.map(ExperimentalUnit.init),
        arms: analysis.drawn.map { unit in
          design.arms.firstIndex { $0.id == unit.arm } ?? -1
        },
        drawnBy: design)
      return
    }
    let rows = (0..<table.rowCount).filter { population[$0] && arms[$0] != nil }
    var places = [Int?](repeating: nil, count: table.rowCount)
    for (place, row) in rows.enumerated() { places[row] = place }
    self.places = places
    guard let units = Self.units(ofRows: rows, of: analysis.trial, in: table, blocks: blocks) else {
      list = nil
      return
    }
    list = DrawnList(units, arms: rows.map { arms[$0] ?? -1 }, drawnBy: design)
  }

  /// The units as the design sees them; nil where the data lack a column.
  private static func units(
    ofRows rows: [Int], of trial: Trial, in table: Table, blocks: Categories?
  ) -> [ExperimentalUnit]? {
    let factors = trial.assignment.factors.compactMap { try? table.categories($0) }
    let covariates = trial.assignment.covariates.compactMap { try? table.numbers($0) }
    guard factors.count == trial.assignment.factors.count,
      covariates.count == trial.assignment.covariates.count,
      factors.allSatisfy({ factor in rows.allSatisfy { factor.codes[$0] >= 0 } })
    else { return nil }
    return rows.map { row in
      ExperimentalUnit(
        id: "\(row)", block: blocks.map { "\($0.codes[row])" },
        factors: factors.map { $0.levels[Int($0.codes[row])] },
        measurements: covariates.map { $0[row] })
    }
  }

  private static func wedge(
    of trial: Trial, in table: Table
  ) throws(TableError) -> [(period: Int, sequence: Int)?]? {
    guard let plan = trial.assignment.wedge else { return nil }
    let (periods, sequences) = (
      try table.categories(plan.column), try table.categories(plan.sequence)
    )
    let times = periods.levels.map { plan.periods.firstIndex(of: $0) }
    let names = trial.design.arms.map(\.id)
    let orders = sequences.levels.map { names.firstIndex(of: $0) }
    return (0..<table.rowCount).map { row in
      guard periods.codes[row] >= 0, sequences.codes[row] >= 0,
        let time = times[Int(periods.codes[row])], let order = orders[Int(sequences.codes[row])]
      else { return nil }
      return (time, order)
    }
  }

  /// How the arms of a sample's rows are drawn again.
  func redrawing(ofRows rows: [Int]) -> Redrawing {
    if let wedge {
      let own = rows.compactMap { wedge[$0] }
      guard own.count == rows.count else { return .unknown }
      return .wedge(WedgeDraw(periods: own.map(\.period), sequences: own.map(\.sequence)))
    }
    if isShuffle { return .shuffle }
    let own = rows.compactMap { places[$0] }
    guard let list, own.count == rows.count else { return .unknown }
    return .design(list, places: own)
  }
}

extension TrialAnalysis {
  /// Whether some test draws again, and a shuffle would be another draw than the trial's.
  ///
  /// Permuted blocks are known by their order, which only the ledger keeps; of three and more arms, two alone
  /// cannot be drawn again. There the shuffle keeps to the strata.
  var drawsByDesign: Bool {
    guard trial.analysis.inference.contains(.randomization) || trial.analysis.multiplicity == .maxT
    else { return false }
    return trial.assignment.method.isRedrawnOtherwise
      || (trial.assignment.method == .permutedBlocks && !drawn.isEmpty
        && trial.variants.count == 2)
  }
}
