import Foundation
import Statistics
import Testing

@Suite("Power of a trial's comparison")
struct ComparisonPowerTests {
  typealias Clusters = ComparisonPower.Clusters

  /// The output of Reference/comparison_power.R.
  private static func answers() throws -> [Double] {
    let url = try #require(
      Bundle.module.url(forResource: "Reference/comparison_power", withExtension: "csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    return try lines.map { try #require(Double($0.split(separator: ",")[1])) }
  }

  private static func problems() throws -> [(ComparisonPower, effect: Double, units: Double)] {
    [
      (
        try ComparisonPower(
          .rate(0.3), clusters: Clusters(meanSize: 20, intraclusterCorrelation: 0.02)), 0.08, 600
      ),
      (
        try ComparisonPower(
          .rate(0.3),
          clusters: Clusters(
            meanSize: 20, coefficientOfVariation: 0.6, intraclusterCorrelation: 0.02)), 0.08, 600
      ),
      (
        try ComparisonPower(
          .rate(0.1), ratio: 2,
          clusters: Clusters(
            meanSize: 30, coefficientOfVariation: 0.4, intraclusterCorrelation: 0.05),
          attrition: 0.1), 0.08, 300
      ),
      (
        try ComparisonPower(
          .mean(standardDeviation: 2), significance: 0.025,
          clusters: Clusters(meanSize: 25, intraclusterCorrelation: 0.1), explained: 0.3), 1.5, 200
      ),
      (try ComparisonPower(.mean(standardDeviation: 1)), 1, 20),
      (
        try ComparisonPower(
          .mean(standardDeviation: 3), ratio: 0.5, explained: 0.25, attrition: 0.2,
          inflation: 1.02), 1.2, 80
      ),
      (try ComparisonPower(.rate(0.5)), 0.25, 50),
      (try ComparisonPower(.rate(0.1), attrition: 0.1, takeup: 0.5), 0.12, 500),
      (
        try ComparisonPower(
          .mean(standardDeviation: 3),
          clusters: Clusters(meanSize: 250, intraclusterCorrelation: 0.03, sequences: 4)), 0.9, 1000
      ),
      (
        try ComparisonPower(
          .rate(0.3),
          clusters: Clusters(meanSize: 80, intraclusterCorrelation: 0.1, sequences: 3),
          attrition: 0.2), 0.1, 480
      ),
    ]
  }

  @Test("power is R's", arguments: 0..<10)
  func power(index: Int) throws {
    let (problem, effect, units) = try Self.problems()[index]
    let power = try problem.power(effect: effect, controlUnits: units)
    let expected = try Self.answers()[index]
    #expect(abs(power - expected) < 1e-8)
  }

  @Test("size, effect and power are one relation", arguments: 0..<10)
  func inverses(index: Int) throws {
    let (problem, effect, _) = try Self.problems()[index]
    let units = try problem.controlUnits(effect: effect, power: 0.8)
    #expect(abs(try problem.power(effect: effect, controlUnits: units) - 0.8) < 1e-9)
    let detectable = try #require(
      try problem.minimumDetectableEffect(controlUnits: units, power: 0.8))
    #expect(abs(detectable - effect) < 1e-7 * effect)
  }

  // values.md §6.4, R's power.prop.test.
  @Test(
    "published sample sizes",
    arguments: [
      (0.5, 0.25, 0.9, 76.70693), (0.1, 0.02, 0.8, 3840.8475), (0.01, 0.002, 0.8, 42692.80),
      (0.05, 0.025, 0.8, 1470.485),
    ])
  func published(baseline: Double, effect: Double, power: Double, units: Double) throws {
    let found = try ComparisonPower(.rate(baseline)).controlUnits(effect: effect, power: power)
    #expect(abs(found - units) < 1e-6 * units)
  }

  @Test("everything that thins a trial out costs power, and each by its own factor")
  func monotone() throws {
    let plain = try ComparisonPower(.rate(0.2))
    let units = try plain.controlUnits(effect: 0.05, power: 0.8)
    let thinned = try ComparisonPower(.rate(0.2), explained: 0.2, attrition: 0.1, inflation: 1.03)
    let more = try thinned.controlUnits(effect: 0.05, power: 0.8)
    #expect(abs(more / units - 1.03 * 0.8 / 0.9) < 1e-6)
    #expect(
      try ComparisonPower(.rate(0.2), takeup: 0.5).power(effect: 0.05, controlUnits: units) < 0.35)
  }

  @Test("what cannot be is refused or nil, never NaN")
  func refused() throws {
    #expect(throws: EstimationError.undefined) { try ComparisonPower(.rate(1)) }
    #expect(throws: EstimationError.undefined) { try ComparisonPower(.rate(0.1), attrition: 1) }
    #expect(throws: EstimationError.undefined) { try ComparisonPower(.mean(standardDeviation: 0)) }
    #expect(throws: EstimationError.undefined) { try ComparisonPower(.rate(0.1), inflation: 0.9) }
    let problem = try ComparisonPower(.rate(0.1))
    #expect(throws: EstimationError.undefined) { try problem.power(effect: 0.95, controlUnits: 9) }
    #expect(throws: EstimationError.undefined) {
      try problem.controlUnits(effect: 1e-9, power: 0.8)
    }
    #expect(try problem.minimumDetectableEffect(controlUnits: 2, power: 0.8) == nil)
    let few = try ComparisonPower(
      .rate(0.1), clusters: Clusters(meanSize: 100, intraclusterCorrelation: 0.02))
    #expect(throws: EstimationError.undefined) { try few.power(effect: 0.1, controlUnits: 100) }
  }
}
