/// Two arms' means with their variances: what every measure built on a contrast of means begins with.
struct MeanComparison: Hashable, Sendable {
  let arm: MarginalMeans.ArmMean
  let control: MarginalMeans.ArmMean
  let armVariance: Double
  let controlVariance: Double
  let covariance: Double
  /// Standard error of the difference, above 0.
  let standardError: Double
  /// Degrees of freedom of the difference; nil is the normal distribution.
  let degreesOfFreedom: Double?

  /// x̄ₐ − x̄₀.
  var difference: Double { arm.mean - control.mean }

  /// Looks the two arms up.
  ///
  /// - Throws: ``EstimationError/noUnits(arm:)``, ``EstimationError/tooFewUnits(arm:count:)``,
  ///   ``EstimationError/noVariation`` or ``EstimationError/numericalFailure``.
  init(_ contrast: Contrast, in means: MarginalMeans) throws(EstimationError) {
    let a = try means.index(of: contrast.arm)
    let c = try means.index(of: contrast.control)
    arm = means.arms[a]
    control = means.arms[c]
    armVariance = try means.variance(ofArmAt: a)
    controlVariance = try means.variance(ofArmAt: c)
    guard let covariance = means.covariance(a, c) else { throw .numericalFailure }
    self.covariance = covariance
    standardError = (armVariance - 2 * covariance + controlVariance).squareRoot()
    guard standardError.isFinite, (arm.mean - control.mean).isFinite else {
      throw .numericalFailure
    }
    guard !isNegligible(standardError, beside: arm.mean, control.mean) else { throw .noVariation }
    degreesOfFreedom =
      switch means.degreesOfFreedom {
      case .infinite: nil
      case .fixed(let fixed): fixed
      case .pairs(let pairs): try Self.known(pairs, a, c)
      case .welch: Self.welch(armVariance, arm.count, controlVariance, control.count)
      }
    if let degreesOfFreedom, !(degreesOfFreedom > 0 && degreesOfFreedom.isFinite) {
      throw .numericalFailure
    }
  }

  private static func known(
    _ pairs: [[Double?]], _ row: Int, _ column: Int
  ) throws(EstimationError) -> Double {
    guard pairs.indices.contains(row), pairs[row].indices.contains(column),
      let freedom = pairs[row][column]
    else { throw .undefined }
    return freedom
  }

  /// (v₁ + v₂)²/(v₁²/(n₁ − 1) + v₂²/(n₂ − 1)), through the share r = v₁/(v₁ + v₂) so that squares of
  /// small variances cannot vanish.
  private static func welch(_ v1: Double, _ n1: Int, _ v2: Double, _ n2: Int) -> Double {
    let r = v1 / (v1 + v2)
    return 1 / (r * r / Double(n1 - 1) + (1 - r) * (1 - r) / Double(n2 - 1))
  }
}

/// Whether a standard error is only the rounding of means: R's rule for “essentially constant” data.
func isNegligible(_ standardError: Double, beside means: Double...) -> Bool {
  let size = means.reduce(0) { max($0, abs($1)) }
  return !(standardError > 10 * Double.ulpOfOne * size)
}

extension MarginalMeans {
  fileprivate func variance(ofArmAt index: Int) throws(EstimationError) -> Double {
    if let variance = covariance(index, index) { return variance }
    let arm = arms[index]
    guard arm.count > 1 else { throw .tooFewUnits(arm: arm.arm, count: arm.count) }
    throw .numericalFailure
  }

  fileprivate func covariance(_ row: Int, _ column: Int) -> Double? {
    guard covariance.indices.contains(row), covariance[row].indices.contains(column) else {
      return nil
    }
    return covariance[row][column]
  }
}
