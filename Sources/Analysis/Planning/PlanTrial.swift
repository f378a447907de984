import RandomAssignment
import Statistics
public import Trials
import Vocabulary

extension PowerPlan {
  /// Plans a trial by formula.
  ///
  /// - Parameters:
  ///   - file: the trial.
  ///   - assumptions: what is assumed; the file's own `planning:` by default.
  ///   - outcome: which outcome the answer is about; the first primary one by default.
  /// - Throws: ``Vocabulary/Faults`` for everything that must still be assumed.
  public init(
    of file: TrialFile, assuming assumptions: PlanningAssumptions? = nil, outcome: String? = nil
  ) throws {
    let trial = file.trial
    let plan = assumptions ?? trial.planning ?? PlanningAssumptions()
    let place = file.location(of: "planning")
    let named = trial.outcomes.first { $0.id == outcome }
    if let outcome, named == nil {
      throw AnalysisFault.unknownOutcome(outcome, accepted: trial.outcomes.map(\.id))
        .fault(at: file.location(of: "outcomes"))
    }
    guard let chosen = named ?? trial.outcomes.first(where: { $0.role == .primary }) else {
      throw AnalysisFault.nothingToPlan.fault(at: place)
    }
    let inputs = PlanningInputs(trial, plan, chosen)
    if let faults = Faults(inputs.gaps.map { $0.fault(at: place) }) { throw faults }
    let comparison = try inputs.comparison(at: inputs.baseline)
    let target = inputs.target ?? Self.nudgeUnitAverage
    let found = try? comparison.controlUnits(effect: target, power: plan.power)
    let unitsForTarget = found.map { inputs.allUnits(forControl: $0) }
    let units: Int
    switch plan.solve {
    case .units, .budget:
      guard let unitsForTarget else { throw AnalysisFault.outOfReach.fault(at: place) }
      units = unitsForTarget
    case .effect, .power:
      units = inputs.units ?? 0
    }
    let control = inputs.controlUnits(ofAll: units)
    func detectable(_ comparison: ComparisonPower, _ control: Double) -> Double? {
      try? comparison.minimumDetectableEffect(controlUnits: control, power: plan.power)
    }
    self.trial = trial.id
    solved = plan.solve
    self.outcome = chosen.id
    outcomeName = chosen.name
    isRate = chosen.response.kind == .binary
    isFall = inputs.isFall
    baseline = inputs.baseline
    isBaselineSimulated = inputs.isBaselineSimulated
    significance = comparison.significance
    comparisons = inputs.comparisons
    // In a stepped wedge every cluster is its own control.
    designEffect = trial.assignment.wedge == nil ? try comparison.designEffect : 1
    inflation = comparison.inflation
    self.assumptions = plan
    self.units = units
    budget = inputs.cost(ofUnits: units)
    self.target = target
    self.detectable = detectable(comparison, control)
    power = try? comparison.power(effect: target, controlUnits: control)
    self.unitsForTarget = unitsForTarget
    worthwhile = chosen.worthwhile
    curve = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4].map { factor in
      let size = max(4, Int((Double(units) * factor).rounded()))
      let control = inputs.controlUnits(ofAll: size)
      return Point(
        units: size, detectable: detectable(comparison, control),
        power: try? comparison.power(effect: target, controlUnits: control))
    }
    steps = try inputs.earlierSteps.map { step, rate in
      Step(
        column: step.column, name: step.name, baseline: rate,
        detectable: detectable(try inputs.comparison(at: rate), control),
        isFall: inputs.isFall,
        needed: (chosen.worthwhile ?? Self.nudgeUnitAverage) * rate
          / max(inputs.baseline ?? rate, 1e-12))
    }
  }
}

/// The numbers behind a plan, from the trial and what is assumed.
struct PlanningInputs {
  private let trial: Trial
  private let plan: PlanningAssumptions
  private let outcome: Outcome
  private let rates: SimulatedRates?

