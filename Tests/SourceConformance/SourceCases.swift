public import DataSources
import Statistics
import TestSupport
public import Testing
import Vocabulary

/// One table and the questions that every source must answer as the CSV reader's columns do.
public struct SourceCase: Sendable, CustomTestStringConvertible {
  public var testDescription: String
  public var table: SampleTable
  public var tally: TallyRequest
  public var regressions: [LeverageRequest.Regression] = []

  /// The samples of the suite.
  public static let all = [plain, japanese, hostile, empty, large, truths, conditions, manyRows]

  private static func request(
    _ texts: [String], _ sets: [[String]], tests: [TallyRequest.NumberTest] = []
  ) -> TallyRequest {
    TallyRequest(texts: texts, tests: tests, sets: sets.map { VariableSet($0) })
  }

  static let plain = SourceCase(
    testDescription: "gaps, spaces around texts and texts that mean missing",
    table: SampleTable(
      columns: ["arm", "town", "x", "y"],
      rows: [
        [.text("control"), .text("a"), .number(1), .number(0.5)],
        [.text(" control "), .text("\u{3000}a\t"), .number(2.25), .null],
        [.text("social"), .text("-"), .null, .number(-3)],
        [.text("social"), .text("－"), .number(4), .number(1e-3)],
        [.text("social"), .null, .number(5), .number(7)],
        [.text(""), .text("b"), .number(5), .number(7)],
        [.null, .text("b\u{A0}"), .number(-6), .number(8)],
      ]),
    tally: request(["arm", "town"], [["y"], ["y", "x"], ["x"]]))

  static let japanese = SourceCase(
    testDescription: "Japanese names and texts",
    table: SampleTable(
      name: "参加者",
      columns: ["群", "市町村", "来所", "年齢（歳）"],
      rows: [
        [.text("現行"), .text("札幌市"), .number(0), .number(34)],
        [.text("同世代"), .text("函館市"), .number(1), .number(49)],
        [.text("同世代"), .text("函館市"), .number(1), .number(40.5)],
        [.text("現行"), .text("が"), .number(1), .number(41)],
        [.text("現行"), .text("か\u{3099}"), .number(0), .number(43)],
      ]),
    tally: request(["群", "市町村"], [["来所"], ["来所", "年齢（歳）"]]))

  static let hostile = SourceCase(
    testDescription: "names and texts that would break out of quotes",
    table: SampleTable(
      name: "we\"ird`; DROP TABLE x; -- \\",
      columns: ["a\"r`m", "o'clock\\", "select", "x; --", "y\"\"", "key_1", "100% 名 前"],
      rows: [
        [.text("it's"), .text("\\"), .number(1), .number(2), .number(3), .text("k"), .number(1)],
        [.text("\"q\""), .text("\\'"), .number(4), .number(2), .number(7), .text("k"), .number(2)],
        [.text("`b`"), .text("a;b"), .number(5), .number(1), .number(9), .text("l"), .number(4)],
        [.text("it's"), .text("a%b_c"), .number(8), .null, .number(1), .null, .number(8)],
        [.text("it's"), .text("\\n"), .number(3), .number(5), .number(4), .text("k"), .number(3)],
        [.text("it's"), .text("\\n"), .number(2), .number(7), .number(4), .text("k"), .number(5)],
      ]),
    tally: request(
      ["a\"r`m", "o'clock\\", "key_1"], [["select", "x; --"], ["y\"\""], ["100% 名 前"]],
      tests: [.init(column: "x; --", .range(from: 2, to: 2))]))

  static let empty = SourceCase(
    testDescription: "no rows",
    table: SampleTable(columns: ["arm", "y"], rows: []), tally: request(["arm"], [["y"]]))

  static let large = SourceCase(
    testDescription: "a mean of 10⁹ with a standard deviation of 1",
    table: SampleTable(columns: ["arm", "y", "x"], rows: (0..<3_000).map(largeRow)),
    tally: request(["arm"], [["y"], ["y", "x"]]))

