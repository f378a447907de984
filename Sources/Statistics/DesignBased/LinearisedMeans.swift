/// Arms compared on a statistic that is no mean, through the mean that it is to first order.
///
/// A ratio, a quantile or an area under a survival curve, θ̂, moves by ψᵢ/n when unit i gets a little
/// more weight (its influence). The values θ̂ + ψᵢ have mean θ̂, and the variance of their mean is that
/// of θ̂ to first order; so every design that means have (blocks, clusters, pairs) serves θ̂ as well.
///
/// Reference: Deville (1999), Variance estimation for complex statistics and estimators:
/// linearization and residual techniques, Survey Methodology 25, 193–203.
struct LinearisedMeans {
  let units: UnitSample
  let quantity: MarginalMeans.Quantity
  /// The name of the uncertainty where units were drawn one by one.
  let standardErrorType: MarginalMeans.StandardErrorType

  /// Compares the arms as they were drawn.
  ///
  /// - Parameter linearise: from the positions of one arm's units, θ̂ and the units' influences.
  /// - Returns: one θ̂ an arm; within blocks, its average over the blocks' units.
  /// - Throws: what `linearise` throws, and as ``DifferenceInMeans``.
  func marginalMeans(
    _ linearise: (_ arm: Int, _ rows: [Int]) throws(EstimationError) -> (Double, [Double])
  ) throws(EstimationError) -> MarginalMeans {
    var rows = units.arms.map { _ in [Int]() }
    for (row, arm) in units.assignment.enumerated() { rows[arm].append(row) }
    var values = Array(repeating: 0.0, count: units.count)
    for (arm, rows) in rows.enumerated() where !rows.isEmpty {
      let (statistic, influences) = try linearise(arm, rows)
      // To first order the influences cancel; what is left is not the statistic's.
      let rest = influences.reduce(0) { $0 + $1 / Double(rows.count) }
      for (row, influence) in zip(rows, influences) { values[row] = statistic + (influence - rest) }
    }
    guard let linear = units.replacing(response: [values]) else { throw .numericalFailure }
    var means = try DifferenceInMeans().marginalMeans(
      of: .continuous("θ"), in: Sample(units: linear), arms: units.arms)
    means.quantity = quantity
    if means.areSimpleAverages {
      means.areSimpleAverages = false
      means.standardErrorType = standardErrorType
    }
    // The deviation of θ̂ + ψ is not one that readers know.
    for arm in means.arms.indices { means.arms[arm].standardDeviation = nil }
    return means
  }
}

extension UnitSample {
  /// The same units with another outcome; nil where its values are not finite.
  func replacing(response: [[Double]]) -> UnitSample? {
    UnitSample(
      arms: arms, assignment: assignment, response: response, covariates: covariates,
      blocks: blocks, clusters: clusters)
  }
}
