/// How the covariance of a generalised linear model's coefficients is estimated.
///
/// With s the rows' scores d(log-likelihood)/dη, B the inverse of the expected information, n rows,
/// k columns and J clusters it is B, or B(XᵀMX)B with
///
/// | case | M | degrees of freedom |
/// |---|---|---|
/// | `modelBased` | (B itself) | normal |
/// | `hc0` | s² | normal |
/// | `hc1` | s²·n/(n − k) | normal |
/// | `cr0` | s·sᵀ in each cluster | J − 1 |
/// | `cr1` | the same times J/(J − 1)·(n − 1)/(n − k) | J − 1 |
///
/// `modelBased` is right only if the family is: a count more variable than Poisson's has too small
/// errors. The sandwiches hold either way, in large samples: forty clusters or more.
///
/// In R: `vcov`; `sandwich::vcovHC(type = )`; `sandwich::vcovCL(type = "HC0", cadjust = FALSE)` and
/// `vcovCL(type = "HC1")`.
/// References: White (1982), doi:10.2307/1912526; Liang & Zeger (1986), doi:10.1093/biomet/73.1.13.
public enum LikelihoodCovariance: Hashable, Sendable {
  /// The inverse of the expected information.
  case modelBased
  /// The sandwich over rows, plain or scaled.
  case hc0, hc1
  /// The sandwich over clusters: Liang and Zeger's, Stata's for linear models.
  case cr0(Grouping)
  case cr1(Grouping)

  /// J − 1 for clusters; nil is the normal distribution.
  var degreesOfFreedom: Double? {
    switch self {
    case .modelBased, .hc0, .hc1: nil
    case .cr0(let clusters), .cr1(let clusters): Double(clusters.count - 1)
    }
  }
}

extension GeneralizedLinearModel {
  /// One coefficient's standard error, on the link's scale.
  ///
  /// - Parameters:
  ///   - name: the column.
  ///   - covariance: how uncertainty is estimated.
  /// - Returns: the standard error, above 0.
  /// - Throws: ``EstimationError/undefined`` for a column that is unknown or was left out, and
  ///   fewer than two clusters; ``EstimationError/noVariation`` when the error is 0;
  ///   ``EstimationError/numericalFailure`` where it overflows.
  public func standardError(
    of name: String, covariance: LikelihoodCovariance
  ) throws(EstimationError) -> Double {
    guard let column = coefficients.firstIndex(where: { $0.name == name }),
      let position = factors.kept.firstIndex(of: column)
    else { throw .undefined }
    guard let direction = factors.direction(of: factors.kept.indices.map { $0 == position ? 1 : 0 })
    else { throw .numericalFailure }
    let variance = try self.covariance(of: [direction.unit], covariance)[0][0]
    let error = (variance.squareRoot() * direction.size).scaled(by: direction.exponent)
    guard error > 0 else { throw .noVariation }
    guard error.isNormal else { throw .numericalFailure }
    return error
  }

  /// The covariances of combinations of the orthonormal columns' coefficients.
  func covariance(
    of directions: [[Double]], _ covariance: LikelihoodCovariance
  ) throws(EstimationError) -> [[Double]] {
    let halves = directions.map { solveUpperTransposed(informationFactor, $0) }
    switch covariance {
    case .modelBased: return halves.map { row in halves.map { dot(row, $0) } }
    case .hc0: return try sandwich(halves, over: nil, scale: 1)
    case .hc1:
      guard rows > rank else { throw .undefined }
      return try sandwich(halves, over: nil, scale: Double(rows) / Double(rows - rank))
    case .cr0(let clusters): return try sandwich(halves, over: clusters, scale: 1)
    case .cr1(let clusters):
      guard rows > rank, clusters.count > 1 else { throw .undefined }
      let count = Double(clusters.count)
      return try sandwich(
        halves, over: clusters,
        scale: count / (count - 1) * (Double(rows - 1) / Double(rows - rank)))
    }
  }

  /// Each row's (cluster's) influence, one draw each.
  private func sandwich(
    _ halves: [[Double]], over clusters: Grouping?, scale: Double
  ) throws(EstimationError) -> [[Double]] {
    let directions = halves.map { solveUpper(informationFactor, $0) }
    let width = directions.count
    let count = clusters?.count ?? rows
    guard count > 1, clusters.map({ $0.groups.count == rows }) ?? true else { throw .undefined }
    var influence = [Double](repeating: 0, count: count * width)
    for row in 0..<rows {
      let start = (clusters?.groups[row] ?? row) * width
      for (d, direction) in directions.enumerated() {
        var share = 0.0
        for j in 0..<rank { share += factors.q[row * rank + j] * direction[j] }
        influence[start + d] += share * rowScores[row]
      }
    }
    var products = [[Double]](repeating: Array(repeating: 0, count: width), count: width)
    for draw in 0..<count {
      for a in 0..<width {
        for b in 0..<width {
          products[a][b] += influence[draw * width + a] * influence[draw * width + b] * scale
        }
      }
    }
    return products
  }
}
