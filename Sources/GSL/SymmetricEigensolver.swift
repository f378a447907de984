import CGSL

/// GSL's eigensolver for symmetric matrices, with the room it works in.
package struct SymmetricEigensolver: ~Copyable {
  private let workspace: UnsafeMutablePointer<gsl_eigen_symmv_workspace>
  /// Rows (and columns) of the matrices it takes.
  package let size: Int

  /// Makes a solver; nil for no rows or when memory is short.
  package init?(size: Int) {
    guard size > 0, let workspace = gsl_eigen_symmv_alloc(size) else { return nil }
    self.workspace = workspace
    self.size = size
  }

  deinit { gsl_eigen_symmv_free(workspace) }

  /// A = E·diag(values)·Eᵀ.
  ///
  /// - Parameter matrix: size × size finite values; only the lower triangle is read.
  /// - Returns: the eigenvalues in no order, and E row by row: the eigenvectors are its columns.
  package func decompose(_ matrix: [Double]) -> (values: [Double], vectors: [Double])? {
    guard matrix.count == size * size else { return nil }
    var matrix = matrix
    var values = [Double](repeating: 0, count: size)
    var vectors = matrix
    let isDone = matrix.withUnsafeMutableBufferPointer { matrix in
      values.withUnsafeMutableBufferPointer { values in
        vectors.withUnsafeMutableBufferPointer { vectors in
          guard let matrix = matrix.baseAddress, let values = values.baseAddress,
            let vectors = vectors.baseAddress
          else { return false }
          var a = gsl_matrix_view_array(matrix, size, size)
          var d = gsl_vector_view_array(values, size)
          var e = gsl_matrix_view_array(vectors, size, size)
          return succeeded {
            gsl_eigen_symmv(&a.matrix, &d.vector, &e.matrix, workspace)
          }
        }
      }
    }
    return isDone && values.allSatisfy(\.isFinite) ? (values, vectors) : nil
  }
}
