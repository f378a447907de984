import Testing
import Vocabulary

@testable import Analysis
@testable import Reporting

/// A report of a whole prefecture: 200 municipalities, 20 outcomes, 8 arms.
@Suite struct LargeReportTests {
  private static let result: TrialResult = {
    var result = Fixture.result
    let outcomes = (0..<20).map { "outcome-\($0)" }
    let arms = ["control"] + (1..<8).map { "arm-\($0)" }
    let cohorts = (0..<200).map { "town-\($0)" }
    result.trial.arms = arms.map { id in
      var arm = Fixture.result.trial.arms[id == "control" ? 0 : 1]
      arm.id = id
      arm.name = BilingualText(ja: "文面 \(id)", en: "Message \(id)")
      return arm
    }
    result.trial.outcomes = outcomes.enumerated().map { place, id in
      var outcome = Fixture.result.trial.outcomes[0]
      outcome.id = id
      outcome.role = place < 2 ? "primary" : "secondary"
      outcome.name = BilingualText(ja: "指標 \(place)", en: "Outcome \(place)")
      return outcome
    }
    result.trial.cohorts = cohorts.map {
      TrialSummary.CohortSummary(id: $0, name: BilingualText(ja: "第\($0)町", en: $0))
    }
    let groups = ["all"] + cohorts
    result.results = outcomes.flatMap { outcome in
      groups.flatMap { group in
        arms.dropFirst().map { arm in
          var row = Fixture.row(
            outcome, arm, "risk_difference", cohort: group, 0.0123, -0.0045, 0.0291, p: 0.15)
          row.role = "secondary"
          return row
        }
      }
    }
    result.means = outcomes.flatMap { outcome in
      groups.enumerated().flatMap { place, group in
        arms.map { arm in
          MeanRow(
            outcome: outcome, arm: arm, cohort: group, n: place == 0 ? 40_000 : 100 + place,
            missing: 0, events: 40, mean: 40 / Double(100 + place), standardDeviation: 0.4,
            confLow: 0.1, confHigh: 0.4, confLevel: 0.95, method: "wilson")
        }
      }
    }
    result.verdicts = []
    result.subgroups = []
    result.funnel = []
    return result
  }()

  @Test("the page stays under three megabytes and still has every number of its groups")
  func size() throws {
    let page = try Report(Self.result, language: .japanese).bytes(as: .html)
    #expect(page.count < 3_000_000)
    let text = String(decoding: page, as: UTF8.self)
    #expect(text.contains("人数の多い24区分を示し、残り176区分は区分別の表にあります"))
    // The largest is drawn, the smallest is in the table alone: forest, its table, table of groups.
    #expect(text.split(separator: "第town-199町").count > text.split(separator: "第town-0町").count)
    #expect(text.contains("第town-0町"))
  }
}
