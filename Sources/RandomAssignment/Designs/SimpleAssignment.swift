/// Each unit by its own throw of the dice; arm totals vary.
///
/// For units that arrive one by one and must not be foreseeable. Where all units are known at once,
/// ``CompleteAssignment`` wastes none of the sample on unequal totals.
///
/// One draw a unit, in the order given: an integer u below the sum of shares, and the first arm whose
/// cumulated share exceeds u. In R: `randomizr::simple_ra`.
public struct SimpleAssignment: AssignmentDesign {
  /// `simple`.
  public static let name = "simple"
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
    let total = try totalShare()
    guard !units.isEmpty else { throw .noUnits }
    return Assignment(
      armIndices: units.map { _ in
        var rest = generator.uniformInteger(below: total)
        return arms.firstIndex {
          rest -= $0.share
          return rest < 0
        } ?? 0
      })
  }
}
