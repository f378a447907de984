/// The Gram matrix UᵀU and the scores Uᵀe of one cluster.
struct ClusterColumns {
  let size: Int
  /// size × size, row by row; the lower triangle is filled.
  private(set) var gram: [Double]
  private(set) var scores: [Double]

  init(size: Int) {
    self.size = size
    gram = Array(repeating: 0, count: size * size)
    scores = Array(repeating: 0, count: size)
  }

  mutating func add(_ row: [Double], residual: Double) {
    // With absorbed blocks most entries are zero.
    for i in 0..<size where row[i] != 0 {
      scores[i] += row[i] * residual
      for j in 0...i { gram[i * size + j] += row[i] * row[j] }
    }
  }
}

/// A = (I − UUᵀ)^(−½) on a cluster, through UᵀU = V·diag(λ)·Vᵀ: on the column Uv it is 1/√(1 − λ).
///
/// Where λ = 1 the model fits that column of the cluster perfectly; the inverse is the generalised
/// one (0), and a contrast that rests on such a column has no CR2 variance.
struct ClusterAdjustment {
  private let columns: ClusterColumns
  private let values: [Double]
  private let vectors: [Double]

  init(_ columns: ClusterColumns, values: [Double], vectors: [Double]) {
    self.columns = columns
    self.values = values.map { max($0, 0) }
    self.vectors = vectors
  }

  /// What the cluster says of a direction w, with a = AUw: the score aᵀe, its variance aᵀBa under
  /// the working model, and Uᵀa, by which it varies together with other clusters.
  func contribution(
    of direction: [Double]
  ) -> (score: Double, variance: Double, vector: [Double], isBlind: Bool) {
    let size = columns.size
    var coordinates = [Double](repeating: 0, count: size)
    for i in 0..<min(direction.count, size) {
      for j in 0..<size { coordinates[j] += vectors[i * size + j] * direction[i] }
    }
    var variance = 0.0
    var isBlind = false
    var adjusted = coordinates
    for j in 0..<size {
      let free = 1 - values[j]
      let part = coordinates[j] * coordinates[j] * values[j]
      if free > RankTolerance.fullLeverage {
        adjusted[j] /= free.squareRoot()
        variance += part
      } else {
        adjusted[j] = 0
        if part > RankTolerance.restsOn * RankTolerance.restsOn { isBlind = true }
      }
    }
    var score = 0.0
    var vector = [Double](repeating: 0, count: size)
    for i in 0..<size {
      var weight = 0.0
      for j in 0..<size {
        weight += vectors[i * size + j] * adjusted[j]
        vector[i] += vectors[i * size + j] * values[j] * adjusted[j]
      }
      score += weight * columns.scores[i]
    }
    return (score, variance, vector, isBlind)
  }
}
