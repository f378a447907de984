/// The absorbed blocks that more than one cluster shares.
///
/// A block that lies within one cluster is fitted perfectly there and is orthogonal to every
/// demeaned column, so that it drops out of the cluster's adjustment. Only split blocks enter,
/// which keeps the matrices small: for clusters within blocks one entry a cluster.
struct SplitBlocks {
  private let absorption: BlockAbsorption
  private let isSplit: [Bool]

  init(_ absorption: BlockAbsorption, _ clusters: Grouping) {
    var owner = [Int?](repeating: nil, count: absorption.blocks.count)
    var isSplit = [Bool](repeating: false, count: absorption.blocks.count)
    for (row, block) in absorption.blocks.groups.enumerated() {
      let cluster = clusters.groups[row]
      if let first = owner[block], first != cluster { isSplit[block] = true }
      owner[block] = cluster
    }
    self.absorption = absorption
    self.isSplit = isSplit
  }

  /// The split blocks that some rows touch, in increasing order.
  func blocks(of rows: some Sequence<Int>) -> [Int] {
    Set(rows.map { absorption.blocks.groups[$0] }.filter { isSplit[$0] }).sorted()
  }

  /// A row's entry in a block's column of unit length.
  func loading(of row: Int, in block: Int) -> Double {
    absorption.blocks.groups[row] == block ? absorption.loadings[row] : 0
  }
}
