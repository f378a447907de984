private import GSL

/// Climbs the log-likelihood of a generalised linear model by Newton's steps, each a least-squares
/// problem solved by QR (IRLS, with the observed information).
///
/// Coefficients are those of the orthonormal columns of the design, so that nearly dependent
/// columns cost no digits. The likelihood is concave: near a maximum the digits double with each
/// step. Where the columns tell the outcomes apart there is no maximum; then the decrement sᵀI⁻¹s
/// falls only by e each time, and by that the two are told apart.
struct LikelihoodMaximum {
  /// The largest decrement, in squared standard errors, from which one more step reaches the end.
  private static let near = 1e-13
  /// So many small decrements in a row, each no smaller than a fifth of the last, lead to infinity.
  private static let patience = 8

  let family: ResponseFamily
  let outcome: [Double]
  let offset: [Double]
  /// Rows × width, orthonormal columns.
  let basis: [Double]
  let width: Int

  /// - Parameter start: coefficients near the maximum, where some are known.
  /// - Returns: the coefficients on the basis.
  /// - Throws: ``EstimationError/infiniteCoefficients``;
  ///   ``EstimationError/numericalFailure`` when the search ends nowhere.
  func coefficients(from start: [Double]? = nil) throws(EstimationError) -> [Double] {
    var current = start ?? self.start()
    var height = logLikelihood(at: current)
    guard height.isFinite else { throw .numericalFailure }
    var previous = Double.infinity
    var decrement = Double.infinity
    var crawls = 0
    for _ in 0..<100 {
      let predictor = self.predictor(at: current)
      let score = transposedProduct(basis, rowScores(at: predictor), columns: width)
      guard
        let factor = weightedFactor(
          outcome.indices.map { family.observedInformation(outcome[$0], at: predictor[$0]) })
      else { throw decrement < 1 ? .infiniteCoefficients : .numericalFailure }
      let half = solveUpperTransposed(factor, score)
      let step = solveUpper(factor, half)
      decrement = dot(half, half)
      guard decrement.isFinite, step.allSatisfy(\.isFinite) else {
        throw previous < 1 ? .infiniteCoefficients : .numericalFailure
      }
      crawls = decrement < 0.01 && decrement > 0.2 * previous ? crawls + 1 : 0
      guard crawls < Self.patience else { throw .infiniteCoefficients }
      let isLast = decrement <= Self.near && decrement <= 0.1 * previous
      let lowest = height - 1e-11 * abs(height)
      var size = 1.0
      var next = current
      var reached = height
      repeat {
        for j in next.indices { next[j] = current[j] + size * step[j] }
        reached = logLikelihood(at: next)
        size /= 2
      } while !(reached >= lowest) && !isLast && size > 1e-9
      guard reached.isFinite else { throw .numericalFailure }
      current = next
      height = reached
      if isLast { return current }
      previous = decrement
    }
    throw decrement < 0.1 ? .infiniteCoefficients : .numericalFailure
  }

  /// Xβ + offset.
  func predictor(at coefficients: [Double]) -> [Double] {
    var predictor = offset
    var k = 0
    for row in predictor.indices {
      for j in 0..<width {
        predictor[row] += basis[k] * coefficients[j]
        k += 1
      }
    }
    return predictor
  }

  /// d(log-likelihood)/dη, one a row.
  func rowScores(at predictor: [Double]) -> [Double] {
    outcome.indices.map { family.score(outcome[$0], at: predictor[$0]) }
  }

  /// R of √W·Q, row by row; nil where the weights leave a direction without information.
  func weightedFactor(_ weights: [Double]) -> [Double]? {
    var matrix = basis
    let scaled = PowerOfTwoScaled(weights)
    guard scaled.values.allSatisfy(\.isFinite) else { return nil }
    for row in weights.indices {
      let root = scaled.values[row].squareRoot()
      for k in (row * width)..<((row + 1) * width) { matrix[k] *= root }
    }
    // √2ᵉ, apart from the weights, so that they neither overflow nor drown.
    let common = (scaled.exponent.isMultiple(of: 2) ? 1 : 2.0.squareRoot())
      .scaled(by: (scaled.exponent - (scaled.exponent.isMultiple(of: 2) ? 0 : 1)) / 2)
    guard let factor = ThinQR(of: matrix, rows: weights.count, columns: width)?.r else {
      return nil
    }
    let diagonal = (0..<width).map { abs(factor[$0 * width + $0]) }
    guard let largest = diagonal.max(), let smallest = diagonal.min(), smallest > 1e-12 * largest,
      common.isNormal
    else { return nil }
    return factor.map { $0 * common }
  }

  private func logLikelihood(at coefficients: [Double]) -> Double {
    let predictor = predictor(at: coefficients)
    var sum = 0.0
    for row in outcome.indices { sum += family.kernel(outcome[row], at: predictor[row]) }
    return sum
  }

  /// One step of least squares from outcomes moved a little inwards, weighted or, where that leads
  /// out of the doubles, plain.
  private func start() -> [Double] {
    let near = outcome.map(family.start)
    let targets = outcome.indices.map { near[$0] - offset[$0] }
    let plain = transposedProduct(basis, targets, columns: width)
    let weights = near.map(family.expectedInformation(at:))
    let right = transposedProduct(
      basis, zip(weights, targets).map { $0 * $1 }, columns: width)
    guard let factor = weightedFactor(weights) else { return plain }
    let weighted = solveUpper(factor, solveUpperTransposed(factor, right))
    return logLikelihood(at: weighted).isFinite ? weighted : plain
  }
}
