import Statistics
import Testing

@testable import DataSources

@Suite("Moments of a table, arm by arm")
struct TableMomentsTests {
  @Test("the blocks (1, 11) and (11, 1) are two blocks")
  func joinedNames() throws {
    let table = Table(
      rowCount: 4,
      columns: [
        "a": .categories(codes: [0, 1, 0, 1], levels: ["1", "11"]),
        "b": .categories(codes: [1, 0, 1, 0], levels: ["1", "11"]),
      ])
    let joint = try table.categories(joining: ["a", "b"])
    #expect(joint.codes[0] != joint.codes[1])
    #expect(joint.codes[0] == joint.codes[2] && joint.codes[1] == joint.codes[3])
    #expect(Set(joint.levels).count == joint.levels.count)
  }

  @Test func handCalculation() throws {
    // Arm a: y 1, 2, 6 (row 4 lacks y), x 0, 1, 2, 9. Arm b: y 5 (row 6 is masked), x 1.
    let table = Table(
      rowCount: 8,
      columns: [
        "arm": .categories(codes: [0, 0, 0, 0, 1, -1, 1, 2], levels: ["a", "b", "c"]),
        "y": .numbers([1, 2, 6, .nan, 5, 7, 8, 1]),
        "x": .numbers([0, 1, 2, 9, 1, 3, 4, 1]),
      ])
    let (y, yx) = (VariableSet(["y"]), VariableSet(["y", "x"]))
    let moments = try table.moments(
      of: MomentRequest([y, yx]), by: "arm", where: RowMask(rowCount: 8) { $0 < 6 })
    #expect(moments.rowsWithoutArm == 1)
    #expect(moments.missing == [Cell(arm: "a"): [y: 1, yx: 1], Cell(arm: "b"): [y: 0, yx: 0]])
    // ȳ = 3, Σ(y−3)² = 4+1+9 = 14; x̄ = 1, Σ(x−1)² = 2, Σ(y−3)(x−1) = 2+0+3 = 5.
    #expect(
      moments.cells == [
        Cell(arm: "a"): [
          y: Moments(count: 3, means: [3], crossProducts: [14]),
          yx: Moments(count: 3, means: [3, 1], crossProducts: [14, 5, 2]),
        ].compactMapValues(\.self),
        Cell(arm: "b"): [
          y: Moments(count: 1, means: [5], crossProducts: [0]),
          yx: Moments(count: 1, means: [5, 1], crossProducts: [0, 0, 0]),
        ].compactMapValues(\.self),
      ])
  }

  /// Over several blocks: k ones among n, exactly as one division gives it.
  @Test func zerosAndOnesAreCounted() throws {
    let rows = 100_003
    let values = (0..<rows).map { $0 % 7 == 0 ? 1.0 : $0 % 11 == 5 ? .nan : 0 }
    let table = Table(
      rowCount: rows,
      columns: [
        "y": .numbers(values),
        "arm": .categories(codes: Array(repeating: 0, count: rows), levels: ["a"]),
      ])
    let y = VariableSet(["y"])
    let ones = values.count { $0 == 1 }
    let present = values.count { !$0.isNaN }
    let moments = try table.moments(of: MomentRequest([y]), by: "arm")
    #expect(moments.cells[Cell(arm: "a")]?[y] == Moments(events: ones, of: present))
    #expect(moments.missing[Cell(arm: "a")]?[y] == rows - present)
  }

  /// The first block looks binary, the second does not.
  @Test func aBinaryBlockMergesWithAnother() throws {
    let rows = 20_000
    let values = (0..<rows).map { $0 < 16_384 ? Double($0 % 2) : 3 }
    let table = Table(
      rowCount: rows,
      columns: [
        "y": .numbers(values),
        "arm": .categories(codes: Array(repeating: 0, count: rows), levels: ["a"]),
      ])
    let y = VariableSet(["y"])
    let moments = try #require(
      try table.moments(of: MomentRequest([y]), by: "arm").cells[Cell(arm: "a")]?[y])
    // 8192 ones and 3616 threes: Σy = 19040, ȳ = 0.952; Σy² = 8192 + 9·3616 = 40736,
    // Σ(y−ȳ)² = 40736 − 19040²/20000 = 40736 − 18126.08 = 22609.92.
    #expect(moments.count == rows)
    #expect(abs(moments.means[0] - 0.952) < 1e-15)
    #expect(abs(moments.crossProducts[0] - 22609.92) < 1e-9)
  }

  /// Mean 10⁹ and deviations −1, 0, 1: Σ(y−ȳ)² is two thirds of the rows.
  @Test func largeMeansKeepTheirDigits() throws {
    let rows = 60_000
    let values: [Double] = (0..<rows).map { 1e9 + Double($0 % 3 - 1) }
    let codes: [Int32] = (0..<rows).map { Int32($0 / 3 % 2) }
    let table = Table(
      rowCount: rows,
      columns: [
        "y": .numbers(values), "arm": .categories(codes: codes, levels: ["a", "b"]),
      ])
    let y = VariableSet(["y"])
    let cells = try table.moments(of: MomentRequest([y]), by: "arm").cells
    for arm in ["a", "b"] {
      let moments = try #require(cells[Cell(arm: arm)]?[y])
      #expect(abs(moments.means[0] - 1e9) < 1e-6)
      #expect(abs(moments.crossProducts[0] - 20_000) < 1e-6)
    }
  }

  @Test func valuesNearTheLargestDoubleDoNotTrap() throws {
    let table = Table(
      rowCount: 3,
      columns: [
        "y": .numbers([1.7e308, 1.7e308, 1.7e308]),
        "arm": .categories(codes: [0, 0, 0], levels: ["a"]),
      ])
    let y = VariableSet(["y"])
    let moments = try table.moments(of: MomentRequest([y]), by: "arm")
    #expect(moments.cells[Cell(arm: "a")]?[y]?.means == [1.7e308])
  }
}
