import Foundation
import TestSupport
import Testing
import Trials
import Vocabulary

@testable import Analysis

@Suite("Planning")
struct PlanTests {
  static func file(
    assignment: String = "{method: complete}", planning: String = "", arms: Int = 2,
    effect: Double = 0.15, units: Int = 400,
    better: String = "more"
  ) throws -> TrialFile {
    let others = (1..<arms).map { "  - {id: m\($0), cost: 100}" }.joined(separator: "\n")
    let effects = (1..<arms).map { "m\($0): \(effect)" }.joined(separator: ", ")
    return try TrialFile.decode(
      yaml: """
        nudge: 1
        trial: plan
        title: 計画
        arms:
          - {id: control, control: true, cost: 100}
        \(others)
        unit: id
        assignment: \(assignment)
        outcomes:
          - {id: visit, role: primary, kind: binary, column: visited, worthwhile: 0.1, better: \(better)}
          - {id: placed, role: secondary, kind: binary, column: placed, worthwhile: 0.01}
          - {id: income, role: secondary, kind: continuous, column: income}
        funnel: [opened, visited, placed]
        planning: {\(planning)}
        simulation:
          seed: 1
          units: \(units)
          columns: {area: {a: 1, b: 1}, household: {from: 1, to: 80}, income: {from: 0, to: 99}}
          steps:
            - {column: opened, baseline: 0.6}
            - {column: visited, given: opened, baseline: 0.5, effects: {\(effects)}}
            - {column: placed, given: visited, baseline: 0.1}
        """, file: "trial.yml")
  }

  /// Baseline .6 × .5 = .3 from the simulation; R: power.prop.test(n = 200, p1 = .3, p2 = .4).
  @Test("the answers are those of the formula, whatever is solved for")
  func formula() throws {
    let plan = try PowerPlan(of: Self.file(planning: "solve: power"))
    #expect(plan.units == 400 && plan.baseline == 0.3 && plan.isBaselineSimulated)
    #expect(abs((plan.power ?? 0) - 0.55462787) < 1e-6)
    let units = try PowerPlan(of: Self.file(planning: "solve: units"))
    // power.prop.test(p1 = .3, p2 = .4, power = .8)$n is 355.942813.
    #expect(units.units == 712 && units.budget == 71_200)
    let budget = try PowerPlan(
      of: Self.file(planning: "solve: effect, budget: 71300, fixed_cost: 100"))
    #expect(budget.units == 712 && abs((budget.detectable ?? 0) - 0.1) < 1e-4)
  }

  /// A fall from .3 by .1 is R's power.prop.test(n = 200, p1 = .3, p2 = .2); n for 80 % is 293.151.
  @Test("where less is better, effects are falls")
  func falls() throws {
    let plan = try PowerPlan(of: Self.file(planning: "solve: power", better: "less"))
    #expect(plan.isFall && abs((plan.power ?? 0) - 0.6375022) < 1e-6)
    let units = try PowerPlan(of: Self.file(planning: "solve: units", better: "less"))
    #expect(units.units == 588)
  }

