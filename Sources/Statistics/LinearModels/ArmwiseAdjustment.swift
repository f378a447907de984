/// Lin's interacted regression, arm by arm.
///
/// Where every arm has slopes of its own the regression falls apart: an arm's coefficients, leverages and residuals are those of a
/// regression among its own units, on the covariates centred at their means over all. So do the variances that look at a unit at a
/// time (HC0, HC2, HC3, Bell–McCaffrey): arms are independent, and the difference of two has, by Satterthwaite,
///
///     (Eₐ + E_c)²/(Eₐ²/fₐ + E_c²/f_c)
///
/// degrees of freedom, Eₐ = (1, 0)(XₐᵀXₐ)⁻¹(1, 0)ᵀ and fₐ the arm's own. With m arms and k covariates a unit costs (k + 1)² instead of
/// (m(k + 1))².
///
/// Where nothing is extreme the rows are read twice, for cross-products and for leverages (``ArmRegression``); else every arm's
/// columns are factored (``LinearModel``).
struct ArmwiseAdjustment {
  /// What one arm's own units say of its mean.
  private struct Arm {
    var mean: Double
    /// Nil where the mean rests on a unit that its own column fits perfectly.
    var variance: Double?
    /// E, up to the variance of a unit.
    var design: Double
    var degreesOfFreedom: Double?
    var hasVariation: Bool
  }

  private let arms: [Arm]
  /// Of the whole regression.
  private let residualDegreesOfFreedom: Int
  private let isBellMcCaffrey: Bool
  /// The covariates that some arm's units do not determine.
  let idle: Set<String>

  /// Whether a variance falls apart by arm.
  static func serves(_ covariance: CovarianceEstimator) -> Bool {
    switch covariance {
    case .hc0, .hc2, .hc3, .hc2BellMcCaffrey: true
    case .classical, .hc1, .cr0, .cr1, .cr2: false
    }
  }

  /// Fits the regressions.
  ///
  /// - Parameters:
  ///   - sample: the units.
  ///   - present: the arms that have units, as positions in the sample's.
  ///   - covariates: their values, one a unit.
  ///   - covariance: one of those that ``serves(_:)``.
  /// - Throws: as ``LinAdjustment``.
  init(
    of sample: UnitSample, present: [Int], covariates: [LinearDesign.Column],
    covariance: CovarianceEstimator
  ) throws(EstimationError) {
    guard covariates.allSatisfy({ $0.values.count == sample.count }) else { throw .undefined }
    isBellMcCaffrey = if case .hc2BellMcCaffrey = covariance { true } else { false }
    let freedom = sample.count - present.count * (covariates.count + 1)
    if freedom > 0,
      let arms = Self.arms(of: sample, present: present, covariates, covariance)
    {
      (self.arms, idle, residualDegreesOfFreedom) = (arms, [], freedom)
      return
    }
    let centred = covariates.map {
      LinearDesign.Column($0.name, LinAdjustment.centred($0.values, nil))
    }
    var models: [LinearModel] = []
    var idle: Set<String> = []
    for arm in present {
      let rows = sample.assignment.indices.filter { sample.assignment[$0] == arm }
      let columns =
        [LinearDesign.Column.intercept(rows: rows.count)]
        + centred.map { column in
          LinearDesign.Column("\(column.name)_c", rows.map { column.values[$0] })
        }
      guard let design = LinearDesign(columns: columns) else { throw .undefined }
      let model = try LinearModel(rows.map { sample.outcome[$0] }, on: design)
      for (covariate, coefficient) in zip(covariates, model.coefficients.dropFirst())
      where coefficient.value == nil { idle.insert(covariate.name) }
      models.append(model)
    }
    self.idle = idle
    residualDegreesOfFreedom = models.reduce(0) { $0 + $1.residualDegreesOfFreedom }
    guard residualDegreesOfFreedom > 0 else { throw .undefined }
    // Rounding noise is judged by the residuals of all arms together, as in one regression.
    let most = models.reduce(0) { max($0, $1.outcomeExponent) }
    let length = models.reduce(0) { sum, model in
      let own = norm(model.scaledResiduals).scaled(by: model.outcomeExponent - most)
      return sum + own * own
    }.squareRoot()
    var arms: [Arm] = []
    for model in models {
      arms.append(try Self.arm(model, covariance, noise: 1e-13 * length, at: most))
    }
    self.arms = arms
  }

