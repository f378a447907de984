/// Compares averages of units that had different probabilities of their arms, by weighting each with
/// the inverse of its own.
///
/// Estimand: the average effect of assignment (ITT) over all units. ȳₐ = Σ(y/π)/Σ(1/π) over the units of
/// the arm, π the probability with which a unit got the arm that it got: a column of the data, or the
/// arms' realised shares within blocks. The same column may hold the probability with which a unit was sampled, or its product with
/// that of the arm: the means are then those of the population that was sampled from. Uncertainty is that of the weighted regression on the arms: CR2
/// with Satterthwaite's degrees of freedom, each unit a cluster of its own where none were drawn.
///
/// Weights that differ by much make it imprecise. Not with probabilities estimated from outcomes.
///
/// In R: `clubSandwich::coef_test(lm(y ~ arm, weights = 1/p), "CR2", cluster = )`; the estimate is that of
/// `ri2`.
/// References: Hájek (1971), comment in Foundations of Statistical Inference; Gerber & Green (2012), Field
/// Experiments, chapter 4.
public struct Hajek: Estimator {
  /// `hajek`.
  public static let name = "hajek"
  /// Rates of binary outcomes, means of numbers.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [
    .binary: .rate, .continuous: .mean,
  ]

  /// The column of probabilities; nil is the shares within blocks.
  public var probability: String?

  /// The column, where there is one.
  public var columns: [String] { probability.map { [$0] } ?? [] }

  /// Makes the estimator.
  public init(probability: String? = nil) {
    self.probability = probability
  }

  private enum CodingKeys: String, CodingKey { case probability }

  /// Writes the setting, null where there is none, so that its name is known.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(probability, forKey: .probability)
  }

  /// The units with their probabilities.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    .units(covariates: columns, factors: [])
  }

  /// The weighted means.
  ///
  /// - Throws: ``EstimationError/undefined`` for a probability that is not above 0 and at most 1; as
  ///   ``LinAdjustment``.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard let quantity = Self.quantities[response.kind] else { throw .wrongKindOfOutcome }
    guard let units = sample.units else { throw .undefined }
    let present = units.presentArms
    guard !present.isEmpty else { throw .noUnits(arm: arms.first ?? "") }
    let probabilities = try AssignmentProbabilities.ofUnits(in: units, column: probability)
    let adjustment = try LinAdjustment(
      of: units.outcome, assignment: units.assignment.map { units.arms[$0] },
      arms: present.map { units.arms[$0] }, covariates: [], weights: probabilities.map { 1 / $0 })
    // A unit is a cluster of one: CR2 knows that the weights are not those of the variances.
    let covariance = CovarianceEstimator.cr2(
      units.clusters ?? Grouping(units.assignment.indices))
    let pairs = try adjustment.pairs(covariance: covariance)
    return MarginalMeans(
      quantity,
      arms: units.armMeans(quantity) { arm in
        present.firstIndex(of: arm).map { pairs.means[$0] }
      },
      present: present, covariance: pairs.covariance, degreesOfFreedom: pairs.degreesOfFreedom,
      standardErrorType: .hajek, remarks: [])
  }
}
