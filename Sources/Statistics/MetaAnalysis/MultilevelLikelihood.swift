import GSL

/// The (restricted) likelihood of nested effects at one set of level variances.
///
/// Outermost units are independent, so V = diag(v) + Σσ²ₗGₗ is a block for each, and everything is
/// a sum over blocks. With W = V⁻¹, S = 1ᵀW1 and P = W − W11ᵀW/S, twice the score for σ²ₗ is
/// yᵀPGₗPy − tr PGₗ and twice the expected information tr PGₗPGₘ; without the restriction W stands
/// for P in the traces.
struct MultilevelLikelihood {
  /// The effects of one outermost unit.
  struct Block {
    let effects: [StudyEffect]
    /// Gₗ, one a level, row by row: 1 where two effects share a unit.
    let sharing: [[Double]]
    var size: Int { effects.count }
  }

  /// σ²ₗ.
  let variances: [Double]
  /// μ̂.
  let mean: Double
  /// S, the reciprocal of the variance of μ̂.
  let information: Double
  /// Twice the log-likelihood, up to a constant.
  let height: Double
  /// Twice the score, one a level.
  let score: [Double]
  /// Twice the expected information, level × level.
  let expected: [[Double]]

  private let blocks: [Block]
  private let covariances: [(v: [Double], inverse: [Double])]