  init(_ trial: Trial, _ plan: PlanningAssumptions, _ outcome: Outcome) {
    self.trial = trial
    self.plan = plan
    self.outcome = outcome
    rates = trial.simulation.map { SimulatedRates($0) }
  }

  private var isRate: Bool { outcome.response.kind == .binary }

  var baseline: Double? {
    plan.baseline[outcome.id]
      ?? (isRate ? rates?.rate(of: outcome.response.column, in: nil) : nil)
  }

  var isBaselineSimulated: Bool { plan.baseline[outcome.id] == nil && baseline != nil }

  /// The effect that is asked about.
  var target: Double? { plan.effect ?? outcome.worthwhile }

  var units: Int? {
    if let units = plan.units { return units }
    if let budget = plan.budget, let cost = meanCost, cost > 0 {
      // More than anybody could draw, and far from what an integer cannot hold.
      return Int(min(max(0, (budget - plan.fixedCost) / cost), 1e9))
    }
    return trial.simulation?.units
  }

  /// What must still be assumed before anything can be computed.
  var gaps: [AnalysisFault] {
    var gaps: [AnalysisFault] = []
    switch outcome.response.kind {
    case .binary:
      if baseline == nil { gaps.append(.planNeeds("baseline: {\(outcome.id): …}")) }
    // Of a ratio the deviation is that of (y − R·x)/x̄ between units.
    case .continuous, .count, .ratio:
      if plan.standardDeviation[outcome.id] == nil {
        gaps.append(.planNeeds("sd: {\(outcome.id): …}"))
      }
      if target == nil { gaps.append(.planNeeds("effect")) }
    default:
      gaps.append(.notPlanned(outcome.response.kind.rawValue))
    }
    if let baseline, isRate {
      let room = isFall ? baseline : 1 - baseline
      if !(0...1).contains(baseline) || room <= 0 {
        gaps.append(.planNeeds("baseline: {\(outcome.id): 0…1}"))
      } else if let target, target * plan.takeup > room {
        gaps.append(.effectBeyondRates(target, baseline: baseline))
      }
    }
    if plan.solve == .effect || plan.solve == .power, units.map({ $0 < 4 }) ?? true {
      gaps.append(.planNeeds("units"))
    }
    if plan.solve == .budget, meanCost == nil { gaps.append(.planNeeds("arms[].cost")) }
    if trial.assignment.clusters != nil {
      if plan.clusterSize == nil { gaps.append(.planNeeds("cluster_size")) }
      if plan.intraclusterCorrelation == nil { gaps.append(.planNeeds("icc")) }
    }
    return gaps
  }

  /// Confirmatory comparisons: they share the error, whatever Holm gives back to all but the first.
  var comparisons: Int {
    if case .adjustment(let rule) = trial.analysis.multiplicity, rule == .none { return 1 }
    let primary = trial.outcomes.count { $0.role == .primary }
    let factors = trial.assignment.crossed
    let perOutcome =
      factors.isEmpty
      ? trial.treatments.count : factors.reduce(0) { $0 + $1.levels.count - 1 }
    return max(1, primary * perOutcome)
  }

  /// The error of one comparison.
  private var significance: Double { (1 - trial.analysis.level) / Double(comparisons) }

  /// Whether what is wanted is a fall; effects then are its sizes.
  var isFall: Bool { outcome.better == .less }

  /// The comparison of the smallest arm with the control.
  func comparison(at baseline: Double?) throws -> ComparisonPower {
    // A fall of a rate is a rise of its complement, with the same variances.
    let level: ComparisonPower.Level =
      isRate
      ? .rate(isFall ? 1 - (baseline ?? 1) : baseline ?? 0)
      : .mean(standardDeviation: plan.standardDeviation[outcome.id] ?? 1)
    let clusters =
      trial.assignment.clusters == nil
      ? nil
      : ComparisonPower.Clusters(
        meanSize: plan.clusterSize ?? 1, coefficientOfVariation: plan.clusterVariation,
        intraclusterCorrelation: plan.intraclusterCorrelation ?? 0,
        sequences: trial.assignment.wedge?.sequences)
    return try ComparisonPower(
      level, significance: significance, ratio: ratio,
      clusters: clusters, explained: plan.explained, attrition: plan.attrition,
      takeup: plan.takeup, inflation: try inflation)
  }

