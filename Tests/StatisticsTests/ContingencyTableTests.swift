import Foundation
import Statistics
import Testing

/// contingency.R.
@Suite struct ContingencyTableTests {
  private struct Reference: Decodable {
    struct ChiSquared: Decodable {
      var rows: [[Int]]
      var statistic: Double
      var df: Int
      var p: Double
      var smallest: Double
    }
    struct Trend: Decodable {
      var x: [Int]
      var n: [Int]
      var scores: [Double]
      var chisq: Double
      var p: Double
    }
    struct Ratio: Decodable {
      var counts: [Int]
      var weights: [Double]
      var statistic: Double?
      var df: Int?
      var p: Double
    }
    struct Fisher: Decodable {
      var cells: [Int]
      var p: Double
    }
    var chisq: [ChiSquared]
    var trend: [Trend]
    var multinomial: [Ratio]
    var ratio: [Ratio]
    var fisher: [Fisher]

    static func load() throws -> Reference {
      let url = try #require(
        Bundle.module.url(
          forResource: "contingency", withExtension: "json", subdirectory: "Reference"))
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  @Test func pearson() throws {
    for row in try Reference.load().chisq {
      let test = try PearsonChiSquared(row.rows)
      #expect(abs(test.statistic - row.statistic) <= 1e-12 * row.statistic)
      #expect(test.degreesOfFreedom == row.df)
      #expect(abs(test.pValue - row.p) <= 1e-9 * row.p)
      #expect(abs(test.smallestExpectedCount - row.smallest) <= 1e-12 * row.smallest)
    }
  }

  @Test func pearsonOfTwoRatesIsPropTest() throws {
    for row in try TwoByTwoReference.rows(of: "two_by_two") where row["method"] == "chisq" {
      let test = try PearsonChiSquared(row.table)
      #expect(agree(test.statistic, try row.number("statistic"), within: 1e-9))
      let p = try row.number("p")
      #expect(abs(test.pValue - p) <= 1e-9 * p, "\(row.testDescription)")
    }
  }

  @Test func pearsonRefuses() {
    #expect(throws: EstimationError.undefined) { try PearsonChiSquared([[1, 2]]) }
    #expect(throws: EstimationError.undefined) { try PearsonChiSquared([[1, 2], [3]]) }
    #expect(throws: EstimationError.undefined) { try PearsonChiSquared([[1, -2], [3, 4]]) }
    #expect(throws: EstimationError.noVariation) { try PearsonChiSquared([[1, 0], [3, 0]]) }
  }

  @Test func trend() throws {
    for row in try Reference.load().trend {
      let rates = try zip(row.x, row.n).map { try #require(SingleRate(events: $0.0, of: $0.1)) }
      let test = try CochranArmitageTrend(rates, scores: row.scores)
      #expect(abs(test.statistic * test.statistic - row.chisq) <= 1e-10 * row.chisq)
      #expect(abs(test.pValue - row.p) <= 1e-9 * row.p)
      // Reversed scores turn the sign of z and nothing else.
      let reversed = try CochranArmitageTrend(rates, scores: row.scores.map { -$0 })
      #expect(abs(reversed.statistic + test.statistic) <= 1e-12 * abs(test.statistic))
    }
    let rate = try #require(SingleRate(events: 1, of: 2))
    #expect(throws: EstimationError.noVariation) {
      try CochranArmitageTrend([rate, rate], scores: [1, 1])
    }
    #expect(throws: EstimationError.undefined) { try CochranArmitageTrend([rate], scores: [1]) }
  }

  @Test func fisher() throws {
    for row in try Reference.load().fisher {
      let table = try #require(
        TwoByTwoTable(
          events: row.cells[0], of: row.cells[0] + row.cells[1], versus: row.cells[2],
          of: row.cells[2] + row.cells[3]))
      let p = table.fisherExactPValue
      // R's own hypergeometric masses carry about ten digits for counts of thousands.
      #expect(abs(p - row.p) <= 1e-9 * row.p, "\(row.cells): \(p)")
    }
    for row in try TwoByTwoReference.rows(of: "two_by_two") where row["method"] == "fisher" {
      let p = try row.number("p")
      #expect(abs(try row.table.fisherExactPValue - p) <= 1e-9 * p, "\(row.testDescription)")
    }
  }

  @Test func sampleRatio() throws {
    let reference = try Reference.load()
    for row in reference.multinomial {
      let test = try SampleRatio(counts: row.counts, weights: row.weights)
      #expect(test.method == .exactMultinomial)
      #expect(abs(test.pValue - row.p) <= 1e-10 * row.p)
    }
    for row in reference.ratio where row.counts.count > 2 {
      let test = try SampleRatio(counts: row.counts, weights: row.weights)
      guard case .chiSquared(let statistic, let df) = test.method else {
        Issue.record("enumerated \(row.counts)")
        continue
      }
      #expect(abs(statistic - (row.statistic ?? .nan)) <= 1e-10 * statistic)
      #expect(df == row.df)
      #expect(abs(test.pValue - row.p) <= 1e-9 * row.p)
    }
  }

  @Test func sampleRatioLeavesEmptyArmsOut() throws {
    let with = try SampleRatio(counts: [8, 0, 2], weights: [1, 0, 1])
    let without = try SampleRatio(counts: [8, 2], weights: [1, 1])
    #expect(with == without)
    // 8 : 2 of ten fair coins, two-sided: 2·(45 + 10 + 1)/1024.
    #expect(abs(with.pValue - 112.0 / 1024) < 1e-12)
  }

  @Test func sampleRatioNamesABrokenProtocol() {
    #expect(throws: SampleRatioError.unitsInZeroWeightArms([1])) {
      try SampleRatio(counts: [50, 1, 50], weights: [1, 0, 1])
    }
    #expect(throws: SampleRatioError.fewerThanTwoArms) {
      try SampleRatio(counts: [50, 0], weights: [1, 0])
    }
    #expect(throws: SampleRatioError.noUnits) { try SampleRatio(counts: [0, 0], weights: [1, 1]) }
    #expect(throws: SampleRatioError.malformed) { try SampleRatio(counts: [1], weights: [1, 1]) }
    #expect(throws: SampleRatioError.malformed) {
      try SampleRatio(counts: [1, 2], weights: [1, .nan])
    }
  }
}
