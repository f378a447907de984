import RandomAssignment

/// Several arms and outcomes under the same re-drawn assignments, for the adjustment by the largest
/// statistic.
///
/// Each draw permutes all arms within blocks (whole clusters where those were drawn) and gives every
/// contrast with the control on every outcome its studentised difference, t = (R₁ − R₀)/√V̂ with the
/// variances of ``RandomizationInference``; where a block has a single unit of some arm, arms are
/// compared across blocks, and only the draws keep to them. Units that look alike in every outcome, such as binary
/// ones, are counted, not shuffled.
///
/// The hypothesis is that no arm does anything. For one contrast alone, of two arms among several, see
/// ``RandomizationInference``.
public struct JointRedraws: Sendable {
  /// One a contrast × outcome, outcome by outcome: the statistics of what was drawn.
  public let observed: [Double]
  /// The same for each draw.
  public let draws: [[Double]]
  /// Whether every possible assignment was visited.
  public let isExact: Bool

  /// Draws.
  ///
  /// - Parameters:
  ///   - responses: the outcomes with the columns of the sample that hold them.
  ///   - units: units of which every outcome is known.
  ///   - control: the arm that the others are compared with.
  ///   - arms: the others.
  ///   - count: how many draws; as many are visited where that is all of them.
  ///   - seed: each draw has a stream of its own.
  /// - Throws: ``EstimationError/noVariation`` where only one assignment was possible; what
  ///   ``RandomizationInference`` throws.
  public init(
    of responses: [(response: Response, columns: [Int])], in units: UnitSample, control: String,
    arms: [String], draws count: Int = 10_000, seed: UInt64 = 1
  ) throws(EstimationError) {
    guard let base = units.arms.firstIndex(of: control) else { throw .undefined }
    var contrasts: [Int] = []
    for arm in arms {
      guard let place = units.arms.firstIndex(of: arm) else { throw .undefined }
      contrasts.append(place)
    }
    for place in contrasts + [base] where !units.assignment.contains(place) {
      throw .noUnits(arm: units.arms[place])
    }
    let everyArm = Set(units.arms.indices)
    var outcomes: [DrawnTotals] = []
    for (response, columns) in responses {
      guard columns.allSatisfy(units.response.indices.contains),
        let own = UnitSample(
          arms: units.arms, assignment: units.assignment,
          response: columns.map { units.response[$0] }, blocks: units.blocks,
          clusters: units.clusters)
      else { throw .undefined }
      outcomes.append(
        try DrawnTotals(
          own.redrawn(units.redrawing), response: response, arms: everyArm, treated: base))
    }
    guard let first = outcomes.first,
      let permutations = ArmPermutations(observed: first.arms, blocks: Grouping(first.blocks))
    else { throw .undefined }
    let statistics = StudentisedDifferences(
      outcomes: outcomes, contrasts: contrasts, control: base, armCount: units.arms.count)
    observed = statistics.values(under: first.arms)
    switch first.redrawing {
    case .shuffle: break
    case .unknown, .wedge: throw .drawUnknown
    case .design(let list, let places):
      isExact = false
      draws = try list.redraws(max(count, 1), seed: seed, between: nil) { arms in
        statistics.values(under: places.map { arms[$0] })
      }
      return
    }
    guard permutations.count > 1 else { throw .noVariation }
    isExact = permutations.count <= Double(max(count, 1))
    if isExact {
      var found: [[Double]] = []
      permutations.visitAll {
        found.append(statistics.values(under: $0)); return true
      }
      draws = found
    } else if let kinds = KindsOfUnits(
      outcomes, arms: units.arms.count, blocks: statistics.blocks)
    {
      draws = replicates(max(count, 1), seed: seed) { generator in
        statistics.values(of: kinds, in: kinds.draw(using: &generator))
      }
    } else {
      draws = replicates(max(count, 1), seed: seed) { generator in
        statistics.values(under: permutations.draw(using: &generator))
      }
    }
  }

  /// The adjusted p-values, one a contrast × outcome.
  public var adjustedPValues: [Double] {
    get throws(EstimationError) {
      try StepDownMaxT.adjustedPValues(of: observed, draws: draws, isExact: isExact)
    }
  }

  /// The studentised differences of an assignment.
  private struct StudentisedDifferences {
    let outcomes: [DrawnTotals]
    let contrasts: [Int]
    let control: Int
    let blocks: Grouping
    private let byBlock: Bool
    /// One a block (or one for all) and arm.
    private let nothing: [[DrawnSums]]

    init(outcomes: [DrawnTotals], contrasts: [Int], control: Int, armCount: Int) {
      self.outcomes = outcomes
      self.contrasts = contrasts
      self.control = control
      blocks = Grouping(outcomes.first?.blocks ?? [])
      let noUnits = Array(repeating: 0, count: armCount)
      var sizes = Array(repeating: noUnits, count: blocks.count)
      for (block, arm) in zip(blocks.groups, outcomes.first?.arms ?? []) { sizes[block][arm] += 1 }
      let byBlock = sizes.allSatisfy { arms in (contrasts + [control]).allSatisfy { arms[$0] >= 2 }
      }
      self.byBlock = byBlock
      nothing = Array(
        repeating: Array(repeating: DrawnSums(), count: armCount),
        count: byBlock ? blocks.count : 1)
    }

    /// Of an arm a unit.
    func values(under arms: [Int]) -> [Double] {
      outcomes.flatMap { outcome in
        var sums = nothing
        for (place, arm) in arms.enumerated() {
          sums[byBlock ? blocks.groups[place] : 0][arm].add(
            outcome.sizes[place], outcome.totals[place], 0)
        }
        return values(of: sums)
      }
    }

    /// Of numbers of units: block, kind, arm.
    func values(of kinds: KindsOfUnits, in drawn: [[[Int]]]) -> [Double] {
      outcomes.flatMap { outcome in
        var sums = nothing
        for (block, numbers) in drawn.enumerated() {
          for (place, arms) in zip(kinds.examples, numbers) {
            for (arm, number) in arms.enumerated() {
              sums[byBlock ? block : 0][arm].add(
                outcome.sizes[place], outcome.totals[place], 0, count: Double(number))
            }
          }
        }
        return values(of: sums)
      }
    }

    /// Of one outcome's sums.
    private func values(of sums: [[DrawnSums]]) -> [Double] {
      let shares = sums.map { block in block.reduce(0) { $0 + $1.m } }
      let total = shares.reduce(0, +)
      return contrasts.map { arm in
        var difference = 0.0
        var variance = 0.0
        for (block, share) in zip(sums, shares) {
          let (a, c) = (block[arm], block[control])
          guard a.m > 0, c.m > 0 else { continue }
          let weight = share / total
          difference += weight * (a.ratio(0) - c.ratio(0))
          variance += weight * weight * (a.variance(0) + c.variance(0))
        }
        guard variance > 0 else { return difference == 0 ? 0 : difference * .infinity }
        return difference / variance.squareRoot()
      }
    }
  }
}
