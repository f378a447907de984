import CGSL

/// X = QR for a tall matrix, by Householder reflections: Q has X's shape and orthonormal columns, R
/// is square and upper triangular.
///
/// Q comes from the reflections themselves, not from X·R⁻¹, so that its columns stay orthonormal to
/// the last digits however nearly dependent those of X are.
package struct ThinQR {
  /// n × k, row by row.
  package let q: [Double]
  /// k × k, row by row; zeros below the diagonal.
  package let r: [Double]

  /// Factors a matrix; nil when there are fewer rows than columns, no columns, or the shape is
  /// wrong.
  ///
  /// - Parameters:
  ///   - matrix: n·k finite values, row by row.
  ///   - rows: n.
  ///   - columns: k.
  package init?(of matrix: [Double], rows: Int, columns: Int) {
    guard columns > 0, rows >= columns, matrix.count == rows * columns else { return nil }
    var reflections = matrix
    var scales = [Double](repeating: 0, count: columns)
    var column = [Double](repeating: 0, count: rows)
    var q = matrix
    let isDone = reflections.withUnsafeMutableBufferPointer { matrix in
      scales.withUnsafeMutableBufferPointer { scales in
        column.withUnsafeMutableBufferPointer { column in
          guard let matrix = matrix.baseAddress, let scales = scales.baseAddress,
            let start = column.baseAddress
          else { return false }
          var qr = gsl_matrix_view_array(matrix, rows, columns)
          var tau = gsl_vector_view_array(scales, columns)
          var vector = gsl_vector_view_array(start, rows)
          guard succeeded({ gsl_linalg_QR_decomp(&qr.matrix, &tau.vector) }) else { return false }
          for j in 0..<columns {
            column.update(repeating: 0)
            column[j] = 1
            guard succeeded({ gsl_linalg_QR_Qvec(&qr.matrix, &tau.vector, &vector.vector) }) else {
              return false
            }
            for i in 0..<rows { q[i * columns + j] = column[i] }
          }
          return true
        }
      }
    }
    guard isDone else { return nil }
    self.q = q
    r = (0..<columns * columns).map { $0 / columns <= $0 % columns ? reflections[$0] : 0 }
  }
}
