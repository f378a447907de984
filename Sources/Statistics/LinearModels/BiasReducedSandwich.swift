private import GSL

// CR2 without matrices the size of a cluster. Its adjustment matrix is A_g = B_g^(−½) with
// B_g, the cluster's block of (I − H)(I − H)ᵀ, which differs from I only on the few columns U of
// the cluster: B_g = I + UNUᵀ. All that is needed of the cluster is therefore UᵀU and Uᵀe.
//
// Unweighted: U = Q, N = −I. Weighted: U = (Z, Y) with Z = W^(−½)Q and Y = W^½Q, since
// H = ZYᵀ and (I − H)(I − H)ᵀ = I − ZYᵀ − YZᵀ + ZCZᵀ with C = YᵀY. The working model is one
// variance for all rows in both cases (as in estimatr and clubSandwich), also where weights are
// inverse variances.

extension LinearModel {
  /// CR2 with Satterthwaite's degrees of freedom.
  func biasReducedSpread(
    of directions: [[Double]], _ clusters: Grouping
  ) throws(EstimationError) -> ContrastSpread {
    try check(clusters)
    guard !isWeighted else {
      guard factors.absorption == nil else { throw .undefined }
      return try weightedSpread(of: directions, clusters)
    }
    let rank = factors.rank
    var spread = ContrastSpread(directions: directions.count)
    var sums = directions.map { _ in SatterthwaiteSum(columns: rank) }
    let (order, starts) = clusters.sortedRows
    let splitBlocks = factors.absorption.map { SplitBlocks($0, clusters) }
    guard var solver = SymmetricEigensolver(size: rank) else { throw .numericalFailure }
    for cluster in 0..<clusters.count {
      let members = order[starts[cluster]..<starts[cluster + 1]]
      let shared = splitBlocks?.blocks(of: members) ?? []
      let size = rank + shared.count
      var columns = ClusterColumns(size: size)
      var row = [Double](repeating: 0, count: size)
      for member in members {
        for j in 0..<rank { row[j] = factors.q[member * rank + j] }
        for (j, block) in shared.enumerated() {
          row[rank + j] = splitBlocks?.loading(of: member, in: block) ?? 0
        }
        columns.add(row, residual: scaledResiduals[member])
      }
      if solver.size != size {
        guard let fitting = SymmetricEigensolver(size: size) else { throw .numericalFailure }
        solver = fitting
      }
      guard let parts = solver.decompose(columns.gram) else { throw .numericalFailure }
      let adjustment = ClusterAdjustment(columns, values: parts.values, vectors: parts.vectors)

      var contributions: [Double] = []
      for (j, direction) in directions.enumerated() {
        let own = adjustment.contribution(of: direction)
        contributions.append(own.score)
        if own.isBlind { spread.isBlind[j] = true }
        sums[j].add(
          diagonal: own.variance, dense: Array(own.vector.prefix(rank)),
          blocks: zip(shared, own.vector.dropFirst(rank)).map { (block: $0, value: $1) })
      }
      spread.add(contributions)
    }
    spread.degreesOfFreedom = sums.map(\.degreesOfFreedom)
    return spread
  }
}
