/// Why a draw cannot be made.
public enum DesignError: Error, Hashable, Sendable {
  /// The design has no arms.
  case noArms
  /// Two arms have the same identifier.
  case duplicateArm(String)
  /// A share is not from 1 to ``Arm/largestShare``.
  case shareOutOfRange(arm: String, share: Int)
  /// There is nobody to randomise.
  case noUnits
  /// A blocked design met a unit without a block.
  case missingBlock(unit: String)
  /// A clustered design met a unit without a cluster.
  case missingCluster(unit: String)
  /// A cluster has members in different blocks, so that no draw can keep both whole.
  case clusterInSeveralBlocks(cluster: String)
  /// A permuted block would have no seats, or far too many: its multiple is not from 1 to
  /// ``PermutedBlocks/largestMultiple``.
  case multipleOutOfRange(Int)
  /// What is to be continued was begun by another design.
  case foreignState
}
