import Statistics
import Testing
import Vocabulary

@testable import Trials

/// How a trial says that it is looked at early, in groups, in several ways or for several outcomes.
@Suite struct AnalysisPlanTests {
  private static let plain =
    "analysis: {estimator: difference_in_means, level: 0.95, multiplicity: holm}"

  private func plan(_ analysis: String) throws -> AnalysisPlan {
    try Trial.decode(yaml: changed(Self.plain, "analysis: \(analysis)"), file: "trial.yml").analysis
  }

  @Test(arguments: [
    ("obrien-fleming", SpendingFunction.obrienFleming), ("pocock", .pocock),
    ("{hwang-shih-decani: 1}", .hwangShihDeCani(gamma: 1)),
    ("hwang-shih-decani", .hwangShihDeCani(gamma: -4)), ("{kim-demets: 2}", .kimDeMets(rho: 2)),
  ])
  func looks(spending: String, function: SpendingFunction) throws {
    let looks = try #require(
      try plan("{looks: {at: [0.33, 0.67, 1], spending: \(spending)}}").looks)
    #expect(looks.fractions == [0.33, 0.67, 1])
    #expect(looks.function == function)
  }

  @Test func subgroups() throws {
    let plans = try plan(
      "{subgroups: [age_band, {column: sex, name: 性別, planned: false}, {column: age, order: [30代, 40代]}]}"
    ).subgroups
    #expect(
      plans == [
        SubgroupPlan(column: "age_band", name: BilingualText("age_band"), isPlanned: true),
        SubgroupPlan(column: "sex", name: BilingualText("性別"), isPlanned: false),
        SubgroupPlan(
          column: "age", name: BilingualText("age"), isPlanned: true, order: ["30代", "40代"]),
      ])
  }

  @Test func inference() throws {
    let plan = try plan("{inference: [randomization, bayes], draws: 999, seed: 7}")
    #expect(plan.inference == [.randomization, .bayes])
    #expect(plan.draws == 999 && plan.seed == 7)
  }

  @Test func priors() throws {
    #expect(
      try plan("{inference: bayes, prior: {mean: 0.01, spread: 0.02}}").prior
        == NormalPrior(mean: 0.01, standardDeviation: 0.02))
    // +1.4 points: DellaVigna & Linos (2022).
    #expect(
      try plan("{inference: bayes, prior: {nudge_units: 0.03}}").prior
        == NormalPrior(mean: 0.014, standardDeviation: 0.03))
  }

  @Test(arguments: MultiplicityPlan.names)
  func everyAdjustmentByName(name: String) throws {
    #expect(try plan("{multiplicity: \(name)}").multiplicity.name == name)
  }

  @Test func gates() throws {
    let two = changed("id: days, role: secondary", "id: days, role: primary")
    let text = try #require(two.firstRange(of: Self.plain))
    let yaml = two.replacingCharacters(
      in: text, with: "analysis: {multiplicity: {parallel: [visited, [days]]}}")
    let trial = try Trial.decode(yaml: yaml, file: "trial.yml")
    #expect(trial.analysis.multiplicity == .gates(.parallel, order: [["visited"], ["days"]]))
  }

  @Test(arguments: [
    FaultyChange(
      plain, "analysis: {looks: {at: [0.7, 0.5, 1]}}",
      "31:24: 'at' lists shares of the planned information in rising order, the last being 1, such as "
        + "[0.5, 1]; at most 200 looks."),
    FaultyChange(
      plain, "analysis: {looks: {at: [0.5, 2]}}",
      "31:30: 2 is out of range. Accepted: more than 0 and at most 1."),
    FaultyChange(
      plain, "analysis: {looks: {at: [0.5, 1], spending: obrien}}",
      "31:44: unknown spending function 'obrien'. Accepted: obrien-fleming, pocock, "
        + "hwang-shih-decani, kim-demets."),
    FaultyChange(
      plain, "analysis: {looks: {at: [1], spending: {kim-demets: 0}}}",
      "31:52: 0 is out of range. Accepted: more than 0."),
    FaultyChange(
      plain, "analysis: {inference: [randomisation]}",
      "31:24: unknown kind of inference 'randomisation'. Did you mean 'randomization'? Accepted: "
        + "randomization, bootstrap, wild_cluster_bootstrap, bayes, confidence_sequence."),
    FaultyChange(
      plain, "analysis: {subgroups: [age, age]}",
      "31:29: The subgroup 'age' is written more than once."),
    FaultyChange(
      plain, "analysis: {multiplicity: serial}",
      "31:26: 'serial' needs the order of the primary outcomes: {serial: [[visited], [placed]]}."),
    FaultyChange(
      plain, "analysis: {multiplicity: {serial: [[visitd]]}}",
      "31:26: The primary outcome visited is not in the order. Each primary outcome must stand there "
        + "once.",
      "31:37: unknown primary outcome 'visitd'. Did you mean 'visited'? Accepted: visited."),
    FaultyChange(
      plain, "analysis: {looks: {at: [0.5, 1]}, multiplicity: dunnett}",
      "31:19: 'looks' and 'multiplicity: dunnett' cannot be combined. Choose 'holm', 'serial' or the "
        + "like."),
    FaultyChange(
      plain, "analysis: {prior: {nudge_units: 0.02, mean: 0.01}}",
      "31:45: 'nudge_units' stands for the published mean (+1.4 points). Write either it or 'mean'."
    ),
    FaultyChange(
      plain, "analysis: {prior: {mean: 0.01}}",
      "31:19: 'prior' lacks the key 'spread', which is required."),
    FaultyChange(
      "worthwhile: 0.01", "framework: equivalence",
      "28:86: 'framework: equivalence' needs 'worthwhile', the margin."),
    FaultyChange(
      "shape: units", "shape: counts",
      "29:5: 'kind: continuous' needs one row a unit ('shape: units'); it cannot be computed from "
        + "counts."),
  ])
  func faults(change: FaultyChange) {
    #expect(faultLines(changed(change.old, change.new)) == change.lines)
  }

  @Test func countsCannotBeDrawnAgain() {
    let counts = changed("shape: units", "shape: counts").replacing(
      "- {id: days, role: secondary, kind: continuous, better: less}", with: "")
    let lines = faultLines(
      counts.replacing(
        Self.plain, with: "analysis: {inference: [bootstrap, bayes], multiplicity: max_t}"))
    #expect(lines.count == 2)
    #expect(lines.first?.contains("'bootstrap' needs one row a unit") ?? false)
    #expect(lines.last?.contains("'max_t' needs one row a unit") ?? false)
  }
}
