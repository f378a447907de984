/// A small symmetric matrix, such as an information matrix.
struct SymmetricMatrix: Hashable, Sendable {
  /// Row by row; only the lower triangle is read.
  var rows: [[Double]]

  init(_ rows: [[Double]]) { self.rows = rows }

  /// The column that adds nothing to those before it, or is not finite.
  struct Singular: Error { var column: Int }

  /// Cholesky's factor L with A = LLᵀ.
  ///
  /// A pivot that lost ten digits against its diagonal, or is not above `floor`, is taken as zero.
  func factor(floor: Double = 0) throws(Singular) -> CholeskyFactor {
    var lower = rows.map { $0.map { _ in 0.0 } }
    for i in rows.indices {
      for j in 0...i {
        var sum = rows[i][j]
        for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
        if i == j {
          guard sum > max(floor, 1e-10 * rows[i][i]), sum.isFinite else {
            throw Singular(column: i)
          }
          lower[i][i] = sum.squareRoot()
        } else {
          lower[i][j] = sum / lower[j][j]
        }
      }
    }
    return CholeskyFactor(lower: lower)
  }

  /// ABA, for a symmetric B.
  func sandwich(_ middle: SymmetricMatrix) -> SymmetricMatrix {
    let indices = rows.indices
    func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
      indices.map { i in
        indices.map { j in indices.reduce(0) { $0 + a[i][$1] * b[$1][j] } }
      }
    }
    return SymmetricMatrix(product(product(rows, middle.rows), rows))
  }

  /// xᵀAx.
  func quadraticForm(_ x: [Double]) -> Double {
    var sum = 0.0
    for i in rows.indices {
      for j in rows.indices { sum += x[i] * (i >= j ? rows[i][j] : rows[j][i]) * x[j] }
    }
    return sum
  }
}

/// L of a positive definite matrix LLᵀ.
struct CholeskyFactor: Hashable, Sendable {
  let lower: [[Double]]

  /// A⁻¹b.
  func solve(_ b: [Double]) -> [Double] {
    var x = b
    for i in lower.indices {
      for k in 0..<i { x[i] -= lower[i][k] * x[k] }
      x[i] /= lower[i][i]
    }
    for i in lower.indices.reversed() {
      for k in (i + 1)..<max(lower.count, i + 1) { x[i] -= lower[k][i] * x[k] }
      x[i] /= lower[i][i]
    }
    return x
  }

  /// A⁻¹.
  var inverse: SymmetricMatrix {
    SymmetricMatrix(
      lower.indices.map { column in solve(lower.indices.map { $0 == column ? 1 : 0 }) })
  }
}
