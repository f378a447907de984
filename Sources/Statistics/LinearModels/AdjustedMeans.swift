/// The arms' means from a regression that is saturated in arms, with the covariance and degrees of
/// freedom of every pair: the form in which effect measures read a linear model.
struct AdjustedMeans {
  let sample: UnitSample
  let covariates: [LinearDesign.Column]
  let covariance: CovarianceEstimator

  /// Fits the regression on the arms that have units.
  ///
  /// - Parameters:
  ///   - quantity: what the means are means of.
  ///   - remarks: what a reader must know about the covariates.
  /// - Returns: one mean an arm; none for an arm without units.
  /// - Throws: as ``LinAdjustment`` does; ``EstimationError/noUnits(arm:)`` when there are none.
  func marginalMeans(
    _ quantity: MarginalMeans.Quantity, remarks: [MarginalMeans.Remark] = []
  ) throws(EstimationError) -> MarginalMeans {
    let present = sample.presentArms
    guard !present.isEmpty else { throw .noUnits(arm: sample.arms.first ?? "") }
    let (pairs, dropped) =
      ArmwiseAdjustment.serves(covariance)
      ? try pairsByArm(present) : try pairs(present)
    return MarginalMeans(
      quantity,
      arms: sample.armMeans(quantity) { arm in
        present.firstIndex(of: arm).map { pairs.means[$0] }
      },
      present: present, covariance: pairs.covariance, degreesOfFreedom: pairs.degreesOfFreedom,
      standardErrorType: covariance.standardErrorType,
      remarks: remarks + dropped.map(MarginalMeans.Remark.covariateDropped))
  }

  private typealias Pairs = (
    means: [Double], covariance: [[Double?]], degreesOfFreedom: [[Double?]]
  )

  /// The arms' own regressions, where the variance allows it.
  private func pairsByArm(
    _ present: [Int]
  ) throws(EstimationError) -> (Pairs, dropped: [String]) {
    var used = covariates
    var dropped: [String] = []
    while true {
      let adjustment = try ArmwiseAdjustment(
        of: sample, present: present, covariates: used, covariance: covariance)
      guard !adjustment.idle.isEmpty else { return (adjustment.pairs, dropped) }
      dropped += used.map(\.name).filter(adjustment.idle.contains)
      used.removeAll { adjustment.idle.contains($0.name) }
    }
  }

  /// One regression for all arms.
  ///
  /// Fits without the covariates that depend on others, overall or within an arm: there the mean at
  /// average covariates would be extrapolated along a line that the data do not know.
  private func pairs(
    _ present: [Int]
  ) throws(EstimationError) -> (Pairs, dropped: [String]) {
    let arms = present.map { sample.arms[$0] }
    var labels: [String]?
    var used = covariates
    var dropped: [String] = []
    while true {
      if used.isEmpty, case .cr2(let clusters) = covariance {
        guard let totals = ClusterTotals(of: sample, in: clusters) else { throw .undefined }
        return (try ClusteredArmMeans(of: totals).pairs, dropped)
      }
      let assignment = labels ?? sample.assignment.map { sample.arms[$0] }
      labels = assignment
      let adjustment = try LinAdjustment(
        of: sample.outcome, assignment: assignment, arms: arms, covariates: used)
      let idle = Set(adjustment.model.droppedColumns)
      let kept = used.filter { covariate in
        let name = "\(covariate.name)_c"
        return !idle.contains { $0 == name || $0.hasSuffix(":\(name)") }
      }
      guard kept.count < used.count else {
        return (try adjustment.pairs(covariance: covariance), dropped)
      }
      let names = Set(kept.map(\.name))
      dropped += used.map(\.name).filter { !names.contains($0) }
      used = kept
    }
  }
}

extension LinAdjustment {
  /// Every arm's mean with the covariances and, pair by pair, the degrees of freedom of the
  /// difference (on the diagonal, of the mean itself).
  ///
  /// - Throws: as ``LinearModel/contrasts(_:covariance:)``.
  func pairs(
    covariance: CovarianceEstimator
  ) throws(EstimationError) -> (
    means: [Double], covariance: [[Double?]], degreesOfFreedom: [[Double?]]
  ) {
    let means = arms.indices.map(meanWeights)
    var contrasts = means
    for (row, first) in means.enumerated() {
      for second in means.prefix(row) { contrasts.append(zip(first, second).map { $0 - $1 }) }
    }
    let found = try model.contrasts(contrasts, covariance: covariance)
    let values = found.estimates.map { try? $0.get() }
    var freedom = means.map { _ in Array<Double?>(repeating: nil, count: means.count) }
    var next = means.count
    for row in means.indices {
      freedom[row][row] = values[row]?.degreesOfFreedom
      for column in 0..<row {
        freedom[row][column] = values[next]?.degreesOfFreedom
        freedom[column][row] = freedom[row][column]
        next += 1
      }
    }
    return (
      means.map(fitted), means.indices.map { Array(found.covariance[$0].prefix(means.count)) },
      freedom
    )
  }

  /// c·β̂, which exists whether or not its uncertainty is known.
  private func fitted(_ weights: [Double]) -> Double {
    zip(weights, model.coefficients).reduce(0) { $0 + $1.0 * ($1.1.value ?? 0) }
  }
}

extension CovarianceEstimator {
  /// The name in the result table.
  var standardErrorType: MarginalMeans.StandardErrorType {
    switch self {
    case .classical: .classical
    case .hc0: .hc0
    case .hc1: .hc1
    case .hc2: .hc2
    case .hc2BellMcCaffrey: .bellMcCaffrey
    case .hc3: .hc3
    case .cr0: .cr0
    case .cr1: .cr1
    case .cr2: .cr2
    }
  }
}
