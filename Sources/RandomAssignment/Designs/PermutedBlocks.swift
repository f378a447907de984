/// Permuted blocks for units that arrive one by one: in every run of a few arrivals the arms are balanced.
///
/// Within each stratum (the unit's ``ExperimentalUnit/block``, or one for all) arrivals fill blocks. A block
/// holds every arm in proportion to its share, times a multiple that is itself drawn so that the last
/// seats cannot be foreseen, in random order. Whenever a block is full its stratum's arms are exactly in
/// proportion.
///
/// A draw can be continued: ``assign(_:continuing:using:)`` goes on from the seats that are left. Those
/// seats are arms not yet given; whoever can read them can foresee them, so keep them concealed.
///
/// Where all units are known at once ``BlockedAssignment`` balances better. In R: `blockrand::blockrand`.
/// Reference: Matts & Lachin (1988), doi:10.1016/0197-2456(88)90047-5.
public struct PermutedBlocks: AssignmentDesign {
  /// `permuted_blocks`.
  public static let name = "permuted_blocks"
  /// The arms with their shares.
  public var arms: [Arm]
  /// By how much the smallest possible block is multiplied; each as likely as the others.
  public var multiples: [Int]

  /// The seats that are left in each stratum's open block, the next one last.
  public struct State: Codable, Hashable, Sendable {
    /// By stratum; positions of arms.
    public var seats: [String: [Int]]

    /// Nobody has arrived.
    public init() {
      seats = [:]
    }
  }

  /// The largest multiple that makes sense.
  public static let largestMultiple = 100

  /// Makes the design.
  public init(arms: [Arm], multiples: [Int] = [1, 2, 3]) {
    self.arms = arms
    self.multiples = multiples
  }

  /// Draws for the first arrivals.
  ///
  /// - Throws: ``DesignError/multipleOutOfRange(_:)``.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    var state = State()
    return try assign(units, continuing: &state, using: &generator)
  }

  /// Draws for the next arrivals, in their order.
  ///
  /// Continuing with the same generator gives what one draw of all arrivals would have given.
  ///
  /// - Throws: ``DesignError/multipleOutOfRange(_:)``; ``DesignError/foreignState`` where the seats left
  ///   are not of this design's arms. The state is then as before.
  public func assign(
    _ units: [ExperimentalUnit], continuing state: inout State,
    using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    _ = try totalShare()
    guard !units.isEmpty else { throw .noUnits }
    guard let least = multiples.min(), let most = multiples.max() else {
      throw .multipleOutOfRange(0)
    }
    for multiple in [least, most] where !(1...Self.largestMultiple).contains(multiple) {
      throw .multipleOutOfRange(multiple)
    }
    guard state.seats.values.allSatisfy({ $0.allSatisfy(arms.indices.contains) }) else {
      throw .foreignState
    }
    return Assignment(armIndices: units.map { seat(of: $0, in: &state, using: &generator) })
  }

  private func seat(
    of unit: ExperimentalUnit, in state: inout State,
    using generator: inout some RandomNumberGenerator
  ) -> Int {
    let stratum = unit.block ?? ""
    var seats = state.seats[stratum] ?? []
    if seats.isEmpty {
      let multiple = multiples[generator.uniformInteger(below: multiples.count)]
      for (arm, share) in smallestShares.enumerated() {
        seats += Array(repeating: arm, count: share * multiple)
      }
      generator.permute(&seats)
    }
    let arm = seats.removeLast()
    state.seats[stratum] = seats.isEmpty ? nil : seats
    return arm
  }

  /// The shares without their common divisor: 2 : 4 makes blocks of three.
  private var smallestShares: [Int] {
    var divisor = 0
    for arm in arms {
      var (a, b) = (divisor, arm.share)
      while b != 0 { (a, b) = (b, a % b) }
      divisor = a
    }
    return arms.map { $0.share / max(divisor, 1) }
  }
}
