/// Least squares of an outcome on the columns of a design.
///
/// Estimand: the coefficients β of the best linear prediction, β̂ = (XᵀWX)⁻¹XᵀWy, by Householder QR
/// of √W·X with every column scaled by a power of two. A column that depends on earlier ones is
/// left out and named, as `lm` does. In a randomised trial the coefficient of an arm is its effect
/// when the model is saturated in arms; with covariates prefer ``LinAdjustment``.
///
/// Not for a binary outcome's ratio scales, nor when effects of covariates are themselves of
/// interest. Memory is rows × columns.
///
/// In R: `lm(y ~ x, weights = w)`, `hatvalues`; with absorbed blocks `estimatr::lm_robust(y ~ x,
/// fixed_effects = ~block)`.
public struct LinearModel: Sendable {
  /// One column's coefficient.
  public struct Coefficient: Hashable, Sendable {
    /// The column's name.
    public let name: String
    /// The estimate; nil for a column that was left out.
    public let value: Double?
  }

  /// One a column of the design, in its order.
  public let coefficients: [Coefficient]
  /// y − fitted, one a row, in the outcome's unit.
  public let residuals: [Double]
  /// The diagonal of the hat matrix, absorbed blocks included, one a row: between 0 and 1.
  public let leverages: [Double]
  /// Rows.
  public let rows: Int
  /// Independent columns, absorbed blocks included.
  public let rank: Int
  /// n − k.
  public var residualDegreesOfFreedom: Int { rows - rank }
  /// The columns that depend on earlier ones (or on absorbed blocks) and were left out.
  public var droppedColumns: [String] { coefficients.filter { $0.value == nil }.map(\.name) }

  let factors: DesignFactorization
  let isWeighted: Bool
  /// Qᵀ√w·y in scaled units.
  let scores: [Double]
  /// √w·(y − fitted) in scaled units.
  let scaledResiduals: [Double]
  let outcomeExponent: Int

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - outcome: one finite value a row of the design.
  ///   - design: the columns.
  /// - Throws: ``EstimationError/undefined`` when the outcome has another length or a value that is
  ///   not finite; ``EstimationError/noVariation`` when every column is zero, or constant within
  ///   absorbed blocks; ``EstimationError/numericalFailure`` when a coefficient overflows or
  ///   weights are 300 orders of magnitude apart.
  public init(_ outcome: [Double], on design: LinearDesign) throws(EstimationError) {
    guard outcome.count == design.rows, outcome.allSatisfy(\.isFinite) else { throw .undefined }
    let factors = try DesignFactorization(design)
    let scaled = PowerOfTwoScaled(outcome)
    var y = scaled.values
    for row in y.indices { y[row] *= factors.roots[row] }
    let length = norm(y)
    factors.absorption?.demean(&y)

    // The second pass takes out what rounding left of the fit in the residuals.
    var scores = [Double](repeating: 0, count: factors.rank)
    for _ in 0..<2 {
      let share = transposedProduct(factors.q, y, columns: factors.rank)
      for j in scores.indices { scores[j] += share[j] }
      Self.subtract(share, times: factors.q, from: &y)
    }
    // A perfect fit leaves rounding noise, which is no evidence of variation.
    if norm(y) <= 100 * Double.ulpOfOne * length { y = y.map { _ in 0 } }

    let solved = solveUpper(factors.r, scores)
    var values = [Double?](repeating: nil, count: design.columns.count)
    for (j, column) in factors.kept.enumerated() {
      let value = solved[j].scaled(by: scaled.exponent - factors.exponents[column])
      guard value.isFinite else { throw .numericalFailure }
      values[column] = value
    }
    coefficients = zip(design.columns, values).map { Coefficient(name: $0.name, value: $1) }
    residuals = y.indices.map { (y[$0] / factors.roots[$0]).scaled(by: scaled.exponent) }
    leverages = factors.leverages
    rows = design.rows
    rank = factors.rank + (design.blocks?.count ?? 0)
    isWeighted = design.weights != nil
    self.scores = scores
    scaledResiduals = y
    outcomeExponent = scaled.exponent
    self.factors = factors
  }

  private static func subtract(_ share: [Double], times q: [Double], from y: inout [Double]) {
    var k = 0
    for row in y.indices {
      var fitted = 0.0
      for j in share.indices {
        fitted += q[k] * share[j]
        k += 1
      }
      y[row] -= fitted
    }
  }
}

extension DesignFactorization {
  fileprivate var leverages: [Double] {
    (0..<roots.count).map { row in
      var sum = 0.0
      for k in (row * rank)..<((row + 1) * rank) { sum += q[k] * q[k] }
      if let loading = absorption?.loadings[row] { sum += loading * loading }
      return min(sum, 1)
    }
  }
}
