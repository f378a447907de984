import Ledger
import RandomAssignment
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

  /// Everyone's arm, with the blocks that the design formed.
  func assignment(of units: [DrawnUnit]) throws(Fault) -> Assignment {
    var generator = PhiloxGenerator(seed: secret.number ?? 0)
    do throws(DesignError) {
      return try trial.design.assign(units.map(ExperimentalUnit.init), using: &generator)
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
  init(_ unit: DrawnUnit) {
    self.init(id: unit.unit, block: unit.block, cluster: unit.cluster)
  }
}
