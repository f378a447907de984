import Foundation
import RandomAssignment
import Statistics
import Testing

/// Futility, and what may be said once a trial has stopped.
@Suite struct SequentialStoppingTests {
  @Test func futilityMatchesMultivariateNormal() throws {
    let row = try SequentialReference.load().futility
    let design = try SequentialBoundary.withFutility(
      informationFractions: row.t, significance: 0.025, power: 0.9,
      efficacy: .hwangShihDeCani(gamma: -4), futility: .hwangShihDeCani(gamma: -2))
    #expect(agree(design.boundary.upper, row.upper, within: 1e-5))
    #expect(agree(design.boundary.lower, row.lower, within: 1e-5), "\(design.boundary.lower)")
    #expect(abs(design.drift - row.drift) < 1e-5)
    // gsDesign() prints a sample size ratio of 1.07 at the last look.
    #expect(abs(design.inflation - 1.07) < 0.005)
    // Power as asked with stops obeyed; the type I error whether or not they are.
    #expect(abs(try design.boundary.power(drift: design.drift) - 0.9) < 1e-9)
    #expect(abs(try design.boundary.typeIError() - 0.025) < 1e-9)
    #expect(try design.boundary.crossing(drift: 0).everUpper < 0.025)
  }

  @Test func futilityOfOneLookIsTheFixedTrial() throws {
    let design = try SequentialBoundary.withFutility(
      informationFractions: [1], significance: 0.025, power: 0.9, efficacy: .pocock,
      futility: .pocock)
    // qnorm(.975) + qnorm(.9).
    #expect(isClose(design.drift, 1.959963984540054 + 1.2815515655446004))
    #expect(isClose(design.inflation, 1))
  }

  @Test func futilityRefuses() {
    #expect(throws: EstimationError.undefined) {
      try SequentialBoundary.withFutility(
        informationFractions: [0.5, 0.9], significance: 0.025, power: 0.9, efficacy: .pocock,
        futility: .pocock)
    }
    #expect(throws: EstimationError.undefined) {
      try SequentialBoundary.withFutility(
        informationFractions: [0.5, 1], significance: 0.025, power: 0.01, efficacy: .pocock,
        futility: .pocock)
    }
  }

  @Test func stagewiseMatchesMultivariateNormal() throws {
    let rows = try SequentialReference.load().stagewise
    #expect(rows.count == 5)
    for row in rows {
      let boundary = try SequentialBoundary(
        informationFractions: row.t, upper: row.upper, sides: row.sides == 2 ? .two : .one)
      let evidence = try StagewiseEvidence(
        boundary: boundary, endedAtLook: row.look - 1, estimate: row.estimate,
        standardError: row.se)
      let p = try row.sides == 2 ? evidence.pValue(of: 0) : evidence.upperPValue(of: 0)
      #expect(abs(p - row.p) < 1e-7, "\(row): \(p)")
      let slack = 1e-5 * row.se
      #expect(abs(try evidence.medianUnbiasedEstimate() - row.median) < slack)
      let ends = try bounds(of: evidence.interval(level: 0.95))
      #expect(abs(ends.lower - row.lower) < slack, "\(row): \(ends)")
      #expect(abs(ends.upper - row.high) < slack, "\(row): \(ends)")
    }
  }

  @Test func oneLookIsTheFixedHorizon() throws {
    let boundary = try SequentialBoundary.classical(.pocock, looks: 1, significance: 0.05)
    let staged = try StagewiseEvidence(
      boundary: boundary, endedAtLook: 0, estimate: 0.031, standardError: 0.012)
    let fixed = StudentEvidence(estimate: 0.031, standardError: 0.012, degreesOfFreedom: nil)
    #expect(isClose(try staged.pValue(of: 0), try fixed.pValue(of: 0)))
    let ours = try bounds(of: staged.interval(level: 0.9))
    let theirs = try bounds(of: fixed.interval(level: 0.9))
    #expect(isClose(ours.lower, theirs.lower))
    #expect(isClose(ours.upper, theirs.upper))
    #expect(isClose(try staged.medianUnbiasedEstimate(), 0.031))
    // 2·pnorm(-9) in R: both directions keep their digits.
    for estimate in [9.0, -9] {
      let far = try StagewiseEvidence(
        boundary: boundary, endedAtLook: 0, estimate: estimate, standardError: 1)
      #expect(isClose(try far.pValue(of: 0), 2.25717681190768e-19))
    }
  }

  /// On the boundary at the second look p is the error spent by then: 2·f(2/3) at 0.025.
  @Test func pMeetsTheErrorSpentOnTheBoundary() throws {
    let boundary = try SequentialBoundary.lanDeMets(
      informationFractions: [1.0 / 3, 2.0 / 3, 1], significance: 0.05, sides: .two,
      spending: .obrienFleming)
    let evidence = try StagewiseEvidence(
      boundary: boundary, endedAtLook: 1, estimate: boundary.upper[1], standardError: 1)
    let spent = try 2 * SpendingFunction.obrienFleming.spent(of: 0.025, at: 2.0 / 3)
    #expect(abs(try evidence.pValue(of: 0) - spent) < 1e-9)
    // Cumulative one-sided errors of this design: .000104, .006048.
    #expect(abs(spent / 2 - 0.006048) < 1e-6)
  }

  /// The interval covers, and the estimate errs upwards as often as down, at a true drift of 2.5.
  @Test func coverageAfterStopping() throws {
    let fractions = [0.25, 0.5, 0.75, 1]
    let boundary = try SequentialBoundary.lanDeMets(
      informationFractions: fractions, significance: 0.05, sides: .two, spending: .pocock)
    var generator = PhiloxGenerator(seed: 7)
    let trials = 4000
    var covered = 0
    var above = 0
    var naiveAbove = 0
    for _ in 0..<trials {
      var position = 0.0
      var look = 0
      while true {
        position += 2.5 * 0.25 + normalDraw(from: &generator) / 2
        if abs(position) > boundary.upper[look] * fractions[look].squareRoot() || look == 3 {
          break
        }
        look += 1
      }
      let evidence = try StagewiseEvidence(
        boundary: boundary, endedAtLook: look, estimate: position / fractions[look],
        standardError: 1 / fractions[look].squareRoot())
      let tail = try evidence.upperPValue(of: 2.5)
      if tail > 0.025, tail < 0.975 { covered += 1 }
      // The median-unbiased estimate exceeds the truth exactly where the tail at the truth is below ½.
      if tail < 0.5 { above += 1 }
      if position / fractions[look] > 2.5 { naiveAbove += 1 }
    }
    // Standard errors .0034 and .0079.
    #expect(abs(Double(covered) / Double(trials) - 0.95) < 0.012)
    #expect(abs(Double(above) / Double(trials) - 0.5) < 0.028)
    #expect(Double(naiveAbove) / Double(trials) > 0.52)
  }

  @Test func nonsenseIsRefused() throws {
    let boundary = try SequentialBoundary.classical(.pocock, looks: 2, significance: 0.05)
    for (look, error) in [(-1, 1.0), (2, 1), (0, 0), (0, .nan)] {
      #expect(throws: EstimationError.undefined) {
        try StagewiseEvidence(
          boundary: boundary, endedAtLook: look, estimate: 1, standardError: error)
      }
    }
    let evidence = try StagewiseEvidence(
      boundary: boundary, endedAtLook: 1, estimate: 1, standardError: 1)
    #expect(throws: EstimationError.undefined) { try evidence.interval(level: 1) }
    #expect(throws: EstimationError.undefined) { try evidence.pValue(of: .nan) }
  }
}
