/// A regression reduced to what reweighting its clusters' residuals needs.
///
/// With M the projection off the other columns, d̃ = Md, Q an orthonormal basis of those columns and
/// e = M(y − β̂d), the residuals under the null are u = e − δd̃ with δ = θ − β̂. A draw with cluster
/// weights w has
///
///     β* − θ = Σ_g w_g s_g/D,                          s_g = d̃_gᵀu_g,  D = d̃ᵀd̃,
///     SE*² = c·Σ_g r_g²/D²,                            D_g = d̃_gᵀd̃_g,
///     r_g = w_g s_g − d̃_gᵀQ_g·Σ_h w_h Q_hᵀu_h − (β* − θ)D_g.
///
/// Everything under the sums is linear in δ, so that five sums of a draw hold its t* for every θ. The
/// outcome is scaled by a power of two first, and u by the larger of 1 and δ: t* has no unit.
///
/// Reference: Roodman, MacKinnon, Nielsen & Webb (2019), doi:10.1177/1536867X19830877.
struct WildClusterModel {
  /// One draw: x·(the sums of e) − y·(the sums of d̃) is what it says at a ``Place``.
  struct Draw {
    /// Σ w_g d̃_gᵀe_g and Σ w_g D_g.
    let shift: (residual: Double, effect: Double)
    /// Σ r_g², from e alone, from both, and from d̃ alone.
    let squares: (residual: Double, cross: Double, effect: Double)

    /// t*·√c.
    func statistic(at place: Place) -> Double {
      let (x, y) = (place.residual, place.effect)
      let moved = x * shift.residual - y * shift.effect
      let own = x * x * squares.residual
      let imposed = y * y * squares.effect
      let sum = own - 2 * x * y * squares.cross + imposed
      // What rounding leaves of a perfect fit is no yardstick.
      if sum > 1e-13 * (own + imposed) { return moved / sum.squareRoot() }
      let size = abs(x * shift.residual) + abs(y * shift.effect)
      return abs(moved) <= 1e-13 * size ? 0 : moved > 0 ? .infinity : -.infinity
    }
  }

  /// A null value, as the direction of u = x·e − y·d̃.
  struct Place {
    let residual: Double
    let effect: Double

    /// From δ, which may be beyond what a double holds.
    fileprivate init(_ delta: Double) {
      residual = 1 / max(1, abs(delta))
      effect = delta.isFinite ? delta * residual : delta > 0 ? 1 : -1
    }
  }

  /// The coefficient.
  let coefficient: Double
  /// Clusters of the two arms; pairs of them, where those were drawn.
  var clusterCount: Int { own.count }

  private let scaledCoefficient: Double
  private let exponent: Int
  private let rank: Int
  /// D_g and d̃_gᵀe_g, one a cluster.
  private let own: [Double]
  private let scores: [Double]
  /// Q_gᵀd̃_g and Q_gᵀe_g, clusters × rank.
  private let effectLoadings: [Double]
  private let residualLoadings: [Double]
  private let whole: Double
  private let factor: Double

  /// Fits the regression.
  ///
  /// - Throws: as ``WildClusterBootstrap``.
  init(
    _ contrast: Contrast, in units: UnitSample, covariates: [LinearDesign.Column]
  ) throws(EstimationError) {
    guard let arm = units.arms.firstIndex(of: contrast.arm),
      let control = units.arms.firstIndex(of: contrast.control), let clusters = units.clusters
    else { throw .undefined }
    let rows = units.assignment.indices.filter {
      units.assignment[$0] == arm || units.assignment[$0] == control
    }
    for (place, name) in [(arm, contrast.arm), (control, contrast.control)] {
      let count = Set(
        rows.filter { units.assignment[$0] == place }.map { clusters.groups[$0] }
      ).count
      if count < 2 { throw .tooFewClusters(arm: name, count: count) }
    }
    let group =
      Self.pairs(of: rows, in: units, clusters) ?? Grouping(rows.map { clusters.groups[$0] })
    let d = rows.map { units.assignment[$0] == arm ? 1.0 : 0 }
    let others = try Self.others(rows: rows, d: d, units: units, covariates: covariates)
    guard let design = LinearDesign(columns: others) else { throw .undefined }
    let scaled = PowerOfTwoScaled(rows.map { units.outcome[$0] })
    let outcome = try LinearModel(scaled.values, on: design)
    let y = outcome.residuals
    let effect = try LinearModel(d, on: design).residuals
    let rank = outcome.rank
    let q = outcome.factors.q
    let whole = dot(effect, effect)
    guard whole > 1e-9 * Double(rows.count) else { throw .noVariation }
    let slope = dot(effect, y) / whole
    let residuals = zip(y, effect).map { $0 - slope * $1 }
    let free = Double(rows.count - rank - 1)
    // A perfect fit leaves rounding noise, which is no evidence of variation.
    guard free > 0, norm(residuals) > 100 * Double.ulpOfOne * norm(scaled.values) else {
      throw .noVariation
    }
    let count = group.count
    var own = Array(repeating: 0.0, count: count)
    var scores = own
    var effectLoadings = Array(repeating: 0.0, count: count * rank)
    var residualLoadings = effectLoadings
    for (row, g) in group.groups.enumerated() {
      own[g] += effect[row] * effect[row]
      scores[g] += effect[row] * residuals[row]
      for column in 0..<rank {
        let value = q[row * rank + column]
        effectLoadings[g * rank + column] += effect[row] * value
        residualLoadings[g * rank + column] += residuals[row] * value
      }
    }
    // Scores that cancel within every cluster leave only rounding noise.
    guard norm(scores) > 1e-13 * norm(residuals) * whole.squareRoot() else { throw .noVariation }
    self.rank = rank
    self.whole = whole
    self.own = own
    self.scores = scores
    self.effectLoadings = effectLoadings
    self.residualLoadings = residualLoadings
    exponent = scaled.exponent
    factor = Double(count) / Double(count - 1) * Double(rows.count - 1) / free
    scaledCoefficient = slope
    coefficient = slope.scaled(by: scaled.exponent)
    guard coefficient.isFinite else { throw .numericalFailure }
  }

