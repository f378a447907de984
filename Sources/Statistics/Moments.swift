/// The count, means and centred cross-products of one or more variables over a set of rows.
///
/// Centred sums keep their digits where sums of squares lose them: a mean of 10⁹ with a standard
/// deviation of 1 keeps more than ten, because each mean carries what rounding took from it. Two sets
/// of rows merge exactly (up to rounding) by
///
///     n = nₗ + nᵣ,  δ = x̄ᵣ − x̄ₗ,  x̄ = x̄ₗ + δ·nᵣ/n,  C = Cₗ + Cᵣ + δδᵀ·nₗ·nᵣ/n
///
/// so that chunks, cores, files and databases can each contribute their own part.
///
/// Reference: Chan, Golub & LeVeque (1983), doi:10.1080/00031305.1983.10483115.
public struct Moments: Hashable, Sendable {
  /// How many rows contributed (all variables present).
  public private(set) var count: Int
  /// The mean of each variable; zeros when `count` is 0.
  public private(set) var means: [Double]
  /// What rounding took from each mean: the deviations below are from mean + residual.
  private var residuals: [Double]
  /// The lower triangle, row by row, of Σ(x − x̄)(x − x̄)ᵀ.
  public private(set) var crossProducts: [Double]

  /// The moments of no rows at all.
  public init(variables: Int) {
    count = 0
    means = Array(repeating: 0, count: variables)
    residuals = means
    crossProducts = Array(repeating: 0, count: variables * (variables + 1) / 2)
  }

  /// Moments that somebody else computed, such as a database.
  ///
  /// `crossProducts` is the lower triangle row by row, p(p+1)/2 values for p means. The result is nil
  /// when the shapes disagree, the count is negative or above 2⁵³ (where doubles stop counting), a
  /// value is not finite, or a sum of squares is negative.
  public init?(count: Int, means: [Double], crossProducts: [Double]) {
    guard (0...(1 << 53)).contains(count),
      crossProducts.count == means.count * (means.count + 1) / 2,
      means.allSatisfy(\.isFinite), crossProducts.allSatisfy(\.isFinite),
      means.indices.allSatisfy({ crossProducts[$0 * ($0 + 3) / 2] >= 0 })
    else { return nil }
    self.count = count
    self.means = means
    residuals = means.map { _ in 0 }
    self.crossProducts = crossProducts
  }

  /// The moments of one 0/1 variable with `events` ones among `count` rows, exactly rounded.
  public init(events: Int, of count: Int) {
    let n = Double(count)
    let x = Double(events)
    self.count = count
    means = [count == 0 ? 0 : x / n]
    residuals = [0]
    crossProducts = [count == 0 ? 0 : x * (n - x) / n]
  }

  /// Adds one row (Welford's update).
  ///
  /// - Parameter row: one value a variable, in the order of `means`.
  public mutating func add(_ row: [Double]) {
    count += 1
    let n = Double(count)
    var k = 0
    for i in means.indices {
      let before = (row[i] - means[i]) - residuals[i]
      moveMean(of: i, by: before / n)
      for j in 0...i {
        // The means up to i are already the new ones: C grows by exactly δᵢ(before)·δⱼ(after),
        // which is symmetric in i and j because δ(after) = δ(before)·(n − 1)/n for both.
        crossProducts[k] += before * ((row[j] - means[j]) - residuals[j])
        k += 1
      }
    }
  }

  /// Adds one row of a single variable: the same, without an array.
  mutating func add(_ value: Double) {
    guard means.count == 1 else { return add([value]) }
    count += 1
    let before = (value - means[0]) - residuals[0]
    moveMean(of: 0, by: before / Double(count))
    crossProducts[0] += before * ((value - means[0]) - residuals[0])
  }

  /// Adds to a mean, keeping the rounding error (Knuth's two-sum).
  private mutating func moveMean(of i: Int, by step: Double) {
    let small = residuals[i] + step
    let sum = means[i] + small
    let added = sum - means[i]
    residuals[i] = (means[i] - (sum - added)) + (small - added)
    means[i] = sum
  }

  /// The mean of the first variable with what rounding took from it, and the squares around both.
  var first: (mean: Double, residual: Double, squares: Double) {
    (means.first ?? 0, residuals.first ?? 0, crossProducts.first ?? 0)
  }

  /// How far the mean of variable `i` lies above another's.
  private func shift(of i: Int, from other: Moments) -> Double {
    (means[i] - other.means[i]) + (residuals[i] - other.residuals[i])
  }

  /// Merges two disjoint sets of rows of the same variables.
  public static func + (left: Moments, right: Moments) -> Moments {
    guard left.count > 0 else { return right }
    guard right.count > 0 else { return left }
    var sum = left
    sum.count = left.count + right.count
    let n = Double(sum.count)
    let weight = Double(left.count) * (Double(right.count) / n)
    var k = 0
    for i in left.means.indices {
      let shift = right.shift(of: i, from: left)
      sum.moveMean(of: i, by: shift * (Double(right.count) / n))
      for j in 0...i {
        sum.crossProducts[k] +=
          right.crossProducts[k] + shift * right.shift(of: j, from: left) * weight
        k += 1
      }
    }
    return sum
  }

  /// The sample variance of variable `i`, with divisor n − 1; nil for fewer than two rows.
  public func variance(of i: Int) -> Double? {
    covariance(of: i, and: i)
  }

  /// The sample covariance of variables `i` and `j`, with divisor n − 1; nil for fewer than two rows.
  public func covariance(of i: Int, and j: Int) -> Double? {
    guard count > 1 else { return nil }
    let (row, column) = i >= j ? (i, j) : (j, i)
    return crossProducts[row * (row + 1) / 2 + column] / Double(count - 1)
  }
}
