import Statistics
import Vocabulary

extension TrialReader {
  private static let analysisKeys = [
    "estimator", "level", "multiplicity", "takeup", "subgroups", "looks", "inference", "prior",
    "draws", "seed",
  ]

  /// How the results are computed; `outcomes` are those that gates may name.
  func analysis(_ written: Written, outcomes: [Outcome]?) -> AnalysisPlan? {
    guard let section = section(written, name: "analysis", keys: Self.analysisKeys) else {
      return nil
    }
    let defaults = AnalysisPlan.defaults
    let estimator = section["estimator"].map { self.estimator($0) } ?? defaults.estimator
    let level = section["level"].map { number($0, .confidenceLevel) } ?? defaults.level
    let multiplicity =
      section["multiplicity"].map { self.multiplicity($0, outcomes: outcomes) }
      ?? defaults.multiplicity
    let takeup = section["takeup"].map { column($0, inCounts: false) }
    let subgroups = section["subgroups"].map { self.subgroups($0) } ?? []
    let looks = section["looks"].map { self.looks($0) }
    let inference = section["inference"].map { supplements($0) } ?? []
    let prior = section["prior"].map { self.prior($0) }
    let draws =
      section["draws"].map { wholeNumber($0, from: 99, to: 1_000_000) } ?? defaults.draws
    let seed =
      section["seed"].map { number($0, .seed).map { UInt64($0) } } ?? defaults.seed
    if case .some(.none) = takeup { return nil }
    if case .some(.none) = looks { return nil }
    if case .some(.none) = prior { return nil }
    guard let estimator, let level, let multiplicity, let subgroups, let inference, let draws,
      let seed
    else { return nil }
    // Both are the distribution of a largest statistic at one look.
    if multiplicity == .dunnett || multiplicity == .maxT, let written = section["looks"] {
      report(.looksBesideJointAdjustment(multiplicity.name), at: written)
      return nil
    }
    return AnalysisPlan(
      estimator: estimator, level: level, multiplicity: multiplicity, takeup: takeup ?? nil,
      subgroups: subgroups, looks: looks ?? nil, inference: inference,
      prior: prior ?? nil, draws: draws, seed: seed)
  }

  private func supplements(_ written: Written) -> [SupplementaryInference]? {
    guard let items = oneOrMore(written) else { return nil }
    let named = items.map { item -> SupplementaryInference? in choice(item, .inference) }
    reportDuplicates(
      zip(named, items).compactMap { name, item in name.map { ($0.rawValue, item.place) } },
      of: .inference)
    return complete(named)
  }

  /// `{mean: 0.01, spread: 0.02}`, or `{nudge_units: 0.02}` for the published mean of nudge units with a
  /// spread that the author answers for.
  private func prior(_ written: Written) -> NormalPrior? {
    guard let section = section(written, name: "prior", keys: ["mean", "spread", "nudge_units"])
    else { return nil }
    if let spread = section["nudge_units"] {
      for key in ["mean", "spread"] {
        if let written = section[key] { report(.besideNudgeUnits(key), at: written) }
      }
      return number(spread, .positive).map { .nudgeUnits(assumedSpread: $0) }
    }
    let mean = required("mean", in: section, named: "prior").flatMap { number($0, .any) }
    let spread = required("spread", in: section, named: "prior").flatMap { number($0, .positive) }
    guard let mean, let spread else { return nil }
    return NormalPrior(mean: mean, standardDeviation: spread)
  }

  // MARK: - Subgroups

  /// Names of columns, or `{column:, name:, planned: false}`.
  private func subgroups(_ written: Written) -> [SubgroupPlan]? {
    guard let items = oneOrMore(written) else { return nil }
    var names: [(name: String, place: Written.Place)] = []
    let plans = items.map { item -> SubgroupPlan? in
      guard case .mapping = item.shape else {
        guard let column = column(item) else { return nil }
        names.append((column, item.place))
        return SubgroupPlan(column: column, name: BilingualText(column), isPlanned: true)
      }
      let name = "subgroups"
      guard let section = section(item, name: name, keys: ["column", "name", "planned", "order"])
      else {
        return nil
      }
      let columnWritten = required("column", in: section, named: name)
      let column = columnWritten.flatMap { self.column($0) }
      if let column, let columnWritten { names.append((column, columnWritten.place)) }
      let title = section["name"].map { bilingual($0) } ?? column.map { BilingualText($0) }
      let planned = section["planned"].map { yesOrNo($0) } ?? true
      let order = section["order"].map { self.order($0) }
      if let order, order == nil { return nil }
      guard let column, let title, let planned else { return nil }
      return SubgroupPlan(column: column, name: title, isPlanned: planned, order: order ?? nil)
    }
    reportDuplicates(names, of: .subgroup)
    return complete(plans)
  }

