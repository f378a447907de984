/// Baseline covariates turned and stretched so that their covariance matrix is the unit matrix: Euclidean
/// distances between its points are Mahalanobis distances between the units.
///
/// With the centred columns X = QR, the points are the rows of √(n − 1)·Q. Columns that do not vary, or that say
/// nothing which earlier columns have not said (less than 10⁻⁵ of their spread is new), are left out.
/// Only additions, products, quotients and square roots are used, so the same numbers come out everywhere.
package struct WhitenedCovariates: Sendable {
  /// How many directions are left.
  package let rank: Int
  /// How many units.
  package let count: Int
  /// Row by row, `rank` values a unit.
  package let values: [Double]

  /// Makes the points from one list a covariate, all of one length.
  ///
  /// A value that is not finite is replaced by the mean of the others.
  package init(columns: [[Double]]) {
    count = columns.first?.count ?? 0
    var basis: [[Double]] = []
    for column in columns where column.count == count {
      guard var direction = Self.standardized(column) else { continue }
      // Twice: once leaves rounding errors along the earlier directions.
      for _ in 0..<2 {
        for earlier in basis {
          let overlap = Self.product(direction, earlier)
          for row in 0..<count { direction[row] -= overlap * earlier[row] }
        }
      }
      let length = Self.product(direction, direction).squareRoot()
      guard length > 1e-5 else { continue }
      basis.append(direction.map { $0 / length })
    }
    rank = basis.count
    let scale = Double(max(count - 1, 0)).squareRoot()
    var values = [Double](repeating: 0, count: count * basis.count)
    for (place, direction) in basis.enumerated() {
      for row in 0..<count { values[row * basis.count + place] = direction[row] * scale }
    }
    self.values = values
  }

  /// The Mahalanobis distance of two units.
  package func distance(_ a: Int, _ b: Int) -> Double {
    var sum = 0.0
    for place in 0..<rank {
      let difference = values[a * rank + place] - values[b * rank + place]
      sum += difference * difference
    }
    return sum.squareRoot()
  }

  /// M = Σₖ nₖ (x̄ₖ − x̄)ᵀ S⁻ (x̄ₖ − x̄): how far the arms' means lie apart.
  package func imbalance(of arms: [Int], armCount: Int) -> Double {
    var sums = [Double](repeating: 0, count: armCount * rank)
    var sizes = [Int](repeating: 0, count: armCount)
    for row in 0..<count {
      let arm = arms[row]
      sizes[arm] += 1
      for place in 0..<rank { sums[arm * rank + place] += values[row * rank + place] }
    }
    var distance = 0.0
    for arm in 0..<armCount where sizes[arm] > 0 {
      for place in 0..<rank {
        let sum = sums[arm * rank + place]
        distance += sum * sum / Double(sizes[arm])
      }
    }
    return distance
  }

  /// Centred and of length 1; nil for a column that does not vary.
  private static func standardized(_ column: [Double]) -> [Double]? {
    let known = column.filter(\.isFinite)
    guard let first = known.first else { return nil }
    let centre = known.reduce(0) { $0 + ($1 - first) } / Double(known.count)
    let centred = column.map { $0.isFinite ? $0 - first - centre : 0 }
    let largest = centred.reduce(0) { max($0, $1.magnitude) }
    guard largest > first.magnitude * 1e-14, largest > 0, largest.isFinite else { return nil }
    let scaled = centred.map { $0 / largest }
    let length = product(scaled, scaled).squareRoot()
    return scaled.map { $0 / length }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for row in a.indices { sum += a[row] * b[row] }
    return sum
  }
}

extension WhitenedCovariates {
  /// The points of units.
  ///
  /// - Throws: ``DesignError/unequalMeasurements(unit:)`` where a unit has another number of covariates than the
  ///   first, none, or one that is not finite; ``DesignError/noVariation`` where no covariate varies.
  init(of units: [ExperimentalUnit]) throws(DesignError) {
    let width = units.first?.measurements.count ?? 0
    for unit in units
    where unit.measurements.isEmpty || unit.measurements.count != width
      || !unit.measurements.allSatisfy(\.isFinite)
    {
      throw .unequalMeasurements(unit: unit.id)
    }
    self.init(columns: (0..<width).map { place in units.map { $0.measurements[place] } })
    guard rank > 0 else { throw .noVariation }
  }
}
