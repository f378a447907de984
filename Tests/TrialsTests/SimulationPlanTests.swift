import Testing
import Vocabulary

@testable import Trials

/// The keys of `simulation:` beyond those of the first trial.
@Suite("Assumptions of simulated data")
struct SimulationPlanTests {
  private static let step =
    "    - {column: visited, given: sent, baseline: 0.05, effects: {social: 0.02}, missing: 0.01}"
  private static let age = "    age: {from: 34, to: 49}"
  private static let area = "    subprefecture: {石狩: 45, 上川: 20}"

  private func yaml(_ changes: (old: String, lines: [String])...) -> String {
    changes.reduce(validTrial) { text, change in
      text.replacing(change.old, with: change.lines.joined(separator: "\n"))
    }
  }

  @Test("every key is read")
  func reads() throws {
    let yaml = yaml(
      (
        Self.age,
        [
          "    household: {size: 2.5}", Self.age, "    day: {from: 令和3年6月1日, to: 2021-08-31}",
        ]
      ),
      (Self.area, ["    subprefecture: {weights: {石狩: 45, 上川: 20}, per: household}"]),
      (
        Self.step,
        [
          "    - {column: score, kind: number, baseline: 5, sd: 2, icc: {household: 0.2}}",
          "    - column: visited",
          "      given: sent",
          "      baseline: 0.05",
          "      icc_latent: {household: 0.1}",
          "      correlates: {score: 0.4}",
          "    - column: shown",
          "      kind: count",
          "      baseline: 9",
          "      season: {column: day, weekdays: {土: 2}, months: {8: 0.5}}",
        ]
      ))
    let plan = try #require(try TrialFile.decode(yaml: yaml, file: "trial.yml").trial.simulation)
    let june = try #require(CalendarDate(year: 2021, month: 6, day: 1))
    let august = try #require(CalendarDate(year: 2021, month: 8, day: 31))
    #expect(plan.columns.map(\.name) == ["household", "age", "day", "subprefecture"])
    #expect(plan.columns[2].source == .dates(from: june, to: august))
    #expect(plan.columns[3].per == "household")
    #expect(plan.steps[1].alike == ["household": 0.2])
    #expect(plan.steps[2].alikeLatent == ["household": 0.1])
    #expect(plan.steps[2].correlation == .init(column: "score", value: 0.4))
    let season = try #require(plan.steps[3].season)
    // 31 August 2021 was a Tuesday, the 28th a Saturday.
    #expect(season.factor(on: august) == 0.5)
    #expect(season.factor(on: try #require(CalendarDate(year: 2021, month: 8, day: 28))) == 1)
    #expect(season.factor(on: june) == 1)
  }

  @Test(
    "what does not fit is said",
    arguments: [
      (
        "    age: {from: 34, to: 49}", "    age: {from: 2021-08-31, to: 2021-06-01}",
        ["2021-08-31", "2021-06-01"]
      ),
      ("    age: {from: 34, to: 49}", "    age: {size: 0.5}", ["1 or more"]),
      ("    age: {from: 34, to: 49}", "    age: {count: 9, per: town}", ["'town'"]),
      (
        "    age: {from: 34, to: 49}",
        "    age: {from: 34, to: 49}\n    p: {of: age, values: {34: 1}}",
        ["unknown simulated column of categories 'age'"]
      ),
      (
        "上川: 20}", "上川: 20}\n    p: {of: subprefecture, values: {石狩: 0.1, 上: 0.2}}",
        ["unknown level '上'", "'values' lacks 上川"]
      ),
      ("missing: 0.01", "icc: {town: 0.1}", ["unknown simulated column 'town'"]),
      ("missing: 0.01", "icc: {age: 1.2}", ["0 or more and less than 1"]),
      (
        "missing: 0.01", "icc: {age: 0.1}, icc_latent: {age: 0.1}",
        ["'icc' and 'icc_latent' say the same on two scales"]
      ),
      (
        "missing: 0.01", "kind: count, icc: {age: 0.1}",
        ["'icc' is for steps of kind event, number."]
      ),
      (
        "missing: 0.01", "kind: number, sd: 1, icc_latent: {age: 0.1}",
        ["'icc_latent' is for steps of kind event, time."]
      ),
      (
        "missing: 0.01", "kind: count, correlates: {sent: 0.1}",
        ["'correlates' is for steps of kind event, number, time."]
      ),
      ("missing: 0.01", "correlates: {sen: 0.1}", ["'sen' is not an earlier step", "'sent'"]),
      ("missing: 0.01", "correlates: {sent: 1}", ["between -1 and 1, both excluded"]),
      ("missing: 0.01", "correlates: {sent: 0.1, visited: 0.2}", ["names one earlier step"]),
      (
        "missing: 0.01", "season: {column: age}",
        ["'season' is for steps of kind", "number, count, time"]
      ),
      (
        "missing: 0.01", "kind: count, season: {column: age}",
        ["unknown simulated column of days 'age'"]
      ),
      ("missing: 0.01", "kind: share, of: sent", ["'sent' is not an earlier step"]),
      ("missing: 0.01", "kind: time, event: placed", ["lacks the key 'until'"]),
      ("missing: 0.01", "missing: {socal: 0.1}", ["unknown arm 'socal'", "'social'"]),
      (
        "missing: 0.01", "also: [{where: {ag: 3}, baseline: 0.1}]",
        ["unknown simulated column 'ag'", "'age'"]
      ),
      ("missing: 0.01", "also: [{where: {age: 40}, baseline: 0.99}]", ["is not between 0 and 1"]),
    ])
  func faults(old: String, new: String, parts: [String]) {
    let lines = faultLines(changed(old, new)).joined(separator: "\n")
    for part in parts { #expect(lines.contains(part), "\(lines)") }
  }

  @Test("a season's parts are weekdays and months")
  func seasons() {
    let lines = faultLines(
      yaml(
        (Self.age, [Self.age, "    day: {from: 2021-06-01, to: 2021-08-31}"]),
        (
          Self.step,
          [
            "    - column: shown",
            "      kind: count",
            "      baseline: 9",
            "      season: {column: day, weekdays: {祝: 2}, months: {13: 1}}",
          ]
        )))
    #expect(lines.count == 2)
    #expect(lines.first?.contains("unknown weekday or month '祝'") == true)
    #expect(lines.last?.contains("unknown weekday or month '13'") == true)
  }
}
