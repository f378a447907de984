/// The outcome of a draw: which arm each unit got.
public struct Assignment: Codable, Hashable, Sendable {
  /// For each unit, in the order in which the units were given, the index of its arm in the design.
  public let armIndices: [Int]
  /// For each unit the block that the draw itself formed, such as a pair; nil where it formed none.
  public let formedBlocks: [String]?

  /// Makes an assignment.
  public init(armIndices: [Int], formedBlocks: [String]? = nil) {
    self.armIndices = armIndices
    self.formedBlocks = formedBlocks
  }

  /// How many units each of `armCount` arms got.
  public func sizes(armCount: Int) -> [Int] {
    var sizes = Array(repeating: 0, count: max(armCount, 0))
    for arm in armIndices where sizes.indices.contains(arm) { sizes[arm] += 1 }
    return sizes
  }
}
