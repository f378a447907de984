import Testing
import Vocabulary

@testable import DataSources

@Suite("Rows that satisfy a condition")
struct RowMaskTests {
  static let table = Table(
    rowCount: 5,
    columns: [
      "age": .numbers([34, 49, 50, .nan, 33.5]),
      "work": .categories(codes: [0, 1, 0, 1, -1], levels: ["jobless", "non_regular"]),
    ])

  func rows(_ clauses: Condition.Clause...) throws -> [Int] {
    let mask = try Self.table.rows(satisfying: Condition(clauses))
    return (0..<5).filter { mask[$0] }
  }

  @Test func rangesIncludeTheirBoundsAndLeaveOutMissing() throws {
    #expect(try rows(.init(column: "age", .range(from: 34, to: 49))) == [0, 1])
    #expect(try rows(.init(column: "age", .range(from: nil, to: 34))) == [0, 4])
    #expect(try rows(.init(column: "age", .range(from: nil, to: nil))) == [0, 1, 2, 4])
    #expect(try rows(.init(column: "age", .numbers([50, 33.5, .nan]))) == [2, 4])
  }

  @Test func textsAreTrimmedAndMissingIsNone() throws {
    #expect(try rows(.init(column: "work", .among([" jobless　", "other"]))) == [0, 2])
    #expect(try rows(.init(column: "work", .among([]))) == [])
  }

  @Test func everyClauseMustHoldAndNoClauseAlwaysHolds() throws {
    #expect(try rows() == [0, 1, 2, 3, 4])
    #expect(
      try rows(
        .init(column: "age", .range(from: 40, to: nil)), .init(column: "work", .among(["jobless"])))
        == [2])
  }

  @Test func aColumnThatWasNotReadIsAnError() {
    #expect(throws: TableError.notRead(ColumnRequest("age", as: .category))) {
      try rows(.init(column: "age", .among(["34"])))
    }
  }

  @Test func conditionsKnowTheColumnsTheyNeed() {
    let condition = Condition([
      .init(column: "age", .range(from: 1, to: 2)), .init(column: "age", .numbers([3])),
      .init(column: "age", .among(["x"])),
    ])
    #expect(
      condition.columnRequests
        == [ColumnRequest("age", as: .number), ColumnRequest("age", as: .category)])
  }

  @Test("counting and combining", arguments: [0, 1, 63, 64, 65, 200])
  func masks(_ rowCount: Int) {
    let even = RowMask(rowCount: rowCount) { $0.isMultiple(of: 2) }
    let third = RowMask(rowCount: rowCount) { $0.isMultiple(of: 3) }
    #expect(even.count == (rowCount + 1) / 2)
    #expect(even.inverted.count == rowCount / 2)
    #expect(RowMask(rowCount: rowCount).count == rowCount)
    #expect(RowMask(rowCount: rowCount).inverted == RowMask(rowCount: rowCount, all: false))
    #expect(
      even.intersection(third) == RowMask(rowCount: rowCount) { $0.isMultiple(of: 6) })
    #expect(!even[-1] && !even[rowCount])
  }
}
