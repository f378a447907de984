/// The numbers of people that a result tells, by outcome, arm and group.
struct CountTable {
  private struct Key: Hashable {
    let outcome, arm, group: String
  }

  private var counts: [Key: PeopleCount] = [:]
  private let outcomes: [String]
  /// How many reached each step, by arm.
  private(set) var steps: [String: [(step: String, count: PeopleCount)]] = [:]

  init(
    outcomes: [TrialSummary.OutcomeSummary], means: [MeanRow], results: [ResultRow],
    subgroups: [SubgroupFinding], funnel: [FunnelRow]
  ) {
    self.outcomes = outcomes.map(\.id)
    let kinds = Dictionary(outcomes.map { ($0.id, $0.kind) }, uniquingKeysWith: { a, _ in a })
    var timed: [Key: Int] = [:]
    for row in results where kinds[row.outcome] == "time_to_event" {
      timed[Key(outcome: row.outcome, arm: row.arm, group: row.cohort)] = row.eventsArm
      timed[Key(outcome: row.outcome, arm: row.control, group: row.cohort)] = row.eventsControl
    }
    for row in means {
      let key = Key(outcome: row.outcome, arm: row.arm, group: row.cohort)
      let events: Int? =
        switch kinds[row.outcome] {
        case "binary": row.events ?? row.mean.map { Int(($0 * Double(row.n)).rounded()) } ?? 0
        case "time_to_event": timed[key]
        default: nil
        }
      counts[key] = PeopleCount(units: row.n, events: events)
    }
    for finding in subgroups {
      let isBinary = kinds[finding.outcome] == "binary"
      for level in finding.levels {
        let group = Observations.Subject.subgroup(finding.column, level.value)
        for (arm, n, events) in [
          (finding.arm, level.nArm, level.eventsArm),
          (finding.control, level.nControl, level.eventsControl),
        ] {
          guard let n else { continue }
          counts[Key(outcome: finding.outcome, arm: arm, group: group)] = PeopleCount(
            units: n, events: isBinary ? events ?? 0 : nil)
        }
      }
    }
    for row in funnel {
      steps[row.arm, default: []].append(
        (row.step, PeopleCount(units: row.n, events: row.events)))
    }
  }

  func count(_ outcome: String, _ arm: String, _ group: String) -> PeopleCount? {
    counts[Key(outcome: outcome, arm: arm, group: group)]
  }

  /// How many people a group has: they are the same for outcomes that as many have in all, so that any of them tells.
  func people(_ outcome: String, _ arm: String, _ group: GroupFamily.Group) -> PeopleCount? {
    let all = count(outcome, arm, DisclosureRecord.everyone)?.units
    let alike = outcomes.filter { other in
      all == nil || count(other, arm, DisclosureRecord.everyone)?.units == all
    }
    return ([outcome] + alike).lazy.compactMap { count($0, arm, group) }.first
      .map { PeopleCount(units: $0.units) }
  }

  /// A group's number under whichever of its names it stands.
  func count(_ outcome: String, _ arm: String, _ group: GroupFamily.Group) -> PeopleCount? {
    group.names.lazy.compactMap { count(outcome, arm, $0) }.first
  }
}

extension CountTable {
  init(of result: TrialResult) {
    self.init(
      outcomes: result.trial.outcomes, means: result.means, results: result.results,
      subgroups: result.subgroups, funnel: result.funnel)
  }
}
