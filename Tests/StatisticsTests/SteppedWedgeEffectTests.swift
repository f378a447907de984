import Foundation
import RandomAssignment
import Testing

@testable import Statistics

@Suite("The effect in a stepped wedge")
struct SteppedWedgeEffectTests {
  private static func lines(_ name: String) throws -> [[Double]] {
    let url = try #require(
      Bundle.module.url(forResource: "Reference/\(name)", withExtension: "csv"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").map { Double($0) ?? .nan }
    }
  }

  /// Column 3 is the number, 4 the zero or one.
  private static func sample(_ column: Int, shift: Double = 0) throws -> UnitSample {
    let rows = try lines("stepped_wedge_data")
    let offer = rows.map { $0[1] > $0[2] ? 1 : 0 }
    let periods = rows.map { Int($0[1]) }
    let sample = UnitSample(
      arms: ["usual", "offer"], assignment: offer,
      response: [zip(rows, offer).map { $0[column] + shift * Double($1) }],
      covariates: [
        "quarter": (1...3).map { period in
          LinearDesign.Column("quarter=\(period)", periods.map { $0 == period ? 1 : 0 })
        }
      ], clusters: Grouping(rows.map { Int($0[0]) }))
    return try #require(sample)
      .redrawn(.wedge(WedgeDraw(periods: periods, sequences: rows.map { Int($0[2]) })))
  }

  private static let contrast = Contrast("offer", versus: "usual")
  private static let estimator = TwoWay(period: "quarter")

  // estimatr::lm_robust with fixed effects and CR2 (Reference/stepped_wedge.R).
  @Test("effect, CR2 and degrees of freedom are estimatr's", arguments: [(0, 3), (1, 4)])
  func agreesWithR(line: Int, column: Int) throws {
    let response: Response = column == 3 ? .continuous("y") : .binary("b")
    let means = try Self.estimator.marginalMeans(
      of: response, in: Sample(units: Self.sample(column)), arms: ["usual", "offer"])
    let measure: any EffectMeasure = column == 3 ? MeanDifference() : RiskDifference()
    let estimate = try measure.estimate(Self.contrast, from: means)
    let expected = try Self.lines("stepped_wedge")[line]
    #expect(abs((estimate.value ?? 0) - expected[1]) < 1e-10)
    #expect(abs((estimate.standardError ?? 0) - expected[2]) < 1e-10)
    #expect(abs((estimate.degreesOfFreedom ?? 0) - expected[3]) < 1e-8)
  }

  // All 90 orders, each with lm and cluster-robust sums, under no effect and under .5 (Reference/stepped_wedge.R).
  @Test("the test over all orders is R's, for every size of effect", arguments: [(0, 3), (1, 4)])
  func orders(line: Int, column: Int) throws {
    let response: Response = column == 3 ? .continuous("y") : .binary("b")
    let estimate = try RandomizationInference().estimate(
      Self.contrast, of: response, in: Self.sample(column), by: Self.estimator)
    let evidence = try #require(estimate.evidence as? RandomizationEvidence)
    #expect(evidence.isExact && evidence.draws == 90)
    let expected = try Self.lines("stepped_wedge")[line]
    #expect(abs(try evidence.pValue(of: 0) - expected[4]) < 1e-12)
    #expect(abs(try evidence.pValue(of: 0.5) - expected[5]) < 1e-12)
  }

  @Test("an effect that is added moves estimate and interval by as much")
  func shifted() throws {
    func found(_ shift: Double) throws -> (Double, Interval) {
      let estimate = try RandomizationInference().estimate(
        Self.contrast, of: .continuous("y"), in: Self.sample(3, shift: shift), by: Self.estimator)
      return (try #require(estimate.value), try estimate.evidence.interval(level: 0.9))
    }
    let (plain, moved) = (try found(0), try found(5))
    #expect(abs(moved.0 - plain.0 - 5) < 1e-9)
    guard case .between(let a, let b) = plain.1, case .between(let c, let d) = moved.1 else {
      Issue.record("no interval")
      return
    }
    #expect(abs(c - a - 5) < 1e-4 && abs(d - b - 5) < 1e-4 && a < plain.0 && plain.0 < b)
  }

  @Test("time alone is no effect; clusters that never change sides have none")
  func refused() throws {
    let periods = Array(repeating: [0, 1, 2], count: 4).flatMap(\.self)
    let clusters = (0..<4).flatMap { Array(repeating: $0, count: 3) }
    let dummies = (1...2).map { period in
      LinearDesign.Column("quarter=\(period)", periods.map { $0 == period ? 1.0 : 0 })
    }
    func sample(_ offer: [Int]) throws -> Sample {
      Sample(
        units: try #require(
          UnitSample(
            arms: ["usual", "offer"], assignment: offer,
            // A trend, levels of clusters, and wiggles that add up to nothing in cluster and period.
            response: [
              zip(periods, clusters).map { period, cluster in
                Double(period * period + 3 * cluster) + (cluster % 2 == 0 ? 1 : -1)
                  * [1, -2, 1][period]
              }
            ],
            covariates: ["quarter": dummies], clusters: Grouping(clusters))))
    }
    let steps = zip(periods, clusters).map { $0 > $1 / 2 ? 1 : 0 }
    let means = try Self.estimator.marginalMeans(
      of: .continuous("y"), in: sample(steps), arms: ["usual", "offer"])
    #expect(abs((means.arms[1].mean - means.arms[0].mean)) < 1e-9)
    #expect(throws: EstimationError.self) {
      try Self.estimator.marginalMeans(
        of: .continuous("y"), in: sample(clusters.map { $0 < 2 ? 1 : 0 }),
        arms: ["usual", "offer"])
    }
    #expect(throws: EstimationError.noUnits(arm: "offer")) {
      try Self.estimator.marginalMeans(
        of: .continuous("y"), in: sample(clusters.map { _ in 0 }), arms: ["usual", "offer"])
    }
    #expect(throws: EstimationError.wrongKindOfOutcome) {
      try Self.estimator.marginalMeans(
        of: .ratio("a", over: "b"), in: sample(steps), arms: ["usual", "offer"])
    }
  }
}
