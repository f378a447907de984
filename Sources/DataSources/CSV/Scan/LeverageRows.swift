import Statistics

/// The second reading of one regression over some rows of a block.
struct LeverageRows {
  /// The outcome, then the covariates; one value a row of the block.
  let columns: [UnsafeMutablePointer<Double>]
  let pass: LeveragePass

  /// What the rows add up to.
  func sums(over rows: UnsafeBufferPointer<Int32>) -> LeverageSums {
    switch pass.centres.count {
    case 0: sumsOfNone(over: rows)
    case 1: sumsOfOne(over: rows)
    default: sumsOfMany(over: rows)
    }
  }

  private func power(_ freedom: Double) -> Double {
    switch pass.correction {
    case .none: 1
    case .once: freedom
    case .twice: freedom * freedom
    }
  }

  /// Without covariates every row has the same leverage.
  private func sumsOfNone(over rows: UnsafeBufferPointer<Int32>) -> LeverageSums {
    let share = pass.factor[0]
    let h = share * share
    let freedom = 1 - h
    var squares = 0.0
    for row in rows {
      let residual = columns[0][Int(row)] - pass.intercept
      squares += residual * residual
    }
    let n = Double(rows.count)
    let w = h / freedom
    return LeverageSums(
      count: rows.count, leastFreedom: rows.isEmpty ? 1 : freedom, squaredResiduals: squares,
      variance: h * squares / power(freedom), diagonal: n * h * h * (1 - w * w),
      products: [n * h * h / freedom])
  }

  private func sumsOfOne(over rows: UnsafeBufferPointer<Int32>) -> LeverageSums {
    let (y, x) = (columns[0], columns[1])
    let (centre, intercept, slope) = (pass.centres[0], pass.intercept, pass.slopes[0])
    let (t00, t10, t11) = (pass.factor[0], pass.factor[1], pass.factor[2])
    let correction = pass.correction
    var (least, squares, variance, diagonal) = (1.0, 0.0, 0.0, 0.0)
    var (p00, p10, p11) = (0.0, 0.0, 0.0)
    for row in rows {
      let z = x[Int(row)] - centre
      let residual = y[Int(row)] - intercept - slope * z
      let q = t00 * z
      let share = t10 * z + t11
      let own = share * share
      let h = q * q + own
      let freedom = 1 - h
      let size = own / freedom
      let square = residual * residual
      least = freedom < least ? freedom : least
      squares += square
      switch correction {
      case .none: variance += own * square
      case .once: variance += size * square
      case .twice: variance += size * square / freedom
      }
      let both = size * h
      diagonal += (own - both) * (own + both)
      p00 += size * q * q
      p10 += size * q * share
      p11 += size * own
    }
    return LeverageSums(
      count: rows.count, leastFreedom: least, squaredResiduals: squares, variance: variance,
      diagonal: diagonal, products: [p00, p10, p11])
  }

  private func sumsOfMany(over rows: UnsafeBufferPointer<Int32>) -> LeverageSums {
    let k = pass.centres.count
    var sums = LeverageSums(products: pass.factor.map { _ in 0 })
    sums.count = rows.count
    var z = pass.centres + [1]
    var q = z
    pass.factor.withUnsafeBufferPointer { factor in
      sums.products.withUnsafeMutableBufferPointer { products in
        for row in rows {
          var residual = columns[0][Int(row)] - pass.intercept
          for j in 0..<k {
            z[j] = columns[j + 1][Int(row)] - pass.centres[j]
            residual -= pass.slopes[j] * z[j]
          }
          var (h, place) = (0.0, 0)
          for i in 0...k {
            var sum = 0.0
            for j in 0...i {
              sum += factor[place] * z[j]
              place &+= 1
            }
            q[i] = sum
            h += sum * sum
          }
          let own = q[k] * q[k]
          let freedom = 1 - h
          let size = own / freedom
          sums.leastFreedom = min(sums.leastFreedom, freedom)
          sums.squaredResiduals += residual * residual
          sums.variance += own * residual * residual / power(freedom)
          let both = size * h
          sums.diagonal += (own - both) * (own + both)
          place = 0
          for i in 0...k {
            let first = size * q[i]
            for j in 0...i {
              products[place] += first * q[j]
              place &+= 1
            }
          }
        }
      }
    }
    return sums
  }
}
