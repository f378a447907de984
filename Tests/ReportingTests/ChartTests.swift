@testable import Analysis
import Testing
import Vocabulary

@testable import Reporting

@Suite struct AxisTests {
  private func ticks(_ values: [Double], zero: Bool = false) -> [String] {
    Axis(showing: values, includesZero: zero, from: 0, to: 100).ticks.map(\.label)
  }

  // By hand: the range over five, rounded up to 1, 2 or 5 times a power of ten, is the step.
  @Test func ticksStandOnRoundNumbers() {
    #expect(ticks([-1.9, 9.9]) == ["−5", "0", "5", "10"])
    #expect(ticks([0, 1]) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(ticks([0.0012], zero: true) == ["0.0000", "0.0005", "0.0010", "0.0015"])
    #expect(
      ticks([30_000, 120_000]) == ["20,000", "40,000", "60,000", "80,000", "100,000", "120,000"])
  }

  @Test(arguments: [
    [], [0], [5, 5], [.nan], [.infinity, -.infinity], [1e308, -1e308], [.leastNonzeroMagnitude],
    [0, .leastNormalMagnitude],
  ])
  func degenerateDataHaveAnAxis(values: [Double]) {
    for zero in [true, false] {
      let axis = Axis(showing: values, includesZero: zero, from: 10, to: 90)
      #expect(axis.high > axis.low)
      #expect(axis.ticks.count >= 2 && axis.ticks.count <= 15)
      for value in values + [.nan, .infinity, 0] {
        #expect((10...90).contains(axis.position(value)))
      }
    }
  }
}

@Suite struct ChartTests {
  private func charts(_ result: TrialResult) -> String {
    let index = ResultIndex(result: result, language: .english)
    let outcome = Fixture.trial.outcomes[0]
    return [
      RateChart(outcome, in: index).chart, ForestPlot(outcome, in: index).chart,
      FunnelChart(index).chart,
    ].map { $0.svg(id: "x").rendered }.joined()
  }

  private func expectDrawable(_ svg: String) {
    #expect(!svg.contains("nan") && !svg.contains("inf\"") && !svg.contains("\"−"))
    #expect(svg.contains("<svg"))
  }

  @Test func emptyResultsAreDrawn() {
    var result = Fixture.result
    result.trial.arms = []
    result.trial.cohorts = []
    result.results = []
    result.means = []
    result.funnel = []
    expectDrawable(charts(result))
  }

  @Test func oneArmIsDrawn() {
    var result = Fixture.result
    result.trial.arms = Array(result.trial.arms.prefix(1))
    expectDrawable(charts(result))
  }

  @Test(arguments: [Double?.none, .nan, .infinity, -.infinity, 0, 1e300, -1e300])
  func strangeNumbersAreDrawn(value: Double?) {
    var result = Fixture.result
    for position in result.results.indices {
      result.results[position].estimate = value
      result.results[position].confLow = value
      result.results[position].confHigh = value
    }
    for position in result.means.indices {
      result.means[position].mean = value
      result.means[position].confLow = value
    }
    for position in result.funnel.indices {
      result.funnel[position].rateOfAll = value
    }
    result.trial.outcomes[0].worthwhile = value
    expectDrawable(charts(result))
  }

  @Test(arguments: ReportFormat.all.filter { $0 != .json }, Language.allCases)
  func strangeNumbersAreReported(format: ReportFormat, language: Language) throws {
    var result = Fixture.result
    for position in result.results.indices {
      result.results[position].estimate = .nan
      result.results[position].confHigh = .infinity
      result.results[position].pValue = .nan
    }
    result.verdicts[0].meanArm = .nan
    result.verdicts[1].confLow = -.infinity
    let text = try Report(result, language: language).rendered(as: format)
    #expect(!text.contains("nan"))
    #expect(!text.contains("Optional("))
  }

  @Test func anEndWithoutBoundIsAnArrow() {
    let axis = Axis(showing: [0, 10], includesZero: true, from: 0, to: 100)
    func drawing(_ interval: IntervalShape) -> String {
      Whisker(axis: axis, y: 5, estimate: 3, interval: interval, marker: .square)
        .drawing.map(\.rendered).joined()
    }
    func arrows(_ interval: IntervalShape) -> Int {
      drawing(interval).split(separator: "class=\"arrow\"").count - 1
    }
    #expect(arrows(.between(low: 1, high: 5)) == 0)
    #expect(arrows(.between(low: 1, high: nil)) == 1)
    #expect(arrows(.between(low: 1, high: 50)) == 1)
    #expect(arrows(.outside(below: 1, above: 5)) == 2)
    #expect(arrows(.everything) == 2)
    #expect(drawing(.unknown).split(separator: "<line").count == 1)
  }

  @Test func namesBesideADrawingAreCut() {
    // A full-width letter is 13.39 wide: five fit in 67, and four with the ellipsis.
    #expect(ChartText.fitted("期限と予約", width: 67) == "期限と予約")
    #expect(ChartText.fitted("期限と予約の案内", width: 67) == "期限と予…")
    #expect(ChartText.fitted("a\nb", width: 67) == "a b")
  }
}
