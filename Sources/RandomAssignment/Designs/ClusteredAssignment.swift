/// Whole clusters by lot: members of a household, a school or a town share an arm.
///
/// Shares count clusters, not members; clusters of very different sizes leave arms of different
/// sizes. Clusters are taken in the order in which their first members stand. With `isBlocked` the
/// clusters are drawn inside blocks, as by ``BlockedAssignment``.
/// In R: `randomizr::cluster_ra`, `randomizr::block_and_cluster_ra`.
public struct ClusteredAssignment: AssignmentDesign {
  /// `clustered`.
  public static let name = "clustered"
  /// The arms with their shares.
  public var arms: [Arm]
  /// Whether clusters are drawn inside the blocks of their members.
  public var isBlocked: Bool

  /// Makes the design.
  public init(arms: [Arm], isBlocked: Bool = false) {
    self.arms = arms
    self.isBlocked = isBlocked
  }

  /// Draws an arm for every unit.
  ///
  /// - Throws: ``DesignError/missingCluster(unit:)`` for the first unit without a cluster; when
  ///   blocked, also ``DesignError/missingBlock(unit:)`` and
  ///   ``DesignError/clusterInSeveralBlocks(cluster:)``.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    var clusters: [ExperimentalUnit] = []
    var clusterOfKey: [String: Int] = [:]
    var membership: [Int] = []
    membership.reserveCapacity(units.count)
    for unit in units {
      guard let key = unit.cluster else { throw .missingCluster(unit: unit.id) }
      if isBlocked, unit.block == nil { throw .missingBlock(unit: unit.id) }
      let cluster = clusterOfKey[key] ?? clusters.count
      if cluster == clusters.count {
        clusterOfKey[key] = cluster
        clusters.append(ExperimentalUnit(id: key, block: unit.block))
      } else if isBlocked, clusters[cluster].block != unit.block {
        throw .clusterInSeveralBlocks(cluster: key)
      }
      membership.append(cluster)
    }
    let drawn =
      if isBlocked {
        try BlockedAssignment(arms: arms).assign(clusters, using: &generator)
      } else {
        try CompleteAssignment(arms: arms).assign(clusters, using: &generator)
      }
    return Assignment(armIndices: membership.map { drawn.armIndices[$0] })
  }
}
