import Statistics
import TestSupport
import Testing

/// Millions of units, where GSL's continued fraction for the beta distribution gives up near the mean.
struct LargeTailsTests {
  private func numbers() throws -> [[Double]] {
    try ContinuousReference.rows(of: "large_tails").map { row in
      try row.map { try #require(Double($0)) }
    }
  }

  @Test func exactIntervalsOfARate() throws {
    for row in try numbers() {
      let rate = try #require(SingleRate(events: Int(row[1]), of: Int(row[0])))
      guard case .between(let lower, let upper) = try rate.clopperPearsonInterval(level: 0.95)
      else {
        Issue.record("no interval")
        continue
      }
      // To a millionth of the interval's width.
      #expect(abs(lower - row[4]) < 1e-6 * (row[5] - row[4]), "\(row[0])")
      #expect(abs(upper - row[5]) < 1e-6 * (row[5] - row[4]), "\(row[0])")
    }
  }

  /// Of 1, 2, …, n the order statistics are their ranks.
  @Test func ranksOfAMedian() throws {
    let row = try numbers()[0]
    let median = try #require(
      SampleQuantile((1...Int(row[0])).map(Double.init), level: 0.5))
    #expect(median.value == (row[0] + 1) / 2)
    #expect(median.lower == row[2] && median.upper == row[3] + 1)
  }
}
