import DataSources
import RandomAssignment
import Statistics
import Trials

extension TalliedRows {
  var funnel: [String: [String: Observations.Passage]] {
    var funnel: [String: [String: Observations.Passage]] = [:]
    var previous: String?
    for step in analysis.trial.funnel {
      var passages = arms.map { _ in Observations.Passage() }
      for part in population {
        guard let arm = part.arm.flatMap(arms.firstIndex),
          let own = tally.moments(VariableSet([step.column]), of: part)
        else { continue }
        passages[arm].missing += part.rows - own.count
        passages[arm].reached += own.onesOfFirst
        guard let previous,
          let both = tally.moments(VariableSet([previous, step.column]), of: part)
        else { continue }
        // Of the rows in which both are known: those that reached this step, less those that reached both.
        passages[arm].outOfOrder += both.events(of: 1) - both.jointEvents
      }
      funnel[step.column] = Dictionary(zip(arms, passages)) { first, _ in first }
      previous = step.column
    }
    return funnel
  }

  /// Everyone counts, as having reached the step or not.
  func sample(of step: String) -> Sample {
    let set = VariableSet([step])
    if clusterColumn != nil {
      let totals = clusterTotals(in: population) { part in
        tally.moments(set, of: part).map { Moments(events: $0.onesOfFirst, of: part.rows) }
      }
      return Sample(clusterTotals: totals)
    }
    let blocks = analysis.trial.assignment.blocks
    var counts: [Cell: (events: Int, of: Int)] = [:]
    for part in population {
      guard let arm = part.arm, let own = tally.moments(set, of: part) else { continue }
      let cell = Cell(
        arm: arm, block: Categories.level(joining: blocks.map { tally.text($0, of: part) }))
      counts[cell, default: (0, 0)].of += part.rows
      counts[cell, default: (0, 0)].events += own.onesOfFirst
    }
    return Sample(cells: counts.mapValues { [set: Moments(events: $0.events, of: $0.of)] })
  }
}
