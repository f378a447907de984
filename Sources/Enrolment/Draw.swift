public import Ledger
public import RandomAssignment
import Trials
import Vocabulary

/// The arms that protocol and seed give: a pure function of the units in their order.
struct Draw {
  private let trial: Trial
  private let secret: SeedSecret
  private let place: SourceLocation

  init(of trial: Trial, secret: SeedSecret, at place: SourceLocation) {
    self.trial = trial
    self.secret = secret
    self.place = place
  }

  /// The name of the block that small blocks are merged into; no key of columns looks like it.
  static let mergedBlock = "merged"

  /// The units as the design sees them, small blocks merged where the protocol says so.
  ///
  /// - Throws: ``Vocabulary/Fault`` where blocks are too small and may not, or cannot, be merged.
  func experimentalUnits(_ drawn: [DrawnUnit]) throws(Fault) -> [ExperimentalUnit] {
    var units = drawn.map(ExperimentalUnit.init)
    let plan = trial.assignment
    guard [.blocked, .clustered, .factorial, .steppedWedge].contains(plan.method),
      !plan.blocks.isEmpty
    else {
      return units
    }
    let arms = trial.design.arms.count
    let byCluster = plan.clusters != nil
    if plan.smallBlocks == .merge {
      units = SmallBlocks.merged(
        in: units, armCount: arms, byCluster: byCluster, into: Self.mergedBlock)
    }
    let small = SmallBlocks.list(in: units, armCount: arms, byCluster: byCluster)
    guard small.isEmpty else {
      throw EnrolmentFault.smallBlocks(
        small.map { ($0.block.readableKey, $0.count) }, arms: arms
      ).fault(at: place)
    }
    return units
  }

  /// Everyone's arm, with the blocks that the draw formed.
  func assignment(of drawn: [DrawnUnit]) throws(Fault) -> Assignment {
    let units = try experimentalUnits(drawn)
    var generator = PhiloxGenerator(seed: secret.number ?? 0)
    do throws(DesignError) {
      let assignment = try trial.design.assign(units, using: &generator)
      guard assignment.formedBlocks == nil, units.contains(where: { $0.block == Self.mergedBlock })
      else { return assignment }
      return Assignment(
        armIndices: assignment.armIndices, formedBlocks: units.map { $0.block ?? "" })
    } catch {
      throw EnrolmentFault.designRefused(error).fault(at: place)
    }
  }

  /// Everyone's arm by its identifier.
  func arms(of units: [DrawnUnit]) throws(Fault) -> [String] {
    guard !units.isEmpty else { return [] }
    let arms = trial.design.arms
    return try assignment(of: units).armIndices.map { arms[$0].id }
  }

  /// Those drawn before as they are, and the newcomers with what the draw gives them.
  ///
  /// - Throws: ``Vocabulary/Fault`` where those drawn before do not come out as they are.
  func extending(
    _ before: [DrawnUnit], by newcomers: [DrawnUnit]
  ) throws(Fault) -> [DrawnUnit] {
    guard !(before.isEmpty && newcomers.isEmpty) else { return [] }
    var units = before + newcomers
    let drawn = try assignment(of: units)
    let arms = trial.design.arms
    for place in units.indices {
      var unit = units[place]
      unit.arm = trial.assignment.isConcealed ? nil : arms[drawn.armIndices[place]].id
      unit.formedBlock = drawn.formedBlocks?[place]
      unit.code = trial.assignment.isConcealed ? secret.code(of: unit.unit) : nil
      if place < before.count, unit != before[place] {
        throw EnrolmentFault.notReproduced(unit: unit.unit).fault(at: self.place)
      }
      units[place] = unit
    }
    return units
  }
}

extension ExperimentalUnit {
  /// The unit as the design sees it.
  public init(_ unit: DrawnUnit) {
    self.init(
      id: unit.unit, block: unit.block, cluster: unit.cluster,
      factors: unit.factors, measurements: unit.measurements)
  }
}

extension String {
  /// A key of several texts as people read it: 石狩／40代.
  fileprivate var readableKey: String {
    self == Draw.mergedBlock
      ? self : DrawnUnit.parts(ofKey: self)?.joined(separator: "／") ?? self
  }
}
