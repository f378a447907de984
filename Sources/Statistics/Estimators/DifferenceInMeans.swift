/// Compares averages as the trial was drawn, without adjustment for covariates.
///
/// Estimand: the average effect of assignment (ITT). Which of six designs applies follows from the
/// draw and the data:
///
/// - units one by one: x̄ₐ = Σy/nₐ with variance s²ₐ/nₐ (Welch, the default and the same number as HC2
///   without covariates), or s²/nₐ with one s² pooled over all arms on N − k degrees of freedom;
/// - whole clusters: CR2 with Satterthwaite degrees of freedom;
/// - within blocks, units or clusters: averages within blocks weighted by the blocks' sizes; pairs,
///   of units or clusters, by the spread between them; mixtures by both (Pashley–Miratrix).
///
/// `pooled` is wrong when variances differ and arms do too; it and `z` are here to reproduce
/// published tests, and compare whole arms whatever the blocks.
///
/// In R: `t.test(y ~ arm)`; pooled: `t.test(y ~ arm, var.equal = TRUE)`, or `lm(y ~ arm)` for more
/// arms; `estimatr::difference_in_means(blocks = , clusters = )`.
/// References: Welch (1947), doi:10.1093/biomet/34.1-2.28; Satterthwaite (1946), doi:10.2307/3002019;
/// Pashley & Miratrix (2021), doi:10.3102/1076998620946272.
public struct DifferenceInMeans: Estimator {
  /// Whose variances, and which distribution.
  public enum Variance: String, Codable, CaseIterable, Hashable, Sendable {
    /// A variance for each arm, Welch–Satterthwaite degrees of freedom.
    case welch
    /// One variance for all arms, N − k degrees of freedom.
    case pooled
    /// A variance for each arm, the normal distribution.
    case z
  }

  /// `difference_in_means`.
  public static let name = "difference_in_means"
  /// The words for `variance`.
  public static let settingWords = ["variance": Variance.allCases.map(\.rawValue)]
  /// Whose variances, and which distribution.
  public var variance: Variance

  /// Makes the estimator.
  public init(variance: Variance = .welch) {
    self.variance = variance
  }

  /// Reads the settings; `variance` may be left out.
  public init(from decoder: any Decoder) throws {
    let settings = try decoder.container(keyedBy: CodingKeys.self)
    self.init(variance: try settings.decodeIfPresent(Variance.self, forKey: .variance) ?? .welch)
  }

  private enum CodingKeys: String, CodingKey { case variance }

  /// Rates of binary outcomes, means of numbers.
  public static let quantities: [Response.Kind: MarginalMeans.Quantity] = [
    .binary: .rate, .continuous: .mean,
  ]

  /// The moments of the response alone; the units where clusters were drawn.
  public func need(for response: Response, drawnIn groups: DrawnGroups) -> DataNeed {
    groups.hasClusters
      ? .units(covariates: [], factors: [])
      : .moments([VariableSet([response.column])], byBlock: groups.hasBlocks && variance == .welch)
  }

  /// The response's totals of whole clusters; none within blocks.
  public func clusterTotals(
    of response: Response, drawnIn groups: DrawnGroups
  ) -> VariableSet? {
    guard groups == DrawnGroups(hasClusters: true), Self.quantities[response.kind] != nil else {
      return nil
    }
    return VariableSet([response.column])
  }

  /// The arms' averages as the trial was drawn: whole arms, or block by block, or by clusters.
  ///
  /// - Throws: ``EstimationError/notBinary(arm:)`` when a binary response is not made of 0 and 1;
  ///   ``EstimationError/noUnits(arm:)`` when no arm has a row.
  public func marginalMeans(
    of response: Response, in sample: Sample, arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    guard let quantity = Self.quantities[response.kind] else { throw .wrongKindOfOutcome }
    if let units = sample.units, let clusters = units.clusters, let blocks = units.blocks,
      blocks.count > 1
    {
      return try BlockedClusters(sample: units, blocks: blocks, clusters: clusters)
        .marginalMeans(quantity)
    }
    if let totals = sample.clusterTotals ?? sample.units.flatMap(ClusterTotals.init) {
      return try totals.marginalMeans(quantity)
    }
    let cells = sample.cells.isEmpty ? sample.units?.cells(of: response) ?? [:] : sample.cells
    let blocks = Set(cells.keys.compactMap(\.block)).sorted()
    if blocks.count > 1, variance == .welch {
      return try withinBlocks(blocks, of: response, quantity, in: cells, arms: arms)
    }
    return try wholeArms(of: response, quantity, in: cells, arms: arms)
  }

