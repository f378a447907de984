import Foundation
import Statistics
import Testing
import Vocabulary

@testable import DataSources

@Suite("Counts: one row a cell")
struct CountsTableTests {
  func counts(_ text: String, outcomes: [String] = ["visited"]) throws -> CountsTable {
    let folder = try TemporaryFolder()
    return try CountsTable(
      from: CSVFile(path: try folder.file(text)), n: "n", outcomes: outcomes,
      also: [ColumnRequest("arm", as: .category), ColumnRequest("area", as: .category)])
  }

  func faults(_ text: String, outcomes: [String] = ["visited"]) throws -> [String] {
    let error = try #require(throws: Faults.self) { try counts(text, outcomes: outcomes) }
    return error.all.map { fault in
      let line = fault.line(in: .english)
      return String(line[(line.range(of: "data.csv:")?.upperBound ?? line.startIndex)...])
    }
  }

  @Test func rowsOfAnArmAddUp() throws {
    let table = try counts(
      "arm,area,n,visited,called\ncontrol,東,\"1,000\",20,1\ncontrol,西,500,-,2\n"
        + "social,東,900,３６,3\n,西,7,1,1\n",
      outcomes: ["visited", "called"])
    let (visited, called) = (VariableSet(["visited"]), VariableSet(["called"]))
    let moments = try table.moments(of: ["visited", "called"], by: "arm")
    #expect(
      moments.cells == [
        Cell(arm: "control"): [
          visited: Moments(events: 20, of: 1000), called: Moments(events: 3, of: 1500),
        ],
        Cell(arm: "social"): [
          visited: Moments(events: 36, of: 900), called: Moments(events: 3, of: 900),
        ],
      ])
    #expect(moments.missing[Cell(arm: "control")] == [visited: 500, called: 0])
    #expect(moments.rowsWithoutArm == 7)
    #expect(try table.unitCounts(by: "arm") == ["control": 1500, "social": 900])

    let east = try table.table.rows(
      satisfying: Condition([.init(column: "area", .among(["東"]))]))
    #expect(
      try table.moments(of: ["called"], by: "arm", where: east).cells[Cell(arm: "control")]
        == [called: Moments(events: 1, of: 1000)])
    #expect(throws: TableError.notRead(ColumnRequest("other", as: .number))) {
      try table.moments(of: ["other"], by: "arm")
    }
  }

  @Test func countsThatCannotBe() throws {
    let units = "is not a number of units, a whole number from 0 on"
    #expect(
      try faults(
        "# c\narm,area,n,visited\na,東,10,11\na,東,-1,0\na,西,2.5,9\n\na,東,,1\nb,東,3,1.5\nb,東,3,-2\n"
          + "b,東,1e300,1\nb,東,0,0\n")
        == [
          "3:8: '11' in column 'visited' is not a number of events, "
            + "a whole number from 0 to the row's 10 units",
          "4:5: '-1.0' in column 'n' \(units)",
          "5:5: '2.5' in column 'n' \(units)",
          "7:5: '' in column 'n' \(units)",
          "8:7: '1.5' in column 'visited' is not a number of events, "
            + "a whole number from 0 to the row's 3 units",
          "9:7: '-2.0' in column 'visited' is not a number of events, "
            + "a whole number from 0 to the row's 3 units",
          "10:5: '1e+300' in column 'n' \(units)",
        ])
  }

  @Test func sumsNeverOverflow() throws {
    // 2⁵³ = 9007199254740992.
    #expect(
      try faults("arm,area,n,visited\na,x,9007199254740992,1\na,x,1,1\na,x,0,0\n")
        == ["3:5: the units in column 'n' are more than 2^53 in all"])
  }

  @Test func manyFaultsAreCounted() throws {
    let lines = try faults(
      "arm,area,n,visited\n" + String(repeating: "a,x,1,2\n", count: 25))
    #expect(lines.count == 21)
    #expect(lines.last == "22: and 5 more faults from here on")
  }
}
