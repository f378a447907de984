import Vocabulary

extension TrialReader {
  static let rolloutKeys = [
    "municipalities", "code", "name", "population", "budgets", "targets", "outcome", "arm", "pool",
    "cost",
    "fixed_cost", "budget", "voltage", "tau", "worth", "resembling",
  ]

  /// How the result is carried over to municipalities.
  ///
  /// Columns are those of the list of municipalities, which is looked at when the table is made.
  func rollout(_ written: Written, arms: KnownNames?, outcomes: [Outcome]?) -> RolloutPlan? {
    let what = "rollout"
    guard let section = section(written, name: what, keys: TrialReader.rolloutKeys) else {
      return nil
    }
    let before = faults.count
    func read(_ key: String) -> String? { section[key].flatMap { text($0) } }
    func amount(_ key: String, _ range: NumberRange) -> Double? {
      section[key].flatMap { number($0, range) }
    }
    let file = required("municipalities", in: section, named: what).flatMap { text($0) }
    if let written = section["outcome"], let id = read("outcome"), let outcomes,
      !outcomes.contains(where: { $0.id == id })
    {
      report(.unknownName(.outcome, id, accepted: outcomes.map(\.id)), at: written)
    }
    if let written = section["arm"], let id = read("arm"), let arms, !arms.contains(id) {
      report(.unknownName(.arm, id, accepted: arms.sorted), at: written)
    }
    let voltage =
      section["voltage"].map { written in
        oneOrMore(written).flatMap { complete($0.map { number($0, .positiveShare) }) }
      } ?? RolloutPlan.usualVoltage
    let plan = RolloutPlan(
      municipalities: file ?? "", code: read("code"), name: read("name") ?? "name",
      population: read("population") ?? "population", budgetColumn: read("budgets"),
      targetColumn: read("targets"), outcome: read("outcome"), arm: read("arm"),
      pool: section["pool"].flatMap { oneOrMore($0) }.flatMap { complete($0.map { text($0) }) }
        ?? [],
      cost: amount("cost", .notNegative), fixedCost: amount("fixed_cost", .notNegative) ?? 0,
      budget: amount("budget", .positive), voltage: voltage ?? [], tau: amount("tau", .notNegative),
      worth: amount("worth", .positive),
      resembling: section["resembling"].flatMap { condition($0, ofData: false) } ?? Condition())
    return faults.count == before ? plan : nil
  }
}

extension RolloutPlan {
  /// As in the trial, three quarters of it, half of it. List (2022), The Voltage Effect.
  static let usualVoltage = [1.0, 0.75, 0.5]
}
