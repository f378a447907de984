private import GSL

/// The arms' marginal means by standardisation (g-computation) of a generalised linear model.
///
/// Estimand: what the mean would be if every unit were assigned to arm a,
///
///     μ̂ₐ = Σ tᵢ·g(xᵢβ̂ with the arm set to a)/Σ tᵢ,
///
/// with g the inverse link and t the exposure (1 without). The regression has an intercept for each
/// arm and common slopes for the centred covariates; in a randomised trial μ̂ₐ is consistent for the
/// unadjusted mean whatever the truth, since both links are canonical (for the negative binomial only
/// if its variance is right). Uncertainty is the delta method's from the coefficients' covariance,
/// jointly over arms; the units themselves, and α, are taken as given.
///
/// In R: `predict(glm, transform(data, arm = a), type = "response")`, averaged;
/// `marginaleffects::avg_predictions`.
/// References: Rosenblum & van der Laan (2010), doi:10.2202/1557-4679.1138; Ge, Durham, Meyer, Xie &
/// Thomas (2011), doi:10.1177/009286151104500409.
struct StandardizedMeans {
  let sample: UnitSample
  let covariates: [LinearDesign.Column]
  /// One above 0 a unit; nil is 1.
  let exposure: [Double]?

  /// Fits on the arms that have units, and standardises.
  ///
  /// - Parameters:
  ///   - quantity: what the means are means of.
  ///   - covariance: how the coefficients' uncertainty is estimated.
  ///   - remarks: what a reader must know about the covariates.
  ///   - fit: the regression of the outcome on a design with an offset.
  /// - Returns: one mean an arm; none for an arm without units.
  /// - Throws: as ``GeneralizedLinearModel``; ``EstimationError/noUnits(arm:)`` without any unit.
  func marginalMeans(
    _ quantity: MarginalMeans.Quantity, covariance: LikelihoodCovariance,
    remarks: [MarginalMeans.Remark],
    fit: (LinearDesign, _ offset: [Double]?) throws(EstimationError) -> GeneralizedLinearModel
  ) throws(EstimationError) -> MarginalMeans {
    let present = sample.presentArms
    guard !present.isEmpty else { throw .noUnits(arm: sample.arms.first ?? "") }
    // Names that no column of the data can share with an arm's.
    let columns =
      present.map { arm in
        LinearDesign.Column("arm \(arm)", sample.assignment.map { $0 == arm ? 1 : 0 })
      }
      + covariates.enumerated().map { index, column in
        LinearDesign.Column("covariate \(index)", LinAdjustment.centred(column.values, nil))
      }
    guard let design = LinearDesign(columns: columns) else { throw .undefined }
    let model = try fit(design, exposure.map(Self.logarithms))
    let (means, gradients) = try standardised(model, design, present)
    let found = try model.covariance(of: gradients, covariance)
    guard means.allSatisfy(\.isFinite) else { throw .numericalFailure }
    let dropped = zip(covariates, model.coefficients.dropFirst(present.count))
      .filter { $0.1.value == nil }.map { MarginalMeans.Remark.covariateDropped($0.0.name) }
    let freedom = covariance.degreesOfFreedom
    var result = MarginalMeans(
      quantity,
      arms: sample.armMeans(quantity) { arm in present.firstIndex(of: arm).map { means[$0] } },
      present: present,
      covariance: found.map { $0.map { $0.isFinite ? $0 : nil } }, degreesOfFreedom: [],
      standardErrorType: covariance == .modelBased ? .modelBased : .robust,
      remarks: remarks + dropped)
    result.degreesOfFreedom = freedom.map { .fixed($0) } ?? .infinite
    return result
  }

  /// Each arm's mean, and its gradient in the coefficients of the orthonormal columns.
  private func standardised(
    _ model: GeneralizedLinearModel, _ design: LinearDesign, _ present: [Int]
  ) throws(EstimationError) -> (means: [Double], gradients: [[Double]]) {
    let factors = model.factors
    // The arms' columns come first and are orthogonal: all are kept, and not scaled.
    let levels = present.indices.map { model.coefficients[$0].value ?? 0 }
    let own = sample.assignment.map { arm in
      present.firstIndex(of: arm).map { levels[$0] } ?? 0
    }
    let shares = exposure.map { PowerOfTwoScaled($0).values }
    let total = shares?.reduce(0, +) ?? Double(sample.count)
    let scaled = factors.kept.map { column in
      design.columns[column].values.map { $0.scaled(by: -factors.exponents[column]) }
    }
    let offset = exposure.map(Self.logarithms)
    var means: [Double] = []
    var gradients: [[Double]] = []
    for arm in present.indices {
      var mean = 0.0
      var gradient = [Double](repeating: 0, count: factors.rank)
      for row in 0..<sample.count {
        let eta = model.linearPredictor[row] - (offset?[row] ?? 0) - own[row] + levels[arm]
        let share = (shares?[row] ?? 1) / total
        mean += share * model.family.mean(at: eta)
        let slope = share * model.family.slope(at: eta)
        for j in scaled.indices {
          gradient[j] +=
            factors.kept[j] < present.count
            ? (factors.kept[j] == arm ? slope : 0) : slope * scaled[j][row]
        }
      }
      means.append(mean)
      gradients.append(solveUpperTransposed(factors.r, gradient))
    }
    return (means, gradients)
  }

  private static func logarithms(_ values: [Double]) -> [Double] {
    values.map(Elementary.logarithm)
  }
}
