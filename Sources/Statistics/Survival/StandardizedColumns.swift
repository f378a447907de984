/// Covariates with mean 0 and variance 1, so that the fit does not depend on their units.
struct StandardizedColumns {
  /// Row by row, in the order that was asked for: those at place i begin at i·width.
  let values: [Double]
  /// What each covariate was divided by.
  let scales: [Double]

  /// - Parameters:
  ///   - columns: one a covariate.
  ///   - rows: every row number once.
  /// - Throws: ``SurvivalError/unequalLengths(expected:found:)``,
  ///   ``SurvivalError/invalidCovariate(row:covariate:)``, ``SurvivalError/collinear(covariate:)`` for a
  ///   constant, ``SurvivalError/numericalFailure``.
  init(_ columns: [[Double]], inOrder rows: [Int]) throws(SurvivalError) {
    guard !columns.isEmpty else { throw .unequalLengths(expected: 1, found: 0) }
    var means: [Double] = []
    var scales: [Double] = []
    for (j, column) in columns.enumerated() {
      guard column.count == rows.count else {
        throw .unequalLengths(expected: rows.count, found: column.count)
      }
      if let row = column.firstIndex(where: { !$0.isFinite }) {
        throw .invalidCovariate(row: row, covariate: j)
      }
      let moments = inStretches(of: rows.count, length: Self.stretch) { rows in
        var moments = Moments(variables: 1)
        for row in rows { moments.add(column[row]) }
        return moments
      }.reduce(Moments(variables: 1), +)
      guard let first = column.first, column.contains(where: { $0 != first }) else {
        throw .collinear(covariate: j)
      }
      guard let variance = moments.variance(of: 0), variance > 0, variance.isFinite else {
        throw .numericalFailure
      }
      scales.append(variance.squareRoot())
      means.append(moments.means[0])
    }
    self.scales = scales
    let width = columns.count
    values = inParallel(filling: rows.count * width) { [means, scales] place in
      let (unit, j) = place.quotientAndRemainder(dividingBy: width)
      return (columns[j][rows[unit]] - means[j]) / scales[j]
    }
  }

  /// Rows that one core takes at a time.
  private static let stretch = 1 << 16

  /// A covariance of coefficients, back in the covariates' own units.
  func unscaled(_ covariance: SymmetricMatrix) -> [[Double]] {
    scales.indices.map { i in
      scales.indices.map { j in
        (i >= j ? covariance.rows[i][j] : covariance.rows[j][i]) / scales[i] / scales[j]
      }
    }
  }
}
