/// Compares plain averages: each arm's mean, with no adjustment for covariates or blocks.
///
/// Estimand: the average effect of assignment (ITT) under simple or complete randomisation of
/// individuals. x̄ₐ = Σy/nₐ; its variance is s²ₐ/nₐ (Welch, the default and the same number as HC2
/// without covariates), or s²/nₐ with one s² pooled over all arms on N − k degrees of freedom.
///
/// Not when units were drawn in clusters (the standard error would be too small), nor when arms'
/// shares differ between blocks (the means would be confounded with the blocks). Rows of several
/// blocks are put together as if there were none. `pooled` is wrong when variances differ and arms
/// do too; it is here to reproduce published t-tests.
///
/// In R: `t.test(y ~ arm)`; pooled: `t.test(y ~ arm, var.equal = TRUE)`, or `lm(y ~ arm)` for more
/// arms; `estimatr::difference_in_means`.
/// References: Welch (1947), doi:10.1093/biomet/34.1-2.28; Satterthwaite (1946), doi:10.2307/3002019.
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

  /// The moments of the response alone.
  public func request(for response: Response) -> MomentRequest {
    MomentRequest([VariableSet([response.column])])
  }

  /// The arms' averages over the given cells, which are of one cohort; blocks are merged.
  ///
  /// - Throws: ``EstimationError/notBinary(arm:)`` when a binary response is not made of 0 and 1;
  ///   ``EstimationError/noUnits(arm:)`` when no arm has a row.
  public func marginalMeans(
    of response: Response, in cells: [Cell: [VariableSet: Moments]], arms: [String]
  ) throws(EstimationError) -> MarginalMeans {
    let set = VariableSet([response.column])
    var moments: [Moments] = []
    var events: [Int?] = []
    for arm in arms {
      let merged = Self.merged(cells.filter { $0.key.arm == arm }, over: set)
      let count = response.kind == .binary ? try merged.events(inArm: arm) : nil
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
      kind: response.kind,
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
