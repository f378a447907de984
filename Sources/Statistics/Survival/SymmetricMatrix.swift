import GSL

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
    func regular(_ size: Int) -> CholeskyFactor? {
      let block = rows.prefix(size).flatMap { $0.prefix(size) }
      guard let factor = Cholesky(of: block, size: size) else { return nil }
      let isRegular = (0..<size).allSatisfy { i in
        let pivot = factor.lower[i * size + i] * factor.lower[i * size + i]
        return pivot > max(floor, 1e-10 * rows[i][i])
      }
      return isRegular ? CholeskyFactor(factor: factor) : nil
    }
    if let factor = regular(rows.count) { return factor }
    // The first leading block that is singular says which column is to blame.
    throw Singular(column: rows.indices.first { regular($0 + 1) == nil } ?? 0)
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
  let factor: Cholesky

  /// A⁻¹b; NaN where it overflows.
  func solve(_ b: [Double]) -> [Double] { factor.solve(b) ?? b.map { _ in .nan } }

  /// A⁻¹; NaN where it overflows.
  var inverse: SymmetricMatrix {
    let entries = factor.inverse
    return SymmetricMatrix(
      (0..<factor.size).map { row in
        (0..<factor.size).map { entries?[row * factor.size + $0] ?? .nan }
      })
  }
}
