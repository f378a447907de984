/// Exactly the planned share of all units in each arm, which units by lot.
///
/// Where the shares do not divide the number of units, which arms take the remaining seats is drawn
/// too, so that every unit's probability of an arm is exactly its share (``SeatRounding``).
/// In R: `randomizr::complete_ra`.
public struct CompleteAssignment: AssignmentDesign {
  /// `complete`.
  public static let name = "complete"
  /// The arms with their shares.
  public var arms: [Arm]

  /// Makes the design.
  public init(arms: [Arm]) {
    self.arms = arms
  }

  /// Draws an arm for every unit.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    try GroupedDraw(arms: arms, totalShare: totalShare())
      .assign(groups: [Array(units.indices)], using: &generator)
  }
}
