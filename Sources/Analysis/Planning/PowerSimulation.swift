import Dispatch
import RandomAssignment
import Statistics
import Synchronization
public import Trials
import Vocabulary

/// Simulates the trial again and again: people, the real draw, outcomes with attrition and take-up, the planned analysis.
///
/// Trial r takes everything from streams of its own seed, so that the answer is the same on one core and on
/// many, and an interrupted run has the first trials of a whole one.
public struct PowerSimulation: Sendable {
  private let file: TrialFile
  private let trial: Trial
  private let truths: [String: Double]
  private let seed: UInt64
  private let units: Int
  /// Larger trials would not fit into memory.
  private static let mostUnits = 2_000_000

  /// Prepares the simulation.
  ///
  /// - Parameters:
  ///   - file: the trial.
  ///   - assumptions: attrition and take-up; effects are multiplied by the latter.
  ///   - units: how many people in each trial.
  ///   - seed: the seed.
  /// - Throws: ``Vocabulary/Faults`` for a trial without `simulation:`, or whose design cannot draw the people.
  public init(
    of file: TrialFile, assuming assumptions: PlanningAssumptions, units: Int, seed: UInt64
  ) throws {
    guard units <= Self.mostUnits else {
      throw AnalysisFault.tooManyToSimulate(units, limit: Self.mostUnits)
        .fault(at: file.location(of: "planning"))
    }
    self.file = file
    self.seed = seed
    self.units = units
    var trial = file.trial
    guard var plan = trial.simulation else {
      throw Faults(AnalysisFault.noSimulation.fault(at: SourceLocation(file: file.path)))
    }
    plan.units = units
    let outcomes = Set(trial.outcomes.flatMap(\.response.columns))
    for place in plan.steps.indices {
      for (arm, effect) in plan.steps[place].effects {
        plan.steps[place].effects[arm] = effect * assumptions.takeup
      }
      if outcomes.contains(plan.steps[place].column) {
        plan.steps[place].missing = max(plan.steps[place].missing, assumptions.attrition)
      }
    }
    trial.simulation = plan
    trial.data.simulated = true
    self.trial = trial
    let rates = SimulatedRates(plan)
    var truths: [String: Double] = [:]
    for outcome in trial.outcomes where outcome.role == .primary {
      let column = outcome.response.column
      guard rates.rate(of: column, in: nil) != nil else { continue }
      let rate = { (arms: [MessageVariant]) -> Double in
        arms.reduce(0) { sum, arm in
          sum + (rates.rate(of: column, in: arm.isControl ? nil : arm.arm.id) ?? 0)
        } / Double(arms.count)
      }
      for (arm, treated, control) in trial.comparedArms {
        truths["\(outcome.id)\n\(arm)"] = rate(treated) - rate(control)
      }
    }
    self.truths = truths
    // A design that cannot draw these people says so now, not a thousand times later.
    _ = try Simulation(of: trial, at: file.location(of: "simulation")).source()
  }

  /// What came of one comparison in one trial.
  private struct Result: Sendable {
    let key: String
    /// Nil where the analysis had no answer: such a trial has found nothing.
    let estimate: Double?
    let isFound: Bool
    let isCovered: Bool
  }

  private struct State {
    var results: [Int: [Result]] = [:]
    var finished = 0
  }

  /// Simulates on all cores until all are done or `shouldStop` says so.
  public func run(
    trials: Int, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in },
    shouldStop: @Sendable () -> Bool = { false }
  ) -> SimulatedPower {
    let state = Mutex(State())
    let parts = min(64, max(1, trials))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      for replicate in stride(from: part, to: trials, by: parts) {
        if shouldStop() { return }
        let results = self.results(of: replicate)
        let done = state.withLock { state in
          state.results[replicate] = results
          state.finished += 1
          return state.finished
        }
        progress(done, trials)
      }
    }
    return state.withLock { summary(of: $0.results, asked: trials) }
  }

  private func results(of replicate: Int) -> [Result] {
    var generator = PhiloxGenerator(seed: seed, stream: UInt64(replicate))
    var trial = trial
    trial.simulation?.seed = generator.next()
    guard let simulation = try? Simulation(of: trial, at: SourceLocation(file: file.path)),
      let source = try? simulation.source()
    else { return [] }
    let (observed, rows) = trial.analysedAsDrawn().observed(in: source)
    let analyses = FactorAnalyses(of: observed)
    let verdicts: [Verdict]
    if analyses.factors.isEmpty {
      guard let observations = try? analyses.arms.observations(from: rows) else { return [] }
      verdicts = analyses.arms.findings(from: observations).verdicts
    } else {
      guard let observations = try? analyses.factorObservations(from: rows) else { return [] }
      verdicts = analyses.factorFindings(from: observations).flatMap(\.verdicts)
    }
    return verdicts.compactMap { verdict in
      let key = "\(verdict.outcome)\n\(verdict.arm)"
      guard let truth = truths[key] else { return nil }
      let p = verdict.pAdjusted ?? verdict.pValue ?? 1
      let low = verdict.confLow ?? -.infinity
      let high = verdict.confHigh ?? .infinity
      return Result(
        key: key, estimate: verdict.estimate,
        isFound: verdict.estimate != nil && p < 1 - trial.analysis.level,
        isCovered: verdict.estimate != nil && low <= truth && truth <= high)
    }
  }

  private func summary(of results: [Int: [Result]], asked: Int) -> SimulatedPower {
    // In the order of the trials: sums of the same numbers in another order differ in their last digits.
    let all = results.sorted { $0.key < $1.key }.flatMap(\.value)
    let comparisons = trial.outcomes.filter { $0.role == .primary }.flatMap { outcome in
      trial.comparedArms.compactMap { arm, _, _ -> SimulatedPower.Comparison? in
        let key = "\(outcome.id)\n\(arm)"
        guard let truth = truths[key] else { return nil }
        let own = all.filter { $0.key == key }
        let estimates = own.compactMap(\.estimate)
        let found = own.filter(\.isFound).compactMap(\.estimate)
        let ratios = found.map { abs($0 / truth) }
        return SimulatedPower.Comparison(
          outcome: outcome.id, arm: arm, truth: truth, trials: own.count,
          found: found.count, covered: own.count(where: \.isCovered),
          meanEstimate: estimates.isEmpty
            ? nil : estimates.reduce(0, +) / Double(estimates.count),
          wrongSign: found.count { $0 * truth < 0 },
          exaggeration: truth == 0 || found.isEmpty
            ? nil : ratios.reduce(0, +) / Double(ratios.count))
      }
    }
    return SimulatedPower(
      finished: results.count, asked: asked, seed: seed, units: units, comparisons: comparisons)
  }
}

extension Trial {
  /// What the confirmatory tests compare: arms with the control, or levels of factors with the first.
  fileprivate var comparedArms:
    [(arm: String, treated: [MessageVariant], control: [MessageVariant])]
  {
    guard !assignment.crossed.isEmpty else {
      return treatments.map { ($0.arm.id, [$0], control.map { [$0] } ?? []) }
    }
    return assignment.crossed.flatMap { factor in
      let variants = { (level: CrossedFactor.Level) in
        self.variants.filter { $0.levels[factor.id] == level.id }
      }
      return factor.levels.dropFirst().map { level in
        (factor.armID(of: level), variants(level), variants(factor.levels[0]))
      }
    }
  }
}
