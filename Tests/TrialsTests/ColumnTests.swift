import Testing
import Vocabulary

@testable import Trials

/// The columns that a trial names against those that its data have.
@Suite struct ColumnTests {
  let columns = [
    "participant_id", "arm", "age", "age_band", "subprefecture", "sent", "visited", "days",
  ]

  func lines(_ columns: [String], yaml: String = validTrial) throws -> [String] {
    try TrialFile.decode(yaml: yaml, file: "trial.yml").faults(againstColumns: columns)
      .map { $0.line(in: .english) }
  }

  @Test func isContentWithACompleteTable() throws {
    #expect(try lines(columns) == [])
  }

  @Test(arguments: [
    ("participant_id", ["21:7"]), ("arm", ["26:11"]), ("age", ["18:22", "20:38"]),
    ("age_band", ["24:27"]), ("subprefecture", ["24:12"]), ("sent", ["30:10"]),
    ("visited", ["28:66", "30:25"]), ("days", ["29:10"]),
  ])
  func pointsAtEveryPlaceThatNamesAMissingColumn(missing: String, places: [String]) throws {
    let present = columns.filter { $0 != missing }
    let found = try lines(present)
    #expect(found.count == places.count)
    for place in places {
      #expect(
        found.contains {
          $0.hasPrefix("trial.yml:\(place): the data 'data.csv' have no column '\(missing)'.")
        }, "\(found)")
    }
  }

  @Test func offersTheNearestColumn() throws {
    let found = try lines(columns.map { $0 == "visited" ? "visted" : $0 })
    #expect(
      found.first
        == "trial.yml:28:66: the data 'data.csv' have no column 'visited'. Did you mean 'visted'? "
        + "Columns: participant_id, arm, age, age_band, subprefecture, sent, visted, days.")
  }

  @Test func pointsAtTheSectionWhereAColumnIsLeftOut() throws {
    let yaml = changed("\n  column: arm", "")
    #expect(
      try lines(columns.filter { $0 != "arm" }, yaml: yaml).first?.hasPrefix("trial.yml:23:3:")
        == true)
  }

  /// Rows of counts are cells: they have no unit's column, but a column of counts.
  @Test func knowsWhatCountsNeed() throws {
    let yaml = changed("shape: units", "shape: counts")
      .replacing("kind: continuous", with: "kind: binary")
    let withoutUnits = columns.filter { $0 != "participant_id" }
    #expect(try lines(withoutUnits + ["n"], yaml: yaml) == [])
    #expect(try lines(withoutUnits, yaml: yaml).map { $0.prefix(15) } == ["trial.yml:32:7:"])
  }
}
