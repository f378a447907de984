import RandomAssignment

/// The studentised difference of two arms under every re-drawn assignment, for any size of effect.
///
/// Under the hypothesis that the arm adds θ₀ to every unit, the outcomes under control are known,
/// T − θ₀X, and the statistic of an assignment is, with R = ΣT/ΣM in each arm of each block,
///
///     t = τ̂/√V̂,   τ̂ = Σ w_b (R₁ − R₀),   w_b = M_b/M,
///     V̂ = Σ w_b² Σ_a n/(n − 1)·Σ(T − RM)²/(ΣM)²
///
/// (Neyman; with M = 1 Welch's). Where some arm of a block is a single unit V̂ comes from the spread
/// between blocks, Σ w_b²(τ̂_b − τ̂)²·B/(B − 1). All sums are kept once for each draw, so another θ₀
/// costs no new draw. Units of a binary outcome are counted, not shuffled (``AlikeUnits``).
struct RedrawnDifference: RedrawnStatistic {
  private let weights: [Double]
  private let whole: [DrawnSums]
  private let observed: [DrawnSums]
  private let draws: [[DrawnSums]]
  private let comparesBlocks: Bool

  /// Whether every assignment was visited.
  let isExact: Bool
  /// Assignments that were visited or drawn.
  var count: Int { draws.count }

  /// Draws.
  ///
  /// - Parameters:
  ///   - drawn: the units or clusters of two arms.
  ///   - treated: the position of the arm under study.
  ///   - count: how many draws; as many are visited where that is all of them.
  ///   - seed: each draw has a stream of its own.
  /// - Throws: ``EstimationError/undefined`` where no block has both arms, or a denominator is not
  ///   above 0; ``EstimationError/noVariation`` where only one assignment was possible.
  init(
    _ drawn: DrawnTotals, treated: Int, draws count: Int, seed: UInt64
  ) throws(EstimationError) {
    let blocks = Grouping(drawn.blocks)
    var sizes = Array(repeating: (all: 0, treated: 0), count: blocks.count)
    for (place, block) in blocks.groups.enumerated() {
      sizes[block].all += 1
      if drawn.arms[place] == treated { sizes[block].treated += 1 }
    }
    let both = sizes.indices.filter { sizes[$0].treated > 0 && sizes[$0].treated < sizes[$0].all }
    guard !both.isEmpty else { throw .undefined }
    // Blocks of one arm compare nothing; where sizes are drawn too, in another draw they may.
    let kept = drawn.redrawing.keepsSizes ? both : Array(sizes.indices)
    let numbers = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
    let places = drawn.arms.indices.filter { numbers[blocks.groups[$0]] != nil }
    let block = places.map { numbers[blocks.groups[$0]] ?? 0 }
    let isTreated = places.map { drawn.arms[$0] == treated ? 1 : 0 }
    guard places.allSatisfy({ drawn.sizes[$0] >= 0 }),
      let permutations = ArmPermutations(observed: isTreated, blocks: Grouping(block))
    else { throw .undefined }
    @Sendable func sums(_ arms: [Int], of arm: Int) -> [DrawnSums] {
      var sums = Array(repeating: DrawnSums(), count: kept.count)
      for (index, place) in places.enumerated() where arms[index] == arm {
        sums[block[index]].add(drawn.sizes[place], drawn.totals[place], drawn.exposures[place])
      }
      return sums
    }
    whole = sums(places.map { _ in 0 }, of: 0)
    observed = sums(isTreated, of: 1)
    let total = whole.reduce(0) { $0 + $1.m }
    guard total > 0, total.isFinite, whole.allSatisfy({ $0.tt.isFinite }) else {
      throw .numericalFailure
    }
    weights = whole.map { $0.m / total }
    comparesBlocks =
      drawn.redrawing.keepsSizes
      && kept.contains { sizes[$0].treated < 2 || sizes[$0].all - sizes[$0].treated < 2 }
    switch drawn.redrawing {
    case .shuffle: break
    case .unknown, .wedge: throw .drawUnknown
    case .design(let list, let listPlaces):
      guard let control = drawn.arms.first(where: { $0 != treated }) else { throw .undefined }
      isExact = false
      draws = try list.redraws(max(count, 1), seed: seed, between: (treated, control)) { arms in
        sums(places.map { arms[listPlaces[$0]] == treated ? 1 : 0 }, of: 1)
      }
      return
    }
    guard permutations.count > 1 else { throw .noVariation }
    isExact = permutations.count <= Double(max(count, 1))
    if isExact {
      var found: [[DrawnSums]] = []
      permutations.visitAll {
        found.append(sums($0, of: 1)); return true
      }
      draws = found
    } else if let alike = AlikeUnits(
      drawn, at: places, isTreated: isTreated, blocks: block, count: kept.count)
    {
      draws = replicates(max(count, 1), seed: seed, alike.draw)
    } else {
      draws = replicates(max(count, 1), seed: seed) { generator in
        sums(permutations.draw(using: &generator), of: 1)
      }
    }
  }

  /// The estimate.
  var difference: Double { parts(of: observed, theta: 0).difference }

  /// The statistic of what was drawn, under an effect of θ.
  func statistic(theta: Double) -> Double {
    statistic(of: observed, theta: theta, above: floor(theta))
  }

  /// The test of an effect of θ.
  func test(theta: Double) throws(EstimationError) -> RandomizationTest {
    let floor = floor(theta)
    return try RandomizationTest(
      observed: statistic(of: observed, theta: theta, above: floor),
      draws: draws.map { statistic(of: $0, theta: theta, above: floor) }, isExact: isExact)
  }

  /// The two-sided p-value of an effect of θ, by |t|.
  func pValue(theta: Double) -> Double {
    let floor = floor(theta)
    return shareAsExtreme(as: statistic(of: observed, theta: theta, above: floor)) {
      statistic(of: draws[$0], theta: theta, above: floor)
    }
  }

  /// What rounding leaves of a spread of zero.
  private func floor(_ theta: Double) -> Double {
    1e-24
      * whole.indices.reduce(0) { sum, block in
        sum + weights[block] * weights[block] * whole[block].spread(theta)
      }
  }

  private func statistic(of treated: [DrawnSums], theta: Double, above floor: Double) -> Double {
    let (difference, variance) = parts(of: treated, theta: theta)
    if variance > floor { return difference / variance.squareRoot() }
    return abs(difference) <= 1e-12 ? 0 : difference > 0 ? .infinity : -.infinity
  }

  private func parts(
    of treated: [DrawnSums], theta: Double
  ) -> (difference: Double, variance: Double) {
    var difference = 0.0
    var variance = 0.0
    var share = 0.0
    var own: [Double] = []
    for block in weights.indices {
      let arm = treated[block]
      let control = whole[block] - arm
      guard arm.m > 0, control.m > 0 else { continue }
      let gap = arm.ratio(theta) - control.ratio(theta)
      difference += weights[block] * gap
      share += weights[block]
      if comparesBlocks {
        own.append(weights[block] * gap)
      } else {
        variance +=
          weights[block] * weights[block] * (arm.variance(theta) + control.variance(theta))
      }
    }
    // A draw that left some arm without a single unit is as extreme as any.
    guard share > 0 else { return (.infinity, 0) }
    if comparesBlocks {
      let count = Double(own.count)
      let mean = difference / count
      // A single block has no spread between blocks: the difference itself is the statistic.
      variance =
        count > 1 ? own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * count / (count - 1) : 1
    }
    // Blocks that had one arm in this draw are left out, and the others weigh more.
    return share < 1 - 1e-9
      ? (difference / share, variance / (share * share)) : (difference, variance)
  }
}
