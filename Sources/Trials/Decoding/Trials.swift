import Statistics
import Vocabulary

extension TrialReader {
  static let rootKeys = [
    "nudge", "trial", "title", "owner", "period", "insights", "arms", "population", "cohorts",
    "unit", "assignment", "outcomes", "funnel", "analysis", "planning", "monitoring", "data",
    "simulation", "rollout", "disclosure",
  ]

  /// The whole trial; nil after any fault.
  func trial(_ root: Written) -> Trial? {
    let name = "trial.yml"
    guard let file = section(root, name: name, keys: TrialReader.rootKeys) else { return nil }
    required("nudge", in: file, named: name).map { formatVersion($0) }
    let id = required("trial", in: file, named: name).flatMap { identifier($0, .trial) }
    let title = required("title", in: file, named: name).flatMap { bilingual($0) }
    let owner = file["owner"].map { bilingual($0) } ?? nil
    let period = file["period"].map { self.period($0) } ?? nil

    // What later parts are checked against comes first, whatever the order in the file.
    let data = file["data"].map(dataPlan) ?? DataDescription.defaults
    let unit = required("unit", in: file, named: name).flatMap { self.unit($0) }
    let draw = required("assignment", in: file, named: name).flatMap {
      section($0, name: "assignment", keys: TrialReader.assignmentKeys)
    }
    let assignment = draw.flatMap { self.assignment($0) }

    let insights = file["insights"].map { self.insights($0) } ?? []
    let arms = required("arms", in: file, named: name).map {
      self.arms(
        $0, insights: insights.map { KnownNames($0.map(\.id)) }, shares: draw?["shares"],
        factors: assignment?.crossed)
    }
    if let factors = assignment?.crossed, !factors.isEmpty, let variants = arms?.variants,
      let written = file["arms"]
    {
      checkCombinations(of: variants, factors, at: written)
    }
    let population = file["population"].map { self.population($0) } ?? Condition()
    let cohorts = file["cohorts"].map { self.cohorts($0) } ?? []
    let outcomes = required("outcomes", in: file, named: name).flatMap {
      self.outcomes($0, taken: taken(unit: unit?.unit, assignment: assignment, data: data))
    }
    let funnel = file["funnel"].map { self.funnel($0, outcomes: outcomes) } ?? []
    let analysis =
      file["analysis"].map { self.analysis($0, outcomes: outcomes) } ?? AnalysisPlan.defaults
    let planning = file["planning"].map { written in
      let steps = funnel.map { $0.map(\.column) } ?? []
      return self.planning(
        written, names: outcomes.map { KnownNames($0.map(\.id) + steps) })
    }
    let rollout = file["rollout"].map {
      self.rollout($0, arms: arms?.ids, outcomes: outcomes)
    }
    let disclosure = file["disclosure"].map { self.disclosure($0) }
    let monitoring = file["monitoring"].map { self.monitoring($0) }
    let simulation = file["simulation"].map {
      self.simulation($0, arms: arms?.ids, control: arms?.control)
    }

    if let data, let outcomes, let analysis, data.shape == .counts {
      checkCounts(outcomes, analysis, at: file["outcomes"])
      if let written = file["analysis"] {
        for what in analysis.keysForUnits { report(.countsAreNotUnits(what: what), at: written) }
      }
    }

    if let assignment, let analysis, assignment.method == .factorial, let written = file["analysis"]
    {
      let joint = [MultiplicityPlan.dunnett, .maxT].contains(analysis.multiplicity)
      for (name, isPlanned) in [
        (analysis.multiplicity.name, joint), ("looks", analysis.looks != nil),
      ] where isPlanned {
        report(.factorialBeside(name), at: written)
      }
    }
    if let assignment, assignment.method == .steppedWedge {
      checkWedge(
        variants: arms?.variants, outcomes: outcomes, analysis: analysis, data: data, in: file)
    }
    if let assignment, let analysis, assignment.method == .minimized,
      analysis.inference.contains(.randomization), let count = arms?.variants?.count, count > 2,
      let written = file["analysis"]
    {
      report(.redrawsUnknown(method: assignment.method.rawValue), at: written)
    }

    if let assignment, let analysis, assignment.method == .notRandomised,
      analysis.inference.contains(.randomization), let written = file["analysis"]
    {
      report(.nothingToRedraw, at: written)
    }

    guard faults.isEmpty, let id, let title, let insights, let variants = arms?.variants,
      let population, let cohorts, let unit, let assignment, let outcomes, let funnel,
      let analysis, let data
    else { return nil }
    var trial = Trial(
      id: id, title: title, owner: owner, period: period, insights: insights, variants: variants,
      population: population, cohorts: cohorts, unit: unit.unit, assignment: assignment,
      outcomes: outcomes, funnel: funnel, analysis: analysis,
      monitoring: monitoring ?? nil, data: data, planning: planning ?? nil,
      simulation: simulation ?? nil, rollout: rollout ?? nil, disclosure: disclosure ?? nil)
    trial.counted = unit.counted
    return trial
  }

