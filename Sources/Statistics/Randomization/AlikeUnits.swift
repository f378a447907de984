import RandomAssignment

/// The units of a binary outcome, by what they showed and had: all that a re-draw of their arms needs.
///
/// Units of a block that are alike in outcome and arm can trade places. How many ones a shuffle puts into
/// an arm is therefore a hypergeometric number, and how many of the ones and of the zeros had had the
/// offer are two more, given the first. A draw costs three numbers a block, however many units there are;
/// its distribution is that of the shuffle.
///
/// Not for outcomes of more than two values, nor for clusters.
struct AlikeUnits {
  /// Units of one block.
  private struct Block {
    /// Units with the larger outcome, in the arm under study and in all.
    var ones = (treated: 0, all: 0)
    /// Those with the smaller one.
    var zeros = (treated: 0, all: 0)

    var treated: Int { ones.treated + zeros.treated }
  }

  private let blocks: [Block]
  private let high: Double
  private let low: Double

  /// Counts the units; nil where they are not all single units with one of two outcomes, or blocks are so
  /// small that a shuffle is as quick.
  init?(
    _ drawn: DrawnTotals, at places: [Int], isTreated: [Int], blocks block: [Int], count: Int
  ) {
    guard places.count >= 8 * count, let first = places.first else { return nil }
    let one = drawn.totals[first]
    let other = places.lazy.map { drawn.totals[$0] }.first { $0 != one } ?? one
    let (high, low) = (max(one, other), min(one, other))
    var blocks = Array(repeating: Block(), count: count)
    for (index, place) in places.enumerated() {
      let treated = isTreated[index]
      let total = drawn.totals[place]
      guard drawn.sizes[place] == 1, drawn.exposures[place] == Double(treated),
        total == high || total == low
      else { return nil }
      if total == high {
        blocks[block[index]].ones.all += 1
        blocks[block[index]].ones.treated += treated
      } else {
        blocks[block[index]].zeros.all += 1
        blocks[block[index]].zeros.treated += treated
      }
    }
    (self.blocks, self.high, self.low) = (blocks, high, low)
  }

  /// The sums of every block in one draw.
  func draw(using generator: inout PhiloxGenerator) -> [DrawnSums] {
    blocks.map { block in
      let ones = HypergeometricDraw(
        ones: block.ones.all, zeros: block.zeros.all, taken: block.treated
      ).draw(using: &generator)
      func had(_ kind: (treated: Int, all: Int), among taken: Int) -> Int {
        HypergeometricDraw(ones: kind.treated, zeros: kind.all - kind.treated, taken: taken)
          .draw(using: &generator)
      }
      let zeros = block.treated - ones
      return sums(
        ones: (had(block.ones, among: ones), ones), zeros: (had(block.zeros, among: zeros), zeros))
    }
  }

  private func sums(
    ones: (treated: Int, all: Int), zeros: (treated: Int, all: Int)
  ) -> DrawnSums {
    var sums = DrawnSums()
    for (kind, total) in [(ones, high), (zeros, low)] {
      sums.add(1, total, 1, count: Double(kind.treated))
      sums.add(1, total, 0, count: Double(kind.all - kind.treated))
    }
    return sums
  }
}
