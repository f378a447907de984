import RandomAssignment
import Statistics
import Trials
import Vocabulary

// What must hold before anybody believes a number.

extension TrialAnalysis {
  /// A sample-ratio p below this stops the analysis: at this size it is a fault, not chance.
  static let sampleRatioLimit = 0.001
  /// A differential-missingness p below this is shown as a warning.
  static let missingnessLimit = 0.05

  /// Every check, in the order in which a reader wants them.
  func checks(of observations: Observations) -> [Check] {
    var checks: [Check] = []
    if trial.data.simulated { checks.append(Check(kind: .simulatedData, status: .warn)) }
    let isRandomised = trial.assignment.method != .notRandomised
    if !isRandomised { checks.append(Check(kind: .notRandomised, status: .fail)) }
    let isLeftToChance = [.simple, .hashed].contains(trial.assignment.method)
    if isRandomised, trial.assignment.wedge == nil, !hasDrawnList || isLeftToChance {
      checks.append(sampleRatio(of: observations))
    }
    checks += trial.outcomes.map { missingness(of: $0, in: observations) }
    if trial.unit != .row, trial.data.shape == .units, trial.assignment.wedge == nil,
      let (count, examples) = observations.duplicates
    {
      checks.append(
        Check(
          kind: .duplicateUnits(count: count, examples: examples),
          status: count == 0 ? .pass : .warn))
    }
    if observations.withoutArm > 0 {
      checks.append(
        Check(kind: .rowsWithoutArm(count: observations.withoutArm), status: .warn))
    }
    if !trial.population.isEmpty {
      checks.append(
        Check(
          kind: .rowsOutsidePopulation(count: observations.outsidePopulation), status: .pass))
    }
    checks += funnelOrder(in: observations)
    if trial.assignment.clusters != nil, !trial.drawnGroups.hasClusters {
      checks.append(
        Check(kind: .clustersIgnored(column: trial.assignment.clusters), status: .warn))
    }
    return checks
  }

  private func sampleRatio(of observations: Observations) -> Check {
    let arms = trial.variants.map(\.arm)
    // What was drawn is counted: whole clusters differ in size by chance and by nature.
    let drawn = trial.drawnGroups.hasClusters ? observations.clusters : observations.units
    let observed = arms.map { drawn[$0.id] ?? 0 }
    let test = try? SampleRatio(counts: observed, weights: arms.map { Double($0.share) })
    return Check(
      kind: .sampleRatio(
        observed: Dictionary(zip(arms.map(\.id), observed)) { first, _ in first },
        shares: Dictionary(arms.map { ($0.id, $0.share) }) { first, _ in first },
        pValue: test?.pValue, method: test?.method.name ?? "none",
        ofClusters: trial.drawnGroups.hasClusters),
      status: test.map { $0.pValue < Self.sampleRatioLimit ? .fail : .pass } ?? .fail)
  }

  private func missingness(of outcome: Outcome, in observations: Observations) -> Check {
    let showing = observations.showings[.init(outcome: outcome.id)]
    let arms = trial.variants.map(\.arm.id)
    let missing = arms.map { showing?.missing[$0] ?? 0 }
    let means = try? marginalMeans(of: outcome, cohort: nil, in: observations).get()
    let known = arms.map { arm in means?.arms.first { $0.arm == arm }?.count ?? 0 }
    let test = attrition(missing: missing, known: known, showing)
    return Check(
      kind: .missingness(
        outcome: outcome.id,
        missing: Dictionary(zip(arms, missing)) { first, _ in first },
        units: Dictionary(zip(arms, zip(missing, known).map(+))) { first, _ in first },
        pValue: test?.pValue, method: test?.method.rawValue),
      status: (test?.pValue ?? 1) < Self.missingnessLimit ? .warn : .pass)
  }

  /// Whether gaps depend on the arm, tested as the arms were drawn; nil where nothing is missing.
  func attrition(
    missing: [Int], known: [Int], _ showing: Observations.Showing?
  ) -> AttritionTest? {
    if let gaps = showing?.gaps {
      return try? AttritionTest(
        of: gaps, draws: trial.analysis.draws, seed: trial.analysis.seed)
    }
    return try? AttritionTest(missing: missing, known: known)
  }

  private func funnelOrder(in observations: Observations) -> [Check] {
    trial.funnel.compactMap { step in
      let count = observations.funnel[step.column]?.values.reduce(0) { $0 + $1.outOfOrder } ?? 0
      guard count > 0 else { return nil }
      return Check(kind: .funnelOrder(step: step.column, count: count), status: .warn)
    }
  }
}

extension SampleRatio.Method {
  /// As it stands in the result.
  fileprivate var name: String {
    switch self {
    case .exactMultinomial: "multinomial"
    case .chiSquared: "chi_squared"
    }
  }
}
