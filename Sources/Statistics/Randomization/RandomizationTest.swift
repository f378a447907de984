public import RandomAssignment

/// The distribution of any statistic over the assignments that could have been drawn.
///
/// Under the sharp null hypothesis that no unit's outcome depends on its arm, the outcomes are fixed
/// and only the assignment is random, so the distribution of the statistic is known without any
/// assumption about the outcomes. `statistic` is computed anew from each assignment: whatever follows
/// from the arms (interaction columns, fitted models) must be computed inside it.
///
/// Not for the weak null of a zero average effect, unless the statistic is studentised; and in a trial
/// with several arms a contrast needs the units of its own two arms alone: those of other arms would
/// have had other outcomes.
///
/// In R: `ri2::conduct_ri`. References: Fisher (1935), The Design of Experiments; Gerber & Green (2012),
/// Field Experiments, chapter 3; Phipson & Smyth (2010), doi:10.2202/1544-6115.1585.
public struct RandomizationTest: Sendable {
  /// Which draws count as at least as extreme.
  public enum Tail: String, Codable, CaseIterable, Hashable, Sendable {
    /// |T*| ≥ |T|.
    case absolute
    /// T* ≥ T.
    case upper
    /// T* ≤ T.
    case lower
    /// Twice the smaller of the two one-sided values, at most 1.
    case twiceSmaller = "twice_smaller"
  }

  /// The statistic of the assignment that was drawn.
  public let observed: Double
  /// The statistic of each re-drawn assignment; all of them when exact.
  public let draws: [Double]
  /// Whether every possible assignment was visited, once.
  public let isExact: Bool

  /// From draws that somebody else made.
  ///
  /// - Throws: ``EstimationError/undefined`` without draws or with a NaN;
  ///   ``EstimationError/noVariation`` when the statistic is the same whatever is drawn.
  public init(observed: Double, draws: [Double], isExact: Bool) throws(EstimationError) {
    guard !observed.isNaN, !draws.isEmpty, draws.allSatisfy({ !$0.isNaN }) else {
      throw .undefined
    }
    guard draws.contains(where: { $0 != draws[0] }) || draws[0] != observed else {
      throw .noVariation
    }
    self.observed = observed
    self.draws = draws
    self.isExact = isExact
  }

  /// Visits all permutations where there are few, and draws them at random where there are many.
  ///
  /// - Parameters:
  ///   - permutations: the assignments that could have been.
  ///   - count: how many to draw; at most so many are visited, too.
  ///   - seed: each draw has a stream of its own.
  ///   - statistic: the number of an assignment; called from several threads at once.
  /// - Throws: what `statistic` throws for any assignment, and as ``init(observed:draws:isExact:)``.
  public init(
    over permutations: ArmPermutations, draws count: Int, seed: UInt64,
    statistic: @Sendable ([Int]) throws(EstimationError) -> Double
  ) throws(EstimationError) {
    let isExact = permutations.count <= Double(max(count, 1))
    var draws: [Double] = []
    draws.reserveCapacity(isExact ? Int(permutations.count) : count)
    if isExact {
      var failure: EstimationError?
      permutations.visitAll { assignment in
        do throws(EstimationError) {
          draws.append(try statistic(assignment))
          return true
        } catch {
          failure = error
          return false
        }
      }
      if let failure { throw failure }
    } else {
      draws = try throwingReplicates(count, seed: seed) {
        (generator) throws(EstimationError) in
        try statistic(permutations.draw(using: &generator))
      }
    }
    try self.init(
      observed: try statistic(permutations.observed), draws: draws, isExact: isExact)
  }

  /// Re-draws through any design's own `assign`.
  ///
  /// - Throws: ``EstimationError/undefined`` when the design refuses the units.
  public init(
    through design: some AssignmentDesign, units: [ExperimentalUnit], observed: [Int],
    draws count: Int, seed: UInt64, statistic: @Sendable ([Int]) throws(EstimationError) -> Double
  ) throws(EstimationError) {
    let draws = try throwingReplicates(count, seed: seed) {
      (generator) throws(EstimationError) in
      guard let assignment = try? design.assign(units, using: &generator) else { throw .undefined }
      return try statistic(assignment.armIndices)
    }
    try self.init(observed: try statistic(observed), draws: draws, isExact: false)
  }

  /// The p-value: the share of all assignments that are at least as extreme, or (b + 1)/(B + 1) of B
  /// random ones, which never claims less than was seen.
  public func pValue(_ tail: Tail = .absolute) -> Double {
    switch tail {
    case .absolute: share { abs($0) >= lowered(abs(observed)) }
    case .upper: share { $0 >= lowered(observed) }
    case .lower: share { -$0 >= lowered(-observed) }
    case .twiceSmaller: min(1, 2 * min(pValue(.upper), pValue(.lower)))
    }
  }

  /// The mean of the statistic over the draws: 0 for a difference whose null is centred.
  public var mean: Double { draws.reduce(0) { $0 + $1 / Double(draws.count) } }

  /// Its standard deviation over the draws; over all assignments when exact.
  public var standardDeviation: Double {
    let mean = mean
    let squares = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / Double(draws.count) }
    return squares.squareRoot()
  }

  /// Statistics that are equal in exact arithmetic must count as equal.
  private func lowered(_ value: Double) -> Double {
    value.isFinite ? value - 1e-9 * max(abs(value), 1e-12) : value
  }

  private func share(_ isExtreme: (Double) -> Bool) -> Double {
    let extreme = draws.count { isExtreme($0) }
    return isExact
      ? Double(extreme) / Double(draws.count) : Double(extreme + 1) / Double(draws.count + 1)
  }
}
