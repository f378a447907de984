/// Each unit by its own identifier: stateless, so that a web page or a second office gives the same
/// person the same arm without a list.
///
/// Arm totals vary as under ``SimpleAssignment``. With S the sum of shares, the unit takes the slot
/// ⌊h·S/2⁶⁴⌋ of ``UnitHash`` and the first arm whose cumulated share exceeds it; a slot's probability
/// differs from 1/S by less than 2⁻⁶⁴. A change of shares moves only units between neighbouring
/// arms; a change of order or salt moves everyone. The generator is not used.
///
/// Not where the arm must not be foreseeable, nor for blocks and clusters (give a cluster's identifier
/// instead of its members').
public struct HashedAssignment: AssignmentDesign {
  /// `hashed`.
  public static let name = "hashed"
  /// The arms with their shares.
  public var arms: [Arm]
  /// What tells this trial from others: by default its identifier.
  public var salt: String

  /// Makes the design.
  public init(arms: [Arm], salt: String) {
    self.arms = arms
    self.salt = salt
  }

  /// Looks up an arm for every unit.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    let total = try totalShare()
    guard !units.isEmpty else { throw .noUnits }
    let hash = UnitHash(salt: salt)
    return Assignment(
      armIndices: units.map { unit in
        var rest = hash.slot(of: unit.id, among: total)
        return arms.firstIndex {
          rest -= $0.share
          return rest < 0
        } ?? 0
      })
  }
}
