import RandomAssignment

/// What an estimator looks at: one outcome in one cohort, as moments or, where those do not say
/// enough, unit by unit.
public struct Sample: Sendable {
  /// Moments of the sets that were asked for, by arm and, where asked, by block.
  public var cells: [Cell: [VariableSet: Moments]]
  /// The units themselves; nil where nobody asked for them or the data are counts.
  public var units: UnitSample?
  /// An adjustment that was read twice and needs no unit; nil where there is none.
  public var adjustment: TwoReadingAdjustment?
  /// What whole clusters add up to, in place of their units; nil where units were drawn one by one, or are there.
  public var clusterTotals: ClusterTotals?

  /// Makes a sample.
  public init(
    cells: [Cell: [VariableSet: Moments]] = [:], units: UnitSample? = nil,
    adjustment: TwoReadingAdjustment? = nil, clusterTotals: ClusterTotals? = nil
  ) {
    self.cells = cells
    self.units = units
    self.adjustment = adjustment
    self.clusterTotals = clusterTotals
  }
}

/// Units with a known arm and a known outcome, column by column.
public struct UnitSample: Sendable {
  /// The arms in the order of the trial.
  public let arms: [String]
  /// One a unit: its arm's position in ``arms``.
  public let assignment: [Int]
  /// The columns of ``Response/columns``, in their order; every value is finite.
  public let response: [[Double]]
  /// What was measured before assignment, by the name of its column: one regressor for numbers, an
  /// indicator for each level after the first for categories. A missing value is NaN.
  public let covariates: [String: [LinearDesign.Column]]
  /// The blocks within which units were drawn.
  public let blocks: Grouping?
  /// The clusters that were drawn whole.
  public let clusters: Grouping?
  /// How arms are drawn again for a test; by a shuffle unless ``redrawn(_:)`` said otherwise.
  public private(set) var redrawing = Redrawing.shuffle

  /// How many units there are.
  public var count: Int { assignment.count }

  /// Makes a sample.
  ///
  /// - Returns: nil when lengths disagree, an assignment is no position of an arm or a response is
  ///   not finite.
  public init?(
    arms: [String], assignment: [Int], response: [[Double]],
    covariates: [String: [LinearDesign.Column]] = [:], blocks: Grouping? = nil,
    clusters: Grouping? = nil
  ) {
    let count = assignment.count
    guard assignment.allSatisfy(arms.indices.contains),
      response.allSatisfy({ $0.count == count && $0.allSatisfy(\.isFinite) }),
      covariates.values.allSatisfy({ $0.allSatisfy { $0.values.count == count } }),
      blocks.map({ $0.groups.count == count }) ?? true,
      clusters.map({ $0.groups.count == count }) ?? true
    else { return nil }
    self.arms = arms
    self.assignment = assignment
    self.response = response
    self.covariates = covariates
    self.blocks = blocks
    self.clusters = clusters
  }

  /// The same units with another way of drawing their arms again; an unknown one where arms or places are not
  /// those of the list.
  public func redrawn(_ redrawing: Redrawing) -> UnitSample {
    var sample = self
    sample.redrawing = redrawing
    if case .design(let list, let places) = redrawing {
      let fits =
        places.count == count && places.allSatisfy(list.units.indices.contains)
        && list.design.arms.map(\.id) == arms
      if !fits { sample.redrawing = .unknown }
    }
    if case .wedge(let wedge) = redrawing,
      wedge.periods.count != count || wedge.sequences.count != count
    {
      sample.redrawing = .unknown
    }
    return sample
  }

  /// The first column of the response.
  public var outcome: [Double] { response.first ?? [] }

  /// The moments that the units add up to, by arm and block.
  func cells(of response: Response) -> [Cell: [VariableSet: Moments]] {
    let set = VariableSet([response.column])
    let outcome = outcome
    var moments = Array(
      repeating: Moments(variables: 1), count: arms.count * (blocks?.count ?? 1))
    for (unit, arm) in assignment.enumerated() {
      moments[(blocks?.groups[unit] ?? 0) * arms.count + arm].add(outcome[unit])
    }
    var cells: [Cell: [VariableSet: Moments]] = [:]
    for (place, own) in moments.enumerated() where own.count > 0 {
      let block = blocks.map { _ in "\(place / arms.count)" }
      cells[Cell(arm: arms[place % arms.count], block: block)] = [set: own]
    }
    return cells
  }

  /// Every arm with its size, its events for a rate, and the mean that an estimator found for it.
  func armMeans(
    _ quantity: MarginalMeans.Quantity, mean: (_ arm: Int) -> Double?
  ) -> [MarginalMeans.ArmMean] {
    var sizes = Array(repeating: 0, count: arms.count)
    for arm in assignment { sizes[arm] += 1 }
    let deviations = inParallel(count: arms.count) { standardDeviation(ofArmAt: $0) }
    return arms.indices.map { arm in
      MarginalMeans.ArmMean(
        arm: arms[arm], count: sizes[arm], mean: mean(arm) ?? 0,
        standardDeviation: deviations[arm],
        events: quantity == .rate ? events(ofArmAt: arm) : nil)
    }
  }

  /// The positions of the arms that have units.
  var presentArms: [Int] {
    var isPresent = arms.map { _ in false }
    for arm in assignment { isPresent[arm] = true }
    return isPresent.indices.filter { isPresent[$0] }
  }

  /// An arm's number of events, for an outcome of zeros and ones.
  func events(ofArmAt index: Int) -> Int? {
    Int(exactly: zip(assignment, outcome).reduce(0) { $0 + ($1.0 == index ? $1.1 : 0) })
  }

  /// The standard deviation of the outcome within an arm; nil for fewer than two units.
  func standardDeviation(ofArmAt index: Int) -> Double? {
    var moments = Moments(variables: 1)
    let outcome = outcome
    for (unit, arm) in assignment.enumerated() where arm == index { moments.add(outcome[unit]) }
    guard let variance = moments.variance(of: 0), variance.isFinite else { return nil }
    return variance.squareRoot()
  }
}

/// How units were drawn, as far as an estimator must know it.
public struct DrawnGroups: Hashable, Sendable {
  /// Whether units were drawn within blocks.
  public var hasBlocks: Bool
  /// Whether whole clusters were drawn.
  public var hasClusters: Bool

  /// Says how units were drawn; by default one by one.
  public init(hasBlocks: Bool = false, hasClusters: Bool = false) {
    self.hasBlocks = hasBlocks
    self.hasClusters = hasClusters
  }
}

/// What an estimator must see of an outcome.
public enum DataNeed: Hashable, Sendable {
  /// Moments by arm, or by arm and block.
  case moments([VariableSet], byBlock: Bool)
  /// The units with these covariates: numbers, and categories that become indicators.
  case units(covariates: [String], factors: [String])
}

/// An adjustment that two readings of moments can give instead of units.
public struct AdjustmentNeed: Hashable, Sendable {
  /// The outcome, then the covariates.
  public var set: VariableSet
  /// How uncertainty is estimated.
  public var covariance: CovarianceEstimator

  /// Makes a need.
  public init(set: VariableSet, covariance: CovarianceEstimator) {
    self.set = set
    self.covariance = covariance
  }
}
