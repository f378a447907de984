/// The arms' means that a generalised linear model predicts for everybody.
///
/// Estimand: the average outcome if every unit had got the arm, μ̄ₐ = Σᵢ ωᵢh(xᵢ(a)ᵀβ)/Σωᵢ, with ωᵢ the
/// unit's exposure (1 for events), over the units of all arms: the standardisation, or average marginal
/// effect, that makes a model's answer a difference of rates. Uncertainty by the delta method from the
/// coefficients' covariance, the covariates taken as given: for the gradients cₐ = Σᵢ ωᵢh′xᵢ(a)/Σωᵢ,
/// cov(μ̄ₐ, μ̄_b) = cₐᵀV c_b.
struct StandardizedMeans {
  /// Whose covariance.
  enum Errors: String, Codable, CaseIterable, Hashable, Sendable {
    /// HC1; CR1 where clusters were drawn.
    case robust
    /// As if the family were right.
    case model
  }

  let units: UnitSample
  let covariates: [LinearDesign.Column]
  let exposure: [Double]?
  let errors: Errors

  /// Fits the model and averages.
  ///
  /// - Throws: what `fit` throws; ``EstimationError/denominatorNotPositive(arm:)`` for an exposure that
  ///   is not above 0; ``EstimationError/undefined`` for the model's errors where clusters were drawn.
  func marginalMeans(
    _ quantity: MarginalMeans.Quantity, remarks: [MarginalMeans.Remark],
    fit: ([Double], [LinearDesign.Column], [Double]?) throws(EstimationError) ->
      GeneralizedLinearModel,
    logarithm: (Double) -> Double
  ) throws(EstimationError) -> MarginalMeans {
    let present = units.presentArms
    guard !present.isEmpty else { throw .noUnits(arm: units.arms.first ?? "") }
    if let exposure, let row = exposure.firstIndex(where: { !($0 > 0) }) {
      throw .denominatorNotPositive(arm: units.arms[units.assignment[row]])
    }
    guard errors == .robust || units.clusters == nil else { throw .undefined }
    let indicators = present.dropFirst().map { arm in
      LinearDesign.Column(units.arms[arm], units.assignment.map { $0 == arm ? 1 : 0 })
    }
    let columns = [.intercept(rows: units.count)] + indicators + covariates
    let model = try fit(units.outcome, columns, exposure.map { $0.map(logarithm) })
    let weights = exposure ?? Array(repeating: 1, count: units.count)
    let total = weights.reduce(0, +)
    var means: [Double] = []
    var gradients: [[Double]] = []
    for place in present.indices {
      var mean = 0.0
      var gradient = columns.map { _ in 0.0 }
      for row in 0..<units.count {
        var values = columns.map { $0.values[row] }
        for other in present.indices.dropFirst() { values[other] = other == place ? 1 : 0 }
        let predictor = model.predictor(values)
        mean += weights[row] / total * model.family.mean(predictor)
        let slope = weights[row] / total * model.family.slope(predictor)
        for column in columns.indices { gradient[column] += slope * values[column] }
      }
      guard mean.isFinite else { throw .numericalFailure }
      means.append(mean)
      gradients.append(gradient)
    }
    let covariance: [[Double?]]
    switch errors {
    case .model: covariance = try model.modelBased(gradients)
    case .robust:
      covariance = try model.robust(
        gradients, covariance: units.clusters.map { .cr1($0) } ?? .hc1
      ).covariance
    }
    let dropped = model.coefficients.filter { $0.value == nil }.map(\.name)
    var found = MarginalMeans(
      quantity,
      arms: units.armMeans(quantity) { arm in present.firstIndex(of: arm).map { means[$0] } },
      present: present, covariance: covariance, degreesOfFreedom: [],
      standardErrorType: errors == .model ? .modelBased : units.clusters == nil ? .hc1 : .cr1,
      remarks: remarks + dropped.map(MarginalMeans.Remark.covariateDropped))
    found.degreesOfFreedom = units.clusters.map { .fixed(Double($0.count - 1)) } ?? .infinite
    return found
  }
}
