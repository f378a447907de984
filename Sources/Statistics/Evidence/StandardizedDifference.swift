/// What Cohen's d and Hedges' g share: the pooled deviation, the t statistic and the exact evidence.
struct StandardizedDifference {
  /// d: the difference over the pooled standard deviation.
  let value: Double
  /// The studentised difference.
  let statistic: Double
  /// Degrees of freedom of the statistic; nil is the normal distribution.
  let degreesOfFreedom: Double?
  /// Degrees of freedom of the pooled standard deviation, n₁ + n₂ − 2.
  let pooledDegreesOfFreedom: Double
  let standardErrorType: MarginalMeans.StandardErrorType
  /// The standard error over the pooled standard deviation.
  private let scale: Double
  private let unitCount: Double

  /// Standardises a contrast of means.
  ///
  /// For plain averages the statistic is the pooled t whatever variance the estimator chose, because
  /// only that one has an exact noncentral t distribution; for adjusted means it is the estimator's
  /// own, and the interval is approximate.
  ///
  /// - Throws: ``EstimationError``, as ``MeanDifference`` does.
  init(_ contrast: Contrast, from means: MarginalMeans) throws(EstimationError) {
    guard means.quantity == .mean else { throw .wrongKindOfOutcome }
    let arm = means.arms[try means.index(of: contrast.arm)]
    let control = means.arms[try means.index(of: contrast.control)]
    unitCount = Double(arm.count) + Double(control.count)
    pooledDegreesOfFreedom = unitCount - 2
    guard pooledDegreesOfFreedom > 0 else { throw .tooFewUnits(arm: arm.arm, count: arm.count) }
    let deviation =
      ((try arm.sumOfSquares() + control.sumOfSquares()) / pooledDegreesOfFreedom).squareRoot()
    let difference = arm.mean - control.mean

    let standardError: Double
    if means.areSimpleAverages {
      standardError = deviation * (1 / Double(arm.count) + 1 / Double(control.count)).squareRoot()
      degreesOfFreedom = pooledDegreesOfFreedom
      standardErrorType = .pooled
    } else {
      let compared = try MeanComparison(contrast, in: means)
      standardError = compared.standardError
      degreesOfFreedom = compared.degreesOfFreedom
      standardErrorType = means.standardErrorType
    }
    guard !isNegligible(standardError, beside: arm.mean, control.mean), deviation > 0 else {
      throw .noVariation
    }
    scale = standardError / deviation
    value = difference / deviation
    statistic = difference / standardError
    guard value.isFinite, statistic.isFinite, scale.isFinite else { throw .numericalFailure }
  }

  /// The large-sample standard error √(k² + d²/2N) of an estimate of the standardised difference,
  /// with k² = 1/n₁ + 1/n₂ for plain averages.
  func standardError(of estimate: Double) -> Double {
    (scale * scale + estimate * estimate / (2 * unitCount)).squareRoot()
  }

  var evidence: any Evidence {
    guard let degreesOfFreedom else {
      return StudentEvidence(estimate: value, standardError: scale, degreesOfFreedom: nil)
    }
    return StandardizedDifferenceEvidence(
      statistic: statistic, degreesOfFreedom: degreesOfFreedom, scale: scale)
  }

  /// The estimate as the result table shows it, for d itself or a multiple of it.
  func estimate(_ value: Double) -> Estimate {
    Estimate(
      value: value, standardError: standardError(of: value), statistic: statistic,
      degreesOfFreedom: degreesOfFreedom, standardErrorType: standardErrorType,
      evidence: evidence)
  }
}

extension MarginalMeans.ArmMean {
  /// Σ(y − ȳ)² within the arm; a single row contributes nothing.
  fileprivate func sumOfSquares() throws(EstimationError) -> Double {
    guard count > 1 else { return 0 }
    guard let standardDeviation else { throw .numericalFailure }
    return Double(count - 1) * standardDeviation * standardDeviation
  }
}