  /// The arms from two readings of the rows; nil where these are not sound.
  private static func arms(
    of sample: UnitSample, present: [Int], _ covariates: [LinearDesign.Column],
    _ covariance: CovarianceEstimator
  ) -> [Arm]? {
    let correction: LeveragePass.Correction =
      switch covariance {
      case .hc0: .none
      case .hc3: .twice
      default: .once
      }
    var places = [Int](repeating: 0, count: sample.arms.count)
    for (place, arm) in present.enumerated() { places[arm] = place }
    let rows =
      present.count == places.count ? sample.assignment : sample.assignment.map { places[$0] }
    let columns = covariates.map(\.values)
    let outcome = sample.outcome
    guard
      let products = ArmCrossProducts(
        of: columns + [outcome], arms: rows, armCount: present.count),
      let regressions = ArmRegression.regressions(
        products, armCount: present.count, correction: correction)
    else { return nil }
    let sums = LeveragePass.sums(
      of: regressions.map(\.pass), covariates: columns, outcome: outcome, arms: rows)
    guard zip(regressions, sums).allSatisfy({ $0.accepts($1) }) else { return nil }
    return zip(regressions, sums).map { regression, sums in
      var (square, place) = (sums.diagonal, 0)
      for i in 0...covariates.count {
        for j in 0...i {
          square += (i == j ? 1 : 2) * sums.products[place] * sums.products[place]
          place += 1
        }
      }
      let variance = sums.variance * regression.design
      return Arm(
        mean: regression.pass.intercept, variance: variance.isNormal ? variance : nil,
        design: regression.design, degreesOfFreedom: square > 0 ? 1 / square : nil,
        hasVariation: true)
    }
  }

  private static func arm(
    _ model: LinearModel, _ covariance: CovarianceEstimator, noise: Double, at exponent: Int
  ) throws(EstimationError) -> Arm {
    let mean = model.coefficients.first?.value ?? 0
    var contrast = model.factors.kept.map { _ in 0.0 }
    if let place = model.factors.kept.firstIndex(of: 0) { contrast[place] = 1 }
    guard let direction = model.factors.direction(of: contrast) else { throw .numericalFailure }
    let spread = model.spread(of: direction.unit, covariance)
    let size = direction.size.scaled(by: direction.exponent)
    let deviation = spread.variance.squareRoot()
    let error = (deviation * direction.size)
      .scaled(by: direction.exponent + model.outcomeExponent)
    let variance = error * error
    // A square that drowned is no variance of 0, nor is one that overflowed any.
    let isKnown = !spread.isBlind && (variance.isNormal || spread.variance == 0)
    return Arm(
      mean: mean, variance: isKnown ? variance : nil,
      design: size * size, degreesOfFreedom: spread.degreesOfFreedom,
      hasVariation: deviation.scaled(by: model.outcomeExponent - exponent) > noise)
  }

  /// Every arm's mean, their covariances, and the degrees of freedom of means (on the diagonal) and of differences.
  var pairs: (means: [Double], covariance: [[Double?]], degreesOfFreedom: [[Double?]]) {
    (
      arms.map(\.mean),
      arms.indices.map { row in
        arms.indices.map { column in
          guard let own = arms[row].variance, arms[column].variance != nil else { return nil }
          return row == column ? own : 0
        }
      },
      arms.indices.map { row in arms.indices.map { degreesOfFreedom(row, $0) } }
    )
  }

  private func degreesOfFreedom(_ row: Int, _ column: Int) -> Double? {
    let (a, b) = (arms[row], arms[column])
    guard a.variance != nil, b.variance != nil, a.hasVariation || b.hasVariation else { return nil }
    guard isBellMcCaffrey else { return Double(residualDegreesOfFreedom) }
    if row == column { return a.degreesOfFreedom }
    guard let own = a.degreesOfFreedom, let other = b.degreesOfFreedom else { return nil }
    let (first, second) = (a.design, b.design)
    return (first + second) * (first + second) / (first * first / own + second * second / other)
  }
}

extension LinearModel {
  /// What the residuals say of one unit direction, each unit's own standing for its variance, in one pass without a row's arrays.
  ///
  /// The sums are those of ``rowSpread(of:leverage:)`` and ``bellMcCaffreyDegreesOfFreedom(of:)`` where no blocks are absorbed.
  fileprivate func spread(
    of direction: [Double], _ covariance: CovarianceEstimator
  ) -> (variance: Double, degreesOfFreedom: Double?, isBlind: Bool) {
    let leverage: LeverageCorrection =
      switch covariance {
      case .hc0: .ignored
      case .hc3: .dividedTwice
      default: .divided
      }
    let count = factors.rank
    var (variance, isBlind) = (0.0, false)
    var (trace, diagonal) = (0.0, 0.0)
    var dense = [Double](repeating: 0, count: count * count)
    for row in 0..<rows {
      let start = row * count
      var share = 0.0
      for j in 0..<count { share += factors.q[start + j] * direction[j] }
      let freedom = 1 - leverages[row]
      guard leverage == .ignored || freedom > RankTolerance.fullLeverage else {
        isBlind = isBlind || abs(share) > RankTolerance.restsOn
        continue
      }
      var residual = scaledResiduals[row] * share
      switch leverage {
      case .ignored: break
      case .divided: residual /= freedom.squareRoot()
      case .dividedTwice: residual /= freedom
      }
      variance += residual * residual
      guard freedom > RankTolerance.fullLeverage else { continue }
      // |v|² = a²·h, with a = share/√(1 − h).
      let own = share * share
      let size = own / freedom
      let square = size * leverages[row]
      trace += own
      diagonal += (own - square) * (own + square)
      for i in 0..<count {
        let first = size * factors.q[start + i]
        for j in 0..<count { dense[i * count + j] += first * factors.q[start + j] }
      }
    }
    let total = dot(dense, dense) + diagonal
    return (variance, trace > 0 && total > 0 ? trace * trace / total : nil, isBlind)
  }
}
