import CGSL

/// The nodes and weights of Gauss and Legendre's rule on −1 … 1.
package struct LegendreRule: Sendable {
  /// Position and weight of each node.
  package let nodes: [(position: Double, weight: Double)]

  /// Makes a rule; it has no nodes when memory is short.
  package init(points: Int) {
    guard points > 0, let table = gsl_integration_glfixed_table_alloc(points) else {
      nodes = []
      return
    }
    defer { gsl_integration_glfixed_table_free(table) }
    nodes = (0..<points).compactMap { place in
      var position = 0.0
      var weight = 0.0
      guard
        succeeded({
          gsl_integration_glfixed_point(-1, 1, place, &position, &weight, table)
        })
      else { return nil }
      return (position, weight)
    }
  }

  /// The integral of a smooth function.
  package func integral(
    from lower: Double, to upper: Double, of function: (Double) -> Double
  ) -> Double {
    let centre = (lower + upper) / 2
    let reach = (upper - lower) / 2
    var sum = 0.0
    for node in nodes { sum += node.weight * function(centre + reach * node.position) }
    return sum * reach
  }
}

/// GSL's adaptive quadrature, with the room it works in.
private struct AdaptiveQuadrature: ~Copyable {
  let workspace: UnsafeMutablePointer<gsl_integration_workspace>

  init?() {
    guard let workspace = gsl_integration_workspace_alloc(200) else { return nil }
    self.workspace = workspace
  }

  deinit { gsl_integration_workspace_free(workspace) }
}

/// The integral of a function over the pieces between breakpoints, adaptively (QAG with 31 points).
///
/// - Parameters:
///   - breakpoints: ascending; where the function changes its pace.
///   - tolerance: the absolute error that a piece may have.
///   - function: the function.
/// - Returns: nil when the function yields NaN or a piece does not settle.
package func integral(
  between breakpoints: [Double], tolerance: Double, of function: (Double) -> Double
) -> Double? {
  guard let quadrature = AdaptiveQuadrature() else { return nil }
  return withoutActuallyEscaping(function) { escaping in
    var box: (Double) -> Double = escaping
    return withUnsafeMutablePointer(to: &box) { pointer -> Double? in
      var problem = gsl_function(
        function: { x, context in
          guard let context else { return .nan }
          return context.assumingMemoryBound(to: ((Double) -> Double).self).pointee(x)
        },
        params: UnsafeMutableRawPointer(pointer))
      var sum = 0.0
      for (lower, upper) in zip(breakpoints, breakpoints.dropFirst()) where lower < upper {
        var part = 0.0
        var error = 0.0
        // Rounding may keep the estimate of the error above the wish: the error itself decides.
        let isDone = succeeded {
          gsl_integration_qag(
            &problem, lower, upper, tolerance / 100, 1e-13, 200, Int32(GSL_INTEG_GAUSS31),
            quadrature.workspace, &part, &error)
        }
        guard part.isFinite, isDone || error <= max(tolerance, 1e-11 * abs(part)) else {
          return nil
        }
        sum += part
      }
      return sum
    }
  }
}
