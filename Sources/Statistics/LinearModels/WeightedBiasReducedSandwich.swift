private import GSL

extension LinearModel {
  /// CR2 with weights; the algebra stands in BiasReducedSandwich.swift.
  func weightedSpread(
    of directions: [[Double]], _ clusters: Grouping
  ) throws(EstimationError) -> ContrastSpread {
    let rank = factors.rank
    let size = 2 * rank
    let core = lowRankCore()
    guard let solver = SymmetricEigensolver(size: size) else { throw .numericalFailure }
    var spread = ContrastSpread(directions: directions.count)
    var sums = directions.map { _ in WeightedSatterthwaiteSum(core: core, size: size) }
    let (order, starts) = clusters.sortedRows
    for cluster in 0..<clusters.count {
      var columns = ClusterColumns(size: size)
      for member in order[starts[cluster]..<starts[cluster + 1]] {
        let root = factors.roots[member]
        let q = factors.q[(member * rank)..<((member + 1) * rank)]
        columns.add(
          q.map { $0 / root } + q.map { $0 * root }, residual: scaledResiduals[member] / root)
      }
      guard let adjustment = WeightedClusterAdjustment(columns, core: core, solver) else {
        throw .numericalFailure
      }
      var contributions: [Double] = []
      for (j, direction) in directions.enumerated() {
        let own = adjustment.contribution(of: direction)
        contributions.append(own.score)
        if own.isBlind { spread.isBlind[j] = true }
        sums[j].add(diagonal: own.variance, own.vector)
      }
      spread.add(contributions)
    }
    spread.degreesOfFreedom = sums.map(\.degreesOfFreedom)
    return spread
  }

  /// N with (I − H)(I − H)ᵀ = I + UNUᵀ for U = (Z, Y): C and −I over −I and 0.
  private func lowRankCore() -> [Double] {
    let rank = factors.rank
    let size = 2 * rank
    var core = [Double](repeating: 0, count: size * size)
    for row in 0..<rows {
      let weight = factors.roots[row] * factors.roots[row]
      let q = row * rank
      for i in 0..<rank {
        for j in 0..<rank { core[i * size + j] += weight * factors.q[q + i] * factors.q[q + j] }
      }
    }
    for i in 0..<rank {
      core[i * size + rank + i] = -1
      core[(rank + i) * size + i] = -1
    }
    return core
  }
}

/// B^(−½) on a cluster, in an orthonormal basis O of the span of U.
///
/// With UᵀU = E·D·Eᵀ and M = D^½Eᵀ, U = OM and B = I + O(MNMᵀ)Oᵀ; with MNMᵀ = T·diag(θ)·Tᵀ, B^(−½)
/// is 1/√(1 + θ) along the columns of OT. Directions that U does not reach have θ = 0 and no
/// weight.
private struct WeightedClusterAdjustment {
  private let size: Int
  /// TᵀM, size × size.
  private let coordinates: [Double]
  /// (OT)ᵀe.
  private let residuals: [Double]
  /// 1 + θ.
  private let values: [Double]

  init?(_ columns: ClusterColumns, core: [Double], _ solver: borrowing SymmetricEigensolver) {
    let size = columns.size
    guard let gram = solver.decompose(columns.gram) else { return nil }
    let floor = 1e-13 * gram.values.reduce(0, max)
    var map = [Double](repeating: 0, count: size * size)
    var basis = [Double](repeating: 0, count: size)
    for i in 0..<size where gram.values[i] > floor {
      let root = gram.values[i].squareRoot()
      for j in 0..<size {
        map[i * size + j] = root * gram.vectors[j * size + i]
        basis[i] += gram.vectors[j * size + i] * columns.scores[j] / root
      }
    }
    let mapped = product(map, core, size: size)
    var inner = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0..<size {
        for k in 0..<size { inner[i * size + j] += mapped[i * size + k] * map[j * size + k] }
      }
    }
    guard let parts = solver.decompose(inner) else { return nil }
    var turned = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0..<size { turned[i * size + j] = parts.vectors[j * size + i] }
    }
    self.size = size
    coordinates = product(turned, map, size: size)
    residuals = transposedProduct(parts.vectors, basis, columns: size)
    values = parts.values.map { 1 + $0 }
  }

  func contribution(
    of direction: [Double]
  ) -> (score: Double, variance: Double, vector: [Double], isBlind: Bool) {
    let rank = direction.count
    var result = (
      score: 0.0, variance: 0.0, vector: [Double](repeating: 0, count: size), isBlind: false
    )
    for i in 0..<size {
      // (OT)ᵀYw: the lower half of U is Y.
      var own = 0.0
      for j in 0..<rank { own += coordinates[i * size + rank + j] * direction[j] }
      guard values[i] > RankTolerance.fullLeverage else {
        if abs(own) > RankTolerance.restsOn { result.isBlind = true }
        continue
      }
      let adjusted = own / values[i].squareRoot()
      result.score += adjusted * residuals[i]
      result.variance += own * own
      for j in 0..<size { result.vector[j] += coordinates[i * size + j] * adjusted }
    }
    return result
  }
}

/// Satterthwaite's sums where P_gh = v_g·N·v_h off the diagonal: Σ(v_g·N·v_h)² is the trace of
/// (N·Σvvᵀ)².
private struct WeightedSatterthwaiteSum {
  let core: [Double]
  let size: Int
  private var trace = 0.0
  private var diagonal = 0.0
  private var squares: [Double]

  init(core: [Double], size: Int) {
    self.core = core
    self.size = size
    squares = Array(repeating: 0, count: size * size)
  }

  mutating func add(diagonal own: Double, _ vector: [Double]) {
    let form = dot(vector, transposedProduct(core, vector, columns: size))
    trace += own
    diagonal += (own - form) * (own + form)
    for i in 0..<size {
      for j in 0..<size { squares[i * size + j] += vector[i] * vector[j] }
    }
  }

  var degreesOfFreedom: Double? {
    let turned = product(core, squares, size: size)
    var total = diagonal
    for i in 0..<size {
      for j in 0..<size { total += turned[i * size + j] * turned[j * size + i] }
    }
    return trace > 0 && total > 0 ? trace * trace / total : nil
  }
}

/// The product of two square matrices, row by row.
private func product(_ a: [Double], _ b: [Double], size: Int) -> [Double] {
  var result = [Double](repeating: 0, count: size * size)
  for i in 0..<size {
    for k in 0..<size {
      for j in 0..<size { result[i * size + j] += a[i * size + k] * b[k * size + j] }
    }
  }
  return result
}
