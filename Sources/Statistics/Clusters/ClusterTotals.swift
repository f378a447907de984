/// What the units of whole clusters add up to: in each cluster, for each arm of which it has units, how many there are, their mean, and
/// the squares around it.
///
/// Estimand of the comparison that rests on them: the average effect over units, as in ``DifferenceInMeans``. Where plain means are
/// compared, all units of a cluster in one arm have the same leverage. CR2 with Satterthwaite's degrees of freedom then needs no unit:
/// with m units of mean ȳ and S = Σ(y − ȳ)² in a cluster, and ȳₐ the arm's mean over all its units,
///
///     Σe = m(ȳ − ȳₐ),   Σe² = S + m(ȳ − ȳₐ)²,   ȳₐ = Σmȳ/Σm.
///
/// So a database can add its rows up by cluster and arm, and no row leaves it. Totals of a cluster's own parts merge exactly, up to
/// rounding (``Moments``).
///
/// Not with covariates, which make the members of a cluster differ in leverage; not within blocks; and not where clusters are drawn
/// again, since draws go by the clusters' order. Not where ``keepsDigits`` says no.
///
/// In R, on the units: `estimatr::lm_robust(y ~ arm, clusters = , se_type = "CR2")`. References: Pustejovsky & Tipton (2018),
/// doi:10.1080/07350015.2016.1247004; Chan, Golub & LeVeque (1983), doi:10.1080/00031305.1983.10483115.
public struct ClusterTotals: Hashable, Sendable {
  /// The units of one cluster in one arm; means and squares are in units of the scaled outcome.
  struct Cell: Hashable, Sendable {
    var cluster: Int
    var arm: Int
    var count: Double
    var mean: Double
    /// What rounding took from the mean.
    var residual: Double
    /// Σ(y − ȳ)².
    var squares: Double
  }

  /// The units of one arm.
  struct ArmTotal: Hashable, Sendable {
    var count = 0.0
    var mean = 0.0
    var residual = 0.0
    var squares = 0.0
  }

  /// The arms in the order of the trial.
  public let arms: [String]
  /// How many clusters have a unit.
  public let clusterCount: Int
  /// Cluster by cluster.
  let cells: [Cell]
  /// The outcome was divided by two to this power, so that squares neither overflow nor drown.
  let exponent: Int

  /// Files what each cluster's units add up to; parts of one cluster and arm are merged, and parts without units are no clusters.
  ///
  /// The result is nil for an arm that is no position, or moments of anything but one variable.
  ///
  /// - Parameters:
  ///   - arms: the arms in the order of the trial.
  ///   - parts: the label of a cluster, the position of an arm and the moments of the outcome.
  public init?<Label: Hashable>(
    arms: [String], parts: some Sequence<(cluster: Label, arm: Int, moments: Moments)>
  ) {
    var numbers: [Label: Int] = [:]
    var merged: [[Int: Moments]] = []
    for part in parts {
      guard arms.indices.contains(part.arm), part.moments.means.count == 1 else { return nil }
      guard part.moments.count > 0 else { continue }
      let number = numbers[part.cluster] ?? merged.count
      if number == merged.count {
        numbers[part.cluster] = number
        merged.append([:])
      }
      merged[number][part.arm] = merged[number][part.arm].map { $0 + part.moments } ?? part.moments
    }
    let sizes = merged.joined().map {
      max($0.value.first.mean.magnitude, $0.value.first.squares.squareRoot())
    }
    exponent = PowerOfTwoScaled(sizes).exponent
    var cells: [Cell] = []
    for (cluster, byArm) in merged.enumerated() {
      for (arm, moments) in byArm.sorted(by: { $0.key < $1.key }) {
        let first = moments.first
        cells.append(
          Cell(
            cluster: cluster, arm: arm, count: Double(moments.count),
            mean: first.mean.scaled(by: -exponent), residual: first.residual.scaled(by: -exponent),
            squares: first.squares.scaled(by: -2 * exponent)))
      }
    }
    self.arms = arms
    clusterCount = merged.count
    self.cells = cells
  }

  /// Adds up the outcome of units that were drawn in clusters.
  ///
  /// - Returns: nil where units were drawn one by one.
  public init?(of units: UnitSample) {
    guard let clusters = units.clusters else { return nil }
    self.init(of: units, in: clusters)
  }

