/// Every combination of several factors' levels as an arm of equal share.
///
/// A 2 × 2 trial of picture and deadline has four arms, of which two halves answer for each factor: two
/// questions for the price of one, as long as the factors do not change each other's effect much. An
/// interaction needs about four times the units of a main effect of the same size.
///
/// Units are drawn completely, or within blocks as by ``BlockedAssignment``. In R: `randomizr::complete_ra(num_arms = 4)`.
/// Reference: Yates (1937), The Design and Analysis of Factorial Experiments.
public struct FactorialAssignment: AssignmentDesign {
  /// One thing that is varied.
  public struct Factor: Codable, Hashable, Sendable {
    /// Its identifier, such as `picture`.
    public var id: String
    /// Its levels, the reference first.
    public var levels: [String]

    /// Makes a factor.
    public init(id: String, levels: [String]) {
      self.id = id
      self.levels = levels
    }
  }

  /// `factorial`.
  public static let name = "factorial"
  /// What is varied.
  public var factors: [Factor]
  /// Whether units are drawn inside blocks.
  public var isBlocked: Bool

  /// Makes the design.
  public init(factors: [Factor], isBlocked: Bool = false) {
    self.factors = factors
    self.isBlocked = isBlocked
  }

  /// The combinations, levels joined by `+`; the last factor's levels change fastest. None where there are
  /// no factors or one has no levels.
  public var arms: [Arm] {
    guard !factors.isEmpty else { return [] }
    var names = [""]
    for (place, factor) in factors.enumerated() {
      names = names.flatMap { name in
        factor.levels.map { place == 0 ? $0 : "\(name)+\($0)" }
      }
    }
    return names.map { Arm(id: $0) }
  }

  /// The position of each factor's level in an arm; nil for an arm that does not exist.
  public func levels(ofArm arm: Int) -> [Int]? {
    let count = factors.reduce(factors.isEmpty ? 0 : 1) { $0 * $1.levels.count }
    guard (0..<count).contains(arm) else { return nil }
    var rest = arm
    var levels: [Int] = []
    for factor in factors.reversed() {
      levels.append(rest % factor.levels.count)
      rest /= factor.levels.count
    }
    return levels.reversed()
  }

  /// Draws a combination for every unit.
  ///
  /// - Throws: as ``CompleteAssignment`` or ``BlockedAssignment``; ``DesignError/duplicateArm(_:)`` where two
  ///   combinations have one name.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    isBlocked
      ? try BlockedAssignment(arms: arms).assign(units, using: &generator)
      : try CompleteAssignment(arms: arms).assign(units, using: &generator)
  }
}
