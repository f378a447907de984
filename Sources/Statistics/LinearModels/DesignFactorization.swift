private import GSL

/// A design made ready: weighted, scaled, demeaned, freed of dependent columns and factored.
struct DesignFactorization {
  /// Orthonormal columns of √w·X, rows × rank, row by row.
  let q: [Double]
  /// Upper triangular, rank × rank, row by row, in scaled units.
  let r: [Double]
  /// Indices of the columns that are in the model.
  let kept: [Int]
  /// For each dropped column its coefficients on the kept ones, in scaled units.
  let dependencies: [(column: Int, coefficients: [Double])]
  /// The exponents that the columns were divided by.
  let exponents: [Int]
  /// √w, one a row.
  let roots: [Double]
  let absorption: BlockAbsorption?

  var rank: Int { kept.count }

  /// - Throws: ``EstimationError/noVariation`` when no column is left.
  init(_ design: LinearDesign) throws(EstimationError) {
    let rows = design.rows
    let roots =
      design.weights.map { PowerOfTwoScaled($0).values.map { $0.squareRoot() } }
      ?? Array(repeating: 1, count: rows)
    // Weights 300 orders of magnitude apart leave some that are nothing beside the others.
    guard roots.allSatisfy({ $0 > 0x1p-500 }) else { throw .numericalFailure }
    let absorption = design.blocks.map { BlockAbsorption($0, roots: roots) }
    var exponents: [Int] = []
    var columns: [[Double]] = []
    for column in design.columns {
      let scaled = PowerOfTwoScaled(column.values)
      exponents.append(scaled.exponent)
      var values = scaled.values
      if design.weights != nil { for row in 0..<rows { values[row] *= roots[row] } }
      absorption?.demean(&values)
      columns.append(values)
    }

    let all = try Self.factor(columns, rows: rows)
    let kept = Self.independentColumns(of: all.r, count: columns.count)
    guard !kept.isEmpty else { throw .noVariation }
    let factors =
      kept.count == columns.count ? all : try Self.factor(kept.map { columns[$0] }, rows: rows)
    let rank = kept.count
    // Rows of zeros may have been added to make the matrix tall.
    q = factors.q.count == rows * rank ? factors.q : Array(factors.q.prefix(rows * rank))
    r = factors.r
    self.kept = kept
    self.exponents = exponents
    self.roots = roots
    self.absorption = absorption
    let (q, r) = (q, r)
    dependencies = columns.indices.filter { !kept.contains($0) }.map { column in
      (
        column,
        solveUpper(r, transposedProduct(q, columns[column], columns: rank))
      )
    }
  }

  private static func factor(_ columns: [[Double]], rows: Int) throws(EstimationError) -> ThinQR {
    let width = columns.count
    let height = max(rows, width)
    var matrix = [Double](repeating: 0, count: height * width)
    for (j, column) in columns.enumerated() {
      for row in 0..<rows { matrix[row * width + j] = column[row] }
    }
    guard let factors = ThinQR(of: matrix, rows: height, columns: width) else {
      throw .numericalFailure
    }
    return factors
  }

  /// Walks the columns in their order, as `lm` does, and keeps those with a part of their own.
  ///
  /// R holds all the angles between the columns of X, so the walk costs nothing beside the
  /// factorisation. Gram–Schmidt, each projection done twice.
  private static func independentColumns(of r: [Double], count: Int) -> [Int] {
    var basis: [[Double]] = []
    var kept: [Int] = []
    for j in 0..<count {
      var rest = (0..<count).map { r[$0 * count + j] }
      let length = norm(rest)
      guard length > 0 else { continue }
      for _ in 0..<2 {
        for direction in basis {
          let share = dot(direction, rest)
          for i in rest.indices { rest[i] -= share * direction[i] }
        }
      }
      let left = norm(rest)
      guard left > RankTolerance.dependent * length else { continue }
      basis.append(rest.map { $0 / left })
      kept.append(j)
    }
    return kept
  }

  /// The unit vector w with c·β̂ = size·(w·Qᵀy), for a contrast c over the kept columns.
  ///
  /// w is R⁻ᵀc; its size is set apart so that contrasts of any unit keep their digits.
  func direction(of contrast: [Double]) -> (unit: [Double], size: Double, exponent: Int)? {
    // cⱼ in units of the scaled columns, with the largest power of two set apart.
    let used = contrast.indices.filter { contrast[$0] != 0 }
    let powers = used.map { Int(contrast[$0].exponent) - exponents[kept[$0]] }
    guard contrast.count == rank, contrast.allSatisfy(\.isFinite), let top = powers.max() else {
      return nil
    }
    var scaled = [Double](repeating: 0, count: rank)
    for j in used { scaled[j] = contrast[j].scaled(by: -exponents[kept[j]] - top) }
    let solved = solveUpperTransposed(r, scaled)
    let size = norm(solved)
    guard size > 0, size.isFinite else { return nil }
    return (solved.map { $0 / size }, size, top)
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in 0..<min(a.count, b.count) { sum += a[i] * b[i] }
  return sum
}

func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

/// Aᵀv for a row-by-row matrix with as many rows as v.
func transposedProduct(_ a: [Double], _ v: [Double], columns: Int) -> [Double] {
  var sums = [Double](repeating: 0, count: columns)
  var k = 0
  for value in v {
    for j in 0..<columns {
      sums[j] += a[k] * value
      k += 1
    }
  }
  return sums
}

/// x with Rx = b.
func solveUpper(_ r: [Double], _ b: [Double]) -> [Double] {
  let n = b.count
  var x = b
  for i in (0..<n).reversed() {
    for j in (i + 1)..<max(n, i + 1) { x[i] -= r[i * n + j] * x[j] }
    x[i] /= r[i * n + i]
  }
  return x
}

/// x with Rᵀx = b.
func solveUpperTransposed(_ r: [Double], _ b: [Double]) -> [Double] {
  let n = b.count
  var x = b
  for i in 0..<n {
    for j in 0..<i { x[i] -= r[j * n + i] * x[j] }
    x[i] /= r[i * n + i]
  }
  return x
}
