import Statistics
import Vocabulary

extension TrialReader {
  static let planningKeys = [
    "solve", "power", "units", "budget", "fixed_cost", "effect", "baseline", "sd", "cluster_size",
    "cluster_cv", "icc", "explained", "attrition", "takeup",
  ]

  /// What is assumed before the trial begins; `names` are the outcomes and funnel steps.
  func planning(_ written: Written, names: KnownNames?) -> PlanningAssumptions? {
    guard
      let section = section(written, name: "planning", keys: TrialReader.planningKeys)
    else { return nil }
    let before = faults.count
    var plan = PlanningAssumptions()
    func read(_ key: String, _ range: NumberRange) -> Double? {
      section[key].flatMap { number($0, range) }
    }
    if let written = section["solve"] {
      plan.solve = choice(written, .setting("solve")) ?? plan.solve
    }
    plan.power = read("power", .openProbability) ?? plan.power
    plan.units = section["units"].flatMap { wholeNumber($0, from: 2, to: 1_000_000_000) }
    plan.budget = read("budget", .positive)
    plan.fixedCost = read("fixed_cost", .notNegative) ?? 0
    plan.effect = read("effect", .positive)
    plan.clusterSize = read("cluster_size", .atLeastOne)
    plan.clusterVariation = read("cluster_cv", .notNegative) ?? 0
    plan.intraclusterCorrelation = read("icc", .lossShare)
    plan.explained = read("explained", .lossShare) ?? 0
    plan.attrition = read("attrition", .lossShare) ?? 0
    plan.takeup = read("takeup", .positiveShare) ?? 1
    plan.baseline = section["baseline"].map { values($0, names, .any) } ?? [:]
    plan.standardDeviation = section["sd"].map { values($0, names, .positive) } ?? [:]
    return faults.count == before ? plan : nil
  }

  /// Numbers under the names of outcomes or funnel steps.
  private func values(
    _ written: Written, _ names: KnownNames?, _ range: NumberRange
  ) -> [String: Double] {
    var values: [String: Double] = [:]
    for entry in freeSection(written)?.entries ?? [] {
      if let names, !names.contains(entry.key) {
        report(.unknownName(.outcome, entry.key, accepted: names.sorted), at: entry.keyPlace)
      }
      values[entry.key] = number(entry.value, range)
    }
    return values
  }
}
