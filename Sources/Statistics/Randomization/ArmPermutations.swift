import RandomAssignment

/// Every way in which the same numbers of each arm could have fallen within the same blocks.
///
/// Given the realised numbers, all of them are equally likely under a simple, complete or blocked draw
/// of units, or of whole clusters, whatever the shares: the distribution that an exact test needs. A
/// draw whose numbers were not free, such as a complete one, is not conditioned on anything.
///
/// In R: `randomizr::block_ra`, `ri2::declare_ra`.
public struct ArmPermutations: Sendable {
  /// One a unit (or cluster): the arm that it got.
  public let observed: [Int]
  /// For each block the places of its units.
  private let blocks: [[Int]]

  /// Takes the realised numbers from an assignment; nil when lengths disagree.
  ///
  /// - Parameters:
  ///   - observed: one arm's number a unit.
  ///   - blocks: the blocks within which units were drawn; nil is one block.
  public init?(observed: [Int], blocks: Grouping? = nil) {
    guard blocks.map({ $0.groups.count == observed.count }) ?? true else { return nil }
    self.observed = observed
    guard let blocks else {
      self.blocks = [Array(observed.indices)]
      return
    }
    var places = Array(repeating: [Int](), count: blocks.count)
    for (place, block) in blocks.groups.enumerated() { places[block].append(place) }
    self.blocks = places
  }

  /// How many there are: the product over blocks of n!/(n₀!n₁!…); ∞ where it overflows.
  public var count: Double {
    blocks.reduce(1) { product, places in
      var left = 0.0
      var ways = 1.0
      for size in sizes(of: places) {
        for taken in 1...max(size, 1) where size > 0 {
          left += 1
          ways *= left / Double(taken)
        }
      }
      return product * ways.rounded()
    }
  }

  /// A random one.
  public func draw(using generator: inout some RandomNumberGenerator) -> [Int] {
    var drawn = observed
    for places in blocks {
      // Fisher–Yates on the places themselves.
      for last in places.indices.dropFirst().reversed() {
        drawn.swapAt(places[last], places[generator.uniformInteger(below: last + 1)])
      }
    }
    return drawn
  }

  /// Visits each once, in an order of their own, until `visit` says false.
  public func visitAll(_ visit: ([Int]) -> Bool) {
    var drawn = observed
    // Each block starts with its arms in rising order.
    for places in blocks {
      for (place, arm) in zip(places, places.map({ observed[$0] }).sorted()) { drawn[place] = arm }
    }
    while true {
      guard visit(drawn) else { return }
      // An odometer of blocks, each stepping to its next order.
      var block = 0
      while block < blocks.count, !Self.step(&drawn, within: blocks[block]) { block += 1 }
      if block == blocks.count { return }
    }
  }

  /// The next order of the arms in some places; false, and the first order, after the last.
  private static func step(_ drawn: inout [Int], within places: [Int]) -> Bool {
    guard
      let pivot = places.indices.dropLast().last(where: {
        drawn[places[$0]] < drawn[places[$0 + 1]]
      })
    else {
      let rising = places.map { drawn[$0] }.sorted()
      for (place, arm) in zip(places, rising) { drawn[place] = arm }
      return false
    }
    let successor = places.indices.last { drawn[places[$0]] > drawn[places[pivot]] } ?? pivot
    drawn.swapAt(places[pivot], places[successor])
    var (low, high) = (pivot + 1, places.count - 1)
    while low < high {
      drawn.swapAt(places[low], places[high])
      low += 1
      high -= 1
    }
    return true
  }

  private func sizes(of places: [Int]) -> [Int] {
    Dictionary(places.map { (observed[$0], 1) }, uniquingKeysWith: +).values.sorted()
  }
}
