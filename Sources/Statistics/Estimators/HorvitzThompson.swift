/// Compares totals of units that were drawn independently with known probabilities, without bias
/// whatever they are.
///
/// Estimand: the average effect of assignment (ITT) over all N units. ȳₐ = Σ(y/π)/N over the units of the
/// arm, of clusters by their totals. Uncertainty for independent draws (simple or hashed assignment),
/// where the covariance of two arms, which is never seen, is bounded by Young's inequality:
///
///     V̂(ȳₐ) = Σ(1 − π)(y/π)²/N²,   −2·cov(ȳₐ, ȳ_b) ≤ [Σₐ y²/π + Σ_b y²/π]/N²,
///
/// so that the variance of a difference is Σ(y/π)²/N² over both arms. Referred to the normal distribution.
///
/// Not where numbers were fixed (complete, blocked): the same mean has a smaller variance there, which
/// ``DifferenceInMeans`` knows. Not for outcomes far from 0 either, since adding a constant to all widens
/// the interval: ``Hajek`` does not mind, for a bias that vanishes with N.
///
/// In R: `estimatr::horvitz_thompson(simple = TRUE, condition_prs = )`.
/// References: Horvitz & Thompson (1952), doi:10.1080/01621459.1952.10483446; Aronow & Middleton (2013),
/// doi:10.1515/jci-2012-0009.
public struct HorvitzThompson: Estimator {
  /// `horvitz_thompson`.
  public static let name = "horvitz_thompson"
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

  /// The weighted totals over N.
  ///
  /// - Throws: ``EstimationError/undefined`` for a probability that is not above 0 and at most 1, or
  ///   that differs within a cluster; ``EstimationError/numericalFailure``.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard let quantity = Self.quantities[response.kind] else { throw .wrongKindOfOutcome }
    guard let units = sample.units else { throw .undefined }
    let present = units.presentArms
    guard !present.isEmpty else { throw .noUnits(arm: arms.first ?? "") }
    let probabilities = try AssignmentProbabilities.ofUnits(in: units, column: probability)
    let n = Double(units.count)
    let drawn = units.clusters ?? Grouping(units.assignment.indices)
    var totals = Array(repeating: (arm: -1, y: 0.0, p: 0.0), count: drawn.count)
    for (row, unit) in drawn.groups.enumerated() {
      if totals[unit].arm < 0 {
        totals[unit] = (units.assignment[row], 0, probabilities[row])
      }
      guard totals[unit].arm == units.assignment[row],
        abs(totals[unit].p - probabilities[row]) <= 1e-9
      else { throw .undefined }
      totals[unit].y += units.outcome[row]
    }
    var means = present.map { _ in 0.0 }
    var variances = means
    var bounds = means
    for (arm, y, p) in totals {
      guard let place = present.firstIndex(of: arm) else { continue }
      means[place] += y / p / n
      variances[place] += (1 - p) * (y / p / n) * (y / p / n)
      bounds[place] += y / n * (y / n) / p
    }
    guard (means + variances + bounds).allSatisfy(\.isFinite) else { throw .numericalFailure }
    var found = MarginalMeans(
      quantity,
      arms: units.armMeans(quantity) { arm in present.firstIndex(of: arm).map { means[$0] } },
      present: present,
      covariance: present.indices.map { row in
        present.indices.map { column in
          row == column ? variances[row] : -(bounds[row] + bounds[column]) / 2
        }
      },
      degreesOfFreedom: [], standardErrorType: .horvitzThompson, remarks: [])
    found.degreesOfFreedom = .infinite
    return found
  }
}
