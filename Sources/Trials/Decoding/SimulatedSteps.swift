import Vocabulary

// The outcome columns of simulated data.

extension TrialReader {
  private static let stepKeys = [
    "column", "kind", "given", "of", "event", "until", "sd", "decimals", "dispersion", "baseline",
    "effects", "also", "season", "icc", "icc_latent", "correlates", "missing",
  ]

  /// The names that a step's kind may have.
  private enum StepKind: String, CaseIterable {
    case event, number, count, share, time
  }

  /// What the steps so far are called.
  private struct EarlierSteps {
    var events: Set<String> = []
    var counts: Set<String> = []
    /// Those with a normal liability behind them.
    var liabilities: Set<String> = []
  }

  func simulatedSteps(
    _ written: Written, columns: [SimulationPlan.Column], arms: KnownNames?, control: String?
  ) -> [SimulationPlan.Step]? {
    guard let items = list(written) else { return nil }
    var earlier = EarlierSteps()
    var names = columns.map { (name: $0.name, place: written.place) }
    let steps = items.map { item -> SimulationPlan.Step? in
      let step = step(
        item, earlier: earlier, columns: columns, arms: arms, control: control)
      guard let place = step.place else { return nil }
      for name in step.names { names.append((name, place)) }
      switch step.value?.kind {
      case .event?, nil: earlier.events.formUnion(step.names)
      case .count?, .share?: earlier.counts.formUnion(step.names)
      case .time(let event, _)?: earlier.events.insert(event)
      case .number?: break
      }
      if step.value?.kind.hasLiability ?? true {
        earlier.liabilities.formUnion(step.names.prefix(1))
      }
      return step.value
    }
    reportDuplicates(names, of: .simulatedColumn)
    return complete(steps)
  }

  private func step(
    _ item: Written, earlier: EarlierSteps, columns: [SimulationPlan.Column], arms: KnownNames?,
    control: String?
  ) -> (value: SimulationPlan.Step?, names: [String], place: Written.Place?) {
    let name = "steps"
    guard let section = section(item, name: name, keys: TrialReader.stepKeys) else {
      return (nil, [], nil)
    }
    let before = faults.count
    let columnWritten = required("column", in: section, named: name)
    let column = columnWritten.flatMap { text($0) }
    let given = section["given"].flatMap { previous($0, among: earlier.events) }
    let kind = kind(in: section, earlier: earlier)
    let isProbability = kind?.isProbability ?? false
    let baseline = required("baseline", in: section, named: name).flatMap {
      number($0, kind?.range ?? .any)
    }
    let effects =
      section["effects"].flatMap {
        self.effects(
          $0, baseline: isProbability ? baseline : nil, arms: arms, control: control)
      } ?? [:]
    let names = columns.map(\.name)
    let differences =
      section["also"].flatMap { also($0, columns: names + earlier.events.sorted(), arms: arms) }
      ?? []
    let alike = section["icc"].flatMap { self.alike($0, columns: names) } ?? [:]
    let latent = section["icc_latent"].flatMap { self.alike($0, columns: names) } ?? [:]
    let correlation = section["correlates"].flatMap {
      self.correlation($0, among: earlier.liabilities)
    }
    let season = section["season"].flatMap { self.season($0, columns: columns) }
    if let kind { checkKind(kind, in: section) }
    if isProbability, let baseline, let written = section["also"] {
      check(differences, baseline: baseline, effects: effects, at: written)
    }
    let missing = section["missing"].flatMap { self.missing($0, arms: arms) } ?? (0, [:])
    let written = [column, kind?.eventColumn].compactMap(\.self)
    guard faults.count == before, let column, let kind, let baseline else {
      return (nil, written, columnWritten?.place)
    }
    let step = SimulationPlan.Step(
      column: column, kind: kind, given: given, baseline: baseline, effects: effects,
      differences: differences, alike: alike, alikeLatent: latent, correlation: correlation,
      season: season, missing: missing.0, missingIn: missing.1)
    return (step, written, columnWritten?.place)
  }