  @Test("an effect beyond what the rate can move is refused, not given a power of 0")
  func beyond() throws {
    #expect(throws: Faults.self) {
      try PowerPlan(of: Self.file(planning: "solve: power, baseline: {visit: 0.95}"))
    }
    #expect(throws: Faults.self) {
      try PowerPlan(
        of: Self.file(planning: "solve: power, baseline: {visit: 0.05}", better: "less"))
    }
  }

  @Test("every arm is rounded up to whole units, and clustered ones to whole clusters")
  func whole() throws {
    let three = try PowerPlan(of: Self.file(planning: "solve: units", arms: 3))
    #expect(three.units % 3 == 0)
    let clustered = try PowerPlan(
      of: Self.file(
        assignment: "{method: clustered, clusters: household}",
        planning: "solve: units, cluster_size: 30, icc: 0.02"))
    #expect(clustered.units % 60 == 0)
  }

  @Test(
    "a factorial trial asks about its factors with all its units; a stepped wedge draws whole clusters a sequence"
  )
  func crossedAndStepped() throws {
    let yaml = """
      nudge: 1
      trial: plan
      title: 計画
      arms:
        - {id: a, control: true, levels: {f: x, g: u}}
        - {id: b, levels: {f: y, g: u}}
        - {id: c, levels: {f: x, g: v}}
        - {id: d, levels: {f: y, g: v}}
      unit: id
      assignment: {method: factorial, factors: [{id: f, levels: [x, y]}, {id: g, levels: [u, v]}]}
      outcomes: [{id: visit, role: primary, kind: binary, column: visited, worthwhile: 0.1}]
      planning: {solve: power, units: 400, baseline: {visit: 0.3}}
      """
    let plan = try PowerPlan(of: TrialFile.decode(yaml: yaml, file: "trial.yml"))
    // R: power.prop.test(n = 200, p1 = .3, p2 = .4, sig.level = .025)$power.
    #expect(plan.comparisons == 2 && abs((plan.power ?? 0) - 0.4421045869) < 1e-6)
    let wedge = """
      nudge: 1
      trial: plan
      title: 計画
      arms: [{id: usual, control: true}, {id: offer}]
      unit: row
      assignment:
        {method: stepped_wedge, clusters: ward, period: q, periods: [a, b, c, d], column: order}
      outcomes: [{id: y, role: primary, kind: continuous, column: y, worthwhile: 1}]
      planning: {solve: units, sd: {y: 3}, cluster_size: 40, icc: 0.05}
      """
    let stepped = try PowerPlan(of: TrialFile.decode(yaml: wedge, file: "trial.yml"))
    #expect(stepped.units % (3 * 40) == 0 && stepped.designEffect == 1)
    #expect((stepped.power ?? 0) >= 0.8)
    let few = wedge.replacing("solve: units", with: "solve: power, units: 80")
    #expect(try PowerPlan(of: TrialFile.decode(yaml: few, file: "trial.yml")).power == nil)
  }

  @Test("several comparisons share the error, looks and clusters cost")
  func costs() throws {
    let three = try PowerPlan(of: Self.file(arms: 4))
    #expect(three.comparisons == 3 && abs(three.significance - 0.05 / 3) < 1e-12)
    let clustered = try PowerPlan(
      of: Self.file(
        assignment: "{method: clustered, clusters: household}",
        planning: "cluster_size: 30, icc: 0.02"))
    #expect(abs(clustered.designEffect - 1.58) < 1e-12)
  }

  @Test("an outcome that cannot carry the trial is said to, with the step that can")
  func judgement() throws {
    let plan = try PowerPlan(of: Self.file(planning: "units: 900"), outcome: "placed")
    #expect(!plan.carries && plan.worthwhile == 0.01)
    #expect(plan.steps.map(\.column) == ["visited", "opened"])
    // placed .03, visited .3: a rise of .01 in the one takes .1 in the other.
    #expect(abs(plan.steps[0].needed - 0.1) < 1e-12 && plan.steps[0].carries)
    #expect(abs(plan.steps[1].needed - 0.2) < 1e-12 && plan.steps[1].carries)
    #expect(try PowerPlan(of: Self.file(planning: "units: 900")).carries)
  }

  @Test("what must still be assumed is asked for, all at once")
  func gaps() throws {
    func messages(_ planning: String, _ outcome: String) -> [String] {
      do {
        _ = try PowerPlan(
          of: Self.file(
            assignment: "{method: clustered, clusters: household}", planning: planning),
          outcome: outcome)
        return []
      } catch let faults as Faults {
        return faults.all.map { $0.line(in: .english) }
      } catch { return ["\(error)"] }
    }
    let gaps = messages("", "income")
    #expect(gaps.count == 4 && gaps.contains { $0.contains("'sd: {income: …}'") })
    #expect(gaps.contains { $0.contains("'icc'") } && gaps.contains { $0.contains("cluster_size") })
    #expect(gaps.allSatisfy { $0.hasPrefix("trial.yml:") })
    #expect(
      messages("sd: {income: 20}, effect: 5, cluster_size: 5, icc: 0.1", "income").isEmpty)
  }

  @Test("simulated power agrees with the formula, and no effect is found as often as allowed")
  func simulation() throws {
    let file = try Self.file()
    let plan = try PowerPlan(of: file)
    let simulation = try PowerSimulation(
      of: file, assuming: plan.assumptions, units: 400, seed: 3)
    let found = try #require(simulation.run(trials: 250).comparisons.first)
    // .6·(.5 + .15) − .3 = .09: R: power.prop.test(n = 200, p1 = .3, p2 = .39)$power.
    #expect(abs(found.truth - 0.09) < 1e-12 && found.trials == 250)
    #expect(abs(found.power - 0.473292486) < 4 * found.monteCarloError + 0.01)
    let mean = try #require(found.meanEstimate)
    #expect(abs(mean - 0.09) < 4 * 0.047 / 250.0.squareRoot())
    #expect(found.covered >= 225 && (found.wrongSignShare ?? 1) < 0.02)
    #expect((found.exaggeration ?? 0) > 1.05)
    let none = try PowerSimulation(
      of: Self.file(effect: 0), assuming: plan.assumptions, units: 200, seed: 4)
    let idle = try #require(none.run(trials: 250).comparisons.first)
    #expect(idle.power < 0.05 + 4 * (0.05 * 0.95 / 250).squareRoot())
    #expect(idle.wrongSignShare == nil && idle.exaggeration == nil)
  }

  @Test("an interrupted run has the first trials of a whole one; take-up dilutes the effect")
  func interrupted() throws {
    let file = try Self.file(units: 60)
    var assumed = PlanningAssumptions()
    assumed.takeup = 0.5
    assumed.attrition = 0.2
    let simulation = try PowerSimulation(of: file, assuming: assumed, units: 60, seed: 9)
    let whole = simulation.run(trials: 12)
    #expect(whole == simulation.run(trials: 12) && whole.finished == 12)
    #expect(abs((whole.comparisons.first?.truth ?? 0) - 0.045) < 1e-12)
    let stopped = simulation.run(trials: 12) { _, _ in
    } shouldStop: {
      true
    }
    #expect(stopped.finished == 0 && stopped.asked == 12)
    #expect(stopped.comparisons.first?.power == 0)
  }

  @Test(
    "every design that draws everyone at once can be simulated",
    arguments: [
      "{method: blocked, blocks: [area]}", "{method: clustered, clusters: household}",
      "{method: matched_pairs, covariates: [income]}", "{method: minimized, factors: [area]}",
      "{method: rerandomized, covariates: [income], acceptance: 0.2}",
      "{method: permuted_blocks, blocks: [area]}", "{method: biased_coin}", "{method: hashed}",
    ])
  func designs(assignment: String) throws {
    let file = try Self.file(assignment: assignment)
    var assumed = PlanningAssumptions()
    assumed.clusterSize = 5
    let simulation = try PowerSimulation(of: file, assuming: assumed, units: 400, seed: 2)
    #expect(simulation.run(trials: 2).comparisons.first?.trials == 2)
  }
}
