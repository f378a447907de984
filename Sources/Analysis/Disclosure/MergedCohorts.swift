import Trials
import Vocabulary

// 合算: small cohorts shown together instead of not at all.

extension TrialResult {
  /// The cohorts to show together: those that would be hidden within the same holder.
  ///
  /// Empty where the trial does not ask for it, or where fewer than two cohorts could be joined.
  public func cohortsToMerge() -> [[String]] {
    guard let record = disclosure, record.hidden == nil else { return [] }
    let hidden = Disclosure(of: self, record, since: nil).hidden
    // Where not even everyone can be shown, no union of groups can.
    let names = Set(
      hidden.filter { $0.value != .holder && !$0.key.isStep }.map(\.key.group))
    let cohorts = Set(trial.cohorts.map(\.id))
    return record.families.flatMap { family in
      Dictionary(grouping: family.groups, by: \.within).sorted {
        ($0.key ?? -1) < ($1.key ?? -1)
      }.compactMap { _, groups in
        let together = groups.compactMap { group in
          group.names.first { cohorts.contains($0) && names.contains($0) }
        }
        return together.count > 1 ? together : nil
      }
    }
  }
}

extension Trial {
  /// The trial with cohorts joined that differ in one column alone; those that differ in more stay as they are.
  func merging(_ unions: [[String]]) -> Trial {
    var trial = self
    for union in unions {
      let parts = trial.cohorts.filter { union.contains($0.id) }
      guard parts.count > 1, let condition = Condition.union(of: parts.map(\.condition)),
        let place = trial.cohorts.firstIndex(where: { $0.id == parts[0].id })
      else { continue }
      trial.cohorts[place].id = parts.map(\.id).joined(separator: "+")
      trial.cohorts[place].name = BilingualText(
        ja: parts.map(\.name.ja).joined(separator: "・") + "（合算）",
        en: parts.map(\.name.en).joined(separator: " + ") + " (combined)")
      trial.cohorts[place].condition = condition
      trial.cohorts.removeAll { cohort in parts.dropFirst().contains { $0.id == cohort.id } }
    }
    return trial
  }
}

extension Condition {
  /// What holds where any of several conditions holds; nil unless they differ in one clause, on one column.
  static func union(of conditions: [Condition]) -> Condition? {
    guard let first = conditions.first else { return nil }
    guard conditions.allSatisfy({ $0.alternatives == nil }) else { return nil }
    let common = first.clauses.filter { clause in
      conditions.allSatisfy { $0.clauses.contains(clause) }
    }
    let rest = conditions.map { $0.clauses.filter { !common.contains($0) } }
    guard rest.allSatisfy({ $0.count == 1 }) else { return nil }
    let own = rest.compactMap(\.first)
    guard let column = own.first?.column, own.allSatisfy({ $0.column == column }),
      Set(own.map(\.test.looksAtText)).count == 1
    else { return nil }
    return Condition(common + [Clause(column: column, .any(own.map(\.test)))])
  }
}
