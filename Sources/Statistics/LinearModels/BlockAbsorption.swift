/// Fixed effects of blocks, taken out by demeaning instead of a column each.
///
/// By the theorem of Frisch, Waugh and Lovell the other coefficients are those of the regression of
/// demeaned outcome on demeaned regressors. What demeaning does not remember is kept here: each
/// row's leverage on its own block's level, wᵢ/Σw, and how many levels were used up.
struct BlockAbsorption {
  let blocks: Grouping
  /// √(wᵢ/Σw in the block): the row's entry in its block's column of unit length.
  let loadings: [Double]
  private let roots: [Double]
  private let totals: [Double]

  /// From blocks and √w, one a row.
  init(_ blocks: Grouping, roots: [Double]) {
    var totals = [Double](repeating: 0, count: blocks.count)
    for (row, block) in blocks.groups.enumerated() { totals[block] += roots[row] * roots[row] }
    self.blocks = blocks
    self.roots = roots
    self.totals = totals
    loadings = blocks.groups.indices.map { roots[$0] / totals[blocks.groups[$0]].squareRoot() }
  }

  /// Takes each block's level out of a column of √w·x.
  ///
  /// Twice, since the first pass leaves what rounding lost. A column that is constant within blocks
  /// leaves only noise, which must not look like a regressor: it becomes zeros.
  func demean(_ column: inout [Double]) {
    let before = column.reduce(0) { max($0, abs($1)) }
    for _ in 0..<2 {
      var sums = [Double](repeating: 0, count: blocks.count)
      for (row, block) in blocks.groups.enumerated() { sums[block] += roots[row] * column[row] }
      for (row, block) in blocks.groups.enumerated() {
        column[row] -= roots[row] * (sums[block] / totals[block])
      }
    }
    let after = column.reduce(0) { max($0, abs($1)) }
    if after <= RankTolerance.dependent * before { column = column.map { _ in 0 } }
  }
}

/// Where a number is no longer told from zero.
enum RankTolerance {
  /// A column whose part outside the earlier columns is this small a share of it depends on them.
  static let dependent = 1e-10
  /// 1 − leverage at or below this is a leverage of 1.
  static let fullLeverage = 1e-10
  /// A direction with this share in a row of leverage 1 rests on that row.
  static let restsOn = 1e-7
}
