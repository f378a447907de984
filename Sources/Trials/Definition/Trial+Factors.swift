import RandomAssignment
import Vocabulary

extension Trial {
  /// The trial of one factor alone: its levels are the arms, and every combination of the other factors is a
  /// block.
  ///
  /// Given the levels of the others, a factor is drawn as a blocked trial is: what is known of blocked draws, their
  /// errors, degrees of freedom and re-draws, holds for main effects, too. The estimand is the effect of the level
  /// averaged over the units' combinations of the other factors.
  public func ofFactor(_ factor: CrossedFactor) -> Trial {
    let others = assignment.crossed.filter { $0.id != factor.id }
    var trial = self
    let cost = { (level: CrossedFactor.Level) -> Double? in
      let costs = self.variants.filter { $0.levels[factor.id] == level.id }.map(\.cost)
      let known = costs.compactMap(\.self)
      return known.count == costs.count && !known.isEmpty
        ? known.reduce(0, +) / Double(known.count) : nil
    }
    trial.variants = factor.levels.enumerated().map { place, level in
      MessageVariant(
        arm: Arm(id: factor.armID(of: level)),
        name: BilingualText(
          ja: "\(factor.name.ja)：\(level.name.ja)", en: "\(factor.name.en): \(level.name.en)"),
        isControl: place == 0, levels: [:], east: [], addresses: [], channel: nil,
        cost: cost(level), message: nil)
    }
    trial.assignment.method = assignment.clusters == nil ? .blocked : .clustered
    trial.assignment.crossed = []
    trial.assignment.column = factor.column
    trial.assignment.blocks = assignment.blocks + others.map(\.column)
    // Whether one factor changes what another does: asked once a pair.
    let later = assignment.crossed.drop { $0.id != factor.id }.dropFirst()
    trial.analysis.subgroups =
      later.map { SubgroupPlan(column: $0.column, name: $0.name, isPlanned: true) }
      + analysis.subgroups
    return trial
  }
}