  private var inflation: Double {
    get throws {
      guard let looks = trial.analysis.looks else { return 1 }
      let significance = self.significance
      let boundary = try SequentialBoundary.lanDeMets(
        informationFractions: looks.fractions, significance: significance, sides: .two,
        spending: looks.function)
      return max(
        1,
        try PriceOfLooking(of: boundary, significance: significance, power: plan.power).inflation)
    }
  }

  /// Of the arms; in a factorial trial of the levels of its largest factor, each against the first.
  private var shares: (control: Double, smallest: Double, all: Double) {
    if let most = trial.assignment.crossed.map(\.levels.count).max() { return (1, 1, Double(most)) }
    let control = Double(trial.control?.arm.share ?? 1)
    let others = trial.treatments.map { Double($0.arm.share) }
    return (control, others.min() ?? 1, control + others.reduce(0, +))
  }

  private var ratio: Double { shares.smallest / shares.control }

  func controlUnits(ofAll units: Int) -> Double { Double(units) * shares.control / shares.all }

  /// Whole units, or whole clusters, in every arm; in every sequence of a stepped wedge as many clusters.
  func allUnits(forControl control: Double) -> Int {
    var whole = trial.assignment.clusters == nil ? 1 : plan.clusterSize ?? 1
    // Half of all units counts as the control there.
    if let wedge = trial.assignment.wedge { whole *= Double(wedge.sequences) / 2 }
    let all = trial.variants.reduce(0.0) { sum, variant in
      let share =
        trial.assignment.crossed.isEmpty
        ? Double(variant.arm.share) : shares.all / Double(trial.variants.count)
      let units = control * share / shares.control
      // A hair less than a whole number is that number, computed.
      return sum + (units / whole * (1 - 1e-12)).rounded(.up) * whole
    }
    return all < 1e15 ? Int(all.rounded(.up)) : Int.max
  }

  private var meanCost: Double? {
    let costs = trial.variants.compactMap { variant in
      variant.cost.map { $0 * Double(variant.arm.share) }
    }
    let all = trial.variants.reduce(0.0) { $0 + Double($1.arm.share) }
    return costs.count == trial.variants.count ? costs.reduce(0, +) / all : nil
  }

  func cost(ofUnits units: Int) -> Double? {
    meanCost.map { $0 * Double(units) + plan.fixedCost }
  }

  /// The funnel's steps before the outcome with their rates, the nearest first.
  var earlierSteps: [(FunnelStep, Double)] {
    guard isRate,
      let place = trial.funnel.firstIndex(where: { $0.column == outcome.response.column })
    else { return [] }
    return trial.funnel[..<place].reversed().compactMap { step in
      let rate = plan.baseline[step.column] ?? rates?.rate(of: step.column, in: nil)
      return rate.flatMap { $0 > 0 && $0 < 1 ? (step, $0) : nil }
    }
  }
}

/// The rates that a simulation's assumptions imply, with every step's condition.
struct SimulatedRates {
  private let plan: SimulationPlan

  init(_ plan: SimulationPlan) { self.plan = plan }

  /// How many of all reach a step in an arm (nil for the control); nil for a column that is no step, or whose rate depends on who is asked.
  func rate(of column: String, in arm: String?) -> Double? {
    guard let step = plan.steps.first(where: { $0.column == column }), step.kind == .event,
      step.differences.isEmpty
    else { return nil }
    let own = step.baseline + (arm.flatMap { step.effects[$0] } ?? 0)
    guard let given = step.given else { return own }
    // Among those who come that far, luck that goes with the step before is no longer what it was.
    guard step.correlation == nil else { return nil }
    // Steps name earlier steps only, so this ends.
    return rate(of: given, in: arm).map { $0 * own }
  }
}
