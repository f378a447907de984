// GSL's minimiser types are C globals that nobody writes to.
@preconcurrency import CGSL

/// GSL's Brent minimiser, alive for one search.
private struct BrentMinimiser: ~Copyable {
  let handle: OpaquePointer

  init?() {
    guard let handle = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent) else { return nil }
    self.handle = OpaquePointer(handle)
  }

  deinit { gsl_min_fminimizer_free(UnsafeMutablePointer(handle)) }
}

/// Climbs to a local maximum of a continuous function by Brent's parabolic steps.
///
/// - Parameters:
///   - lower: a point left of the maximum.
///   - guess: a point between, where the function is higher than at both ends.
///   - upper: a point right of the maximum.
///   - function: the function.
/// - Returns: where the maximum is and how high; nil when `guess` is not above both ends.
package func localMaximum(
  between lower: Double, through guess: Double, and upper: Double,
  of function: (Double) -> Double
) -> (position: Double, value: Double)? {
  guard lower < guess, guess < upper, let minimiser = BrentMinimiser() else { return nil }
  return withoutActuallyEscaping(function) { escaping in
    var box: (Double) -> Double = escaping
    return withUnsafeMutablePointer(to: &box) { pointer -> (Double, Double)? in
      var problem = gsl_function(
        function: { x, context in
          guard let context else { return .nan }
          return -context.assumingMemoryBound(to: ((Double) -> Double).self).pointee(x)
        },
        params: UnsafeMutableRawPointer(pointer))
      let handle = UnsafeMutablePointer<gsl_min_fminimizer>(minimiser.handle)
      guard succeeded({ gsl_min_fminimizer_set(handle, &problem, guess, lower, upper) })
      else { return nil }
      for _ in 0..<60 {
        guard succeeded({ gsl_min_fminimizer_iterate(handle) }) else { break }
        // At a maximum the value is flat: half the digits of the position give all of the value.
        let width = gsl_min_fminimizer_x_upper(handle) - gsl_min_fminimizer_x_lower(handle)
        if width <= 1e-6 * (upper - lower) { break }
      }
      return (gsl_min_fminimizer_x_minimum(handle), -gsl_min_fminimizer_f_minimum(handle))
    }
  }
}