  init(
    _ blocks: [Block], variances: [Double], method: MultilevelMetaAnalysis.Method
  ) throws(MetaAnalysisError) {
    let isRestricted = method == .restrictedMaximumLikelihood
    var covariances: [(v: [Double], inverse: [Double])] = []
    var (height, information, weighted) = (0.0, 0.0, 0.0)
    for block in blocks {
      var v = [Double](repeating: 0, count: block.size * block.size)
      for (variance, sharing) in zip(variances, block.sharing) {
        for k in v.indices { v[k] += variance * sharing[k] }
      }
      for i in 0..<block.size { v[i * block.size + i] += block.effects[i].variance }
      guard let factor = Cholesky(of: v, size: block.size), let inverse = factor.inverse else {
        throw .numericalFailure
      }
      covariances.append((v, inverse))
      height -= factor.logDeterminant
      for i in 0..<block.size {
        for j in 0..<block.size {
          information += inverse[i * block.size + j]
          weighted += inverse[i * block.size + j] * block.effects[j].value
        }
      }
    }
    let mean = weighted / information
    if isRestricted { height -= Elementary.logarithm(information) }

    let levels = variances.indices
    var score = levels.map { _ in 0.0 }
    var expected = levels.map { _ in levels.map { _ in 0.0 } }
    // Σ wᵀGₗw and Σ wᵀGₗWGₘw, with w = W1 in each block.
    var single = score
    var double = expected
    for (block, covariance) in zip(blocks, covariances) {
      let n = block.size
      let inverse = covariance.inverse
      let w = Self.product(inverse, block.effects.map { _ in 1 })
      let e = block.effects.map { $0.value - mean }
      let r = Self.product(inverse, e)
      height -= zip(e, r).reduce(0) { $0 + $1.0 * $1.1 }
      let spread = block.sharing.map { Self.product(inverse, times: $0, size: n) }
      for l in levels {
        let gw = Self.product(block.sharing[l], w)
        let gr = Self.product(block.sharing[l], r)
        score[l] += zip(r, gr).reduce(0) { $0 + $1.0 * $1.1 }
        for i in 0..<n { score[l] -= spread[l][i * n + i] }
        single[l] += zip(w, gw).reduce(0) { $0 + $1.0 * $1.1 }
        let wgw = Self.product(inverse, gw)
        for m in levels {
          for i in 0..<n {
            for j in 0..<n { expected[l][m] += spread[l][i * n + j] * spread[m][j * n + i] }
          }
          let other = Self.product(block.sharing[m], w)
          double[l][m] += zip(other, wgw).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
    }
    if isRestricted {
      for l in levels {
        score[l] += single[l] / information
        for m in levels {
          expected[l][m] +=
            single[l] / information * (single[m] / information) - 2 * double[l][m] / information
        }
      }
    }
    guard height.isFinite, mean.isFinite, information > 0, score.allSatisfy(\.isFinite),
      expected.allSatisfy({ $0.allSatisfy(\.isFinite) })
    else { throw .numericalFailure }
    self.variances = variances
    self.mean = mean
    self.information = information
    self.height = height
    self.score = score
    self.expected = expected
    self.blocks = blocks
    self.covariances = covariances
  }

  /// The variance CR2 of μ̂ over the blocks, and Satterthwaite's degrees of freedom.
  ///
  /// With V = LLᵀ, B = Lᵀ(V − 11ᵀ/S)L and A = LB^(−½)Lᵀ, a block contributes (1ᵀWAe)²/S². Under the
  /// model the contributions' products have expectations pⱼₖ = δⱼₖ gⱼᵀVⱼgⱼ − (gⱼᵀ1)(gₖᵀ1)/S,
  /// g = AᵀW1, and the degrees of freedom are (Σpⱼⱼ)²/Σpⱼₖ².
  func biasReducedVariance() throws(MetaAnalysisError) -> (variance: Double, freedom: Double) {
    var variance = 0.0
    var (diagonal, squares) = (0.0, 0.0)
    var (second, fourth) = (0.0, 0.0)
    for (block, covariance) in zip(blocks, covariances) {
      let n = block.size
      guard let factor = Cholesky(of: covariance.v, size: n) else { throw .numericalFailure }
      let lower = factor.lower
      let middle = covariance.v.map { $0 - 1 / information }
      let upper = Self.transposed(lower, size: n)
      let inner = Self.product(
        Self.product(upper, times: middle, size: n), times: lower, size: n)
      guard let eigen = SymmetricEigensolver(size: n)?.decompose(inner) else {
        throw .numericalFailure
      }
      let largest = eigen.values.reduce(0) { max($0, $1) }
      // Lᵀw through B^(−½): eigenvectors of eigenvalue 0 take no part.
      let w = Self.product(covariance.inverse, block.effects.map { _ in 1 })
      let start = Self.product(upper, w)
      var bent = [Double](repeating: 0, count: n)
      for k in 0..<n where eigen.values[k] > 1e-12 * largest {
        var part = 0.0
        for i in 0..<n { part += eigen.vectors[i * n + k] * start[i] }
        part /= eigen.values[k].squareRoot()
        for i in 0..<n { bent[i] += part * eigen.vectors[i * n + k] }
      }
      let g = Self.product(lower, bent)
      let contribution = zip(g, block.effects).reduce(0) { $0 + $1.0 * ($1.1.value - mean) }
      variance += contribution * contribution
      let total = g.reduce(0, +)
      let own =
        zip(g, Self.product(covariance.v, g)).reduce(0) { $0 + $1.0 * $1.1 }
        - total * total / information
      diagonal += own
      squares += own * own
      second += total * total
      fourth += total * total * total * total
    }
    squares += (second * second - fourth) / information / information
    return (variance / information / information, diagonal * diagonal / squares)
  }

  private static func product(_ matrix: [Double], _ vector: [Double]) -> [Double] {
    let n = vector.count
    return (0..<n).map { i in
      var sum = 0.0
      for j in 0..<n { sum += matrix[i * n + j] * vector[j] }
      return sum
    }
  }

  private static func product(_ a: [Double], times b: [Double], size n: Int) -> [Double] {
    var result = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for k in 0..<n where a[i * n + k] != 0 {
        for j in 0..<n { result[i * n + j] += a[i * n + k] * b[k * n + j] }
      }
    }
    return result
  }

  private static func transposed(_ a: [Double], size n: Int) -> [Double] {
    (0..<n * n).map { a[$0 % n * n + $0 / n] }
  }
}
