/// Westfall and Young's step-down adjustment from joint re-draws: the dependence between the tests is
/// in the draws, so related tests cost less than Bonferroni's rule takes.
///
/// The tests are put in the order of their observed statistics, |t₁| ≥ |t₂| ≥ …. The adjusted p-value of
/// the i-th is the share of draws in which the largest of |t*ᵢ|, |t*ᵢ₊₁|, … is at least |tᵢ|, and never
/// less than that of the one before. It holds the familywise error where the joint distribution of any
/// true hypotheses does not depend on the others (subset pivotality): exactly under the sharp null for
/// all, in large samples for studentised statistics.
///
/// In R: `multtest::mt.maxT`; with studentised statistics Romano and Wolf's procedure.
/// References: Westfall & Young (1993), Resampling-Based Multiple Testing; Romano & Wolf (2005),
/// doi:10.1198/016214504000000539; Young (2019), doi:10.1093/qje/qjy029.
public enum StepDownMaxT {
  /// The adjusted p-values, each in the place of its own.
  ///
  /// - Parameters:
  ///   - statistics: the observed statistics.
  ///   - draws: for each draw the statistics of all tests, in the same order.
  ///   - isExact: whether the draws are all possible ones, the observed among them; else p is
  ///     (b + 1)/(B + 1).
  /// - Returns: one p-value a statistic.
  /// - Throws: ``EstimationError/undefined`` without draws, for shapes that do not fit or a NaN.
  public static func adjustedPValues(
    of statistics: [Double], draws: [[Double]], isExact: Bool = false
  ) throws(EstimationError) -> [Double] {
    guard !draws.isEmpty, statistics.allSatisfy({ !$0.isNaN }),
      draws.allSatisfy({ $0.count == statistics.count && $0.allSatisfy { !$0.isNaN } })
    else { throw .undefined }
    let sizes = statistics.map(abs)
    let descending = sizes.indices.sorted { sizes[$0] > sizes[$1] }
    var extreme = Array(repeating: 0, count: sizes.count)
    for draw in draws {
      var largest = 0.0
      // From the least significant up, so that each step adds one test to the maximum.
      for place in descending.reversed() {
        largest = max(largest, abs(draw[place]))
        let limit = sizes[place].isFinite ? sizes[place] * (1 - 1e-9) : sizes[place]
        if largest >= limit { extreme[place] += 1 }
      }
    }
    var adjusted = statistics.map { _ in 0.0 }
    var running = 0.0
    for place in descending {
      let p =
        isExact
        ? Double(extreme[place]) / Double(draws.count)
        : Double(extreme[place] + 1) / Double(draws.count + 1)
      running = max(running, p)
      adjusted[place] = running
    }
    return adjusted
  }
}
