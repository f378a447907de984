/// Covariate adjustment by arm (Lin's interacted regression), for any number of arms.
///
/// Estimand: the average effect of assignment (ITT) over all rows. The outcome is regressed on
/// arms, covariates centred at their means over all rows, and every product of the two, so that
/// each arm has slopes of its own; an arm's adjusted mean is its fitted outcome at the average
/// covariates:
///
///     μ̂ₐ = ȳₐ − β̂ₐ·(x̄ₐ − x̄),   effect = μ̂ₐ − μ̂_c
///
/// With HC2 standard errors (the covariates' means taken as given) it is asymptotically never less
/// precise than the plain difference, whatever the truth and however unequal the arms; with pooled
/// slopes it can be. Only covariates fixed before assignment; many covariates in small arms bias it
/// (keep them below a twentieth of the smallest arm). For units drawn in clusters use
/// ``CovarianceEstimator/cr2(_:)``.
///
/// In R: `estimatr::lm_lin(y ~ arm, covariates = ~ x)`.
/// Reference: Lin (2013), doi:10.1214/12-AOAS583.
public struct LinAdjustment: Sendable {
  /// The arms, control first.
  public let arms: [String]
  /// The regression; its columns are the intercept, the arms after the first, the centred
  /// covariates and their products with the arms.
  public let model: LinearModel

  /// Fits the regression.
  ///
  /// - Parameters:
  ///   - outcome: one value a row.
  ///   - assignment: each row's arm.
  ///   - arms: the arms in the order of the trial; the first is the reference of the columns.
  ///   - covariates: columns measured before assignment; none gives the plain comparison.
  ///   - weights: positive weights, one a row; the covariates' means are weighted too.
  /// - Throws: ``EstimationError/noUnits(arm:)`` for an arm without rows;
  ///   ``EstimationError/undefined`` when lengths disagree, a row's arm is not among `arms`, names
  ///   repeat or a value is not finite; else as ``LinearModel``.
  public init(
    of outcome: [Double], assignment: [String], arms: [String],
    covariates: [LinearDesign.Column], weights: [Double]? = nil
  ) throws(EstimationError) {
    let known = Set(arms)
    guard known.count == arms.count, assignment.count == outcome.count,
      assignment.allSatisfy(known.contains),
      covariates.allSatisfy({ $0.values.count == outcome.count }),
      weights.map({ $0.count == outcome.count }) ?? true
    else { throw .undefined }
    let present = Set(assignment)
    for arm in arms where !present.contains(arm) { throw .noUnits(arm: arm) }

    let rows = outcome.count
    let indicators = arms.dropFirst().map { arm in
      LinearDesign.Column(arm, assignment.map { $0 == arm ? 1 : 0 })
    }
    let centred = covariates.map { column in
      LinearDesign.Column("\(column.name)_c", Self.centred(column.values, weights))
    }
    var columns = [LinearDesign.Column.intercept(rows: rows)] + indicators + centred
    for covariate in centred {
      for indicator in indicators {
        columns.append(
          LinearDesign.Column(
            "\(indicator.name):\(covariate.name)",
            zip(indicator.values, covariate.values).map { $0 == 0 ? 0 : $1 }))
      }
    }
    guard let design = LinearDesign(columns: columns, weights: weights) else { throw .undefined }
    self.arms = arms
    model = try LinearModel(outcome, on: design)
  }

  /// The adjusted means of all arms, in their order.
  ///
  /// - Parameter covariance: how uncertainty is estimated.
  /// - Returns: the means with their joint covariance.
  /// - Throws: as ``LinearModel/contrasts(_:covariance:)``; an arm whose covariates do not
  ///   determine its mean at the average covariates (a covariate that is constant within it) fails
  ///   alone.
  public func armMeans(
    covariance: CovarianceEstimator = .hc2
  ) throws(EstimationError) -> ContrastEstimates {
    try model.contrasts(arms.indices.map(meanWeights), covariance: covariance)
  }

  /// The adjusted effect of an arm against another.
  ///
  /// - Parameters:
  ///   - contrast: the two arms.
  ///   - covariance: how uncertainty is estimated.
  /// - Returns: the difference of the adjusted means.
  /// - Throws: ``EstimationError/noUnits(arm:)`` for an arm that the trial does not have; else as
  ///   ``LinearModel/contrasts(_:covariance:)``.
  public func effect(
    _ contrast: Contrast, covariance: CovarianceEstimator = .hc2
  ) throws(EstimationError) -> ContrastEstimate {
    let weights = zip(
      meanWeights(try index(of: contrast.arm)), meanWeights(try index(of: contrast.control))
    ).map { $0 - $1 }
    guard let first = try model.contrasts([weights], covariance: covariance).estimates.first else {
      throw .undefined
    }
    return try first.get()
  }

  private func index(of arm: String) throws(EstimationError) -> Int {
    guard let index = arms.firstIndex(of: arm) else { throw .noUnits(arm: arm) }
    return index
  }

  /// The intercept, and the arm's own column unless it is the reference.
  func meanWeights(_ arm: Int) -> [Double] {
    model.coefficients.indices.map { $0 == 0 || ($0 == arm && arm > 0) ? 1 : 0 }
  }

  /// x − x̄, scaled first, so that sums of large values do not overflow.
  static func centred(_ values: [Double], _ weights: [Double]?) -> [Double] {
    let scaled = PowerOfTwoScaled(values)
    let shares = weights.map { PowerOfTwoScaled($0).values }
    var centred = scaled.values
    for _ in 0..<2 {
      var sum = 0.0
      var total = 0.0
      for row in centred.indices {
        let share = shares?[row] ?? 1
        sum += share * centred[row]
        total += share
      }
      let mean = sum / total
      for row in centred.indices { centred[row] -= mean }
    }
    let largest = centred.reduce(0) { max($0, abs($1)) }
    guard largest > 8 * Double.ulpOfOne else { return values.map { _ in 0 } }
    return centred.map { $0.scaled(by: scaled.exponent) }
  }
}
