import Statistics
import TestSupport
import Testing

/// "The interval excludes no effect" ⇔ "p < α", on every scale, for one p.
@Suite struct OneTestManyScalesTests {
  /// Tables whose events are anything from none to all, with ends and near-ties over-represented.
  private func tables(_ number: Int, largest: Int, seed: UInt64) -> [TwoByTwoTable] {
    var random = SplitMix(state: seed)
    var tables: [TwoByTwoTable] = []
    while tables.count < number {
      let n1 = Int.random(in: 1...largest, using: &random)
      let n2 = Bool.random(using: &random) ? n1 : Int.random(in: 1...largest, using: &random)
      let x1: Int
      let x2: Int
      switch Int.random(in: 0..<8, using: &random) {
      case 0: (x1, x2) = (0, Int.random(in: 0...n2, using: &random))
      case 1: (x1, x2) = (Int.random(in: 0...n1, using: &random), n2)
      case 2: (x1, x2) = (Int.random(in: 0...min(5, n1), using: &random), min(2, n2))
      case 3:
        // About two standard errors apart, where p is near α.
        x1 = Int.random(in: 0...n1, using: &random)
        let rate = Double(x1) / Double(n1)
        let error = (rate * (1 - rate) * (1 / Double(n1) + 1 / Double(n2))).squareRoot()
        let other = rate + (Bool.random(using: &random) ? 1.96 : -1.96) * error
        x2 = min(max(Int((other * Double(n2)).rounded()), 0), n2)
      default:
        x1 = Int.random(in: 0...n1, using: &random)
        x2 = Int.random(in: 0...n2, using: &random)
      }
      if let table = TwoByTwoTable(events: x1, of: n1, versus: x2, of: n2) { tables.append(table) }
    }
    return tables
  }

  private func disagreements(
    _ table: TwoByTwoTable, level: Double, _ evidences: [any Evidence]
  ) throws -> [String] {
    var faults: [String] = []
    let p = try evidences[0].pValue(of: evidences[0].noEffect)
    if !(p >= 0 && p <= 1) { faults.append("p = \(p)") }
    for evidence in evidences {
      if try evidence.pValue(of: evidence.noEffect) != p { faults.append("another p") }
      let interval = try evidence.interval(level: level)
      let (lower, upper) = try ends(interval)
      if !(lower <= upper) { faults.append("\(interval)") }
      if interval.contains(evidence.noEffect) == (p < 1 - level) {
        faults.append("p = \(p), \(interval)")
      }
    }
    return faults.map { "\(table): \($0)" }
  }

  @Test func scoreTestOnRandomTables() throws {
    var faults: [String] = []
    var rejected = 0
    for (i, table) in tables(100_000, largest: 2000, seed: 20_210_601).enumerated() {
      let level = [0.95, 0.95, 0.9, 0.99][i % 4]
      faults += try disagreements(
        table, level: level,
        [
          ScoreTest<DifferenceScale>(table), ScoreTest<RatioScale>(table),
          ScoreTest<OddsRatioScale>(table),
        ])
      if try ScoreTest<DifferenceScale>(table).pValue(of: 0) < 1 - level { rejected += 1 }
    }
    #expect(faults.isEmpty, "\(faults.prefix(5))")
    // Both sides of the equivalence were visited.
    #expect(rejected > 10_000 && rejected < 90_000)
  }

  @Test func exactTestOnRandomTables() throws {
    var faults: [String] = []
    for (i, table) in tables(600, largest: 14, seed: 20_210_602).enumerated() {
      faults += try disagreements(
        table, level: [0.95, 0.9, 0.99][i % 3],
        [
          try #require(ExactTest<DifferenceScale>(table)),
          try #require(ExactTest<RatioScale>(table)),
          try #require(ExactTest<OddsRatioScale>(table)),
          try #require(ExactTest<AngleScale>(table)),
        ])
    }
    #expect(faults.isEmpty, "\(faults.prefix(5))")
  }

