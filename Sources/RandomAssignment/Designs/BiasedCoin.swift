/// Efron's biased coin, for units that arrive one by one: whichever of two arms is behind is the likelier.
///
/// Within each stratum (the unit's ``ExperimentalUnit/block``, or one for all) the arm with fewer units so far is drawn with
/// probability `coin`, and with 1/2 while the arms are level. Unlike permuted blocks no seat is ever
/// certain. In R: `randomizeR::ebcPar`. Reference: Efron (1971), doi:10.1093/biomet/58.3.403.
public struct BiasedCoin: AssignmentDesign {
  /// `biased_coin`.
  public static let name = "biased_coin"
  /// The two arms, of equal share.
  public var arms: [Arm]
  /// The probability of the arm that is behind; above 0.5 and at most 1.
  public var coin: Double

  /// Makes the design.
  public init(arms: [Arm], coin: Double = 2.0 / 3) {
    self.arms = arms
    self.coin = coin
  }

  /// Draws for arrivals in their order.
  ///
  /// The same generator gives the first of them the same arms, however many follow.
  /// - Throws: ``DesignError/notTwoArms(_:)``; ``DesignError/unequalShares``;
  ///   ``DesignError/parameterOutOfRange(_:_:)`` for the coin.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    _ = try totalShare()
    guard arms.count == 2 else { throw .notTwoArms(arms.count) }
    guard arms[0].share == arms[1].share else { throw .unequalShares }
    guard coin > 0.5, coin <= 1 else { throw .parameterOutOfRange("coin", coin) }
    guard !units.isEmpty else { throw .noUnits }
    // How many more of the second arm than of the first each stratum has.
    var lead: [String: Int] = [:]
    return Assignment(
      armIndices: units.map { unit in
        let stratum = unit.block ?? ""
        let ahead = lead[stratum, default: 0]
        let first = ahead > 0 ? coin : ahead < 0 ? 1 - coin : 0.5
        let arm = generator.uniformDouble() < first ? 0 : 1
        lead[stratum] = ahead + (arm == 0 ? -1 : 1)
        return arm
      })
  }
}
