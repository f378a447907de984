import Vocabulary

extension TrialReader {
  /// The assumptions behind simulated data.
  ///
  /// `arms` are those that effects may name; nil where they could not be read.
  func simulation(_ written: Written, arms: KnownNames?, control: String?) -> SimulationPlan? {
    let name = "simulation"
    guard
      let section = section(written, name: name, keys: ["seed", "units", "columns", "steps"])
    else { return nil }
    let seed = required("seed", in: section, named: name)
      .flatMap { number($0, .seed) }.flatMap { UInt64(exactly: $0) }
    let units = required("units", in: section, named: name)
      .flatMap { wholeNumber($0, from: 1, to: 10_000_000) }
    let columns = section["columns"].map { simulatedColumns($0) } ?? []
    let steps = required("steps", in: section, named: name).flatMap {
      simulatedSteps($0, columns: columns ?? [], arms: arms, control: control)
    }
    guard let seed, let units, let columns, let steps else { return nil }
    return SimulationPlan(seed: seed, units: units, columns: columns, steps: steps)
  }

  // MARK: - Background columns

  private func simulatedColumns(_ written: Written) -> [SimulationPlan.Column]? {
    guard let section = freeSection(written) else { return nil }
    return complete(
      section.entries.map { entry in
        guard let source = freeSection(entry.value) else { return nil }
        let isRange = source.entries.contains { ["from", "to"].contains($0.key) }
        let values = isRange ? integers(entry.value) : categories(source, at: entry.value)
        return values.map { SimulationPlan.Column(name: entry.key, source: $0) }
      })
  }

  private func integers(_ written: Written) -> SimulationPlan.Column.Source? {
    let name = "columns"
    guard let section = section(written, name: name, keys: ["from", "to"]) else { return nil }
    let limit = 1_000_000_000
    let from = required("from", in: section, named: name)
      .flatMap { wholeNumber($0, from: -limit, to: limit) }
    let to = required("to", in: section, named: name)
      .flatMap { wholeNumber($0, from: -limit, to: limit) }
    guard let from, let to else { return nil }
    if from > to, let written = section["to"] {
      report(.boundsReversed("\(from)", "\(to)"), at: written)
      return nil
    }
    return .integers(from: from, to: to)
  }

  private func categories(
    _ section: Section, at written: Written
  ) -> SimulationPlan.Column.Source? {
    guard !section.entries.isEmpty else {
      report(.nothingWritten(written.path), at: written)
      return nil
    }
    let weights = complete(section.entries.map { number($0.value, .positive) })
    return weights.map { .categories(section.entries.map(\.key), weights: $0) }
  }

  // MARK: - Steps

  private func simulatedSteps(
    _ written: Written, columns: [SimulationPlan.Column], arms: KnownNames?, control: String?
  ) -> [SimulationPlan.Step]? {
    guard let items = list(written) else { return nil }
    var earlier: Set<String> = []
    var names = columns.map { (name: $0.name, place: written.place) }
    let steps = items.map { item -> SimulationPlan.Step? in
      let step = step(item, earlier: earlier, arms: arms, control: control)
      if let name = step.name { earlier.insert(name) }
      if let name = step.name, let place = step.place { names.append((name, place)) }
      return step.value
    }
    reportDuplicates(names, of: .simulatedColumn)
    return complete(steps)
  }

  private func step(
    _ item: Written, earlier: Set<String>, arms: KnownNames?, control: String?
  ) -> (value: SimulationPlan.Step?, name: String?, place: Written.Place?) {
    let name = "steps"
    let keys = ["column", "given", "baseline", "effects", "missing"]
    guard let section = section(item, name: name, keys: keys) else { return (nil, nil, nil) }
    let columnWritten = required("column", in: section, named: name)
    let column = columnWritten.flatMap { text($0) }
    var given: String?
    if let written = section["given"], let name = text(written) {
      given = name
      if !earlier.contains(name) {
        report(.unknownPreviousStep(name, accepted: earlier.sorted()), at: written)
      }
    }
    let baseline = required("baseline", in: section, named: name)
      .flatMap { number($0, .probability) }
    let effects =
      section["effects"].map {
        self.effects($0, baseline: baseline, arms: arms, control: control)
      } ?? [:]
    let missing = section["missing"].map { number($0, .lossShare) } ?? 0
    guard let column, let baseline, let effects, let missing else {
      return (nil, column, columnWritten?.place)
    }
    let step = SimulationPlan.Step(
      column: column, given: given, baseline: baseline, effects: effects, missing: missing)
    return (step, column, columnWritten?.place)
  }

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
      // The baseline is the control's own probability, so nothing can be added to it.
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
}
