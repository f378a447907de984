import GSL

/// The distribution of the largest |T| of several t statistics with one common denominator.
///
/// Comparisons of several independent arms with one control have correlations that are products,
/// ρᵢⱼ = λᵢλⱼ. Given the common parts z and s the statistics are then independent, so
///
///     P(max |Tᵢ| > c) = ∫∫ {1 − Πᵢ [1 − qᵢ(z, s)]} φ(z) h(s) dz ds,
///     qᵢ = P(|√(1 − λᵢ²)Z + λᵢz| > cs),
///
/// by trapezoidal rules in z and log s, which converge geometrically. Every term is positive: small
/// tails keep their digits. Correlations that are no products, such as those of means adjusted for
/// covariates, go over a fixed lattice in place of z (Genz 1992): tails below 0.15 to
/// about 10⁻⁵, larger ones to 10⁻⁴.
///
/// In R: `mvtnorm::pmvt`, `qmvt(tail = "both.tails")`.
/// Reference: Dunnett (1955), doi:10.1080/01621459.1955.10501294.
public struct MaximumT: Hashable, Sendable {
  /// λᵢ, from −1 to 1; nil where the correlations are no products.
  public let loadings: [Double]?
  /// How many statistics there are.
  public let count: Int
  /// Degrees of freedom of the common variance; nil is the normal distribution.
  public let degreesOfFreedom: Double?
  private let general: CorrelatedNormals?

  /// Makes the distribution.
  ///
  /// - Throws: ``EstimationError/undefined`` without statistics, for loadings that are not from −1 to
  ///   1 or degrees of freedom that are not positive.
  public init(loadings: [Double], degreesOfFreedom: Double?) throws(EstimationError) {
    guard !loadings.isEmpty, loadings.allSatisfy({ abs($0) <= 1 }) else { throw .undefined }
    try self.init(loadings, loadings.count, degreesOfFreedom, nil)
  }

  /// Makes the distribution of a correlation matrix.
  ///
  /// - Parameters:
  ///   - correlations: k × k, symmetric with ones on the diagonal.
  ///   - degreesOfFreedom: those of the common variance; nil is the normal distribution.
  /// - Throws: ``EstimationError/undefined`` where this is no correlation matrix, or one of more than
  ///   20 statistics that is no product.
  public init(
    correlations: [[Double]], degreesOfFreedom: Double?
  ) throws(EstimationError) {
    if let loadings = Self.loadings(of: correlations) {
      try self.init(loadings: loadings, degreesOfFreedom: degreesOfFreedom)
    } else {
      guard let general = CorrelatedNormals(correlations) else { throw .undefined }
      try self.init(nil, general.count, degreesOfFreedom, general)
    }
  }

  private init(
    _ loadings: [Double]?, _ count: Int, _ degreesOfFreedom: Double?, _ general: CorrelatedNormals?
  ) throws(EstimationError) {
    if let degreesOfFreedom, !(degreesOfFreedom > 0 && degreesOfFreedom.isFinite) {
      throw .undefined
    }
    self.loadings = loadings
    self.count = count
    self.degreesOfFreedom = degreesOfFreedom
    self.general = general
  }

  /// P(max |Tᵢ| > `value`): the single-step adjusted p-value of a statistic of this size.
  public func upperTail(_ value: Double) throws(EstimationError) -> Double {
    guard !value.isNaN else { throw .undefined }
    guard value > 0 else { return 1 }
    guard value.isFinite else { return 0 }
    guard let degreesOfFreedom else { return try tail(beyond: value) }
    // u = log s, as in the noncentral t: the density of u is proportional to exp(ν(u − (e²ᵘ − 1)/2)).
    let v = degreesOfFreedom
    let near = (80 / v).squareRoot()
    let left = near < 0.75 ? -near : -40 / v - 0.5
    let right = (40 / v).squareRoot()
    let slope = min(value * Elementary.exponential(right), 12)
    let fine = (right - left) * (4 + 1.5 * (2 * v + slope * slope).squareRoot())
    // A lattice of 10⁻⁵ needs no more than half of the digits here.
    let steps = max((general == nil ? fine : fine / 1.5).rounded(.up), 24)
    guard steps < 1e5 else { throw .undefined }
    let step = (right - left) / steps
    var sum = 0.0
    var mass = 0.0
    for k in 0...Int(steps) {
      let u = left + Double(k) * step
      let weight = Elementary.exponential(v * (u - Elementary.exponentialMinusOne(2 * u) / 2))
      sum += weight * (try tail(beyond: value * Elementary.exponential(u)))
      mass += weight
    }
    return min(sum / mass, 1)
  }