  /// The arms' averages over the given cells, which are of one cohort; blocks are merged.
  private func wholeArms(
    of response: Response, _ quantity: MarginalMeans.Quantity,
    in cells: [Cell: [VariableSet: Moments]], arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    let set = VariableSet([response.column])
    var moments: [Moments] = []
    var events: [Int?] = []
    for arm in arms {
      let merged = Self.merged(cells.filter { $0.key.arm == arm }, over: set)
      let count = quantity == .rate ? try merged.events(inArm: arm) : nil
      // From whole events, so that counts and rows of the same data agree to the last bit.
      moments.append(count.map { Moments(events: $0, of: merged.count) } ?? merged)
      events.append(count)
    }
    if let first = arms.first, moments.allSatisfy({ $0.count == 0 }) { throw .noUnits(arm: first) }

    let freedom = moments.reduce(0) { $0 + max($1.count - 1, 0) }
    let squares = moments.reduce(0) { $0 + $1.sumOfSquares }
    let common = freedom > 0 ? squares / Double(freedom) : nil
    let variances = moments.map { one -> Double? in
      guard one.count > 0, let variance = variance == .pooled ? common : one.variance(of: 0)
      else { return nil }
      return Self.known(variance / Double(one.count), beside: one.mean)
    }
    return MarginalMeans(
      quantity: quantity,
      arms: arms.indices.map { index in
        let one = moments[index]
        let variance = one.variance(of: 0).flatMap { Self.known($0, beside: one.mean) }
        return MarginalMeans.ArmMean(
          arm: arms[index], count: one.count, mean: one.mean,
          standardDeviation: variance?.squareRoot(), events: events[index])
      },
      covariance: variances.indices.map { row in
        variances.indices.map { column in row == column ? variances[row] : 0 }
      },
      degreesOfFreedom: degreesOfFreedom(pooled: freedom),
      standardErrorType: standardErrorType,
      areSimpleAverages: true)
  }

  private func withinBlocks(
    _ blocks: [String], of response: Response, _ quantity: MarginalMeans.Quantity,
    in cells: [Cell: [VariableSet: Moments]], arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    let set = VariableSet([response.column])
    let moments = blocks.map { block in
      arms.map { cells[Cell(arm: $0, block: block)]?[set] ?? Moments(variables: 1) }
    }
    var events: [Int?] = []
    for (index, arm) in arms.enumerated() {
      let whole = moments.reduce(Moments(variables: 1)) { $0 + $1[index] }
      events.append(quantity == .rate ? try whole.events(inArm: arm) : nil)
    }
    return try BlockedMeans(blocks: moments, events: events, arms: arms).marginalMeans(quantity)
  }

  private func degreesOfFreedom(pooled: Int) -> MarginalMeans.DegreesOfFreedom {
    switch variance {
    case .welch: .welch
    case .pooled: .fixed(Double(pooled))
    case .z: .infinite
    }
  }

  private var standardErrorType: MarginalMeans.StandardErrorType {
    switch variance {
    case .welch: .welch
    case .pooled: .pooled
    case .z: .z
    }
  }

  /// Merged in the order of the blocks' keys: a dictionary's own order differs from run to run, and
  /// with it the last digits.
  private static func merged(
    _ cells: [Cell: [VariableSet: Moments]], over set: VariableSet
  ) -> Moments {
    cells
      .sorted {
        ($0.key.block ?? "", $0.key.cohort ?? "") < ($1.key.block ?? "", $1.key.cohort ?? "")
      }
      .compactMap { $0.value[set] }
      .filter { $0.means.count == 1 }
      .reduce(Moments(variables: 1), +)
  }

  /// A variance that can be trusted; nil when the squares overflowed or drowned below the smallest
  /// normal double (a zero beside a mean whose square drowns tells nothing).
  private static func known(_ variance: Double, beside mean: Double) -> Double? {
    if variance == 0 { return mean == 0 || abs(mean) > 0x1p-500 ? 0 : nil }
    return variance > 0 && variance.isNormal ? variance : nil
  }
}

extension Moments {
  fileprivate var mean: Double { means.first ?? 0 }
  fileprivate var sumOfSquares: Double { crossProducts.first ?? 0 }

  /// How many of the values are 1, when all are 0 or 1.
  ///
  /// Among n such values e = Σy is whole and Σ(y − ȳ)² = e(n − e)/n, that is Σy² = Σy. The tolerance
  /// is what running means may lose.
  fileprivate func events(inArm arm: String) throws(EstimationError) -> Int {
    let n = Double(count)
    let events = (mean * n).rounded()
    let squares = events * (n - events) / max(n, 1)
    let tolerance = min(max(1e-6, 1e-9 * n), 0.25)
    guard events >= 0, events <= n, abs(mean * n - events) <= tolerance,
      abs(sumOfSquares - squares) <= tolerance, let whole = Int(exactly: events)
    else { throw .notBinary(arm: arm) }
    return whole
  }
}
