import GSL

/// What two rates with a joint normal distribution say about a scale on which no closed form exists.
///
/// A null value θ₀ is a curve of pairs (p₁, p₂). The statistic is the distance, in units of the
/// estimates' covariance Σ, from the estimated pair to the nearest point of the curve,
///
///     t(θ₀)² = min over p on the curve of (p̂ − p)ᵀ Σ⁻¹ (p̂ − p),
///
/// referred to Student's t. At no effect the curve is p₁ = p₂ and the distance is the t of the
/// difference; along p₁ = φp₂ it is Fieller's. So one test is inverted on every scale, and every
/// interval excludes no effect exactly when that test rejects.
struct JointNormalEvidence<Scale: SmoothRateScale>: Evidence {
  private let compared: MeanComparison
  private let determinant: Double
  private let estimate: Double
  private let pivot: PivotDistribution

  var noEffect: Double { Scale.noEffect }

  /// - Throws: ``EstimationError/undefined`` where the rates have no value on the scale, or one of
  ///   them is known without error.
  init(_ compared: MeanComparison) throws(EstimationError) {
    guard let point = Scale.point(compared.arm.mean, compared.control.mean) else {
      throw .undefined
    }
    let product = compared.armVariance * compared.controlVariance
    determinant = product - compared.covariance * compared.covariance
    guard determinant > 1e-12 * product else { throw .undefined }
    self.compared = compared
    estimate = point.value
    pivot = PivotDistribution(degreesOfFreedom: compared.degreesOfFreedom)
  }

  func pValue(of null: Double) throws(EstimationError) -> Double {
    guard null != Scale.noEffect else {
      return try pivot.twoSidedPValue(of: compared.difference / compared.standardError)
    }
    guard null > Scale.range.lower, null < Scale.range.upper else { return 0 }
    return try pivot.twoSidedPValue(of: distance(to: null))
  }

  func interval(level: Double) throws(EstimationError) -> Interval {
    let critical = try pivot.criticalValue(level: level)
    let centre = Scale.coordinate(of: estimate)
    func limit(_ end: Double) -> Double? {
      let excess = { distance(to: Scale.value(at: $0)) - critical }
      guard excess(end) > 0 else { return nil }
      return root(between: min(centre, end), and: max(centre, end), of: excess)
        .map(Scale.value(at:))
    }
    let (lower, upper) = Scale.searchRange
    return .between(
      lower: limit(lower) ?? Scale.range.lower, upper: limit(upper) ?? Scale.range.upper)
  }

  /// The distance from the estimated pair to the curve of a value.
  private func distance(to null: Double) -> Double {
    let positions = Scale.positions(on: null, count: 48)
    let distances = positions.map { squaredDistance(to: null, at: $0) }
    guard let best = distances.indices.min(by: { distances[$0] < distances[$1] }) else {
      return .infinity
    }
    var nearest = distances[best]
    if best > 0, best < positions.count - 1,
      let found = localMaximum(
        between: positions[best - 1], through: positions[best], and: positions[best + 1],
        of: { -squaredDistance(to: null, at: $0) })
    {
      nearest = min(nearest, -found.value)
    }
    return max(nearest, 0).squareRoot()
  }

  private func squaredDistance(to null: Double, at position: Double) -> Double {
    let pair = Scale.rates(on: null, at: position)
    let a = compared.arm.mean - pair.arm
    let c = compared.control.mean - pair.control
    return
      (a * a * compared.controlVariance - 2 * a * c * compared.covariance
      + c * c * compared.armVariance) / determinant
  }
}
