import GSL

/// Two-stage least squares: columns that units chose, replaced by what instruments say of them.
///
/// Estimand: the coefficients β of y on endogenous and exogenous columns X, when the instruments move
/// the endogenous ones and touch y through nothing else. With X̂ the projection of X on instruments
/// and exogenous columns, β̂ = (X̂ᵀWX̂)⁻¹X̂ᵀWy. The residuals y − Xβ̂ are orthogonal to X̂, so regressing
/// X̂β̂ + (y − Xβ̂) on X̂ returns β̂ with the right residuals: every covariance of ``LinearModel``
/// (classical, HC, CR) serves here as well, HC2 and CR2 with the leverage of X̂.
///
/// Not for the interval when instruments are weak (a first-stage F below 10): use ``ComplierEffect``'s.
///
/// In R: `estimatr::iv_robust(y ~ x | z)`, `AER::ivreg`; in Stata `ivregress 2sls, small`.
/// References: Angrist & Imbens (1995), doi:10.1080/01621459.1995.10476535; the diagnostics:
/// Wu (1973), doi:10.2307/1914093; Sargan (1958), doi:10.2307/1907619.
public struct TwoStageLeastSquares: Sendable {
  /// The second stage: its coefficients are β̂, its residuals y − Xβ̂.
  public let model: LinearModel

  private let outcome: [Double]
  private let endogenous: [LinearDesign.Column]
  private let firstStages: [LinearModel]
  /// Instruments and exogenous columns.
  private let reduced: LinearDesign
  private let structural: LinearDesign
  private let instruments: [String]

  /// Fits both stages.
  ///
  /// - Parameters:
  ///   - outcome: one value a row.
  ///   - endogenous: columns that units chose.
  ///   - exogenous: columns that stand in both stages, an intercept among them (or absorbed blocks).
  ///   - instruments: columns that stand in the first stage alone, at least as many as `endogenous`.
  ///   - weights: positive weights, one a row.
  ///   - blocks: blocks whose fixed effects both stages absorb.
  /// - Throws: ``EstimationError/undefined`` where there are fewer instruments than endogenous
  ///   columns, or the columns make no design; else as ``LinearModel``.
  public init(
    of outcome: [Double], endogenous: [LinearDesign.Column], exogenous: [LinearDesign.Column],
    instruments: [LinearDesign.Column], weights: [Double]? = nil, absorbing blocks: Grouping? = nil
  ) throws(EstimationError) {
    guard !endogenous.isEmpty, instruments.count >= endogenous.count,
      let reduced = LinearDesign(
        columns: exogenous + instruments, weights: weights, absorbing: blocks),
      let structural = LinearDesign(
        columns: exogenous + endogenous, weights: weights, absorbing: blocks)
    else { throw .undefined }
    var firstStages: [LinearModel] = []
    var projected: [LinearDesign.Column] = []
    for column in endogenous {
      let stage = try LinearModel(column.values, on: reduced)
      firstStages.append(stage)
      projected.append(
        LinearDesign.Column(column.name, zip(column.values, stage.residuals).map { $0 - $1 }))
    }
    guard
      let design = LinearDesign(
        columns: exogenous + projected, weights: weights, absorbing: blocks)
    else { throw .numericalFailure }
    let second = try LinearModel(outcome, on: design)
    guard second.droppedColumns.allSatisfy({ name in !endogenous.contains { $0.name == name } })
    else { throw .undefined }
    // X̂β̂ + (y − Xβ̂) = y − (X − X̂)β̂, and X − X̂ are the first stages' residuals.
    var adjusted = outcome
    for (column, stage) in zip(endogenous, firstStages) {
      let slope = second.coefficients.first { $0.name == column.name }?.value ?? 0
      for row in adjusted.indices { adjusted[row] -= slope * stage.residuals[row] }
    }
    model = try LinearModel(adjusted, on: design)
    self.outcome = outcome
    self.endogenous = endogenous
    self.firstStages = firstStages
    self.reduced = reduced
    self.structural = structural
    self.instruments = instruments.map(\.name)
  }

