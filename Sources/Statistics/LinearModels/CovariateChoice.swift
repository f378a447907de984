/// Which columns adjust, and what was done where values are missing.
///
/// Reference: Lin, Green & Coppock (2016), Standard operating procedures for Don Green's lab at
/// Columbia (missing covariates, number of covariates).
struct CovariateChoice {
  /// Blocks with fewer units of an arm are not put into the regression.
  static let smallestBlockArm = 5
  /// One covariate for this many randomised units.
  static let unitsPerCovariate = 20

  /// The columns, without gaps.
  private(set) var columns: [LinearDesign.Column] = []
  /// What a reader must know.
  private(set) var remarks: [MarginalMeans.Remark] = []

  init(of covariates: [LinearDesign.Column], for sample: UnitSample) {
    let randomised = sample.clusters?.count ?? sample.count
    let room = randomised / Self.unitsPerCovariate
    let filled = covariates.map(Self.filled)
    for (columns, remark) in filled.prefix(room) {
      self.columns += columns
      if let remark { remarks.append(remark) }
    }
    if filled.count > room {
      remarks.append(.covariatesCapped(used: room, of: filled.count))
    }
    addBlocks(of: sample, room: room - columns.count)
  }

  private mutating func addBlocks(of sample: UnitSample, room: Int) {
    guard let blocks = sample.blocks, blocks.count > 1 else { return }
    var sizes = Array(repeating: Array(repeating: 0, count: sample.arms.count), count: blocks.count)
    for (block, arm) in zip(blocks.groups, sample.assignment) { sizes[block][arm] += 1 }
    guard blocks.count - 1 <= room,
      sizes.allSatisfy({ $0.allSatisfy { $0 >= Self.smallestBlockArm } })
    else {
      remarks.append(.blocksNotInModel)
      return
    }
    for block in 1..<blocks.count {
      columns.append(
        LinearDesign.Column("block \(block)", blocks.groups.map { $0 == block ? 1 : 0 }))
    }
  }

  /// The mean of the known values for up to a tenth of the rows; beyond that, 0 with an indicator.
  private static func filled(
    _ column: LinearDesign.Column
  ) -> (columns: [LinearDesign.Column], remark: MarginalMeans.Remark?) {
    let missing = column.values.count { !$0.isFinite }
    guard missing > 0 else { return ([column], nil) }
    guard missing * 10 > column.values.count else {
      var known = Moments(variables: 1)
      for value in column.values where value.isFinite { known.add(value) }
      let mean = known.means.first ?? 0
      return (
        [LinearDesign.Column(column.name, column.values.map { $0.isFinite ? $0 : mean })],
        .covariateFilled(column.name, missing: missing)
      )
    }
    return (
      [
        LinearDesign.Column(column.name, column.values.map { $0.isFinite ? $0 : 0 }),
        LinearDesign.Column(
          "\(column.name) missing", column.values.map { $0.isFinite ? 0 : 1 }),
      ],
      .covariateIndicated(column.name, missing: missing)
    )
  }
}
