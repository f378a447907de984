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
/// form; it is at least 1/(R + 1), and at smaller errors the interval holds everything.
///
/// Draws that differ by less than 10⁻¹⁰ of their range differ by rounding and are made equal, so that
/// the ties of counts are ties.
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
    self.draws = Self.settled(draws.sorted(), at: [estimate, noEffect])
    guard self.draws.first != self.draws.last else { throw .noVariation }
    guard let influences else {
      bias = 0
      acceleration = 0
      return
    }
    let below = Double(self.draws.partitioningIndex { $0 >= estimate })
    let upTo = Double(self.draws.partitioningIndex { $0 > estimate })
    guard let bias = Normal.upperQuantile(1 - (below + upTo) / 2 / Double(draws.count)) else {
      throw .noVariation
    }
    self.bias = bias
    let size = influences.reduce(0) { max($0, abs($1)) }
    guard size > 0 else { throw .noVariation }
    let scaled = influences.map { $0 / size }
    let squares = scaled.reduce(0) { $0 + $1 * $1 }
    acceleration = scaled.reduce(0) { $0 + $1 * $1 * $1 } / (6 * squares * squares.squareRoot())
  }

  /// Makes draws equal that differ by rounding, and equal to a landmark that they are as near to.
  private static func settled(_ sorted: [Double], at landmarks: [Double]) -> [Double] {
    guard let first = sorted.first, let last = sorted.last else { return sorted }
    let tolerance = last * 1e-10 - first * 1e-10
    var settled = sorted
    var start = first
    for index in settled.indices {
      if settled[index] - start > tolerance { start = settled[index] }
      settled[index] = start
    }
    for landmark in landmarks {
      for index in settled.indices where abs(settled[index] - landmark) <= tolerance {
        settled[index] = landmark
      }
    }
    return settled.sorted()
  }

  /// The least p-value that so many draws can show.
  private var resolution: Double { 1 / Double(draws.count + 1) }

  /// The values between the corrected percentiles.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1, let z = Normal.upperQuantile((1 - level) / 2) else {
      throw .undefined
    }
    guard 1 - level > resolution else { return .between(lower: -.infinity, upper: .infinity) }
    let lower = try quantile(at: corrected(-z))
    let upper = try quantile(at: corrected(z))
    return .between(lower: lower ?? -.infinity, upper: upper ?? .infinity)
  }

  /// The smallest error at which the interval leaves `null` out.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    guard !null.isNaN else { throw .undefined }
    let (first, last) = deviates(of: null)
    // The lower end is above all that equals the null, or the upper end below it.
    let left = try tail(of: last, direction: 1)
    let right = try tail(of: first, direction: -1)
    return min(1, max(2 * min(left, right), resolution))
  }

  /// The error on one side at which the interval's end comes to stand at a deviate: the inverse of
  /// ``corrected(_:)``, Φ(z) for the lower end and Φ(−z) for the upper.
  private func tail(of deviate: Double, direction: Double) throws(EstimationError) -> Double {
    let shift = deviate - bias
    let rest = 1 + acceleration * shift
    // A deviate that no error reaches: the end is always beyond it, or never.
    guard rest > 0 else { return direction * shift < 0 ? 0 : 1 }
    guard let tail = Normal.lowerTail(direction * (shift / rest - bias)) else {
      throw .numericalFailure
    }
    return tail
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

  /// The first and the last normal deviate whose quantile is a value: the quantile's inverse, which is
  /// a stretch where draws are alike. Beyond the draws it is just further out than the outermost.
  private func deviates(of value: Double) -> (first: Double, last: Double) {
    guard value >= draws[0] else {
      let outside = rankDeviate(1) - 1e-9
      return (outside, outside)
    }
    guard value <= draws[draws.count - 1] else {
      let outside = rankDeviate(draws.count) + 1e-9
      return (outside, outside)
    }
    let below = draws.partitioningIndex { $0 >= value }
    let above = draws.partitioningIndex { $0 > value }
    if below < above { return (rankDeviate(below + 1), rankDeviate(above)) }
    let (low, high) = (rankDeviate(above), rankDeviate(above + 1))
    let span = draws[above] - draws[above - 1]
    let between = low + (value - draws[above - 1]) / span * (high - low)
    return (between, between)
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
