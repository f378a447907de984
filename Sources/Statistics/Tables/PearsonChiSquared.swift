import GSL

/// Pearson's χ² test of an r × c table of counts, without continuity correction.
///
/// Estimand: none; the null hypothesis is that the rows have the same distribution over the columns.
/// X² = Σ (observed − expected)²/expected with (r − 1)(c − 1) degrees of freedom. For two rows of events
/// and non-events it is the squared pooled z of `prop.test`.
///
/// Not where expected counts are small (below 5), nor for units that share a cluster.
///
/// R: `chisq.test(x, correct = FALSE)`. Pearson (1900), doi:10.1080/14786440009463897.
public struct PearsonChiSquared: Hashable, Sendable {
  /// X².
  public let statistic: Double
  /// (r − 1)(c − 1).
  public let degreesOfFreedom: Int
  /// P(χ² > X²).
  public let pValue: Double
  /// The smallest expected count, by which a reader judges the approximation.
  public let smallestExpectedCount: Double

  /// Tests a table.
  ///
  /// - Parameter counts: rows of equal length, all ≥ 0.
  /// - Throws: ``EstimationError/undefined`` when the shape is not at least 2 × 2 or a count is
  ///   negative; ``EstimationError/noVariation`` when a row or column is empty.
  public init(_ counts: [[Int]]) throws(EstimationError) {
    guard let width = counts.first?.count, counts.count > 1, width > 1,
      counts.allSatisfy({ $0.count == width && $0.allSatisfy { $0 >= 0 } })
    else { throw .undefined }
    let rows = counts.map { $0.reduce(0.0) { $0 + Double($1) } }
    var columns = Array(repeating: 0.0, count: width)
    for row in counts {
      for (j, count) in row.enumerated() { columns[j] += Double(count) }
    }
    guard rows.allSatisfy({ $0 > 0 }), columns.allSatisfy({ $0 > 0 }) else { throw .noVariation }
    let total = rows.reduce(0, +)
    var statistic = 0.0
    var smallest = Double.infinity
    for (i, row) in counts.enumerated() {
      for (j, count) in row.enumerated() {
        let expected = rows[i] * columns[j] / total
        let excess = Double(count) - expected
        statistic += excess * excess / expected
        smallest = min(smallest, expected)
      }
    }
    let degreesOfFreedom = (counts.count - 1) * (width - 1)
    guard
      let tail = ChiSquared(degreesOfFreedom: Double(degreesOfFreedom))?.upperTail(statistic)
    else { throw .numericalFailure }
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    pValue = tail
    smallestExpectedCount = smallest
  }

  /// Tests the equality of two rates.
  ///
  /// R: `prop.test(correct = FALSE)`.
  ///
  /// - Throws: ``EstimationError/noVariation`` when no unit or every unit has the event.
  public init(_ table: TwoByTwoTable) throws(EstimationError) {
    try self.init([
      [table.arm.events, table.arm.nonEvents], [table.control.events, table.control.nonEvents],
    ])
  }
}
