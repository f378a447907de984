import RandomAssignment

/// Units that look alike in every outcome, counted: all that a re-draw of several arms needs.
///
/// Units of a block that look alike can trade places. What a shuffle makes of them is therefore a table, kinds ×
/// arms, whose margins are known: kind after kind takes its places from those that the arms have left, arm after arm
/// a hypergeometric number. A draw costs that many numbers a block, however many units there are; its distribution
/// is that of the shuffle.
///
/// Several binary outcomes make few kinds. Not for measurements, nor for clusters of many sizes. Two arms of which
/// one may have had an effect of θ are ``AlikeUnits``.
struct KindsOfUnits {
  /// Units of one block.
  private struct Block {
    /// How many of each kind.
    var kinds: [Int]
    /// How many places each arm has.
    var arms: [Int]
  }

  /// How a unit looks in one more outcome.
  private struct Look: Hashable {
    /// Its kind by the outcomes before.
    var kind: Int
    var size: Double
    var total: Double
  }

  /// A unit of each kind.
  let examples: [Int]
  private let blocks: [Block]

  /// Counts the units; nil where they are of so many kinds that a shuffle is as quick.
  ///
  /// - Parameters:
  ///   - outcomes: the same units in each.
  ///   - armCount: how many arms there are.
  ///   - grouping: the blocks within which arms were drawn.
  init?(_ outcomes: [DrawnTotals], arms armCount: Int, blocks grouping: Grouping) {
    guard let arms = outcomes.first?.arms else { return nil }
    let most = arms.count / max(4 * armCount * grouping.count, 1)
    var kinds = Array(repeating: 0, count: arms.count)
    var examples: [Int] = []
    for outcome in outcomes {
      var known: [Look: Int] = [:]
      examples = []
      for place in kinds.indices {
        let look = Look(
          kind: kinds[place], size: outcome.sizes[place], total: outcome.totals[place])
        let kind = known[look] ?? examples.count
        if kind == examples.count {
          guard kind < most else { return nil }
          known[look] = kind
          examples.append(place)
        }
        kinds[place] = kind
      }
    }
    let empty = Block(
      kinds: examples.map { _ in 0 }, arms: Array(repeating: 0, count: armCount))
    var blocks = Array(repeating: empty, count: grouping.count)
    for (place, block) in grouping.groups.enumerated() {
      blocks[block].kinds[kinds[place]] += 1
      blocks[block].arms[arms[place]] += 1
    }
    (self.examples, self.blocks) = (examples, blocks)
  }

  /// One draw: for every block how many units of each kind each arm gets, kind by kind.
  func draw(using generator: inout PhiloxGenerator) -> [[[Int]]] {
    blocks.map { block in
      var left = block.arms
      return block.kinds.map { units in
        var units = units
        var places = left.reduce(0, +)
        return left.indices.map { arm in
          places -= left[arm]
          let got = HypergeometricDraw(ones: left[arm], zeros: places, taken: units)
            .draw(using: &generator)
          left[arm] -= got
          units -= got
          return got
        }
      }
    }
  }
}
