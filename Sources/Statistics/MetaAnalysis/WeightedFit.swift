import GSL

/// A weighted least-squares line through the studies at one value of τ², with weights 1/(v + τ²).
///
/// Everything a random-effects model asks is here, without a studies × studies matrix. With the
/// columns of W½X made orthonormal (Q) and the weighted residuals r = (I − QQᵀ)W½y,
///
///     P = W½(I − QQᵀ)W½,   yᵀPy = rᵀr,   Py = W½r,   tr P = Σwᵢ(1 − hᵢ),
///
/// where hᵢ is the leverage. Time is proportional to studies × columns².
struct WeightedFit {
  /// 1/(v + τ²).
  let weights: [Double]
  /// The coefficients.
  let coefficients: [Double]
  /// R⁻¹, where W½X = QR; the coefficients' covariance is R⁻¹R⁻ᵀ.
  let inverse: [[Double]]
  /// yᵀPy: Cochran's Q when τ² is 0.
  let sumOfSquares: Double
  /// yᵀPPy.
  let squaredScore: Double
  /// The leverages hᵢ.
  let leverages: [Double]
  /// log det XᵀWX.
  let logDeterminant: Double

  /// tr P.
  var traceP: Double {
    zip(weights, leverages).reduce(0) { $0 + $1.0 * (1 - $1.1) }
  }

  /// The coefficients' covariance matrix when the studies' variances are exactly v + τ².
  var covariance: [[Double]] {
    inverse.map { left in
      inverse.map { right in zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
    }
  }

  /// Fits.
  ///
  /// - Throws: ``MetaAnalysisError/collinear(moderator:)``, ``MetaAnalysisError/numericalFailure``.
  init(_ effects: [StudyEffect], columns: [[Double]], tauSquared: Double) throws(MetaAnalysisError)
  {
    weights = effects.map { 1 / ($0.variance + tauSquared) }
    let roots = weights.map { $0.squareRoot() }
    var q: [[Double]] = []
    var triangle: [[Double]] = []  // One column of R each.
    for (position, column) in columns.enumerated() {
      var vector = zip(roots, column).map { $0 * $1 }
      let norm = Self.norm(of: vector)
      var entries = Array(repeating: 0.0, count: position)
      // Gram and Schmidt's projection twice is orthogonal to the last digits.
      for _ in 0..<2 {
        for (j, other) in q.enumerated() {
          let part = Self.product(other, vector)
          entries[j] += part
          for i in vector.indices { vector[i] -= part * other[i] }
        }
      }
      let rest = Self.norm(of: vector)
      guard rest.isFinite, norm.isFinite else { throw .numericalFailure }
      guard rest > 1e-11 * norm else { throw .collinear(moderator: max(position - 1, 0)) }
      q.append(vector.map { $0 / rest })
      triangle.append(entries + [rest])
    }

    var residuals = zip(roots, effects).map { $0 * $1.value }
    var projections = Array(repeating: 0.0, count: q.count)
    for _ in 0..<2 {
      for (j, column) in q.enumerated() {
        let part = Self.product(column, residuals)
        projections[j] += part
        for i in residuals.indices { residuals[i] -= part * column[i] }
      }
    }
    inverse = Self.inverse(of: triangle)
    coefficients = inverse.map { row in zip(row, projections).reduce(0) { $0 + $1.0 * $1.1 } }
    var hats = Array(repeating: 0.0, count: effects.count)
    for column in q {
      for i in hats.indices { hats[i] += column[i] * column[i] }
    }
    leverages = hats
    sumOfSquares = Self.product(residuals, residuals)
    squaredScore = zip(weights, residuals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    logDeterminant = triangle.reduce(0) { $0 + 2 * Elementary.logarithm($1.last ?? .nan) }
    guard sumOfSquares.isFinite, squaredScore.isFinite, logDeterminant.isFinite,
      coefficients.allSatisfy(\.isFinite)
    else { throw .numericalFailure }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }

  private static func norm(of vector: [Double]) -> Double { product(vector, vector).squareRoot() }

  /// The rows of R⁻¹, by back substitution on the columns of R.
  private static func inverse(of columns: [[Double]]) -> [[Double]] {
    let size = columns.count
    var rows = Array(repeating: Array(repeating: 0.0, count: size), count: size)
    for j in 0..<size {
      rows[j][j] = 1 / columns[j][j]
      for i in stride(from: j - 1, through: 0, by: -1) {
        var sum = 0.0
        for m in (i + 1)...j { sum += columns[m][i] * rows[m][j] }
        rows[i][j] = -sum / columns[i][i]
      }
    }
    return rows
  }
}