  private func previous(_ written: Written, among earlier: Set<String>) -> String? {
    guard let name = text(written) else { return nil }
    guard earlier.contains(name) else {
      report(.unknownPreviousStep(name, accepted: earlier.sorted()), at: written)
      return nil
    }
    return name
  }

  // MARK: - Kinds

  private func kind(
    in section: Section, earlier: EarlierSteps
  ) -> SimulationPlan.Step.Kind? {
    let name: StepKind? =
      if let written = section["kind"] { choice(written, .kind) } else { .event }
    func amount(_ key: String, _ range: NumberRange) -> Double? {
      section[key].map { number($0, range) } ?? 0
    }
    switch name {
    case nil: return nil
    case .event?: return .event
    case .number?:
      let sd = required("sd", in: section, named: "steps").flatMap { number($0, .notNegative) }
      let decimals = section["decimals"].map { wholeNumber($0, from: 0, to: 6) } ?? 1
      guard let sd, let decimals else { return nil }
      return .number(sd: sd, decimals: decimals)
    case .count?:
      return amount("dispersion", .notNegative).map { .count(dispersion: $0) }
    case .share?:
      return required("of", in: section, named: "steps")
        .flatMap { previous($0, among: earlier.counts) }.map { .share(of: $0) }
    case .time?:
      let event = required("event", in: section, named: "steps").flatMap { text($0) }
      let until = required("until", in: section, named: "steps").flatMap { number($0, .positive) }
      guard let event, let until else { return nil }
      return .time(event: event, until: until)
    }
  }

  /// What a step of some kind cannot have.
  private func checkKind(_ kind: SimulationPlan.Step.Kind, in section: Section) {
    let asked = [
      ("icc", kind.canBeShared, ["event", "number"]),
      ("icc_latent", kind.isDecidedByLiability, ["event", "time"]),
      ("correlates", kind.hasLiability, ["event", "number", "time"]),
      ("season", !kind.isProbability, ["number", "count", "time"]),
    ]
    for (key, isPossible, kinds) in asked where !isPossible {
      if let written = section[key] { report(.notOfKind(key, kinds), at: written) }
    }
    if section["icc"] != nil, let written = section["icc_latent"] {
      report(.twoScalesOfICC, at: written)
    }
  }

  /// The earlier step that this one goes with, and how much.
  private func correlation(
    _ written: Written, among earlier: Set<String>
  ) -> SimulationPlan.Step.Correlation? {
    guard let section = freeSection(written) else { return nil }
    guard section.entries.count == 1, let entry = section.entries.first else {
      report(.oneCorrelation, at: written)
      return nil
    }
    guard earlier.contains(entry.key) else {
      report(
        .unknownPreviousStep(entry.key, accepted: earlier.sorted()), at: entry.keyPlace)
      return nil
    }
    return number(entry.value, .correlation).map {
      SimulationPlan.Step.Correlation(column: entry.key, value: $0)
    }
  }

  // MARK: - Effects

  private func effects(
    _ written: Written, baseline: Double?, arms: KnownNames?, control: String?
  ) -> [String: Double]? {
    guard let section = freeSection(written) else { return nil }
    var effects: [String: Double] = [:]
    for entry in section.entries {
      if let arms, !arms.contains(entry.key) {
        report(.unknownName(.arm, entry.key, accepted: arms.sorted), at: entry.keyPlace)
        continue
      }
      guard let effect = number(entry.value, .any) else { continue }
      effects[entry.key] = effect
      // The baseline is the control's own, so nothing can be added to it.
      if entry.key == control, effect != 0 {
        report(.effectOfControl(entry.key), at: entry.value)
      }
      if let baseline, !(0...1).contains(baseline + effect) {
        report(
          .probabilityOutOfRange(baseline: baseline, effect: effect, arm: entry.key),
          at: entry.value)
      }
    }
    return effects.count == section.entries.count ? effects : nil
  }

