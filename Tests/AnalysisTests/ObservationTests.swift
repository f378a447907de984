import Analysis
import Foundation
import Testing
import Vocabulary

/// From rows to numbers: who is counted, and where.
struct ObservationTests {
  /// Eight people: one too young, one without an arm, one with a missing visit, one twice.
  static let data =
    TrialFixture.header + """
      1,control,35,1,0,"1,000"
      2,control,44,1,1,1500
      3,control,49,0,0,-
      4,social,45,1,1,２０００
      5,social,39,1,,1200
      5,social,41,0,1,900
      6,social,30,1,1,5000
      7,,45,1,1,100

      """

  @Test("each row is counted once, in its place")
  func counts() throws {
    let result = try TrialFixture.analyze(data: Self.data)
    #expect(result.input.rows == 8)
    #expect(result.input.units == 6)
    let means = result.means.filter { $0.outcome == "visited" }
    func row(_ arm: String, _ cohort: String) throws -> MeanRow {
      try #require(means.first { $0.arm == arm && $0.cohort == cohort })
    }
    let control = try row("control", "all")
    #expect((control.n, control.missing, control.events) == (3, 0, 1))
    let social = try row("social", "all")
    #expect((social.n, social.missing, social.events) == (2, 1, 2))
    let forties = try row("social", "forties")
    #expect((forties.n, forties.missing, forties.events) == (2, 0, 2))
  }

  @Test("numbers are read as offices write them")
  func numbers() throws {
    let result = try TrialFixture.analyze(data: Self.data)
    let yen = result.means.filter { $0.outcome == "yen" && $0.cohort == "all" }
    // (1000 + 1500) / 2, and (2000 + 1200 + 900) / 3
    #expect(yen.first { $0.arm == "control" }?.mean == 1250)
    #expect(
      yen.first { $0.arm == "social" }.flatMap(\.mean).map { abs($0 - 4100 / 3) < 1e-9 } == true)
  }

  @Test("what is odd about the rows is said")
  func checks() throws {
    let checks = try TrialFixture.analyze(data: Self.data).checks.map(\.kind)
    #expect(checks.contains(.duplicateUnits(count: 1, examples: ["5"])))
    #expect(checks.contains(.rowsWithoutArm(count: 1)))
    #expect(checks.contains(.rowsOutsidePopulation(count: 1)))
    // The second 5 visited without having opened.
    #expect(checks.contains(.funnelOrder(step: "visited", count: 1)))
  }

  @Test("the funnel keeps everyone who was assigned in the denominator")
  func funnel() throws {
    let rows = try TrialFixture.analyze(data: Self.data).funnel
    let visited = try #require(rows.first { $0.step == "visited" && $0.arm == "social" })
    #expect((visited.n, visited.events, visited.missing) == (3, 2, 1))
    #expect(visited.rateOfAll == 2.0 / 3.0)
    #expect(visited.rateOfPrevious == 1)
    #expect(visited.difference.map { abs($0 - 1.0 / 3.0) < 1e-12 } == true)
    #expect(rows.filter { $0.arm == "control" }.allSatisfy { $0.difference == nil })
  }

  @Test("every fault of the data is reported at once, at its line")
  func faults() {
    let data = TrialFixture.header + "1,control,35,1,0,1\n2,socail,40,3,2,1\n3,other,40,1,1,1\n"
    #expect {
      try TrialFixture.analyze(data: data)
    } throws: { error in
      (error as? Faults)?.all.map(\.location.line) == [3, 4]
    }
  }

  @Test("rows of units and a table of their counts give the same numbers")
  func unitsAndCounts() throws {
    var rows = "id,arm,visited\n"
    var counts = "arm,n,visited\n"
    var id = 0
    // 23 of 150 and 37 of 148: each person a row, and each arm two rows of counts.
    for (arm, n, events) in [("control", 150, 23), ("social", 148, 37)] {
      for index in 0..<n {
        id += 1
        rows += "\(id),\(arm),\(index < events ? 1 : 0)\n"
      }
      counts += "\(arm),100,\(events - 3)\n\(arm),\(n - 100),3\n"
    }
    func trial(_ shape: String) -> String {
      """
      nudge: 1
      trial: small
      title: 小さな試験
      arms: [{id: control, control: true}, {id: social}]
      unit: \(shape == "units" ? "id" : "row")
      assignment: {method: simple, column: arm}
      outcomes: [{id: visited, role: primary, kind: binary, column: visited, worthwhile: 0.05}]
      data: {file: data.csv, shape: \(shape)}
      """
    }
    let fromRows = try TrialFixture.analyze(trial("units"), data: rows)
    let fromCounts = try TrialFixture.analyze(trial("counts"), data: counts)
    #expect(fromRows.results == fromCounts.results)
    #expect(fromRows.means == fromCounts.means)
    #expect(fromRows.verdicts == fromCounts.verdicts)
    #expect(fromCounts.input.units == 298)
  }
}
