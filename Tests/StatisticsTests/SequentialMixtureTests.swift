import Foundation
import RandomAssignment
import Statistics
import Testing

/// Confidence sequences against sequential_mixtures.R, and their coverage under continuous looks.
@Suite struct SequentialMixtureTests {
  private struct Reference: Decodable {
    struct Normal: Decodable {
      var estimate: Double
      var se: Double
      var units: Double
      var tuned: Double
      var p: Double
      var reach95: Double
      var reach80: Double
    }
    struct Binary: Decodable {
      var counts: [Int]
      var p: Double
      var lower: Double
      var upper: Double

      var table: TwoByTwoTable {
        get throws {
          try #require(
            TwoByTwoTable(events: counts[0], of: counts[1], versus: counts[2], of: counts[3]))
        }
      }
    }
    var normal: [Normal]
    var binary: [Binary]

    static func load() throws -> Reference {
      let url = try #require(
        Bundle.module.url(
          forResource: "sequential_mixtures", withExtension: "json", subdirectory: "Reference"))
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  @Test func normalMixture() throws {
    for row in try Reference.load().normal {
      let evidence = try MixtureEvidence(
        estimate: row.estimate, standardError: row.se, units: row.units, tunedTo: row.tuned)
      #expect(isClose(try evidence.pValue(of: 0), row.p, within: 1e-8))
      for (level, reach) in [(0.95, row.reach95), (0.8, row.reach80)] {
        let ends = try bounds(of: evidence.interval(level: level))
        #expect(isClose((ends.upper - ends.lower) / 2, reach, within: 1e-8), "\(row)")
        #expect(isClose(try evidence.pValue(of: ends.upper), 1 - level, within: 1e-9))
      }
    }
  }

  @Test func binaryMixture() throws {
    for row in try Reference.load().binary {
      let evidence = try BinarySequenceEvidence(row.table)
      #expect(isClose(try evidence.pValue(of: 0), row.p, within: 1e-7), "\(row)")
      let ends = try bounds(of: evidence.interval(level: 0.95))
      #expect(abs(ends.lower - row.lower) < 1e-7, "\(row): \(ends)")
      #expect(abs(ends.upper - row.upper) < 1e-7, "\(row): \(ends)")
      #expect(isClose(try evidence.pValue(of: ends.lower), 0.05, within: 1e-7))
    }
  }

  /// Skewed outcomes, looked at after every tenth pair from the fiftieth to the thousandth.
  @Test func normalMixtureHoldsAtAllLooks() throws {
    var generator = PhiloxGenerator(seed: 11)
    let trials = 600
    var excluded = 0
    var excludedByFixedHorizon = 0
    for _ in 0..<trials {
      var arms = [Moments(variables: 1), Moments(variables: 1)]
      var ever = false
      var everFixed = false
      for pair in 1...1000 {
        // Exponential with mean 1; the true difference is 0.
        for arm in 0...1 { arms[arm].add([-log(1 - generator.uniformDouble())]) }
        guard pair >= 50, pair % 10 == 0 else { continue }
        let n = Double(pair)
        let variances = try arms.map { try #require($0.variance(of: 0)) }
        let difference = arms[0].means[0] - arms[1].means[0]
        let error = ((variances[0] + variances[1]) / n).squareRoot()
        let evidence = try MixtureEvidence(
          estimate: difference, standardError: error, units: 2 * n, tunedTo: 1000)
        if try evidence.pValue(of: 0) < 0.05 { ever = true }
        if abs(difference / error) > 1.96 { everFixed = true }
      }
      if ever { excluded += 1 }
      if everFixed { excludedByFixedHorizon += 1 }
    }
    // Standard error .009 at .05. The fixed-horizon test, watched like this, errs many times as often.
    #expect(Double(excluded) / Double(trials) < 0.06)
    #expect(Double(excludedByFixedHorizon) / Double(trials) > 0.2)
  }

  /// Looked at after every pair up to the twentieth, then every tenth pair, at rates .12 and .05.
  @Test func binaryMixtureHoldsAtAllLooks() throws {
    var generator = PhiloxGenerator(seed: 12)
    let trials = 500
    var excluded = 0
    for _ in 0..<trials {
      var events = (arm: 0, control: 0)
      for pair in 1...400 {
        if generator.uniformDouble() < 0.12 { events.arm += 1 }
        if generator.uniformDouble() < 0.05 { events.control += 1 }
        guard pair <= 20 || pair % 10 == 0 else { continue }
        let table = try #require(
          TwoByTwoTable(events: events.arm, of: pair, versus: events.control, of: pair))
        if try BinarySequenceEvidence(table).pValue(of: 0.07) < 0.05 {
          excluded += 1
          break
        }
      }
    }
    #expect(Double(excluded) / Double(trials) <= 0.05)
  }

  @Test func extremes() throws {
    let all = try #require(TwoByTwoTable(events: 40, of: 40, versus: 0, of: 40))
    let ends = try bounds(of: BinarySequenceEvidence(all).interval(level: 0.95))
    #expect(ends.upper == 1)
    #expect(ends.lower > 0.5)
    // p = 41² times (½)⁸⁰, the likelihood at a common rate of ½: B(41, 1) = 1/41.
    let p = try BinarySequenceEvidence(all).pValue(of: 0)
    #expect(isClose(p, 41 * 41 * pow(0.5, 80), within: 1e-9))
    let one = try #require(TwoByTwoTable(events: 0, of: 1, versus: 0, of: 1))
    let wide = try bounds(of: BinarySequenceEvidence(one).interval(level: 0.95))
    #expect(wide.lower < -0.8 && wide.upper > 0.8)
    #expect(try BinarySequenceEvidence(one).pValue(of: 2) == 0)
    #expect(throws: EstimationError.undefined) {
      try MixtureEvidence(estimate: 0, standardError: 0, units: 1, tunedTo: 1)
    }
    #expect(throws: EstimationError.undefined) {
      try MixtureEvidence(estimate: 0, standardError: 1, units: 1, tunedTo: 0)
    }
    #expect(throws: EstimationError.undefined) {
      try BinarySequenceEvidence(one).interval(level: 0)
    }
  }
}
