/// Covariates with mean 0 and variance 1, so that the fit does not depend on their units.
struct StandardizedColumns {
  /// Row by row: those of row i begin at i·width.
  let values: [Double]
  /// What each covariate was divided by.
  let scales: [Double]

  /// - Throws: ``SurvivalError/unequalLengths(expected:found:)``,
  ///   ``SurvivalError/invalidCovariate(row:covariate:)``, ``SurvivalError/collinear(covariate:)`` for a
  ///   constant, ``SurvivalError/numericalFailure``.
  init(_ columns: [[Double]], rows count: Int) throws(SurvivalError) {
    guard !columns.isEmpty else { throw .unequalLengths(expected: 1, found: 0) }
    let width = columns.count
    var values = [Double](repeating: 0, count: width * count)
    var scales: [Double] = []
    for (j, column) in columns.enumerated() {
      guard column.count == count else {
        throw .unequalLengths(expected: count, found: column.count)
      }
      if let row = column.firstIndex(where: { !$0.isFinite }) {
        throw .invalidCovariate(row: row, covariate: j)
      }
      var moments = Moments(variables: 1)
      for value in column { moments.add(value) }
      guard let first = column.first, column.contains(where: { $0 != first }) else {
        throw .collinear(covariate: j)
      }
      guard let variance = moments.variance(of: 0), variance > 0, variance.isFinite else {
        throw .numericalFailure
      }
      let scale = variance.squareRoot()
      let mean = moments.means[0]
      for row in 0..<count { values[row * width + j] = (column[row] - mean) / scale }
      scales.append(scale)
    }
    self.values = values
    self.scales = scales
  }

  /// A covariance of coefficients, back in the covariates' own units.
  func unscaled(_ covariance: SymmetricMatrix) -> [[Double]] {
    scales.indices.map { i in
      scales.indices.map { j in
        (i >= j ? covariance.rows[i][j] : covariance.rows[j][i]) / scales[i] / scales[j]
      }
    }
  }
}