  /// What a stepped wedge can be asked: one offer, on rates and means, once.
  private func checkWedge(
    variants: [MessageVariant]?, outcomes: [Outcome]?, analysis: AnalysisPlan?,
    data: DataDescription?, in file: Section
  ) {
    if let variants, variants.count != 2, let written = file["arms"] {
      report(.wedgeOfArms(variants.count), at: written)
    }
    for outcome in outcomes ?? [] {
      let isMean = TwoWay.quantities[outcome.response.kind] != nil
      if !isMean || outcome.response.columns.count > 1, let written = file["outcomes"] {
        report(.wedgeOfOutcome(outcome.id), at: written)
      }
    }
    guard let analysis, let written = file["analysis"] ?? file["assignment"] else { return }
    let own = (outcomes ?? []).compactMap(\.estimator) + [analysis.estimator]
    let others = own.map(\.name).filter {
      $0 != TwoWay.name && $0 != AnalysisPlan.defaults.estimator.name
    }
    let beside: [(String, Bool)] = [
      ("looks", analysis.looks != nil), ("max_t", analysis.multiplicity == .maxT),
      ("takeup", analysis.takeup != nil), ("shape: counts", data?.shape == .counts),
    ]
    for name in others + beside.filter(\.1).map(\.0) {
      report(.wedgeBeside(name), at: written)
    }
  }

  /// Counts say all there is about rates, and too little for anything else.
  private func checkCounts(_ outcomes: [Outcome], _ plan: AnalysisPlan, at written: Written?) {
    guard let written, let items = list(written) else { return }
    for (outcome, item) in zip(outcomes, items) {
      let estimator = (outcome.estimator ?? plan.estimator).estimator
      if outcome.response.kind != .binary {
        report(.countsAreNotUnits(what: "kind: \(outcome.response.kind.rawValue)"), at: item)
      } else if case .units = estimator.need(for: outcome.response, drawnIn: DrawnGroups()) {
        report(.countsAreNotUnits(what: type(of: estimator).name), at: item)
      }
    }
  }

  private func dataPlan(_ written: Written) -> DataDescription? {
    section(written, name: "data", keys: TrialReader.dataKeys).flatMap { data($0) }
  }

  func formatVersion(_ written: Written) {
    guard let text = text(written) else { return }
    if text != "1" { report(.unknownFormatVersion(text), at: written) }
  }

  /// Columns that cannot be outcomes as well.
  private func taken(
    unit: UnitOfObservation?, assignment: AssignmentPlan?, data: DataDescription?
  ) -> [String] {
    var columns = assignment.map { [$0.column] } ?? []
    if case .column(let name) = unit { columns.append(name) }
    if let data, data.shape == .counts { columns.append(data.n) }
    return columns
  }
}
