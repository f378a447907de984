/// Compares arms within strata that were formed after the draw, and averages by the strata's sizes.
///
/// Estimand: the average effect of assignment (ITT). With N_k of the N units in stratum k,
///
///     ȳₐ = Σ_k (N_k/N)·ȳₐ_k,   V̂ = Σ_k (N_k/N)²·s²ₐ_k/nₐ_k,
///
/// as if units had been drawn within the strata; the numbers in each are taken as given, which is as
/// good as blocking except in small strata. Strata are the combinations of the named columns' values
/// (and the blocks, where units were drawn in blocks), a missing value being a value. Where an arm has
/// one unit in a stratum the spread between strata serves (Pashley–Miratrix); strata without some arm
/// are left out, and said to be.
///
/// Not with strata that arms could have changed, nor where whole clusters were drawn.
///
/// In R: `estimatr::difference_in_means(y ~ arm, blocks = stratum)`.
/// Reference: Miratrix, Sekhon & Yu (2013), doi:10.1111/j.1467-9868.2012.01048.x.
public struct PostStratified: Estimator {
  /// `post_stratified`.
  public static let name = "post_stratified"
  /// Rates of binary outcomes, means of numbers.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [
    .binary: .rate, .continuous: .mean,
  ]

  /// The columns whose combinations are the strata.
  public var strata: [String]

  /// The columns.
  public var columns: [String] { strata }

  /// Makes the estimator.
  public init(strata: [String] = []) {
    self.strata = strata
  }

  /// The units with their strata.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    .units(covariates: [], factors: strata)
  }

  /// The averages over strata.
  ///
  /// - Throws: ``EstimationError/undefined`` where clusters were drawn, a column was not read, or no
  ///   stratum holds every arm; ``EstimationError/noUnits(arm:)``.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard let quantity = Self.quantities[response.kind] else { throw .wrongKindOfOutcome }
    guard let units = sample.units, units.clusters == nil else { throw .undefined }
    var indicators: [[Double]] = []
    for name in strata {
      guard let known = units.covariates[name] else { throw .undefined }
      indicators += known.map(\.values)
    }
    // NaN, a missing value, is its own level: compared by its bits.
    let groups = Grouping(
      units.assignment.indices.map { row in
        indicators.map { $0[row].isNaN ? UInt64.max : $0[row].bitPattern }
          + [UInt64(units.blocks?.groups[row] ?? 0)]
      })
    var moments = Array(
      repeating: Array(repeating: Moments(variables: 1), count: units.arms.count),
      count: groups.count)
    for (row, group) in groups.groups.enumerated() {
      moments[group][units.assignment[row]].add(units.outcome[row])
    }
    return try BlockedMeans(
      blocks: moments,
      events: units.arms.indices.map { quantity == .rate ? units.events(ofArmAt: $0) : nil },
      arms: units.arms
    ).marginalMeans(quantity)
  }
}
