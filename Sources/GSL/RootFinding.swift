// GSL's solver types are C globals that nobody writes to.
@preconcurrency import CGSL

/// GSL's Brent–Dekker solver, alive for one search.
private struct BrentSolver: ~Copyable {
  let handle: OpaquePointer

  init?() {
    guard let handle = gsl_root_fsolver_alloc(gsl_root_fsolver_brent) else { return nil }
    self.handle = OpaquePointer(handle)
  }

  deinit { gsl_root_fsolver_free(UnsafeMutablePointer(handle)) }
}

/// Finds where a continuous function crosses zero between two points of opposite sign, by
/// Brent–Dekker, down to neighbouring doubles where the function allows.
///
/// - Returns: nil when the signs at the ends do not differ, or the function yields NaN on the way.
package func root(
  between lower: Double, and upper: Double, of function: (Double) -> Double
) -> Double? {
  guard lower < upper else { return nil }
  let atLower = function(lower)
  let atUpper = function(upper)
  if atLower == 0 { return lower }
  if atUpper == 0 { return upper }
  guard (atLower < 0) != (atUpper < 0), !atLower.isNaN, !atUpper.isNaN, let solver = BrentSolver()
  else { return nil }
  return withoutActuallyEscaping(function) { escaping in
    var box: (Double) -> Double = escaping
    return withUnsafeMutablePointer(to: &box) { pointer -> Double? in
      var problem = gsl_function(
        function: { x, context in
          guard let context else { return .nan }
          return context.assumingMemoryBound(to: ((Double) -> Double).self).pointee(x)
        },
        params: UnsafeMutableRawPointer(pointer))
      let handle = UnsafeMutablePointer<gsl_root_fsolver>(solver.handle)
      guard succeeded({ gsl_root_fsolver_set(handle, &problem, lower, upper) }) else { return nil }
      for _ in 0..<200 {
        guard succeeded({ gsl_root_fsolver_iterate(handle) }) else { return nil }
        let left = gsl_root_fsolver_x_lower(handle)
        let right = gsl_root_fsolver_x_upper(handle)
        if right - left <= 4 * max(abs(left), abs(right)).ulp { break }
      }
      return gsl_root_fsolver_root(handle)
    }
  }
}
