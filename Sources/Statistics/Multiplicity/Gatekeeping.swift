/// Questions in an order of importance: which may be asked depends on what was answered before, and
/// the familywise error stays at α over all of them.
///
/// A procedure is a graph. Question i begins with the share wᵢ of α; when it is rejected, the share
/// gᵢⱼ of what it holds moves to question j, and the graph closes over the gap:
///
///     wⱼ ← wⱼ + wᵢgᵢⱼ,   gⱼₗ ← (gⱼₗ + gⱼᵢgᵢₗ)/(1 − gⱼᵢgᵢⱼ).
///
/// A question is rejected when its p-value is at most its share of α. The adjusted p-values are those
/// of the closed test with weighted Bonferroni tests of all intersections, whatever the dependence.
/// Graphs may be put one behind another: a later one opens only when the one before is rejected in
/// full.
///
/// The order and the shares must be written down before the data.
///
/// In R: `gMCP::gMCP`.
/// Reference: Bretz, Maurer, Brannath & Posch (2009), doi:10.1002/sim.3495.
public struct Gatekeeping: Hashable, Sendable {
  /// A graph over some of the questions.
  struct Stage: Hashable, Sendable {
    let questions: [Int]
    let weights: [Double]
    let transitions: [[Double]]
  }

  let stages: [Stage]

  /// How many questions there are.
  public var count: Int { stages.reduce(0) { $0 + $1.questions.count } }

  private init(stages: [Stage]) { self.stages = stages }

  /// Makes any procedure; nil where the shapes or the numbers do not fit.
  ///
  /// - Parameters:
  ///   - weights: the shares of α, not negative, of which the sum is at most 1.
  ///   - transitions: where a share goes, one row a question; not negative, zero on the diagonal,
  ///     each row's sum at most 1.
  public init?(weights: [Double], transitions: [[Double]]) {
    let most = 1 + 1e-12
    guard !weights.isEmpty, transitions.count == weights.count,
      weights.allSatisfy({ $0 >= 0 }), weights.reduce(0, +) <= most
    else { return nil }
    for (question, row) in transitions.enumerated() {
      guard row.count == weights.count, row.allSatisfy({ $0 >= 0 }), row[question] == 0,
        row.reduce(0, +) <= most
      else { return nil }
    }
    stages = [Stage(questions: Array(weights.indices), weights: weights, transitions: transitions)]
  }

  /// One after another in the order of the data, each at the full α, until the first that fails.
  public static func fixedSequence(_ count: Int) -> Gatekeeping {
    serial((0..<max(count, 0)).map { [$0] }) ?? Gatekeeping(stages: [])
  }

  /// Holm's procedure: all start alike and share what is rejected.
  public static func holm(_ count: Int) -> Gatekeeping {
    serial([Array(0..<max(count, 0))]) ?? Gatekeeping(stages: [])
  }

  /// Families one behind another: Holm's procedure within each, and the next opens only when every
  /// question of the one before is rejected.
  ///
  /// - Parameter families: the places of each family's questions, together every place from 0 once.
  /// - Returns: nil where places are missing or doubled.
  public static func serial(_ families: [[Int]]) -> Gatekeeping? {
    guard isPartition(families) else { return nil }
    return Gatekeeping(
      stages: families.filter { !$0.isEmpty }.map { family in
        Stage(
          questions: family, weights: family.map { _ in 1 / Double(family.count) },
          transitions: family.indices.map { i in
            family.indices.map { $0 == i ? 0 : 1 / Double(family.count - 1) }
          })
      })
  }

  /// Families one behind another where any rejection passes its share on: Bonferroni's test in each
  /// family but the last, Holm's in the last.
  ///
  /// - Parameter families: the places of each family's questions, together every place from 0 once.
  /// - Returns: nil where places are missing or doubled.
  public static func parallel(_ families: [[Int]]) -> Gatekeeping? {
    guard isPartition(families) else { return nil }
    let families = families.filter { !$0.isEmpty }
    let count = families.reduce(0) { $0 + $1.count }
    var weights = Array(repeating: 0.0, count: count)
    var transitions = weights.map { _ in weights }
    for (place, family) in families.enumerated() {
      for question in family {
        if place == 0 { weights[question] = 1 / Double(family.count) }
        let next = place + 1 < families.count ? families[place + 1] : family
        let receivers = next.filter { $0 != question }
        for other in receivers { transitions[question][other] = 1 / Double(receivers.count) }
      }
    }
    guard count > 0 else { return Gatekeeping(stages: []) }
    return Gatekeeping(weights: weights, transitions: transitions)
  }

  /// The adjusted p-values, each in the place of its own: at most α exactly where the procedure at
  /// level α rejects.
  ///
  /// - Throws: ``EstimationError/numericalFailure`` when a value is not from 0 to 1 or their number is
  ///   not that of the questions.
  public func adjusted(_ pValues: [Double]) throws(EstimationError) -> [Double] {
    guard pValues.count == count, pValues.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw .numericalFailure
    }
    var adjusted = pValues
    var largest = 0.0
    for stage in stages {
      for (question, value) in zip(
        stage.questions, stage.adjusted(stage.questions.map { pValues[$0] }))
      {
        adjusted[question] = max(value, largest)
      }
      largest = stage.questions.reduce(largest) { max($0, adjusted[$1]) }
    }
    return adjusted
  }

  private static func isPartition(_ families: [[Int]]) -> Bool {
    let places = families.flatMap { $0 }.sorted()
    return places == Array(places.indices)
  }
}

extension Gatekeeping.Stage {
  /// Rejects one question after another, the smallest p over its share first.
  fileprivate func adjusted(_ pValues: [Double]) -> [Double] {
    var weights = weights
    var graph = transitions
    var left = Set(weights.indices)
    var adjusted = pValues.map { _ in 1.0 }
    var largest = 0.0
    while !left.isEmpty {
      // Ties go to the first, so that the answer does not depend on a set's order.
      let ordered = left.sorted().filter { weights[$0] > 0 }
      let ratios = ordered.map { pValues[$0] / weights[$0] }
      guard let best = ratios.indices.min(by: { ratios[$0] < ratios[$1] }) else { break }
      let question = ordered[best]
      largest = max(largest, min(ratios[best], 1))
      adjusted[question] = largest
      left.remove(question)
      let old = graph
      for i in left {
        weights[i] += weights[question] * old[question][i]
        for j in left where j != i {
          let loop = old[i][question] * old[question][i]
          graph[i][j] =
            loop < 1
            ? (old[i][j] + old[i][question] * old[question][j]) / (1 - loop) : 0
        }
      }
    }
    return adjusted
  }
}
