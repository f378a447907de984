/// A regression reduced to what reweighting its clusters' residuals needs.
///
/// With M the projection off the other columns, d̃ = Md and u = M(y − θd), a draw with cluster weights w
/// has
///
///     β* − θ = Σ_g w_g s_g/D,                  s_g = d̃_gᵀu_g,  D = d̃ᵀd̃,
///     SE*² = c·Σ_g e_g²/D²,                    e_g = w_g s_g − Σ_h K_gh w_h − (β* − θ)D_g,
///     K_gh = d̃_gᵀQ_g · Q_hᵀu_h,                D_g = d̃_gᵀd̃_g,
///
/// with Q an orthonormal basis of the other columns. s and K are linear in θ.
///
/// Reference: Roodman, MacKinnon, Nielsen & Webb (2019), doi:10.1177/1536867X19830877.
struct WildClusterModel {
  /// The sums for one value of θ.
  struct State {
    let s: [Double]
    /// G × G, row by row.
    let k: [Double]
    let own: [Double]
    let whole: Double
    let factor: Double

    /// t* of a draw; t itself for weights of 1.
    func statistic(weights: [Double]) -> Double {
      let count = s.count
      var shift = 0.0
      for g in 0..<count { shift += weights[g] * s[g] }
      shift /= whole
      var squares = 0.0
      for g in 0..<count {
        var e = weights[g] * s[g] - shift * own[g]
        for h in 0..<count { e -= k[g * count + h] * weights[h] }
        squares += e * e
      }
      let error = (factor * squares).squareRoot() / whole
      if error > 0 { return shift / error }
      return shift == 0 ? 0 : shift > 0 ? .infinity : -.infinity
    }
  }

  /// The coefficient.
  let coefficient: Double
  /// Clusters of the two arms.
  var clusterCount: Int { own.count }

  private let sOutcome: [Double]
  private let sEffect: [Double]
  private let kOutcome: [Double]
  private let kEffect: [Double]
  private let own: [Double]
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
    let group = Grouping(rows.map { clusters.groups[$0] })
    let d = rows.map { units.assignment[$0] == arm ? 1.0 : 0 }
    let others = try Self.others(rows: rows, d: d, units: units, covariates: covariates)
    guard let design = LinearDesign(columns: others) else { throw .undefined }
    let outcome = try LinearModel(rows.map { units.outcome[$0] }, on: design)
    let y = outcome.residuals
    let residual = try LinearModel(d, on: design).residuals
    let rank = outcome.rank
    let q = outcome.factors.q
    let count = group.count
    whole = residual.reduce(0) { $0 + $1 * $1 }
    guard whole > 1e-9 * Double(rows.count) else { throw .noVariation }
    var own = Array(repeating: 0.0, count: count)
    var sOutcome = own
    var sEffect = own
    var dq = Array(repeating: 0.0, count: count * rank)
    var yq = dq
    for (row, g) in group.groups.enumerated() {
      own[g] += residual[row] * residual[row]
      sOutcome[g] += residual[row] * y[row]
      for column in 0..<rank {
        let value = q[row * rank + column]
        dq[g * rank + column] += residual[row] * value
        yq[g * rank + column] += y[row] * value
      }
    }
    // u = ỹ − θd̃, so the effect's sums are those of d̃ itself.
    sEffect = own
    func product(_ right: [Double]) -> [Double] {
      var k = Array(repeating: 0.0, count: count * count)
      for g in 0..<count {
        for h in 0..<count {
          for column in 0..<rank {
            k[g * count + h] += dq[g * rank + column] * right[h * rank + column]
          }
        }
      }
      return k
    }
    kOutcome = product(yq)
    kEffect = product(dq)
    self.own = own
    self.sOutcome = sOutcome
    self.sEffect = sEffect
    coefficient = sOutcome.reduce(0, +) / whole
    let n = Double(rows.count)
    let free = n - Double(rank) - 1
    guard free > 0 else { throw .noVariation }
    factor = Double(count) / Double(count - 1) * (n - 1) / free
    guard coefficient.isFinite, y.contains(where: { $0 != 0 }) else { throw .noVariation }
  }

  /// The sums at a value of θ.
  func state(theta: Double) -> State {
    State(
      s: zip(sOutcome, sEffect).map { $0 - theta * $1 },
      k: zip(kOutcome, kEffect).map { $0 - theta * $1 }, own: own, whole: whole, factor: factor)
  }

  /// t of the data at a value of θ.
  func statistic(theta: Double) -> Double {
    state(theta: theta).statistic(weights: own.map { _ in 1 })
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