  private static func largeRow(_ row: Int) -> [SampleTable.Value] {
    let y: Double = 1e9 + Double((row * 7919) % 3_001) / 1_000 - 1.5
    let x: Double = -1e9 + Double((row * 104_729) % 2_003) / 500
    return [.text(row % 3 == 0 ? "control" : "social"), .number(y), .number(x)]
  }

  static let truths = SourceCase(
    testDescription: "booleans count as 0 and 1",
    table: SampleTable(
      columns: ["arm", "visited"],
      rows: [
        [.text("a"), .truth(true)], [.text("a"), .truth(false)], [.text("b"), .null],
        [.text("b"), .truth(true)],
      ]),
    tally: request(
      ["arm"], [["visited"]], tests: [.init(column: "visited", .numbers([1]))]))

  static let conditions = SourceCase(
    testDescription: "every kind of test on numbers; regressions of groups",
    table: manyRows.table,
    tally: request(
      ["arm", "town"], [["y", "x", "b"], ["y"]],
      tests: [
        .init(column: "x", .range(from: -3.5, to: nil)),
        .init(column: "x", .range(from: nil, to: 20)),
        .init(column: "b", .numbers([1])), .init(column: "x", .numbers([])),
        .init(column: "x", .any([.range(from: 0, to: 1), .numbers([7, 8.5])])),
        .init(column: "y", .range(from: nil, to: nil)),
      ]),
    regressions: regressions)

  private static var regressions: [LeverageRequest.Regression] {
    var regressions: [LeverageRequest.Regression] = []
    let factor: [Double] = [0.001, 0.0005, 0.02, 0.003, -0.001, 0.03]
    for k in 0...2 {
      for correction in [LeveragePass.Correction.none, .once, .twice] {
        let pass = LeveragePass(
          centres: Array([3.25, 0.5].prefix(k)), intercept: 8,
          slopes: Array([0.5, -2].prefix(k)),
          factor: Array(factor.prefix((k + 1) * (k + 2) / 2)), correction: correction)
        let set = VariableSet(Array(["y", "x", "b"].prefix(k + 1)))
        for condition in groups {
          regressions.append(.init(arm: "easy", condition: condition, set: set, pass: pass))
        }
      }
    }
    return regressions
  }

  /// Groups as trials define them.
  private static let groups = [
    Condition(), Condition([.init(column: "x", .range(from: -3.5, to: nil))]),
    Condition([.init(column: "town", .among(["函館市", " a "]))]),
    Condition(
      [.init(column: "b", .numbers([1]))],
      alternatives: [
        [
          Condition([.init(column: "town", .among(["a"]))]),
          Condition([.init(column: "x", .any([.range(from: 0, to: 1), .numbers([7, 8.5])]))]),
        ]
      ]),
    Condition([.init(column: "town", .among(["nowhere"]))]),
  ]

  static let manyRows = SourceCase(
    testDescription: "4,000 rows with gaps",
    table: rows(4_000),
    tally: request(["arm", "town"], [["y"], ["x"], ["y", "x"], ["b"]]))

  private static func rows(_ count: Int) -> SampleTable {
    var generator = SplitMix(state: 20_210_601)
    let towns = ["札幌市", "函館市", "a", "a town of more than sixteen bytes", "\"quoted\""]
    let arms = ["control", "easy", "social"]
    let rows = (0..<count).map { row -> [SampleTable.Value] in
      let hasY = Int.random(in: 0..<10, using: &generator) > 0
      let hasX = Int.random(in: 0..<20, using: &generator) > 0
      let town = Int.random(in: 0...towns.count, using: &generator)
      return [
        .text("札幌市-\(row)"),
        .text(arms[Int.random(in: 0..<3, using: &generator)]),
        .number(Double(Int.random(in: 0...1, using: &generator))),
        hasX ? .number(Double(Int.random(in: -80...200, using: &generator)) / 2) : .null,
        town < towns.count ? .text(towns[town]) : .null,
        hasY ? .number(Double(Int.random(in: -9_999...99_999, using: &generator)) / 1_000) : .null,
      ]
    }
    return SampleTable(columns: ["id", "arm", "b", "x", "town", "y"], rows: rows)
  }
}
