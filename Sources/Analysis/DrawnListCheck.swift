import DataSources
import Enrolment
import Ledger
import Trials
import Vocabulary

/// Whether the analysed arms are the drawn ones: an exact count, unit by unit.
struct DrawnListCheck {
  /// What the comparison found.
  let check: Check

  /// Compares the data's arm column with the drawn list; nil where nobody was drawn, or where the data name no
  /// units.
  init?(of trial: Trial, in source: any DataSource, record: TrialRecord) throws {
    guard !record.units.isEmpty, let unitColumn = trial.drawnColumn,
      trial.data.shape == .units
    else { return nil }
    let column = trial.assignment.column
    var requests = trial.population.columnRequests
    requests.insert(ColumnRequest(unitColumn, as: .identifier))
    requests.insert(ColumnRequest(column, as: .category))
    let table = try source.table(of: requests)
    let identifiers = try table.identifiers(unitColumn)
    let arms = try table.categories(column)
    let population = try table.rows(satisfying: trial.population)
    let drawn = Dictionary(record.units.map { ($0.unit, $0) }) { first, _ in first }
    var seen: Set<String> = []
    var tally = Check.DrawnTally(drawn: record.units.count)
    for row in 0..<table.rowCount {
      guard let unit = identifiers[row] else { continue }
      guard let listed = drawn[unit] else {
        if population[row] {
          tally.notDrawn += 1
          tally.note(unit)
        }
        continue
      }
      // A cluster has many rows: it agrees once.
      let isFirst = seen.insert(unit).inserted
      guard let arm = listed.arm else { continue }
      if arms[row] == arm {
        tally.agreeing += isFirst ? 1 : 0
      } else if arms[row] != nil {
        tally.otherArm += 1
        tally.note(unit)
      }
    }
    tally.absent = record.units.count - seen.count
    check = Check(
      kind: .drawnList(tally), status: tally.otherArm + tally.notDrawn > 0 ? .fail : .pass)
  }
}
