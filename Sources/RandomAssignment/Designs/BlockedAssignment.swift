/// A complete draw inside each block, with arm totals as close to the plan as whole units allow.
///
/// Blocks are taken in the order in which their first units stand. Remainders are rounded together
/// (``SeatRounding``): both inside every block and over all blocks, each arm has its exact number of
/// seats rounded down or up, so that hundreds of small blocks cannot add up to unequal arms. Seats
/// of different blocks are therefore not independent where there are remainders.
/// In R: `randomizr::block_ra`, which rounds each block alone.
public struct BlockedAssignment: AssignmentDesign {
  /// `blocked`.
  public static let name = "blocked"
  /// The arms with their shares.
  public var arms: [Arm]

  /// Makes the design.
  public init(arms: [Arm]) {
    self.arms = arms
  }

  /// Draws an arm for every unit.
  ///
  /// - Throws: ``DesignError/missingBlock(unit:)`` for the first unit without a block.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    let total = try totalShare()
    var groups: [[Int]] = []
    var groupOfBlock: [String: Int] = [:]
    for (index, unit) in units.enumerated() {
      guard let block = unit.block else { throw .missingBlock(unit: unit.id) }
      if let group = groupOfBlock[block] {
        groups[group].append(index)
      } else {
        groupOfBlock[block] = groups.count
        groups.append([index])
      }
    }
    return try GroupedDraw(arms: arms, totalShare: total).assign(groups: groups, using: &generator)
  }
}