  /// What is otherwise among some people.
  private func also(
    _ written: Written, columns: [String], arms: KnownNames?
  ) -> [SimulationPlan.Step.Difference]? {
    guard let items = list(written) else { return nil }
    return complete(
      items.map { item -> SimulationPlan.Step.Difference? in
        let name = "also"
        guard let section = section(item, name: name, keys: ["where", "baseline", "effects"]) else {
          return nil
        }
        let place = required("where", in: section, named: name)
        let condition = place.flatMap { self.condition($0, ofData: false) }
        if let condition, let place {
          for column in condition.columns where !columns.contains(column) {
            report(.unknownName(.simulatedColumn, column, accepted: columns), at: place)
          }
        }
        let baseline = section["baseline"].map { number($0, .any) } ?? 0
        let effects =
          section["effects"].map {
            self.effects($0, baseline: nil, arms: arms, control: nil)
          } ?? [:]
        guard let condition, let baseline, let effects else { return nil }
        return SimulationPlan.Step.Difference(
          condition: condition, baseline: baseline, effects: effects)
      })
  }

  /// Probabilities of some people must be probabilities, too.
  private func check(
    _ differences: [SimulationPlan.Step.Difference], baseline: Double, effects: [String: Double],
    at written: Written
  ) {
    for difference in differences {
      let level = baseline + difference.baseline
      let arms = Set(effects.keys).union(difference.effects.keys)
      let all = arms.map { ($0, (effects[$0] ?? 0) + (difference.effects[$0] ?? 0)) }
      for (arm, effect) in all + [("", 0)] where !(0...1).contains(level + effect) {
        report(.probabilityOutOfRange(baseline: level, effect: effect, arm: arm), at: written)
      }
    }
  }

  /// The intracluster correlation by column.
  private func alike(_ written: Written, columns: [String]) -> [String: Double]? {
    guard let section = freeSection(written) else { return nil }
    var alike: [String: Double] = [:]
    for entry in section.entries {
      if !columns.contains(entry.key) {
        report(.unknownName(.simulatedColumn, entry.key, accepted: columns), at: entry.keyPlace)
      } else if let value = number(entry.value, .lossShare) {
        alike[entry.key] = value
      }
    }
    return alike.count == section.entries.count ? alike : nil
  }

  /// One share for all arms, or one an arm.
  private func missing(
    _ written: Written, arms: KnownNames?
  ) -> (Double, [String: Double])? {
    guard case .mapping = written.shape else {
      return number(written, .lossShare).map { ($0, [:]) }
    }
    guard let section = freeSection(written) else { return nil }
    var shares: [String: Double] = [:]
    for entry in section.entries {
      if let arms, !arms.contains(entry.key) {
        report(.unknownName(.arm, entry.key, accepted: arms.sorted), at: entry.keyPlace)
      } else if let value = number(entry.value, .lossShare) {
        shares[entry.key] = value
      }
    }
    return shares.count == section.entries.count ? (0, shares) : nil
  }
}

extension SimulationPlan.Step.Kind {
  /// Whether people can be alike in its values.
  fileprivate var canBeShared: Bool {
    switch self {
    case .event, .number: true
    case .count, .share, .time: false
    }
  }

  /// Whether a normal liability decides whether or when it happens.
  fileprivate var isDecidedByLiability: Bool {
    switch self {
    case .event, .time: true
    case .number, .count, .share: false
    }
  }

  /// Whether it has a normal liability, a number its own.
  fileprivate var hasLiability: Bool {
    switch self {
    case .event, .number, .time: true
    case .count, .share: false
    }
  }

  /// What its baseline may be.
  fileprivate var range: NumberRange {
    switch self {
    case .event, .share: .probability
    case .number: .any
    case .count, .time: .notNegative
    }
  }

  fileprivate var eventColumn: String? {
    if case .time(let event, _) = self { event } else { nil }
  }
}
