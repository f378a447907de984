/// A complete draw inside each of several groups of units: what complete and blocked designs share.
struct GroupedDraw {
  let arms: [Arm]
  let totalShare: Int

  /// Draws in a fixed order: first a random order of the arms, then the remaining seats, then for
  /// each group a random order of its seats, which its units take as they stand.
  ///
  /// `groups` holds the positions of each group's units; together 0 to n − 1, each once.
  func assign(
    groups: [[Int]], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    let unitCount = groups.reduce(0) { $0 + $1.count }
    guard unitCount > 0 else { throw .noUnits }
    var order = Array(arms.indices)
    generator.permute(&order)
    let seats = SeatRounding.seats(
      sizes: groups.map(\.count), shares: order.map { arms[$0].share }, using: &generator)
    var armIndices = Array(repeating: 0, count: unitCount)
    for (group, counts) in zip(groups, seats) {
      var dealt = zip(order, counts).flatMap { arm, count in Array(repeating: arm, count: count) }
      generator.permute(&dealt)
      for (unit, arm) in zip(group, dealt) { armIndices[unit] = arm }
    }
    return Assignment(armIndices: armIndices)
  }
}
