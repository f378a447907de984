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
    let size = columns.count
    let matrix = effects.indices.flatMap { row in columns.map { roots[row] * $0[row] } }
    guard matrix.allSatisfy(\.isFinite), weights.allSatisfy({ $0 > 0 }),
      let factors = ThinQR(of: matrix, rows: effects.count, columns: size)
    else { throw .numericalFailure }
    for j in 0..<size {
      // What is left of a column beside those before it.
      let column = (0...j).map { factors.r[$0 * size + j] }
      let (rest, length) = (abs(column[j]), norm(column))
      guard length.isFinite else { throw .numericalFailure }
      guard rest > 1e-11 * length else { throw .collinear(moderator: max(j - 1, 0)) }
    }

    // The second pass takes out what rounding left of the fit in the residuals.
    var residuals = zip(roots, effects).map { $0 * $1.value }
    var projections = Array(repeating: 0.0, count: size)
    for _ in 0..<2 {
      let share = transposedProduct(factors.q, residuals, columns: size)
      for j in share.indices { projections[j] += share[j] }
      for row in residuals.indices {
        for j in share.indices { residuals[row] -= factors.q[row * size + j] * share[j] }
      }
    }
    let basis = columns.indices.map { j in
      solveUpper(factors.r, columns.indices.map { $0 == j ? 1 : 0 })
    }
    inverse = columns.indices.map { i in columns.indices.map { j in basis[j][i] } }
    coefficients = solveUpper(factors.r, projections)
    leverages = effects.indices.map { row in
      columns.indices.reduce(0) {
        $0 + factors.q[row * size + $1] * factors.q[row * size + $1]
      }
    }
    sumOfSquares = dot(residuals, residuals)
    squaredScore = zip(weights, residuals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    logDeterminant = columns.indices.reduce(0) {
      $0 + 2 * Elementary.logarithm(abs(factors.r[$1 * size + $1]))
    }
    guard sumOfSquares.isFinite, squaredScore.isFinite, logDeterminant.isFinite,
      coefficients.allSatisfy(\.isFinite)
    else { throw .numericalFailure }
  }
}
