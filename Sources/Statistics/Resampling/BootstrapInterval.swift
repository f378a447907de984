import GSL

/// Intervals from bootstrap draws: their percentiles, or percentiles corrected for bias and skewness.
///
/// BCa: with z₀ = Φ⁻¹(share of draws below the estimate, ties by half) and the acceleration
/// a = ΣL³/(6(ΣL²)^{3/2}) from the influences L, the end at tail probability α is the draws' quantile at
///
///     Φ(z₀ + (z₀ + z_α)/(1 − a(z₀ + z_α))).
///
/// Percentile: z₀ = a = 0. Quantiles of R draws stand at ranks (R + 1)·α, between ranks on the scale of
/// normal deviates. Where a rank lies beyond the draws, the end is infinite: so few draws cannot say.
/// The p-value of a null value is the smallest error at which the interval leaves it out, in closed
/// form.
///
/// Not for the extremes of a sample, nor for a handful of units.
///
/// In R: `boot::boot.ci(type = c("perc", "bca"), t0 =, t =, L =)`.
/// Reference: Efron (1987), doi:10.1080/01621459.1987.10478410.
public struct BootstrapInterval: Evidence, Hashable {
  /// How percentiles are taken.
  public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    case percentile
    case bca
  }

  /// The value that means no effect.
  public let noEffect: Double
  /// The draws in rising order.
  public let draws: [Double]
  /// z₀.
  public let bias: Double
  /// a.
  public let acceleration: Double

  /// Makes the evidence.
  ///
  /// - Parameters:
  ///   - estimate: the estimate from the data themselves.
  ///   - draws: the estimates from re-sampled data.
  ///   - influences: how much each unit moves the estimate, up to a common factor; none for
  ///     percentiles.
  ///   - noEffect: the value that means no effect.
  /// - Throws: ``EstimationError/undefined`` for fewer than two draws or a number that is not finite;
  ///   ``EstimationError/noVariation`` where all draws are alike or all lie on one side.
  public init(
    estimate: Double, draws: [Double], influences: [Double]? = nil, noEffect: Double = 0
  ) throws(EstimationError) {
    guard estimate.isFinite, draws.count > 1, draws.allSatisfy(\.isFinite),
      influences?.allSatisfy(\.isFinite) ?? true
    else { throw .undefined }
    self.noEffect = noEffect
    self.draws = draws.sorted()
    guard self.draws.first != self.draws.last else { throw .noVariation }
    guard let influences else {
      bias = 0
      acceleration = 0
      return
    }
    let below = Double(draws.count { $0 < estimate }) + Double(draws.count { $0 == estimate }) / 2
    guard let bias = Normal.upperQuantile(1 - below / Double(draws.count)) else {
      throw .noVariation
    }
    self.bias = bias
    let size = influences.reduce(0) { max($0, abs($1)) }
    guard size > 0 else { throw .noVariation }
    let scaled = influences.map { $0 / size }
    let squares = scaled.reduce(0) { $0 + $1 * $1 }
    acceleration = scaled.reduce(0) { $0 + $1 * $1 * $1 } / (6 * squares * squares.squareRoot())
  }

  /// The values between the corrected percentiles.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let z = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    let lower = try quantile(at: corrected(-z))
    let upper = try quantile(at: corrected(z))
    return .between(lower: lower ?? -.infinity, upper: upper ?? .infinity)
  }

  /// The smallest error at which the interval leaves `null` out.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    guard !null.isNaN else { throw .undefined }
    let shift = deviate(of: null) - bias
    let z = shift / (1 + acceleration * shift) - bias
    guard 1 + acceleration * shift > 0, let tail = Normal.upperTail(abs(z)) else { return 0 }
    return min(1, 2 * tail)
  }

  /// The corrected normal deviate of a percentile.
  private func corrected(_ z: Double) throws(EstimationError) -> Double {
    let moved = bias + z
    guard 1 - acceleration * moved > 0 else { return moved > 0 ? .infinity : -.infinity }
    return bias + moved / (1 - acceleration * moved)
  }

  /// The draws' quantile at a normal deviate; nil beyond the draws.
  private func quantile(at deviate: Double) throws(EstimationError) -> Double? {
    guard let share = Normal.lowerTail(deviate) else { throw .numericalFailure }
    let rank = share * Double(draws.count + 1)
    let k = Int(rank.rounded(.down))
    guard k >= 1, k <= draws.count else { return nil }
    guard k < draws.count else { return rank == Double(k) ? draws[k - 1] : nil }
    let (low, high) = (rankDeviate(k), rankDeviate(k + 1))
    return draws[k - 1] + (deviate - low) / (high - low) * (draws[k] - draws[k - 1])
  }

  /// The normal deviate at which a value stands among the draws: the quantile's inverse. Beyond the
  /// draws it is just further out than the outermost.
  private func deviate(of value: Double) -> Double {
    guard value >= draws[0] else { return rankDeviate(1) - 1e-9 }
    guard value <= draws[draws.count - 1] else { return rankDeviate(draws.count) + 1e-9 }
    // The last draw that is not above the value, and the first that is not below.
    let above = draws.partitioningIndex { $0 > value }
    let below = draws.partitioningIndex { $0 >= value }
    if below < above {
      // On a draw, or on several that are alike: the middle of their ranks.
      return (rankDeviate(below + 1) + rankDeviate(above)) / 2
    }
    let (low, high) = (rankDeviate(above), rankDeviate(above + 1))
    let span = draws[above] - draws[above - 1]
    return low + (value - draws[above - 1]) / span * (high - low)
  }

  private func rankDeviate(_ rank: Int) -> Double {
    -(Normal.upperQuantile(Double(rank) / Double(draws.count + 1)) ?? .nan)
  }
}

extension [Double] {
  /// The first index whose element satisfies a condition that holds for all after it.
  fileprivate func partitioningIndex(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
