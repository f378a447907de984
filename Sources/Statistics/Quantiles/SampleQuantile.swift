import GSL

/// A quantile of a sample with its distribution-free 95 % interval.
///
/// The value interpolates linearly between order statistics at (n − 1)p (R's type 7). The interval's
/// ends are order statistics y₍ₗ₎ and y₍ᵤ₎: with K ~ Binomial(n, p) the number of values below the true
/// quantile, P(l ≤ K < u) ≥ 0.95 with at most 2.5 % on either side.
///
/// In R: `quantile(y, p)`; the ranks are `qbinom(0.025, n, p)` and `qbinom(0.975, n, p) + 1`.
public struct SampleQuantile: Hashable, Sendable {
  /// z of a two-sided 95 % interval.
  static let normalQuantile = 1.959963984540054

  /// The quantile.
  public let value: Double
  /// The lower end of its interval.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// Sorts the values; nil where no ranks reach 95 %, a value is not finite or `level` is not between
  /// 0 and 1.
  public init?(_ values: [Double], level: Double) {
    guard level > 0, level < 1, values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    let sorted = values.sorted()
    let count = sorted.count
    guard let low = Self.rank(0.025, count, level), let high = Self.rank(0.975, count, level),
      low >= 1, high + 1 <= count
    else { return nil }
    lower = sorted[low - 1]
    upper = sorted[high]
    let place = Double(count - 1) * level
    let below = Int(place)
    let above = min(below + 1, count - 1)
    let share = place - Double(below)
    value = (1 - share) * sorted[below] + share * sorted[above]
  }

  /// The smallest k with P(K ≤ k) ≥ `probability`.
  private static func rank(_ probability: Double, _ count: Int, _ level: Double) -> Int? {
    guard let binomial = Binomial(trials: count, probability: level) else { return nil }
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      guard let reached = binomial.lowerTail(middle) else { return nil }
      if reached >= probability { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
