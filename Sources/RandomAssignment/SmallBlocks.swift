/// Blocks with fewer units (clusters) than there are arms: within them some arms cannot be compared, and a block of one says
/// nothing at all.
public enum SmallBlocks {
  /// The blocks that are too small, with their numbers of units (clusters), in the order of their first units.
  ///
  /// Units without a block are passed over; the draw refuses them.
  public static func list(
    in units: [ExperimentalUnit], armCount: Int, byCluster: Bool = false
  ) -> [(block: String, count: Int)] {
    var order: [String] = []
    var members: [String: Set<String>] = [:]
    var counts: [String: Int] = [:]
    for unit in units {
      guard let block = unit.block else { continue }
      if counts[block] == nil { order.append(block) }
      guard byCluster else {
        counts[block, default: 0] += 1
        continue
      }
      members[block, default: []].insert(unit.cluster ?? unit.id)
      counts[block] = members[block]?.count
    }
    return order.compactMap { block in
      counts[block].flatMap { $0 < armCount ? (block, $0) : nil }
    }
  }

  /// The units with all blocks that are too small joined into one of the given name.
  ///
  /// The joined block may still be too small; look again with ``list(in:armCount:byCluster:)``.
  public static func merged(
    in units: [ExperimentalUnit], armCount: Int, byCluster: Bool = false, into name: String
  ) -> [ExperimentalUnit] {
    let small = Set(list(in: units, armCount: armCount, byCluster: byCluster).map(\.block))
    return units.map { unit in
      guard let block = unit.block, small.contains(block) else { return unit }
      var unit = unit
      unit.block = name
      return unit
    }
  }
}
