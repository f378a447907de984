/// For units that arrive one by one: each goes, most likely, where it makes the arms most alike in several factors at
/// once.
///
/// For every factor the unit's own level is looked at: were it to join arm k, how unlike would the arms' numbers
/// with that level be, each divided by the arm's share? The range of those numbers, added over the factors, is the
/// imbalance of arm k. The arms with the least imbalance share the probability `coin`, the others what is left, each in
/// proportion to their shares; where all are equal, the shares decide.
///
/// The coin keeps the next arm from being foreseen; 1 would make it certain. Analyse with the factors as
/// covariates. Probabilities over all arrivals are the shares where shares are equal; of one arrival they depend on
/// those before (``conditionalProbabilities(for:given:)``). In R: `Minirand::Minirand`.
/// Reference: Pocock & Simon (1975), doi:10.2307/2529712.
public struct Minimized: AssignmentDesign {
  /// `minimized`.
  public static let name = "minimized"
  /// The arms with their shares.
  public var arms: [Arm]
  /// The probability of the arms that balance best; above 0.5 and at most 1.
  public var coin: Double

  /// How many units of each arm have each level of each factor.
  public struct State: Codable, Hashable, Sendable {
    /// By factor and level, one number an arm.
    public var counts: [[String: [Int]]]

    /// Nobody has arrived.
    public init() {
      counts = []
    }
  }

  /// Makes the design.
  public init(arms: [Arm], coin: Double = 0.8) {
    self.arms = arms
    self.coin = coin
  }

  /// Draws for the first arrivals.
  ///
  /// - Throws: as the other.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    var state = State()
    return try assign(units, continuing: &state, using: &generator)
  }

  /// Draws for the next arrivals, in their order.
  ///
  /// - Throws: ``DesignError/parameterOutOfRange(_:_:)`` for the coin; ``DesignError/unequalFactors(unit:)``;
  ///   ``DesignError/foreignState``. The state is then as before.
  public func assign(
    _ units: [ExperimentalUnit], continuing state: inout State,
    using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    var next = state
    _ = try totalShare()
    guard !units.isEmpty else { throw .noUnits }
    var drawn: [Int] = []
    for unit in units {
      let probabilities = try conditionalProbabilities(for: unit, given: next)
      let arm = Self.draw(probabilities, using: &generator)
      next.add(unit.factors, arm: arm, of: arms.count)
      drawn.append(arm)
    }
    state = next
    return Assignment(armIndices: drawn)
  }

  /// The probability of each arm for a unit that arrives now; what a log of propensities keeps.
  ///
  /// - Throws: as ``assign(_:continuing:using:)``.
  public func conditionalProbabilities(
    for unit: ExperimentalUnit, given state: State
  ) throws(DesignError) -> [Double] {
    let total = Double(try totalShare())
    guard coin > 0.5, coin <= 1 else { throw .parameterOutOfRange("coin", coin) }
    guard !unit.factors.isEmpty, state.counts.isEmpty || state.counts.count == unit.factors.count
    else { throw .unequalFactors(unit: unit.id) }
    for levels in state.counts {
      guard levels.values.allSatisfy({ $0.count == arms.count }) else { throw .foreignState }
    }
    let shares = arms.map { Double($0.share) }
    let imbalances = arms.indices.map { imbalance(joining: $0, unit, state) }
    let least = imbalances.min() ?? 0
    // Sums of the same quotients in another order may differ in their last digits.
    let isBest = imbalances.map { $0 <= least * (1 + 1e-12) + 1e-12 }
    let best = zip(shares, isBest).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    guard best < total else { return shares.map { $0 / total } }
    return zip(shares, isBest).map { share, isBest in
      isBest ? coin * share / best : (1 - coin) * share / (total - best)
    }
  }

  private func imbalance(
    joining arm: Int, _ unit: ExperimentalUnit, _ state: State
  ) -> Double {
    var sum = 0.0
    for (place, level) in unit.factors.enumerated() {
      var counts = Array(repeating: 0, count: arms.count)
      if state.counts.indices.contains(place), let known = state.counts[place][level] {
        counts = known
      }
      counts[arm] += 1
      let loads = zip(counts, arms).map { Double($0) / Double($1.share) }
      sum += (loads.max() ?? 0) - (loads.min() ?? 0)
    }
    return sum
  }

  /// The arm in whose stretch of [0, 1) a uniform number falls.
  static func draw(
    _ probabilities: [Double], using generator: inout some RandomNumberGenerator
  ) -> Int {
    var rest = generator.uniformDouble()
    for (arm, probability) in probabilities.enumerated() {
      if rest < probability { return arm }
      rest -= probability
    }
    // Rounding may leave a little beyond the last stretch.
    return probabilities.lastIndex { $0 > 0 } ?? 0
  }
}

extension Minimized.State {
  fileprivate mutating func add(_ factors: [String], arm: Int, of armCount: Int) {
    if counts.isEmpty { counts = Array(repeating: [:], count: factors.count) }
    for (place, level) in factors.enumerated() {
      counts[place][level, default: Array(repeating: 0, count: armCount)][arm] += 1
    }
  }
}
