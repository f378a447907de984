/// A way to randomise, as a value with three uses: it draws, it knows the probabilities that weights
/// need, and randomisation inference re-draws through the very same `assign`.
///
/// The same units in the same order with the same generator give the same assignment, always.
public protocol AssignmentDesign: Codable, Hashable, Sendable {
  /// The name in the trial file, such as `complete`.
  static var name: String { get }
  /// The arms with their shares.
  var arms: [Arm] { get }
  /// Draws an arm for every unit.
  ///
  /// - Throws: ``DesignError`` when the arms or the units do not fit the design.
  func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment
  /// For each arm the probability, before the draw, that this unit gets it; empty when the arms
  /// are not valid.
  func probabilities(for unit: ExperimentalUnit) -> [Double]
}

extension AssignmentDesign {
  /// The arms' shares over their sum: what every design whose fractions are rounded at random gives
  /// to each unit.
  public func probabilities(for unit: ExperimentalUnit) -> [Double] {
    guard let total = try? totalShare() else { return [] }
    return arms.map { Double($0.share) / Double(total) }
  }

  /// The sum of the shares, once the arms are known to make sense.
  func totalShare() throws(DesignError) -> Int {
    guard !arms.isEmpty else { throw .noArms }
    var seen: Set<String> = []
    var total = 0
    for arm in arms {
      guard seen.insert(arm.id).inserted else { throw .duplicateArm(arm.id) }
      guard (1...Arm.largestShare).contains(arm.share) else {
        throw .shareOutOfRange(arm: arm.id, share: arm.share)
      }
      total += arm.share
    }
    return total
  }
}
