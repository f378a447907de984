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
  /// A unit has no baseline covariates, another number of them than the first unit, or one that is not
  /// finite.
  case unequalMeasurements(unit: String)
  /// No baseline covariate varies, so nothing can be matched or balanced.
  case noVariation
  /// Pairs need an even number of units (clusters) in each block; the block, where there are any, and the
  /// number.
  case oddNumber(block: String?, count: Int)
  /// More units (clusters) than pairs are formed of; the number and the largest.
  case tooManyToPair(count: Int, limit: Int)
  /// The design is for two arms.
  case notTwoArms(Int)
  /// The design is for arms of equal share.
  case unequalShares
  /// A number is outside its range, such as a coin's probability.
  case parameterOutOfRange(String, Double)
  /// No draw was balanced enough in so many tries.
  case noneAccepted(tries: Int)
  /// A unit lacks a factor, or has another number of factors than the first unit.
  case unequalFactors(unit: String)
}
