import Analysis
import Foundation
import TestSupport
import Testing
import Trials

struct SimulationTests {
  /// Visiting needs delivery, the page, a booking and the visit itself; each message shifts two of
  /// them (see `simulation:` in the trial file): 0.97 · page · booking · 0.8.
  static let truth = [
    "easy": 0.97 * 0.14 * 0.5 * 0.8 - 0.97 * 0.12 * 0.5 * 0.8,
    "social": 0.97 * 0.155 * 0.5 * 0.8 - 0.97 * 0.12 * 0.5 * 0.8,
    "timely": 0.97 * 0.13 * 0.62 * 0.8 - 0.97 * 0.12 * 0.5 * 0.8,
  ]

  @Test("the truth put into the simulation lies in the interval that comes out", arguments: truth)
  func truthIsCovered(arm: String, effect: Double) throws {
    let result = try ExperimentTests.analysis(of: "hokkaido-jobcafe")
    let row = try #require(
      result.results.first {
        ($0.outcome, $0.arm, $0.cohort, $0.measure) == ("visited", arm, "all", "risk_difference")
      })
    let low = try #require(row.confLow)
    let high = try #require(row.confHigh)
    #expect(low <= effect && effect <= high)
  }

  @Test("the committed data are what the trial file makes")
  func reproducible() throws {
    let root = SharedFolder.repository
    let file = try TrialFile.load(
      contentsOf: root.appending(path: "experiments/hokkaido-jobcafe").path)
    let made = try Simulation(of: file).data(engineVersion: "0.1.0").text
    let kept = try String(
      contentsOf: root.appending(path: "notebooks-data/hokkaido-jobcafe.csv"), encoding: .utf8)
    #expect(made == kept)
    #expect(kept.hasPrefix("# SOURCE: SIMULATED"))
  }
}