  @Test func scoreTestOfCohensH() throws {
    var faults: [String] = []
    for table in tables(3000, largest: 2000, seed: 20_210_603) {
      faults += try disagreements(
        table, level: 0.95, [ScoreTest<DifferenceScale>(table), ScoreTest<AngleScale>(table)])
    }
    #expect(faults.isEmpty, "\(faults.prefix(5))")
  }

  /// Ten million an arm, where a difference of rates has lost half its digits.
  @Test func scoreTestOnHugeTables() throws {
    let n = 10_000_000
    var faults: [String] = []
    for shift in stride(from: 0, through: 4000, by: 13) {
      for base in [3, 1000, 400_000, 5_000_000, n - 5000] {
        let table = try #require(
          TwoByTwoTable(events: min(base + shift, n), of: n, versus: base, of: n))
        faults += try disagreements(
          table, level: 0.95,
          [
            ScoreTest<DifferenceScale>(table), ScoreTest<RatioScale>(table),
            ScoreTest<OddsRatioScale>(table),
          ])
      }
    }
    #expect(faults.isEmpty, "\(faults.prefix(5))")
  }

  @Test(arguments: [(20, 1000, 36, 1000), (0, 500, 12, 500), (3, 10, 8, 12), (0, 9, 4, 8)])
  func exchangedArms(x1: Int, n1: Int, x2: Int, n2: Int) throws {
    let table = try #require(TwoByTwoTable(events: x1, of: n1, versus: x2, of: n2))
    try exchanged(ScoreTest<DifferenceScale>(table), ScoreTest(table.swapped)) { -$0 }
    try exchanged(ScoreTest<RatioScale>(table), ScoreTest(table.swapped)) { 1 / $0 }
    try exchanged(ScoreTest<OddsRatioScale>(table), ScoreTest(table.swapped)) { 1 / $0 }
    guard n1 < 100 else { return }
    try exchanged(
      #require(ExactTest<DifferenceScale>(table)), #require(ExactTest(table.swapped))
    ) { -$0 }
    try exchanged(
      #require(ExactTest<RatioScale>(table)), #require(ExactTest(table.swapped))
    ) { 1 / $0 }
    try exchanged(
      #require(ExactTest<OddsRatioScale>(table)), #require(ExactTest(table.swapped))
    ) { 1 / $0 }
  }

  private func exchanged<E: Evidence>(
    _ evidence: E, _ other: E, _ mirror: (Double) -> Double
  ) throws {
    #expect(
      try evidence.pValue(of: evidence.noEffect) == other.pValue(of: other.noEffect))
    let (lower, upper) = try ends(evidence.interval(level: 0.95))
    let (otherLower, otherUpper) = try ends(other.interval(level: 0.95))
    #expect(agree(mirror(otherUpper), lower, within: 1e-13))
    #expect(agree(mirror(otherLower), upper, within: 1e-13))
  }

  /// A limit is where the p-value is α, away from no effect too.
  @Test func limitsAreWhereThePValueIsAlpha() throws {
    let large = try #require(TwoByTwoTable(events: 20, of: 1000, versus: 36, of: 1000))
    try limits(of: ScoreTest<DifferenceScale>(large), 1e-10)
    try limits(of: ScoreTest<RatioScale>(large), 1e-10)
    try limits(of: ScoreTest<OddsRatioScale>(large), 1e-10)
    let small = try #require(TwoByTwoTable(events: 7, of: 9, versus: 2, of: 11))
    try limits(of: #require(ExactTest<DifferenceScale>(small)), 1e-6)
    try limits(of: #require(ExactTest<RatioScale>(small)), 1e-6)
    try limits(of: #require(ExactTest<OddsRatioScale>(small)), 1e-6)
  }

  private func limits(of evidence: some Evidence, _ tolerance: Double) throws {
    let (lower, upper) = try ends(evidence.interval(level: 0.9))
    for limit in [lower, upper] {
      #expect(abs(try evidence.pValue(of: limit) - 0.1) < tolerance)
    }
  }
}
