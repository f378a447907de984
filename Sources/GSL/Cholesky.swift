import CGSL

/// A = LLᵀ for a symmetric positive definite matrix.
package struct Cholesky: Hashable, Sendable {
  /// L, size × size, row by row; zeros above the diagonal.
  package let lower: [Double]
  /// Rows (and columns) of the matrix.
  package let size: Int

  /// Factors a matrix; nil when it is not positive definite, or the shape is wrong.
  ///
  /// - Parameters:
  ///   - matrix: size·size finite values, row by row; only the lower triangle is read.
  ///   - size: rows.
  package init?(of matrix: [Double], size: Int) {
    guard size > 0, matrix.count == size * size else { return nil }
    var factor = matrix
    let isDone = factor.withUnsafeMutableBufferPointer { factor in
      guard let start = factor.baseAddress else { return false }
      var view = gsl_matrix_view_array(start, size, size)
      return succeeded { gsl_linalg_cholesky_decomp1(&view.matrix) }
    }
    guard isDone else { return nil }
    lower = (0..<size * size).map { $0 / size >= $0 % size ? factor[$0] : 0 }
    guard lower.allSatisfy(\.isFinite) else { return nil }
    self.size = size
  }

  /// log det A.
  package var logDeterminant: Double {
    (0..<size).reduce(0) { $0 + 2 * Elementary.logarithm(lower[$1 * size + $1]) }
  }

  /// A⁻¹, row by row; nil where it overflows.
  package var inverse: [Double]? {
    var inverse = lower
    let isDone = inverse.withUnsafeMutableBufferPointer { inverse in
      guard let start = inverse.baseAddress else { return false }
      var view = gsl_matrix_view_array(start, size, size)
      return succeeded { gsl_linalg_cholesky_invert(&view.matrix) }
    }
    return isDone && inverse.allSatisfy(\.isFinite) ? inverse : nil
  }

  /// A⁻¹b; nil where the lengths disagree or it overflows.
  package func solve(_ b: [Double]) -> [Double]? {
    guard b.count == size else { return nil }
    var factor = lower
    var x = b
    let isDone = factor.withUnsafeMutableBufferPointer { factor in
      x.withUnsafeMutableBufferPointer { x in
        guard let factor = factor.baseAddress, let x = x.baseAddress else { return false }
        var matrix = gsl_matrix_view_array(factor, size, size)
        var vector = gsl_vector_view_array(x, size)
        return succeeded { gsl_linalg_cholesky_svx(&matrix.matrix, &vector.vector) }
      }
    }
    return isDone && x.allSatisfy(\.isFinite) ? x : nil
  }
}
