import Foundation
import Statistics
import Testing

/// power.R.
@Suite struct PowerTests {
  private struct Reference: Decodable {
    struct Proportions: Decodable {
      var control: Double
      var rate: Double
      var power: Double
      var significance: Double
      var n: Double
      var nOneSided: Double
      var powerAt200: Double
    }
    struct Rise: Decodable {
      var control: Double
      var n: Double
      var power: Double
      var rise: Double
    }
    struct Means: Decodable {
      var n: Double
      var delta: Double
      var sd: Double
      var target: Double
      var significance: Double
      var power: Double
      var oneSided: Double
      var units: Double
      var mde: Double
    }
    struct Unequal: Decodable {
      var n: Double
      var ratio: Double
      var delta: Double
      var power: Double
    }
    struct UnequalProportions: Decodable {
      var n: Double
      var ratio: Double
      var control: Double
      var rate: Double
      var power: Double
    }
    var prop: [Proportions]
    var rise: [Rise]
    var t: [Means]
    var unequal: [Unequal]
    var unequalProp: [UnequalProportions]
    var mde: [String: Double]

    static func load() throws -> Reference {
      let url = try #require(
        Bundle.module.url(forResource: "power", withExtension: "json", subdirectory: "Reference"))
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  @Test func proportions() throws {
    for row in try Reference.load().prop {
      let two = try TwoProportionPower(control: row.control, significance: row.significance)
      let one = try TwoProportionPower(
        control: row.control, significance: row.significance, sides: .one)
      #expect(isClose(try two.controlUnits(rate: row.rate, power: row.power), row.n))
      #expect(isClose(try one.controlUnits(rate: row.rate, power: row.power), row.nOneSided))
      #expect(isClose(try two.power(rate: row.rate, controlUnits: 200), row.powerAt200))
    }
  }

  /// `?power.prop.test` in R: n = 50 has power .740, and 76.7 an arm are needed for .90.
  @Test func theHelpPageOfPowerPropTest() throws {
    let problem = try TwoProportionPower(control: 0.5)
    #expect(abs(try problem.power(rate: 0.75, controlUnits: 50) - 0.7401659) < 1e-7)
    #expect(abs(try problem.controlUnits(rate: 0.75, power: 0.9) - 76.70693) < 1e-4)
  }

  @Test func smallestRise() throws {
    for row in try Reference.load().rise {
      let problem = try TwoProportionPower(control: row.control)
      let rise = try problem.minimumDetectableRise(controlUnits: row.n, power: row.power)
      #expect(isClose(rise, row.rise, within: 1e-7), "\(row): \(rise as Any)")
    }
    #expect(
      try TwoProportionPower(control: 0.9).minimumDetectableRise(controlUnits: 5, power: 0.9) == nil
    )
  }

  @Test func means() throws {
    for row in try Reference.load().t {
      let two = try TwoMeanPower(standardDeviation: row.sd, significance: row.significance)
      let one = try TwoMeanPower(
        standardDeviation: row.sd, significance: row.significance, sides: .one)
      // R's noncentral t stops its series at 10⁻¹².
      #expect(abs(try two.power(difference: row.delta, controlUnits: row.n) - row.power) < 1e-9)
      #expect(abs(try one.power(difference: row.delta, controlUnits: row.n) - row.oneSided) < 1e-9)
      #expect(
        isClose(
          try two.minimumDetectableDifference(controlUnits: row.n, power: row.target), row.mde,
          within: 1e-7))
      #expect(
        isClose(
          try two.controlUnits(difference: row.delta, power: row.target), row.units, within: 1e-7))
    }
    // ?power.t.test: n = 20, delta = 1, sd = 1.
    let help = try TwoMeanPower()
    #expect(abs(try help.power(difference: 1, controlUnits: 20) - 0.8689528) < 1e-7)
  }

  @Test func unequalArms() throws {
    let reference = try Reference.load()
    for row in reference.unequal {
      let problem = try TwoMeanPower(ratio: row.ratio)
      #expect(abs(try problem.power(difference: row.delta, controlUnits: row.n) - row.power) < 1e-9)
    }
    for row in reference.unequalProp {
      let problem = try TwoProportionPower(control: row.control, ratio: row.ratio)
      let power = try problem.power(rate: row.rate, controlUnits: row.n)
      #expect(isClose(power, row.power))
      #expect(isClose(try problem.controlUnits(rate: row.rate, power: power), row.n))
    }
  }

  @Test func designEffect() throws {
    // 1 + 29 · .02 = 1.58, and 1200/1.58.
    let equal = try DesignEffect(meanClusterSize: 30, intraclusterCorrelation: 0.02)
    #expect(isClose(equal.value, 1.58))
    #expect(isClose(equal.effectiveUnits(1200), 1200 / 1.58))
    // Sizes 10, 20, 60: Σm² = 4100, Σm = 90, so 1 + (4100/90 − 1)·.05 = 1 + 4010/1800.
    let unequal = try DesignEffect(clusterSizes: [10, 20, 60], intraclusterCorrelation: 0.05)
    #expect(isClose(unequal.value, 1 + 4010.0 / 1800))
    // m̄ = 30, CV² = (4100/3 − 900)/900.
    let variation = ((4100.0 / 3 - 900) / 900).squareRoot()
    let same = try DesignEffect(
      meanClusterSize: 30, coefficientOfVariation: variation, intraclusterCorrelation: 0.05)
    #expect(isClose(same.value, unequal.value))
  }

  @Test func minimumDetectableEffect() throws {
    let reference = try Reference.load().mde
    let multiple = try MinimumDetectableEffect.multiple()
    #expect(isClose(multiple, try #require(reference["normal"])))
    // A half of 1,000 units in each arm, in standard deviations: 2.8016·√(4/1000).
    #expect(abs(multiple * (4.0 / 1000).squareRoot() - 0.1771878) < 1e-7)
    let oneSided = try MinimumDetectableEffect.multiple(power: 0.9, sides: .one)
    #expect(isClose(oneSided, try #require(reference["one_sided_90"])))
    let clusters = try MinimumDetectableEffect.multiple(degreesOfFreedom: 10)
    #expect(isClose(clusters, try #require(reference["df_10"])))
  }

  @Test func nonsenseIsRefused() throws {
    #expect(throws: EstimationError.undefined) { try TwoProportionPower(control: 1.1) }
    #expect(throws: EstimationError.undefined) { try TwoMeanPower(standardDeviation: 0) }
    let rates = try TwoProportionPower(control: 0)
    #expect(throws: EstimationError.noVariation) { try rates.power(rate: 0, controlUnits: 10) }
    #expect(throws: EstimationError.undefined) { try rates.controlUnits(rate: 0, power: 0.8) }
    let means = try TwoMeanPower()
    #expect(throws: EstimationError.undefined) { try means.power(difference: 1, controlUnits: 1) }
    #expect(throws: EstimationError.undefined) {
      try means.controlUnits(difference: 0, power: 0.8)
    }
    #expect(throws: EstimationError.undefined) {
      try means.controlUnits(difference: 1e-12, power: 0.8)
    }
    #expect(throws: EstimationError.undefined) {
      try DesignEffect(clusterSizes: [3, 0], intraclusterCorrelation: 0.1)
    }
    #expect(throws: EstimationError.undefined) {
      try DesignEffect(clusterSizes: [3, 3], intraclusterCorrelation: .nan)
    }
    #expect(throws: EstimationError.undefined) {
      try MinimumDetectableEffect.multiple(power: 0.01)
    }
  }
}
