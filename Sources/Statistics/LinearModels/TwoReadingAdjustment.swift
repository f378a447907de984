/// Lin's interacted regression by two readings of the rows, none of which is kept.
///
/// Estimand: as ``LinAdjustment``. The first reading gives each arm's moments, from which its
/// regression is fitted; the second, what residuals and leverages add up to. The numbers are those of
/// ``Lin`` on units: arms are independent where each has slopes of its own, and the difference of two
/// has, by Satterthwaite, (Eₐ + E_c)²/(Eₐ²/fₐ + E_c²/f_c) degrees of freedom, E = (XᵀX)⁻¹ of the mean
/// and f = 1/(Σᵢⱼ Pᵢⱼ² + D) from ``LeverageSums``.
///
/// Not where a covariate lacks values, where blocks or categories stand in the regression, or where
/// fewer than twenty units stand for a covariate: those look at units.
///
/// In R: `estimatr::lm_lin(y ~ arm, covariates = ~ x, se_type = "HC2")`.
/// References: Lin (2013), doi:10.1214/12-AOAS583; Imbens & Kolesár (2016),
/// doi:10.1162/REST_a_00552.
public struct TwoReadingAdjustment: Sendable {
  private let arms: [String]
  private let moments: [String: Moments]
  private let regressions: [String: MomentRegression]
  private let covariance: CovarianceEstimator
  private var sums: [String: LeverageSums] = [:]

  /// Fits every arm that has rows; nil where the units themselves must be seen.
  ///
  /// - Parameters:
  ///   - arms: all arms, in the order of the trial.
  ///   - moments: by arm, of the outcome and then the covariates.
  ///   - covariance: one that looks at a row at a time (HC0, HC2, HC3, Bell–McCaffrey).
  public init?(arms: [String], moments: [String: Moments], covariance: CovarianceEstimator) {
    guard let correction = covariance.leverageCorrection else { return nil }
    let present = arms.compactMap { arm in
      moments[arm].flatMap { $0.count > 0 ? (arm, $0) : nil }
    }
    guard let variables = present.first?.1.means.count,
      present.allSatisfy({ $0.1.means.count == variables })
    else { return nil }
    let whole = present.map(\.1).reduce(Moments(variables: variables), +)
    guard (variables - 1) * CovariateChoice.unitsPerCovariate <= whole.count else { return nil }
    let centres = Array(whole.means.dropFirst())
    var regressions: [String: MomentRegression] = [:]
    for (arm, own) in present {
      guard let fitted = MomentRegression(own, centres: centres, correction: correction)
      else { return nil }
      regressions[arm] = fitted
    }
    self.arms = arms
    self.moments = moments
    self.regressions = regressions
    self.covariance = covariance
  }

  /// What the second reading is asked, by arm.
  public var passes: [String: LeveragePass] { regressions.mapValues(\.pass) }

  /// The adjustment with what the second reading found.
  ///
  /// - Returns: nil where the units themselves must be seen: a row has its arm's mean to itself, or
  ///   sums left the range of doubles.
  public func reading(_ sums: [String: LeverageSums]) -> TwoReadingAdjustment? {
    for (arm, regression) in regressions {
      guard let own = sums[arm], own.count == regression.count,
        own.leastFreedom > 1e-6, own.variance.isFinite, own.squaredResiduals.isFinite,
        own.products.allSatisfy(\.isFinite),
        own.squaredResiduals == 0 || own.variance.isNormal
      else { return nil }
    }
    var read = self
    read.sums = sums
    return read
  }

  /// The adjusted means.
  ///
  /// - Throws: ``EstimationError/noUnits(arm:)`` where no arm has rows;
  ///   ``EstimationError/undefined`` before the second reading.
  func marginalMeans(
    _ quantity: MarginalMeans.Quantity
  ) throws(EstimationError) -> MarginalMeans {
    let present = arms.indices.filter { regressions[arms[$0]] != nil }
    guard !present.isEmpty else { throw .noUnits(arm: arms.first ?? "") }
    var found: [Arm] = []
    for place in present {
      guard let regression = regressions[arms[place]], let own = sums[arms[place]] else {
        throw .undefined
      }
      found.append(Arm(regression, own, covariance))
    }
    let length = found.reduce(0) { $0 + $1.squaredResiduals }.squareRoot()
    let residual = found.reduce(0) { $0 + $1.residualDegreesOfFreedom }
    return MarginalMeans(
      quantity, arms: armMeans(quantity), present: present,
      covariance: found.indices.map { row in
        found.indices.map { $0 == row ? found[row].variance : 0 }
      },
      degreesOfFreedom: found.indices.map { row in
        found.indices.map { column -> Double? in
          let (a, b) = (found[row], found[column])
          // Rounding noise is judged by the residuals of all arms together.
          guard max(a.deviation, b.deviation) > 1e-13 * length else { return nil }
          guard case .hc2BellMcCaffrey = covariance else { return Double(residual) }
          if row == column { return a.degreesOfFreedom }
          guard let own = a.degreesOfFreedom, let other = b.degreesOfFreedom else { return nil }
          let both = a.design + b.design
          return both * both / (a.design * a.design / own + b.design * b.design / other)
        }
      },
      standardErrorType: covariance.standardErrorType, remarks: [])
  }

  private func armMeans(_ quantity: MarginalMeans.Quantity) -> [MarginalMeans.ArmMean] {
    arms.map { arm in
      let own = moments[arm]
      let deviation = own?.variance(of: 0)?.squareRoot()
      let events = own.map { ($0.means[0] * Double($0.count)).rounded() }
      return MarginalMeans.ArmMean(
        arm: arm, count: own?.count ?? 0, mean: regressions[arm]?.mean ?? 0,
        standardDeviation: deviation.flatMap { $0.isFinite ? $0 : nil },
        events: quantity == .rate ? Int(exactly: events ?? 0) : nil)
    }
  }
}

/// What one arm's rows say of its mean.
private struct Arm {
  let variance: Double
  /// √(Σ s²e²/(1 − h)).
  let deviation: Double
  /// (XᵀX)⁻¹ of the mean.
  let design: Double
  let degreesOfFreedom: Double?
  let residualDegreesOfFreedom: Int
  let squaredResiduals: Double

  init(_ regression: MomentRegression, _ sums: LeverageSums, _ covariance: CovarianceEstimator) {
    deviation = sums.variance.squareRoot()
    design = regression.size * regression.size
    variance = sums.variance * design
    squaredResiduals = sums.squaredResiduals
    let k = regression.pass.centres.count
    residualDegreesOfFreedom = sums.count - k - 1
    var square = sums.diagonal
    var place = 0
    for row in 0...k {
      for column in 0...row {
        let product = sums.products[place]
        square += product * product * (row == column ? 1 : 2)
        place += 1
      }
    }
    degreesOfFreedom = square > 0 ? 1 / square : nil
  }
}

extension CovarianceEstimator {
  /// How a squared residual is divided by 1 − h, where rows are looked at one at a time.
  fileprivate var leverageCorrection: LeveragePass.Correction? {
    switch self {
    case .hc0: LeveragePass.Correction.none
    case .hc2, .hc2BellMcCaffrey: .once
    case .hc3: .twice
    case .classical, .hc1, .cr0, .cr1, .cr2: nil
    }
  }
}
