import Foundation
import Statistics
import Testing

@Suite("An effect in another place")
struct TransferredEffectTests {
  private static func rows() throws -> [[Double]] {
    let url = try #require(
      Bundle.module.url(forResource: "Reference/transfer", withExtension: "csv"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").map { Double($0) ?? .nan } }
  }

  private static func values(_ effect: TransferredEffect) throws -> [Double] {
    guard case .between(let low, let high) = try effect.interval(level: 0.95) else { return [] }
    return [
      effect.mean, low, high, try effect.probability(atMost: 0),
      1 - (try effect.probability(atMost: 0.02)),
    ]
  }

  // Reference/transfer.R.
  @Test("after one trial, at full and at half voltage: R's normal distribution")
  func single() throws {
    let rows = try Self.rows()
    let effect = try TransferredEffect(
      estimate: 0.013, standardError: 0.0045, tau: 0.0065, priorMean: 0.014)
    for (effect, row) in [(effect, rows[0]), (effect.scaled(by: 0.5), rows[1])] {
      for (ours, theirs) in zip(try Self.values(effect), row) {
        #expect(abs(ours - theirs) < 1e-10)
      }
    }
  }

  @Test("after five trials: metafor's prediction interval")
  func pooled() throws {
    let effects = zip([0.012, 0.03, -0.004, 0.021, 0.017], [0.008, 0.01, 0.012, 0.006, 0.009])
      .map { StudyEffect(value: $0, variance: $1 * $1) }
    let model = try MetaAnalysis(of: effects, inference: .hartungKnapp)
    let effect = try TransferredEffect(
      mean: model.pooled.estimate, standardError: model.pooled.standardError,
      tau: model.tauSquared.squareRoot(), trials: 5)
    for (ours, theirs) in zip(try Self.values(effect), try Self.rows()[2]) {
      #expect(abs(ours - theirs) < 1e-7, "\(ours) \(theirs)")
    }
  }

  @Test("after two trials with a given τ: metafor's prediction interval")
  func known() throws {
    let trials = [
      StudyEffect(value: 0.012, variance: 0.008 * 0.008),
      StudyEffect(value: 0.03, variance: 0.01 * 0.01),
    ]
    let effect = try TransferredEffect(of: trials, tau: 0.0065)
    for (ours, theirs) in zip(try Self.values(effect), try Self.rows()[3]) {
      #expect(abs(ours - theirs) < 1e-10, "\(ours) \(theirs)")
    }
    #expect(throws: EstimationError.undefined) {
      try TransferredEffect(of: [trials[0]], tau: 0.0065)
    }
    #expect(throws: EstimationError.undefined) { try TransferredEffect(of: trials, tau: -1) }
  }

  @Test("nothing known before, or nothing between places")
  func ends() throws {
    let sure = try TransferredEffect(
      estimate: 0.02, standardError: 0.01, tau: 0, priorMean: 0.5)
    #expect(
      abs(sure.mean - 0.02) < 1e-15 && abs(sure.spread - 0.01) < 1e-15 && sure.reliability == 1)
    let vague = try TransferredEffect(
      estimate: 0.02, standardError: 0.01, tau: 1e6, priorMean: 0.5)
    #expect(abs(vague.mean - 0.02) < 1e-9 && vague.reliability > 0.999_999)
    for bad in [0.0, -1, .nan, .infinity] {
      #expect(throws: EstimationError.undefined) {
        try TransferredEffect(estimate: 0, standardError: bad, tau: 1, priorMean: 0)
      }
    }
    #expect(throws: EstimationError.undefined) {
      try TransferredEffect(mean: 0, standardError: 1, tau: 1, trials: 2)
    }
  }
}