  /// The F of the excluded instruments in one endogenous column's first stage.
  ///
  /// - Throws: as ``LinearModel/contrasts(_:covariance:)``; ``EstimationError/undefined`` for a column
  ///   that is not endogenous or instruments that depend on each other.
  public func firstStageF(
    of name: String, covariance: CovarianceEstimator
  ) throws(EstimationError) -> Double {
    guard let index = endogenous.firstIndex(where: { $0.name == name }) else { throw .undefined }
    return try Self.waldF(of: instruments, in: firstStages[index], covariance)
  }

  /// Wu and Hausman's F: do least squares and two-stage least squares differ?
  ///
  /// The first stages' residuals are added to the regression of y on X; theirs is the F, on as many
  /// degrees of freedom as there are endogenous columns and n − k − that many.
  ///
  /// - Throws: as ``LinearModel``.
  public func wuHausmanF() throws(EstimationError) -> Double {
    let residuals = zip(endogenous, firstStages).map { column, stage in
      LinearDesign.Column("\(column.name) residual", stage.residuals)
    }
    guard
      let design = LinearDesign(
        columns: structural.columns + residuals, weights: structural.weights,
        absorbing: structural.blocks)
    else { throw .undefined }
    return try Self.waldF(
      of: residuals.map(\.name), in: LinearModel(outcome, on: design), .classical)
  }

  /// Sargan's test that all instruments agree: n·R² of the residuals on instruments and exogenous
  /// columns, with χ² on the surplus of instruments.
  ///
  /// - Throws: ``EstimationError/undefined`` without more instruments than endogenous columns, or for
  ///   weighted models; else as ``LinearModel``.
  public func sarganTest() throws(EstimationError) -> (statistic: Double, pValue: Double) {
    let surplus = instruments.count - endogenous.count
    guard surplus > 0, structural.weights == nil,
      let distribution = ChiSquared(degreesOfFreedom: Double(surplus))
    else { throw .undefined }
    let left = try LinearModel(model.residuals, on: reduced).residuals
    let whole = model.residuals.reduce(0) { $0 + $1 * $1 }
    guard whole > 0 else { throw .noVariation }
    let explained = 1 - left.reduce(0) { $0 + $1 * $1 } / whole
    let statistic = Double(outcome.count) * explained
    guard let pValue = distribution.upperTail(max(statistic, 0)) else { throw .numericalFailure }
    return (statistic, pValue)
  }

  /// bᵀV⁻¹b/q, through the eigenvectors of V.
  private static func waldF(
    of names: [String], in model: LinearModel, _ covariance: CovarianceEstimator
  ) throws(EstimationError) -> Double {
    let contrasts = names.map { name in model.coefficients.map { $0.name == name ? 1.0 : 0 } }
    let found = try model.contrasts(contrasts, covariance: covariance)
    var values: [Double] = []
    var matrix: [Double] = []
    for (row, estimate) in found.estimates.enumerated() {
      values.append(try estimate.get().value)
      for entry in found.covariance[row] {
        guard let entry else { throw .undefined }
        matrix.append(entry)
      }
    }
    // In units of each estimate's own error, so that the eigenvalues are near 1.
    let scales = values.indices.map { matrix[$0 * values.count + $0].squareRoot() }
    for row in values.indices {
      values[row] /= scales[row]
      for column in values.indices {
        matrix[row * values.count + column] /= scales[row] * scales[column]
      }
    }
    guard let eigen = SymmetricEigensolver(size: values.count)?.decompose(matrix) else {
      throw .numericalFailure
    }
    var sum = 0.0
    for (index, eigenvalue) in eigen.values.enumerated() {
      guard eigenvalue > 1e-12 else { throw .undefined }
      let part = values.indices.reduce(0) {
        $0 + eigen.vectors[$1 * values.count + index] * values[$1]
      }
      sum += part * part / eigenvalue
    }
    return sum / Double(values.count)
  }
}
