/// One arm's regression of an outcome on covariates, fitted from moments alone.
///
/// With S the covariates' centred cross-products within the arm and s those with the outcome, the
/// slopes solve S b = s. What the second reading needs is the lower triangle T with T(z, 1) of unit
/// length over the rows (``LeveragePass``): the inverse of the Cholesky factor of Σ(z, 1)(z, 1)ᵀ.
/// Covariates are scaled to length 1 first, so that pivots say how nearly they depend on each other.
struct MomentRegression: Sendable {
  /// A squared pivot (1 − R² of a covariate on those before it) below this costs too many digits:
  /// the units themselves must then be seen.
  static let smallestPivot = 1e-8

  let count: Int
  /// The mean of the outcome where every covariate is at its centre.
  let mean: Double
  /// √((XᵀX)⁻¹) of that mean: its standard error up to the residuals' deviation.
  let size: Double
  let pass: LeveragePass

  /// Fits; nil where moments do not carry the regression: too few rows, covariates that nearly depend
  /// on each other, numbers beyond what doubles can square.
  ///
  /// - Parameters:
  ///   - moments: the outcome first, then the covariates.
  ///   - centres: where the covariates are centred.
  ///   - correction: for the second reading.
  init?(_ moments: Moments, centres: [Double], correction: LeveragePass.Correction) {
    let k = centres.count
    let n = Double(moments.count)
    guard moments.means.count == k + 1, moments.count > k + 1 else { return nil }
    func product(_ i: Int, _ j: Int) -> Double {
      let (row, column) = i >= j ? (i, j) : (j, i)
      return moments.crossProducts[row * (row + 1) / 2 + column]
    }
    let lengths = (0..<k).map { product($0 + 1, $0 + 1).squareRoot() }
    guard lengths.allSatisfy(\.isNormal), product(0, 0).isFinite else { return nil }
    // The correlations' factor, and the slopes by forward and back substitution.
    guard
      let within = Cholesky(
        dimension: k, leastPivot: Self.smallestPivot,
        { product($0 + 1, $1 + 1) / lengths[$0] / lengths[$1] })
    else { return nil }
    let scaledSlopes = within.solve((0..<k).map { product(0, $0 + 1) / lengths[$0] })
    let slopes = zip(scaledSlopes, lengths).map { $0 / $1 }
    let distances = zip(moments.means.dropFirst(), centres).map { $0 - $1 }
    let mean = moments.means[0] - zip(slopes, distances).reduce(0) { $0 + $1.0 * $1.1 }
    // Σ(z, 1)(z, 1)ᵀ with z and 1 scaled: within the arm, and its distance from the centres.
    let shifts = zip(distances, lengths).map { $0 / $1 * n.squareRoot() }
    guard
      let whole = Cholesky(
        dimension: k + 1, leastPivot: Self.smallestPivot,
        { row, column in
          if row == k { return column == k ? 1 : shifts[column] }
          return product(row + 1, column + 1) / lengths[row] / lengths[column]
            + shifts[row] * shifts[column]
        })
    else { return nil }
    let scales = lengths + [n.squareRoot()]
    let inverse = whole.inverse
    var factor: [Double] = []
    for row in 0...k {
      for column in 0...row { factor.append(inverse[row][column] / scales[column]) }
    }
    guard let size = factor.last, (factor + slopes + [mean]).allSatisfy(\.isFinite), size.isNormal
    else { return nil }
    count = moments.count
    self.mean = mean
    self.size = size
    pass = LeveragePass(
      centres: centres, intercept: mean, slopes: slopes, factor: factor, correction: correction)
  }
}

/// The Cholesky factor of a small symmetric matrix.
private struct Cholesky {
  private let lower: [[Double]]

  init?(dimension: Int, leastPivot: Double, _ element: (Int, Int) -> Double) {
    var lower: [[Double]] = []
    for row in 0..<dimension {
      var line: [Double] = []
      for column in 0...row {
        let above = column == row ? line : lower[column]
        let rest =
          element(row, column) - zip(line.prefix(column), above).reduce(0) { $0 + $1.0 * $1.1 }
        if column == row {
          guard rest > leastPivot * element(row, row) else { return nil }
          line.append(rest.squareRoot())
        } else {
          line.append(rest / lower[column][column])
        }
      }
      lower.append(line)
    }
    self.lower = lower
  }

  /// x with L Lᵀ x = b.
  func solve(_ right: [Double]) -> [Double] {
    var x = forward(right)
    for row in lower.indices.reversed() {
      for below in lower.indices where below > row { x[row] -= lower[below][row] * x[below] }
      x[row] /= lower[row][row]
    }
    return x
  }

  /// L⁻¹, row by row.
  var inverse: [[Double]] {
    let columns = lower.indices.map { unit in forward(lower.indices.map { $0 == unit ? 1 : 0 }) }
    return lower.indices.map { row in columns.map { $0[row] } }
  }

  private func forward(_ right: [Double]) -> [Double] {
    var x = right
    for row in lower.indices {
      for column in 0..<row { x[row] -= lower[row][column] * x[column] }
      x[row] /= lower[row][row]
    }
    return x
  }
}
