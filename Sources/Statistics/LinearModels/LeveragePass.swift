/// What a second reading of the rows computes for one regression that was fitted from moments.
///
/// With x₁ … x_k the covariates of a row, their distances zⱼ = xⱼ − cⱼ from the centres and a one after
/// them, z = (z₁, …, z_k, 1), and a lower triangle T of k + 1 rows,
///
///     q = T z,   h = Σᵢ qᵢ²,   s = the last of q,   e = y − a − Σⱼ bⱼ zⱼ,
///
/// h is the row's leverage, s its share in the direction of the arm's mean (Σs² = 1), e its residual.
public struct LeveragePass: Hashable, Sendable {
  /// How a squared residual is divided by 1 − h.
  public enum Correction: Int, Hashable, Sendable {
    /// HC0: not at all.
    case none = 0
    /// HC2: once.
    case once = 1
    /// HC3: twice.
    case twice = 2
  }

  /// cⱼ, one a covariate.
  public var centres: [Double]
  /// a: the mean of the outcome where every covariate is at its centre.
  public var intercept: Double
  /// bⱼ, one a covariate.
  public var slopes: [Double]
  /// The lower triangle of T, row by row: (k + 1)(k + 2)/2 values.
  public var factor: [Double]
  /// The exponent of 1 − h.
  public var correction: Correction

  /// Makes a pass.
  public init(
    centres: [Double], intercept: Double, slopes: [Double], factor: [Double],
    correction: Correction
  ) {
    self.centres = centres
    self.intercept = intercept
    self.slopes = slopes
    self.factor = factor
    self.correction = correction
  }
}

/// What the rows of one regression add up to in its second reading.
public struct LeverageSums: Hashable, Sendable {
  /// How many rows there were.
  public var count: Int
  /// The smallest 1 − h; 1 where there are no rows.
  public var leastFreedom: Double
  /// Σe².
  public var squaredResiduals: Double
  /// Σ s²e²/(1 − h)ᶜ, c the correction.
  public var variance: Double
  /// Σ s⁴(1 − w²), w = h/(1 − h): what a row adds to the Bell–McCaffrey sum by itself.
  public var diagonal: Double
  /// The lower triangle, row by row, of Σ s²/(1 − h)·q qᵀ: (k + 1)(k + 2)/2 values.
  public var products: [Double]

  /// Makes sums; those of no rows by default.
  public init(
    count: Int = 0, leastFreedom: Double = 1, squaredResiduals: Double = 0, variance: Double = 0,
    diagonal: Double = 0, products: [Double]
  ) {
    self.count = count
    self.leastFreedom = leastFreedom
    self.squaredResiduals = squaredResiduals
    self.variance = variance
    self.diagonal = diagonal
    self.products = products
  }

  /// Adds other rows of the same regression.
  public static func + (left: LeverageSums, right: LeverageSums) -> LeverageSums {
    LeverageSums(
      count: left.count + right.count,
      leastFreedom: min(left.leastFreedom, right.leastFreedom),
      squaredResiduals: left.squaredResiduals + right.squaredResiduals,
      variance: left.variance + right.variance, diagonal: left.diagonal + right.diagonal,
      products: zip(left.products, right.products).map(+))
  }
}
