/// The arms' means of units that were drawn within blocks, as ``BlockCombination`` puts them together.
///
/// A block without a unit of some arm says nothing about differences; such blocks are left out, and a
/// ``MarginalMeans/Remark`` counts them.
struct BlockedMeans {
  private let arms: [String]
  private let combination: BlockCombination
  private let columns: [ArmColumn]
  private let remarks: [MarginalMeans.Remark]

  /// An arm that has units, over all blocks.
  private struct ArmColumn {
    let position: Int
    let moments: Moments
    let events: Int?
  }

  /// From the moments of each block and arm.
  ///
  /// - Parameters:
  ///   - blocks: one entry a block: the moments of the outcome in each arm.
  ///   - events: for a binary outcome, each arm's events.
  ///   - arms: the arms in the order of the trial.
  /// - Throws: ``EstimationError/noUnits(arm:)`` where no arm has units; ``EstimationError/undefined``
  ///   where no block holds every arm; as ``BlockCombination``.
  init(blocks: [[Moments]], events: [Int?], arms: [String]) throws(EstimationError) {
    let whole = arms.indices.map { arm in
      blocks.reduce(Moments(variables: 1)) { $0 + $1[arm] }
    }
    columns = arms.indices.filter { whole[$0].count > 0 }
      .map { ArmColumn(position: $0, moments: whole[$0], events: events[$0]) }
    guard let first = columns.first?.position ?? arms.indices.first else { throw .undefined }
    guard !columns.isEmpty else { throw .noUnits(arm: arms[first]) }
    let present = columns.map(\.position)
    let complete = blocks.filter { block in present.allSatisfy { block[$0].count > 0 } }
    guard !complete.isEmpty else { throw .undefined }
    remarks = Self.remarks(
      leftOut: blocks.count { block in block.contains { $0.count > 0 } } - complete.count,
      units: Self.units(of: blocks) - Self.units(of: complete))
    combination = try BlockCombination(
      of: complete.map { block in Self.block(present.map { block[$0] }) }, within: .neyman)
    self.arms = arms
  }

  private static func units(of blocks: [[Moments]]) -> Int {
    blocks.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
  }

  static func remarks(leftOut: Int, units: Int) -> [MarginalMeans.Remark] {
    leftOut > 0 ? [.blocksLeftOut(blocks: leftOut, units: units)] : []
  }

  /// Neyman's variances s²/n, where every arm has two units.
  private static func block(_ moments: [Moments]) -> BlockCombination.Block {
    let variances = moments.map { one in one.variance(of: 0).map { $0 / Double(one.count) } }
    let isTelling = variances.allSatisfy { $0 != nil }
    return BlockCombination.Block(
      size: moments.reduce(0) { $0 + Double($1.count) }, means: moments.map { $0.means[0] },
      covariance: isTelling
        ? moments.indices.map { row in
          moments.indices.map { $0 == row ? variances[row] ?? 0 : 0 }
        } : nil,
      degreesOfFreedom: moments.indices.map { row in
        moments.indices.map { column in
          let own = Double(moments[row].count - 1)
          return row == column ? own : own + Double(moments[column].count - 1)
        }
      })
  }

  /// In the form that effect measures read; arms without units have no mean.
  func marginalMeans(_ quantity: MarginalMeans.Quantity) -> MarginalMeans {
    MarginalMeans(
      quantity,
      arms: arms.indices.map { arm in
        let place = columns.firstIndex { $0.position == arm }
        let column = place.map { columns[$0] }
        let deviation = column?.moments.variance(of: 0)?.squareRoot()
        return MarginalMeans.ArmMean(
          arm: arms[arm], count: column?.moments.count ?? 0,
          mean: place.map { combination.means[$0] } ?? 0,
          standardDeviation: deviation.flatMap { $0.isFinite ? $0 : nil },
          events: column?.events)
      },
      present: columns.map(\.position), covariance: combination.covariance,
      degreesOfFreedom: combination.degreesOfFreedom,
      standardErrorType: combination.standardErrorType, remarks: remarks)
  }
}
