extension LeveragePass {
  /// The sums of several regressions, one an arm, over rows held in memory: one reading in stretches of a
  /// fixed length on all cores, added in their order.
  ///
  /// - Parameters:
  ///   - passes: one an arm; all with the same covariates.
  ///   - covariates: one column each.
  ///   - outcome: one value a row.
  ///   - arms: each row's arm, from 0.
  /// - Returns: one an arm.
  static func sums(
    of passes: [LeveragePass], covariates: [[Double]], outcome: [Double], arms: [Int]
  ) -> [LeverageSums] {
    let size = covariates.count + 1
    let none = LeverageSums(
      squaredResiduals: 0, products: Array(repeating: 0, count: size * (size + 1) / 2))
    let parts = inStretches(of: arms.count, length: ArmCrossProducts.length) { stretch in
      let centres = passes.first?.centres ?? []
      // The outcome stands in the place of the one, about 0.
      let rows = (covariates + [outcome]).rowByRow(stretch, about: centres + [0])
      return passes.indices.map { passes[$0].sums(of: rows, arms[stretch], $0) }
    }
    var sums = passes.map { _ in none }
    for part in parts {
      for arm in sums.indices { sums[arm] = sums[arm] + part[arm] }
    }
    return sums
  }

  /// The sums of one arm's rows in a stretch: the covariates' distances from their centres, and the outcome.
  private func sums(of rows: [Double], _ arms: ArraySlice<Int>, _ own: Int) -> LeverageSums {
    let size = slopes.count + 1
    var sums = LeverageSums(products: Array(repeating: 0, count: size * (size + 1) / 2))
    var scratch = [Double](repeating: 0, count: size)
    var products = sums.products
    products.withUnsafeMutableBufferPointer { products in
      scratch.withUnsafeMutableBufferPointer { q in
        rows.withUnsafeBufferPointer { rows in
          for (place, arm) in arms.enumerated() where arm == own {
            let start = place * size
            add(UnsafeBufferPointer(rebasing: rows[start..<(start + size)]), q, products, to: &sums)
          }
        }
      }
    }
    sums.products = products
    return sums
  }

  /// Adds one row, with room for q.
  @inline(__always)
  private func add(
    _ row: UnsafeBufferPointer<Double>, _ q: UnsafeMutableBufferPointer<Double>,
    _ products: UnsafeMutableBufferPointer<Double>, to sums: inout LeverageSums
  ) {
    let last = row.count - 1
    var residual = row[last] - intercept
    var leverage = 0.0
    var place = 0
    for i in 0...last {
      // The column of ones comes last.
      var value = i == last ? factor[place + i] : factor[place + i] * row[i]
      for j in 0..<i { value += factor[place + j] * row[j] }
      if i < last { residual -= slopes[i] * row[i] }
      place += i + 1
      q[i] = value
      leverage += value * value
    }
    let freedom = 1 - leverage
    sums.count += 1
    sums.leastFreedom = min(sums.leastFreedom, freedom)
    sums.squaredResiduals += residual * residual
    // Whoever asked sees the least freedom, and takes another road.
    guard freedom > 0 else { return }
    let own = q[last] * q[last]
    let weight = own / freedom
    let term = residual * residual
    switch correction {
    case .none: sums.variance += own * term
    case .once: sums.variance += weight * term
    case .twice: sums.variance += weight * term / freedom
    }
    let square = weight * leverage
    sums.diagonal += (own - square) * (own + square)
    place = 0
    for i in 0...last {
      let first = weight * q[i]
      for j in 0...i { products[place + j] += first * q[j] }
      place += i + 1
    }
  }
}