  /// Adds up the outcome within any groups of units; nil where they are not of the units.
  init?(of units: UnitSample, in clusters: Grouping) {
    let (outcome, assignment) = (units.outcome, units.assignment)
    guard clusters.groups.count == assignment.count, outcome.count == assignment.count else {
      return nil
    }
    let scaled = PowerOfTwoScaled(outcome)
    let width = units.arms.count
    var sizes = [Double](repeating: 0, count: clusters.count * width)
    var means = sizes
    for row in assignment.indices {
      let cell = clusters.groups[row] * width + assignment[row]
      sizes[cell] += 1
      means[cell] += scaled.values[row]
    }
    for cell in means.indices where sizes[cell] > 0 { means[cell] /= sizes[cell] }
    // The second reading finds what rounding took from the means, and the squares around them.
    var rests = [Double](repeating: 0, count: means.count)
    var squares = rests
    for row in assignment.indices {
      let cell = clusters.groups[row] * width + assignment[row]
      let deviation = scaled.values[row] - means[cell]
      rests[cell] += deviation
      squares[cell] += deviation * deviation
    }
    var cells: [Cell] = []
    for cell in sizes.indices where sizes[cell] > 0 {
      let residual = rests[cell] / sizes[cell]
      cells.append(
        Cell(
          cluster: cell / width, arm: cell % width, count: sizes[cell], mean: means[cell],
          residual: residual, squares: max(0, squares[cell] - rests[cell] * residual)))
    }
    arms = units.arms
    clusterCount = clusters.count
    self.cells = cells
    exponent = scaled.exponent
  }

  /// Whether rounded means of clusters say as much as their units: no arm's mean lies more than 10³ standard deviations from zero.
  ///
  /// Of d digits of a mean, those before the first in which units differ are lost to the deviations.
  public var keepsDigits: Bool {
    armTotals.allSatisfy { $0.squares >= 1e-6 * $0.count * $0.mean * $0.mean }
  }

  /// How many clusters have a unit in one of two arms.
  public func clusterCount(of contrast: Contrast) -> Int {
    let compared = [contrast.arm, contrast.control]
    return Set(cells.filter { compared.contains(arms[$0.arm]) }.map(\.cluster)).count
  }

  /// The positions of the arms that have units.
  var presentArms: [Int] {
    let present = Set(cells.map(\.arm))
    return arms.indices.filter(present.contains)
  }

  /// What each arm's units add up to.
  var armTotals: [ArmTotal] {
    var totals = arms.map { _ in ArmTotal() }
    for cell in cells { totals[cell.arm].count += cell.count }
    // The second reading takes out what rounding left of the first; what it leaves stands beside.
    for reading in 0..<3 {
      var sums = arms.map { _ in 0.0 }
      for cell in cells {
        sums[cell.arm] += cell.count * ((cell.mean - totals[cell.arm].mean) + cell.residual)
      }
      for arm in totals.indices where totals[arm].count > 0 {
        let step = sums[arm] / totals[arm].count
        if reading < 2 { totals[arm].mean += step } else { totals[arm].residual = step }
      }
    }
    for cell in cells {
      let deviation = cell.deviation(from: totals[cell.arm])
      totals[cell.arm].squares += cell.squares + cell.count * deviation * deviation
    }
    return totals
  }

  /// The arms' means as whole clusters were drawn: CR2 with Satterthwaite's degrees of freedom.
  ///
  /// - Throws: ``EstimationError/noUnits(arm:)`` where no arm has any; else as ``ClusteredArmMeans``.
  func marginalMeans(
    _ quantity: MarginalMeans.Quantity
  ) throws(EstimationError) -> MarginalMeans {
    let present = presentArms
    guard !present.isEmpty else { throw .noUnits(arm: arms.first ?? "") }
    let totals = armTotals
    let pairs = try ClusteredArmMeans(of: self).pairs
    return MarginalMeans(
      quantity,
      arms: arms.indices.map { arm in
        MarginalMeans.ArmMean(
          arm: arms[arm], count: Int(totals[arm].count),
          mean: present.firstIndex(of: arm).map { pairs.means[$0] } ?? 0,
          standardDeviation: standardDeviation(of: totals[arm]),
          events: quantity == .rate ? events(of: totals[arm]) : nil)
      },
      present: present, covariance: pairs.covariance, degreesOfFreedom: pairs.degreesOfFreedom,
      standardErrorType: .cr2, remarks: [])
  }

  private func standardDeviation(of total: ArmTotal) -> Double? {
    guard total.count > 1 else { return nil }
    let variance = (total.squares / (total.count - 1)).scaled(by: 2 * exponent)
    return variance.isFinite ? variance.squareRoot() : nil
  }

  /// The number of ones among zeros and ones; nil where the sum is no whole number.
  private func events(of total: ArmTotal) -> Int? {
    let sum = ((total.mean + total.residual) * total.count).scaled(by: exponent)
    let whole = sum.rounded()
    return abs(sum - whole) <= min(max(1e-6, 1e-9 * total.count), 0.25) ? Int(exactly: whole) : nil
  }
}

extension ClusterTotals.Cell {
  /// ȳ − ȳₐ.
  func deviation(from arm: ClusterTotals.ArmTotal) -> Double {
    (mean - arm.mean) + (residual - arm.residual)
  }
}
