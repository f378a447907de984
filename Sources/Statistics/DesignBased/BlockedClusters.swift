/// The arms' means of clusters that were drawn within blocks.
///
/// Within a block that has two clusters of every arm, the means and their covariance are those of a
/// regression on arms with CR2 errors; its pairs add their clusters less two to the degrees of
/// freedom. Blocks with a single cluster of some arm learn from each other. Both as
/// ``BlockCombination``.
///
/// In R: `estimatr::difference_in_means(y ~ arm, blocks = , clusters = )`; for pairs of clusters of
/// unequal size its weights within the variance differ a little.
struct BlockedClusters {
  let sample: UnitSample
  let blocks: Grouping
  let clusters: Grouping

  /// - Throws: as ``BlockedMeans`` and ``AdjustedMeans``.
  func marginalMeans(
    _ quantity: MarginalMeans.Quantity
  ) throws(EstimationError) -> MarginalMeans {
    var rows = Array(repeating: [Int](), count: blocks.count)
    for (row, block) in blocks.groups.enumerated() { rows[block].append(row) }
    let present = sample.presentArms
    guard !present.isEmpty else { throw .noUnits(arm: sample.arms.first ?? "") }
    var found: [BlockCombination.Block] = []
    var leftOut = (blocks: 0, units: 0)
    for rows in rows where !rows.isEmpty {
      if let block = try block(of: rows, arms: present) {
        found.append(block)
      } else {
        leftOut = (leftOut.blocks + 1, leftOut.units + rows.count)
      }
    }
    let combination = try BlockCombination(of: found, within: .cr2)
    return MarginalMeans(
      quantity,
      arms: sample.armMeans(quantity) { arm in
        present.firstIndex(of: arm).map { combination.means[$0] }
      },
      present: present, covariance: combination.covariance,
      degreesOfFreedom: combination.degreesOfFreedom,
      standardErrorType: combination.standardErrorType,
      remarks: BlockedMeans.remarks(leftOut: leftOut.blocks, units: leftOut.units))
  }

  /// One block's means; nil where an arm is missing from it.
  private func block(
    of rows: [Int], arms: [Int]
  ) throws(EstimationError) -> BlockCombination.Block? {
    let members = arms.map { arm in rows.filter { sample.assignment[$0] == arm } }
    guard members.allSatisfy({ !$0.isEmpty }) else { return nil }
    let counts = members.map { Set($0.map { clusters.groups[$0] }).count }
    let means = members.map { rows in
      rows.reduce(0) { $0 + sample.outcome[$1] / Double(rows.count) }
    }
    var covariance: [[Double]]?
    if counts.allSatisfy({ $0 > 1 }) {
      let adjustment = try LinAdjustment(
        of: rows.map { sample.outcome[$0] },
        assignment: rows.map { sample.arms[sample.assignment[$0]] },
        arms: arms.map { sample.arms[$0] }, covariates: [])
      let found = try adjustment.armMeans(
        covariance: .cr2(Grouping(rows.map { clusters.groups[$0] }))
      ).covariance
      // Within a block where nothing varies the variance is zero, as it is for single units.
      covariance = found.map { $0.map { $0 ?? 0 } }
    }
    return BlockCombination.Block(
      size: Double(rows.count), means: means, covariance: covariance,
      degreesOfFreedom: counts.indices.map { row in
        counts.indices.map { column in
          let own = Double(counts[row] - 1)
          return row == column ? own : own + Double(counts[column] - 1)
        }
      })
  }
}