  /// The sums of a draw with one weight a cluster.
  func draw(_ weights: [Double]) -> Draw {
    var shift = (residual: 0.0, effect: 0.0)
    var residualPull = Array(repeating: 0.0, count: rank)
    var effectPull = residualPull
    for (g, weight) in weights.enumerated() {
      shift.residual += weight * scores[g]
      shift.effect += weight * own[g]
      for column in 0..<rank {
        residualPull[column] += weight * residualLoadings[g * rank + column]
        effectPull[column] += weight * effectLoadings[g * rank + column]
      }
    }
    var squares = (residual: 0.0, cross: 0.0, effect: 0.0)
    for (g, weight) in weights.enumerated() {
      var r = weight * scores[g] - own[g] * (shift.residual / whole)
      var e = weight * own[g] - own[g] * (shift.effect / whole)
      for column in 0..<rank {
        r -= effectLoadings[g * rank + column] * residualPull[column]
        e -= effectLoadings[g * rank + column] * effectPull[column]
      }
      squares.residual += r * r
      squares.cross += r * e
      squares.effect += e * e
    }
    return Draw(shift: shift, squares: squares)
  }

  /// The data themselves, weighted by 1: computed as the draw is that repeats them, so that the two
  /// agree to the last bit even for effects so far away that only rounding is left.
  var data: Draw { draw(own.map { _ in 1 }) }

  /// Where a null value stands.
  func place(of theta: Double) -> Place {
    Place(theta.scaled(by: -exponent) - scaledCoefficient)
  }

  /// t of the data at a value of θ.
  func statistic(theta: Double) -> Double {
    data.statistic(at: place(of: theta)) / factor.squareRoot()
  }

  /// The effects whose p-value, a function of where they stand, is not below an error.
  func effects(at error: Double, pValue: (Place) -> Double) -> Interval {
    let spread = (factor * data.squares.residual).squareRoot() / whole
    return invertedTest(at: error, around: 0, scale: spread, noEffect: -scaledCoefficient) {
      pValue(Place($0))
    }
    .mapped { (scaledCoefficient + $0).scaled(by: exponent) }
  }

  /// The blocks, where each holds one cluster of either arm: what a pair's own level leaves over is the
  /// same for both, so that the pair is what varies.
  private static func pairs(
    of rows: [Int], in units: UnitSample, _ clusters: Grouping
  ) -> Grouping? {
    guard let blocks = units.blocks else { return nil }
    let pairs = Grouping(rows.map { blocks.groups[$0] })
    let members = Set(rows.map { [blocks.groups[$0], clusters.groups[$0]] })
    let cells = Set(rows.map { [blocks.groups[$0], units.assignment[$0]] })
    let own = Set(rows.map { clusters.groups[$0] }).count
    guard own == 2 * pairs.count, members.count == own, cells.count == own else { return nil }
    return pairs
  }

  /// The intercept, blocks, and centred covariates with their products.
  private static func others(
    rows: [Int], d: [Double], units: UnitSample, covariates: [LinearDesign.Column]
  ) throws(EstimationError) -> [LinearDesign.Column] {
    var columns = [LinearDesign.Column.intercept(rows: rows.count)]
    if let blocks = units.blocks {
      let own = Grouping(rows.map { blocks.groups[$0] })
      for block in 1..<max(own.count, 1) {
        columns.append(
          LinearDesign.Column("block \(block)", own.groups.map { $0 == block ? 1 : 0 }))
      }
    }
    for covariate in covariates {
      let values = rows.map { covariate.values[$0] }
      let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
      let centred = values.map { $0 - mean }
      columns.append(LinearDesign.Column(covariate.name, centred))
      columns.append(
        LinearDesign.Column("arm:\(covariate.name)", zip(centred, d).map(*)))
    }
    return columns
  }
}
