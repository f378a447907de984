/// Arms' means where outcomes are missing, with those who answered standing for the others of their
/// arm and stratum.
///
/// Estimand: the mean of all units of the arm, if within an arm and stratum whether an outcome is known
/// has nothing to do with what it is. Each known outcome weighs the inverse of its cell's response rate,
/// N_k/r_k, which is
///
///     ȳ = Σ_k (N_k/N)·ȳ_k,   V̂ = Σ_k (N_k/N)²·s²_k/r_k + Σ_k (N_k/N)(ȳ_k − ȳ)²/N:
///
/// the spread within cells of those who answered, and that of how all units fell into the cells.
///
/// Not a cure: what is missing within cells may still be different, and the bounds of ``LeeBounds`` and
/// ``ExtremeBounds`` say by how much. Not for cells in which fewer than two answered.
///
/// In R: `survey::svymean` of a design post-stratified to all units.
/// Reference: Little & Rubin (2019), Statistical Analysis with Missing Data, chapter 3.
public struct ResponseWeights: Sendable {
  /// One arm's units in one stratum.
  public struct Cell: Hashable, Sendable {
    /// The outcomes that are known.
    public var known: [Double]
    /// How many are missing.
    public var missing: Int

    /// Makes a cell.
    public init(known: [Double], missing: Int) {
      self.known = known
      self.missing = missing
    }

    /// The weight of each known outcome: all over known.
    public var weight: Double { Double(known.count + missing) / Double(known.count) }
  }

  /// The arms' weighted means.
  ///
  /// - Parameters:
  ///   - cells: for each arm its strata.
  ///   - arms: the arms' identifiers.
  ///   - quantity: what the means are means of.
  /// - Returns: one mean an arm, independent of the others.
  /// - Throws: ``EstimationError/tooFewUnits(arm:count:)`` for a cell with units of which fewer than
  ///   two are known; ``EstimationError/noUnits(arm:)``; ``EstimationError/undefined`` for values that
  ///   are not finite or a negative number.
  public static func marginalMeans(
    _ cells: [[Cell]], arms: [String], quantity: MarginalMeans.Quantity = .mean
  ) throws(EstimationError) -> MarginalMeans {
    guard cells.count == arms.count else { throw .undefined }
    var means: [MarginalMeans.ArmMean] = []
    var variances: [Double] = []
    for (arm, strata) in zip(arms, cells) {
      let own = strata.filter { !$0.known.isEmpty || $0.missing > 0 }
      let total = own.reduce(0.0) { $0 + Double($1.known.count + $1.missing) }
      guard total > 0 else { throw .noUnits(arm: arm) }
      var found: [(share: Double, mean: Double, variance: Double)] = []
      var all = Moments(variables: 1)
      for cell in own {
        guard cell.missing >= 0, cell.known.allSatisfy(\.isFinite) else { throw .undefined }
        var moments = Moments(variables: 1)
        for value in cell.known {
          moments.add(value)
          all.add(value)
        }
        guard let spread = moments.variance(of: 0), let mean = moments.means.first else {
          throw .tooFewUnits(arm: arm, count: cell.known.count)
        }
        found.append(
          (
            Double(cell.known.count + cell.missing) / total, mean,
            spread / Double(cell.known.count)
          ))
      }
      let mean = found.reduce(0) { $0 + $1.share * $1.mean }
      let variance = found.reduce(0) { sum, cell in
        sum + cell.share * cell.share * cell.variance
          + cell.share * (cell.mean - mean) * (cell.mean - mean) / total
      }
      guard mean.isFinite, variance.isFinite else { throw .numericalFailure }
      means.append(
        .init(
          arm: arm, count: Int(total), mean: mean,
          standardDeviation: all.variance(of: 0)?.squareRoot()))
      variances.append(variance)
    }
    return MarginalMeans(
      quantity: quantity, arms: means,
      covariance: variances.indices.map { row in
        variances.indices.map { $0 == row ? variances[row] : 0 }
      },
      degreesOfFreedom: .infinite, standardErrorType: .z, areSimpleAverages: false)
  }
}
