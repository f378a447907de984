/// Intervals for the effects that were picked because they stood out.
///
/// Of m effects, R are selected by Benjamini and Hochberg's rule at q; each gets its interval at level
/// 1 − R·q/m. Then the expected share of intervals that miss, among those reported, is at most q, for
/// independent or positively dependent estimates. A plain 95% interval of an effect that is shown
/// because it was large misses more often than it says.
///
/// Every selected interval excludes no effect, since R·q/m is the threshold its p-value passed.
///
/// Not for the one effect that the plan named beforehand: its own interval needs no adjustment.
///
/// Reference: Benjamini & Yekutieli (2005), doi:10.1198/016214504000001907.
public struct FalseCoverageRate: Sendable {
  /// Where the selected effects stand among those given, ascending.
  public let selected: [Int]
  /// The level of their intervals, 1 − R·q/m; nil when nothing is selected.
  public let level: Double?
  /// The intervals of the selected effects, in their order.
  public let intervals: [Interval]

  /// Selects and gives intervals.
  ///
  /// - Parameters:
  ///   - evidence: what is known about each effect of the family.
  ///   - q: the rate that is allowed, above 0 and below 1.
  /// - Throws: ``EstimationError/undefined`` for a rate outside (0, 1); whatever the evidence throws.
  public init(
    selectingFrom evidence: [any Evidence], at q: Double
  ) throws(EstimationError) {
    guard q > 0, q < 1 else { throw .undefined }
    var pValues: [Double] = []
    for one in evidence { pValues.append(try one.pValue(of: one.noEffect)) }
    let adjusted = try Multiplicity.bh.adjusted(pValues)
    selected = adjusted.indices.filter { adjusted[$0] <= q }
    guard !selected.isEmpty else {
      (level, intervals) = (nil, [])
      return
    }
    let each = 1 - Double(selected.count) * q / Double(evidence.count)
    var found: [Interval] = []
    for place in selected { found.append(try evidence[place].interval(level: each)) }
    (level, intervals) = (each, found)
  }
}

extension Multiplicity {
  /// Intervals that hold all true values together with probability `level` or more: each at
  /// 1 − (1 − level)/m, under any dependence (Bonferroni).
  ///
  /// - Throws: ``EstimationError/undefined`` for a level outside (0, 1); whatever the evidence throws.
  public static func simultaneousIntervals(
    _ evidence: [any Evidence], level: Double
  ) throws(EstimationError) -> [Interval] {
    guard level > 0, level < 1 else { throw .undefined }
    var found: [Interval] = []
    for one in evidence {
      found.append(try one.interval(level: 1 - (1 - level) / Double(evidence.count)))
    }
    return found
  }
}
