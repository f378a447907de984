import Foundation
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import DataSources

/// The texts in `SQL/` were run (Postgres, SQLite, DuckDB: the conformance suite) or parsed by sqlglot (the
/// others: `make test-adapters`) before they were kept.
@Suite("SQL: the text of the queries")
struct SQLTextTests {
  static let tally = TallyRequest(
    texts: ["arm", "市町村"],
    tests: [
      .init(column: "age", .range(from: 34, to: 49.5)),
      .init(column: "school", .any([.numbers([1, 2]), .range(from: nil, to: 0)])),
    ],
    sets: [VariableSet(["visited", "age"])])

  static let leverages = LeverageRequest(
    tally: tally,
    regressions: [
      .init(
        arm: "it's \\", condition: Condition([.init(column: "市町村", .among(["札幌市"]))]),
        set: VariableSet(["visited", "age"]),
        pass: LeveragePass(
          centres: [0.1], intercept: 1.0 / 3, slopes: [-1e-7], factor: [1, 2.5, 1e22],
          correction: .twice)),
      .init(
        arm: "control", condition: Condition(), set: VariableSet(["visited"]),
        pass: LeveragePass(
          centres: [], intercept: 0.25, slopes: [], factor: [0.125], correction: .once)),
    ])

  static func relation(_ dialect: SQLDialect) throws -> SQLRelation {
    SQLRelation(
      try #require(TableName("trials.participants")), dialect: dialect, booleans: ["visited"],
      missing: ["", "-", "-99", "it's \\"])
  }

  static func golden(_ name: String) throws -> String {
    let folder = try #require(Bundle.module.resourceURL).appending(path: "SQL")
    return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test(arguments: SQLDialect.allCases) func tallies(dialect: SQLDialect) throws {
    let sql = TallyQuery(Self.tally, from: try Self.relation(dialect)).sql
    #expect(try sql + "\n" == Self.golden("tally.\(dialect).sql"))
  }

  /// Around given centres a tally is one reading; whole numbers need no look at each value.
  @Test(arguments: SQLDialect.allCases) func sums(dialect: SQLDialect) throws {
    var relation = try Self.relation(dialect)
    relation.integers.insert("age")
    var request = Self.tally
    request.binaries = ["visited", "school"]
    let query = TallyQuery(request, from: relation, centres: [0, 41, 1.5])
    #expect(query.areWhole == [true, true, true])
    #expect(try query.sql + "\n" == Self.golden("sums.\(dialect).sql"))
    #expect(try query.nearby + "\n" == Self.golden("centres.\(dialect).sql"))
  }

  @Test(arguments: SQLDialect.allCases) func leverages(dialect: SQLDialect) throws {
    let query = try #require(LeverageQuery(Self.leverages, from: try Self.relation(dialect)))
    #expect(try query.sql + "\n" == Self.golden("leverages.\(dialect).sql"))
  }

  @Test(
    "names",
    arguments: [
      ("participants", ["participants"]), ("s.t", ["s", "t"]),
      ("\"a.b\".\"c\"\"d\"", ["a.b", "c\"d"]),
      ("研究.参加者", ["研究", "参加者"]), ("a b", ["a b"]),
    ])
  func names(written: String, parts: [String]) {
    #expect(TableName(written)?.parts == parts)
  }

  @Test("what names no table", arguments: ["", ".", "a.", ".a", "\"a", "\"a\"b", "a\0b", "\"\""])
  func noNames(written: String) {
    #expect(TableName(written) == nil)
  }

  /// By hand: the quotes and escapes of each engine's manual.
  @Test func quoting() {
    let name = "a\"b`c\\d"
    let names: [SQLDialect: String] = [
      .postgres: "\"a\"\"b`c\\d\"", .sqlite: "\"a\"\"b`c\\d\"", .duckdb: "\"a\"\"b`c\\d\"",
      .snowflake: "\"a\"\"b`c\\d\"", .spark: "`a\"b``c\\d`", .bigquery: "`a\"b\\`c\\\\d`",
    ]
    let texts: [SQLDialect: String] = [
      .postgres: "E'it''s \\\\'", .sqlite: "'it''s \\'", .duckdb: "'it''s \\'",
      .snowflake: "'it\\'s \\\\'", .spark: "'it\\'s \\\\'", .bigquery: "'it\\'s \\\\'",
    ]
    for dialect in SQLDialect.allCases {
      #expect(dialect.quoted(name: name) == names[dialect])
      #expect(dialect.quoted(text: "it's \\") == texts[dialect])
    }
    #expect(SQLDialect.snowflake.quoted(name: "arm_1") == "\"ARM_1\"")
    #expect(SQLDialect.snowflake.quoted(name: "Arm") == "\"Arm\"")
    // A quote followed by a combining mark is still a quote.
    #expect(SQLDialect.sqlite.quoted(text: "'\u{301}") == "'''\u{301}'")
  }

  @Test(
    "numbers are read back as they were",
    arguments: [0.1, -1e-300, 1e22, 1.0 / 3, .leastNonzeroMagnitude, 12])
  func numbers(value: Double) {
    for dialect in SQLDialect.allCases where dialect != .snowflake {
      let text = dialect.number(value)
      #expect(Double(text.replacing("D", with: "")) == value)
      #expect(text.contains("e"))
    }
  }

  /// By hand: 2, 4, 6 add up to squares of 8 around their mean, which lies 3, 10⁶ or nothing from a centre.
  @Test(
    "digits are kept near the centre, and by whole numbers anywhere",
    arguments: [
      (centre: 1.0, whole: false, keeps: true), (centre: 4 - 1e6, whole: false, keeps: false),
      (centre: 4 - 1e6, whole: true, keeps: true), (centre: 4 - 1e9, whole: true, keeps: false),
    ])
  func digits(centre: Double, whole: Bool, keeps: Bool) throws {
    let request = TallyRequest(texts: ["arm"], sets: [VariableSet(["y"])])
    let moments = try #require(Moments(count: 3, means: [4], crossProducts: [8]))
    let part = Tally.Part(texts: ["control"], tests: [], rows: 3, moments: [moments])
    let tally = Tally(request: request, parts: [part])
    #expect(tally.keepsDigits(centredAt: [centre], whole: [whole]) == keeps)
  }

  @Test("another request has another fingerprint")
  func fingerprints() {
    var other = Self.tally
    other.tests[0].test = .range(from: 34, to: 50)
    let prints = [
      Self.tally.fingerprint, other.fingerprint,
      TallyRequest(texts: ["arm"]).fingerprint, TallyRequest(texts: ["arm", "b"]).fingerprint,
      TallyRequest(texts: ["arm"], sets: [VariableSet(["a", "b"])]).fingerprint,
      TallyRequest(texts: ["arm"], sets: [VariableSet(["a"]), VariableSet(["b"])]).fingerprint,
    ]
    #expect(Set(prints).count == prints.count)
  }
}