  /// The values of a column from the lowest to the highest.
  private func order(_ written: Written) -> [String]? {
    guard let items = list(written) else { return nil }
    guard items.count > 1 else {
      report(.orderOfOne, at: written)
      return nil
    }
    let values = items.map { text($0) }
    reportDuplicates(
      zip(values, items).compactMap { value, item in value.map { ($0, item.place) } }, of: .level)
    return complete(values)
  }

  // MARK: - Looks

  /// `{at: [0.5, 1], spending: pocock}`, or with a parameter `spending: {kim-demets: 2}`.
  private func looks(_ written: Written) -> LookPlan? {
    guard let section = section(written, name: "looks", keys: ["at", "spending"]) else {
      return nil
    }
    let at = required("at", in: section, named: "looks")
    let fractions = at.flatMap { oneOrMore($0) }
      .flatMap { items in complete(items.map { number($0, .informationShare) }) }
    if let fractions, let at {
      let rises = zip(fractions, fractions.dropFirst()).allSatisfy { $0 < $1 }
      if !rises || fractions.last != 1 || fractions.count > SequentialBoundary.mostLooks {
        report(.looksDoNotRise, at: at)
        return nil
      }
    }
    var spending: LookPlan.Spending? = .obrienFleming
    var parameter: Double?
    if let written = section["spending"] {
      if case .mapping(let entries) = written.shape, let entry = entries.first, entries.count == 1 {
        spending = LookPlan.Spending(rawValue: entry.key)
        let range: NumberRange = spending == .kimDeMets ? .positive : .any
        guard spending == .kimDeMets || spending == .hwangShihDeCani else {
          report(
            .unknownName(
              .spending, entry.key,
              accepted: [LookPlan.Spending.hwangShihDeCani, .kimDeMets].map(\.rawValue)),
            at: entry.keyPlace)
          return nil
        }
        guard let value = number(entry.value, range) else { return nil }
        parameter = value
      } else {
        spending = choice(written, .spending)
      }
    }
    guard let fractions, let spending else { return nil }
    return LookPlan(fractions: fractions, spending: spending, parameter: parameter)
  }

  // MARK: - Multiplicity

  /// A name, or outcomes in an order: `{serial: [[visited], [enrolled, placed]]}`.
  private func multiplicity(_ written: Written, outcomes: [Outcome]?) -> MultiplicityPlan? {
    guard case .mapping(let entries) = written.shape else {
      guard let name = text(written) else { return nil }
      if let plan = MultiplicityPlan(name: name) { return plan }
      let gates = MultiplicityPlan.Gates.allCases.map(\.rawValue)
      report(
        gates.contains(name)
          ? .gatesWithoutOrder(name)
          : .unknownName(.multiplicity, name, accepted: MultiplicityPlan.names + gates),
        at: written)
      return nil
    }
    guard let entry = entries.first, entries.count == 1,
      let gates = MultiplicityPlan.Gates(rawValue: entry.key)
    else {
      report(
        .unknownName(
          .multiplicity, entries.first?.key ?? "",
          accepted: MultiplicityPlan.Gates.allCases.map(\.rawValue)),
        at: entries.first?.keyPlace ?? written.place)
      return nil
    }
    guard let families = list(entry.value) else { return nil }
    var named: [(name: String, place: Written.Place)] = []
    let order = families.map { family -> [String]? in
      guard let items = oneOrMore(family) else { return nil }
      return complete(
        items.map { item in
          guard let name = text(item) else { return nil }
          named.append((name, item.place))
          return name
        })
    }
    guard let order = complete(order) else { return nil }
    return checked(gates, order, named: named, outcomes: outcomes, at: written)
  }

  /// Gates hold every primary outcome once, and nothing else.
  private func checked(
    _ gates: MultiplicityPlan.Gates, _ order: [[String]],
    named: [(name: String, place: Written.Place)], outcomes: [Outcome]?, at written: Written
  ) -> MultiplicityPlan? {
    reportDuplicates(named, of: .outcome)
    guard let outcomes else { return nil }
    let primary = outcomes.filter { $0.role == .primary }.map(\.id)
    var isSound = true
    for (name, place) in named where !primary.contains(name) {
      report(.unknownName(.primaryOutcome, name, accepted: primary), at: place)
      isSound = false
    }
    let missing = primary.filter { id in !named.contains { $0.name == id } }
    if !missing.isEmpty {
      report(.primaryOutsideGates(missing), at: written)
      isSound = false
    }
    if gates == .fixedSequence, order.contains(where: { $0.count != 1 }) {
      report(.sequenceOfFamilies, at: written)
      isSound = false
    }
    return isSound ? .gates(gates, order: order) : nil
  }
}

extension AnalysisPlan {
  /// What holds where the file says nothing.
  static let defaults = AnalysisPlan(
    estimator: SelectedEstimator(DifferenceInMeans()), level: 0.95,
    multiplicity: .adjustment(.holm), takeup: nil, subgroups: [], looks: nil, inference: [],
    prior: nil, draws: 10_000, seed: 1)
}
