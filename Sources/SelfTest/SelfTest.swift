import Dispatch
import RandomAssignment
import Statistics
import Synchronization

/// The engine examined: what others computed, where others went wrong, and how often its own intervals
/// hold the truth.
public struct SelfTest: Sendable {
  /// Values of R, Stata and published tables.
  public let agreements: [Agreement]
  /// Inputs on which other tools give two answers, or a wrong one.
  public let peerCases: [PeerCase]
  /// Simulated trials.
  public let calibrations: [Calibration]
  /// How many each.
  public let replicates: Int
  /// The seed of the simulated trials.
  public let seed: UInt64

  /// Whether everything is as promised.
  public var isPassed: Bool {
    agreements.allSatisfy(\.isComplete) && peerCases.allSatisfy(\.isRight)
      && calibrations.allSatisfy { $0.isKept || $0.knownMiss != nil }
  }

  /// Computes and simulates.
  ///
  /// Every replicate has a stream of its own, so the counts are the same on any number of cores.
  ///
  /// - Parameters:
  ///   - replicates: simulated trials a scenario.
  ///   - seed: of the generator.
  ///   - progress: called with the number of scenarios done and of all.
  public init(
    replicates: Int, seed: UInt64, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) {
    let scenarios = Scenario.all
    var calibrations: [Calibration] = []
    progress(0, scenarios.count)
    for (index, scenario) in scenarios.enumerated() {
      calibrations += scenario.calibrations(
        replicates: replicates, seed: seed &+ UInt64(index))
      progress(index + 1, scenarios.count)
    }
    agreements = Agreement.all
    peerCases = PeerCase.all
    self.calibrations = calibrations
    self.replicates = replicates
    self.seed = seed
  }
}

extension Scenario {
  /// What came of one measure in some replicates.
  fileprivate struct Tally {
    var covered = 0
    var unanswered = 0
    var rejected = 0
  }

  /// Simulates on all cores.
  func calibrations(replicates: Int, seed: UInt64) -> [Calibration] {
    let measures = truths.keys.sorted()
    let parts = 64
    let sum = Mutex([String: Tally]())
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      var own: [String: Tally] = [:]
      for replicate in stride(from: part, to: replicates, by: parts) {
        var generator = PhiloxGenerator(seed: seed, stream: UInt64(replicate))
        let estimates = draw(&generator)
        for (measure, truth) in truths {
          own[measure, default: Tally()].count(estimates[measure] ?? nil, truth: truth)
        }
      }
      sum.withLock { total in
        for (measure, tally) in own { total[measure, default: Tally()].add(tally) }
      }
    }
    let total = sum.withLock { $0 }
    return measures.map { measure in
      let tally = total[measure] ?? Tally()
      let truth = truths[measure]
      let noEffect =
        Catalogue.effectMeasures.map { type(of: $0) }.first { $0.name == measure }?.noEffect ?? 0
      return Calibration(
        scenario: name, measure: measure, replicates: replicates, covered: tally.covered,
        unanswered: tally.unanswered, rejected: tally.rejected,
        isNull: truth == noEffect, knownMiss: knownMiss)
    }
  }
}

extension Scenario.Tally {
  mutating func count(_ estimate: Estimate?, truth: Double) {
    guard let evidence = estimate?.evidence, let interval = try? evidence.interval(level: 0.95),
      let p = try? evidence.pValue(of: evidence.noEffect)
    else {
      unanswered += 1
      return
    }
    if interval.contains(truth) { covered += 1 }
    if p < 0.05 { rejected += 1 }
  }

  mutating func add(_ other: Scenario.Tally) {
    covered += other.covered
    unanswered += other.unanswered
    rejected += other.rejected
  }
}