  /// The value that max |Tᵢ| exceeds with probability 1 − `level`.
  public func criticalValue(level: Double) throws(EstimationError) -> Double {
    guard level > 0, level < 1 else { throw .undefined }
    let pivot = PivotDistribution(degreesOfFreedom: degreesOfFreedom)
    // Between one comparison and Bonferroni.
    let lower = try pivot.criticalValue(level: level)
    let upper = try pivot.criticalValue(level: 1 - (1 - level) / Double(count))
    let value = crossing(
      of: { ((try? self.upperTail($0)) ?? .nan) - (1 - level) }, from: lower, to: upper)
    guard let value, value.isFinite else { throw .numericalFailure }
    return value
  }

  /// P(max |Xᵢ| > c) for standard normal Xᵢ.
  private func tail(beyond c: Double) throws(EstimationError) -> Double {
    guard let loadings else {
      guard let found = general?.tail(beyond: c) else { throw .numericalFailure }
      return found
    }
    let steepest = loadings.reduce(0) { max($0, abs($1)) }
    func notWithin(_ z: Double) -> Double {
      var none = 0.0
      for loading in loadings {
        let spread = max((1 - loading) * (1 + loading), 1e-24).squareRoot()
        let centre = abs(loading) * z
        let above = Normal.upperTail((c - centre) / spread) ?? .nan
        let below = Normal.upperTail((c + centre) / spread) ?? .nan
        none += Elementary.logarithmOfOnePlus(-min(above + below, 1))
      }
      return Elementary.exponential(-z * z / 2) * -Elementary.exponentialMinusOne(none)
    }
    // Around 0 and, for a small tail, around λc; the integrand is even.
    let reach = min(9 + steepest * c, 38)
    let mass = (Double.pi / 2).squareRoot()
    var sum = 0.0
    if steepest < 0.9 {
      let step = 0.2
      for k in 1...Int(reach / step) { sum += notWithin(Double(k) * step) }
      sum = (sum + notWithin(0) / 2) * step
    } else {
      // Nearly equal statistics make a step at c/λ.
      let steps = loadings.filter { $0 != 0 }.flatMap { loading in
        let width = max((1 - loading) * (1 + loading), 1e-24).squareRoot() / abs(loading)
        return [-8, -2, 0, 2, 8].map { c / abs(loading) + $0 * width }
      }
      let cuts = [0] + (steps + [1, 2, 4]).filter { $0 > 0 && $0 < reach }.sorted() + [reach]
      guard let found = integral(between: cuts, tolerance: 1e-13, of: notWithin) else {
        throw .numericalFailure
      }
      sum = found
    }
    guard !sum.isNaN else { throw .numericalFailure }
    return min(sum / mass, 1)
  }

  private static func loadings(of correlations: [[Double]]) -> [Double]? {
    let count = correlations.count
    guard count > 0,
      correlations.allSatisfy({ $0.count == count && $0.allSatisfy { abs($0) <= 1 + 1e-9 } })
    else { return nil }
    var found = Array(repeating: 0.0, count: count)
    if count == 2 {
      let correlation = max(-1, min(1, correlations[0][1]))
      let size = abs(correlation).squareRoot()
      found = [size, correlation < 0 ? -size : size]
    } else if count > 2 {
      for i in 0..<count {
        // λᵢ² = ρᵢⱼρᵢₗ/ρⱼₗ, by the pair whose own correlation is the largest.
        var best = (own: 0.0, square: 0.0)
        for j in 0..<count where j != i {
          for l in 0..<j where l != i && abs(correlations[j][l]) > best.own {
            best = (
              abs(correlations[j][l]),
              correlations[i][j] * correlations[i][l] / correlations[j][l]
            )
          }
        }
        guard best.square >= -1e-9, best.square <= 1 + 1e-9 else { return nil }
        found[i] = min(max(best.square, 0), 1).squareRoot()
      }
      // Signs follow the statistic with the largest loading.
      guard let anchor = found.indices.max(by: { found[$0] < found[$1] }) else { return nil }
      for i in 0..<count where i != anchor && correlations[anchor][i] < 0 { found[i].negate() }
    }
    for i in 0..<count {
      for j in 0..<i where abs(found[i] * found[j] - correlations[i][j]) > 1e-8 { return nil }
    }
    return found
  }
}
