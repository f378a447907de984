/// One arm's regression from its cross-products: the quick road where nothing is extreme.
///
/// With Z the covariates' distances from the centres and a column of ones after them, ZᵀZ is scaled to ones
/// on its diagonal and factored, LLᵀ (Cholesky); T = L⁻¹ turns rows of Z into rows of an orthonormal basis
/// whose last column is the direction of the arm's mean. Products square the condition number: where a
/// column has less than ``leastPivot`` of its own beside the earlier ones, or nearly everything is fitted,
/// there is none, and a QR factorisation of the rows has to answer.
struct ArmRegression {
  /// The smallest part of a column, squared, that the earlier ones may leave over.
  private static let leastPivot = 1e-5
  /// The smallest 1 − h of a row.
  private static let leastFreedom = 1e-3
  /// Sizes of columns whose squares neither overflow nor drown.
  private static let sizes = 1e-60...1e60

  /// What the arm's rows are read with a second time.
  let pass: LeveragePass
  /// How far the outcome varies about its centre, squared.
  private let total: Double

  /// Solves every arm's regression of the last column on those before it.
  ///
  /// - Returns: one an arm; nil where some arm's is ill-conditioned or extreme.
  static func regressions(
    _ products: ArmCrossProducts, armCount: Int, correction: LeveragePass.Correction
  ) -> [ArmRegression]? {
    guard products.sizes.allSatisfy(Self.sizes.contains) else { return nil }
    let found = (0..<armCount).compactMap { ArmRegression(products, arm: $0, correction) }
    return found.count == armCount ? found : nil
  }

  /// Whether rows say that the quick road was sound.
  func accepts(_ sums: LeverageSums) -> Bool {
    sums.leastFreedom > Self.leastFreedom && sums.squaredResiduals > 1e-10 * total
      && sums.variance.isNormal
  }

  /// The largest entry of T, squared: Σz² of the mean's direction, up to the variance of a unit.
  var design: Double {
    let last = pass.factor.last ?? 0
    return last * last
  }

  private init?(_ products: ArmCrossProducts, arm: Int, _ correction: LeveragePass.Correction) {
    let covariates = products.centres.count - 1
    let size = covariates + 1
    let count = products.count(ofArm: arm)
    guard count > size + 1 else { return nil }
    /// ZᵀZ, in which the column after the covariates is one of ones.
    func entry(_ i: Int, _ j: Int) -> Double {
      switch (i == covariates, j == covariates) {
      case (true, true): Double(count)
      case (true, false): products.sum(ofArm: arm, j)
      case (false, true): products.sum(ofArm: arm, i)
      case (false, false): products.product(ofArm: arm, i, j)
      }
    }
    let scales = (0..<size).map { entry($0, $0).squareRoot() }
    for (column, scale) in scales.dropLast().enumerated() {
      // A column that hardly varies beside its size has few digits left.
      guard scale > 1e-6 * products.sizes[column] else { return nil }
    }
    var lower = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        var rest = entry(i, j) / (scales[i] * scales[j])
        for k in 0..<j { rest -= lower[i * size + k] * lower[j * size + k] }
        if i == j {
          guard rest > Self.leastPivot else { return nil }
          lower[i * size + i] = rest.squareRoot()
        } else {
          lower[i * size + j] = rest / lower[j * size + j]
        }
      }
    }
    let inverse = Self.inverse(of: lower, size: size, scales: scales)
    // β = TᵀT·Zᵀy.
    let scores = (0..<covariates).map { products.product(ofArm: arm, $0, covariates) }
    let right = scores + [products.sum(ofArm: arm, covariates)]
    var turned = [Double](repeating: 0, count: size)
    var solved = turned
    for i in 0..<size {
      for j in 0...i { turned[i] += inverse[i * (i + 1) / 2 + j] * right[j] }
    }
    for i in 0..<size {
      for j in 0...i { solved[j] += inverse[i * (i + 1) / 2 + j] * turned[i] }
    }
    pass = LeveragePass(
      centres: Array(products.centres.dropLast()),
      intercept: solved[covariates] + products.centres[covariates],
      slopes: Array(solved.dropLast()), factor: inverse, correction: correction)
    total = products.product(ofArm: arm, covariates, covariates)
  }

  /// L⁻¹ with its columns over their scales, row by row.
  private static func inverse(of lower: [Double], size: Int, scales: [Double]) -> [Double] {
    var inverse: [Double] = []
    for i in 0..<size {
      for j in 0...i {
        var rest = i == j ? 1.0 : 0
        for k in j..<max(i, j) {
          rest -= lower[i * size + k] * inverse[k * (k + 1) / 2 + j] * scales[j]
        }
        inverse.append(rest / lower[i * size + i] / scales[j])
      }
    }
    return inverse
  }
}
