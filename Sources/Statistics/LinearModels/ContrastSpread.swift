/// What a covariance estimator says of unit directions in the column space, in scaled units.
///
/// Every linear contrast of coefficients is size·(w·Qᵀy) for a unit vector w. Working with w
/// instead of (XᵀX)⁻¹ keeps the arithmetic among numbers near 1, whatever the columns' units.
struct ContrastSpread {
  /// Covariances of the directions, directions × directions.
  var products: [[Double]]
  /// Degrees of freedom, one a direction; nil where there is no reference distribution.
  var degreesOfFreedom: [Double?]
  /// Whether a direction rests on a row, or a cluster, that its own column fits perfectly, so that
  /// its residual, always 0, tells nothing about its variance.
  var isBlind: [Bool]

  /// From contributions a to each direction: Σaaᵀ·scale.
  init(directions: Int) {
    products = Array(repeating: Array(repeating: 0, count: directions), count: directions)
    degreesOfFreedom = Array(repeating: nil, count: directions)
    isBlind = Array(repeating: false, count: directions)
  }

  mutating func add(_ contributions: [Double]) {
    for i in contributions.indices {
      for j in contributions.indices { products[i][j] += contributions[i] * contributions[j] }
    }
  }

  mutating func scale(by factor: Double) {
    for i in products.indices {
      for j in products.indices { products[i][j] *= factor }
    }
  }
}
