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
    var earlier: [SimulationPlan.Column] = []
    return complete(
      section.entries.map { entry in
        let column = simulatedColumn(entry, earlier: earlier)
        if let column { earlier.append(column) }
        return column
      })
  }

  /// Numbers by their ends, groups by their number or size, and anything else as categories with their frequencies.
  private func simulatedColumn(
    _ entry: Written.Entry, earlier: [SimulationPlan.Column]
  ) -> SimulationPlan.Column? {
    guard let free = freeSection(entry.value) else { return nil }
    let name = "columns"
    let forms = [
      ["from", "to", "per"], ["count", "per"], ["size"], ["weights", "per"], ["values", "of"],
    ]
    guard
      let keys = forms.first(where: { free[$0[0]] != nil || $0[0] == "from" && free["to"] != nil })
    else {
      return categories(free, at: entry.value).map {
        SimulationPlan.Column(name: entry.key, source: $0)
      }
    }
    guard let section = section(entry.value, name: name, keys: keys) else { return nil }
    var per: String?
    if let written = section["per"] {
      guard let column = text(written) else { return nil }
      guard earlier.contains(where: { $0.name == column }) else {
        report(.unknownName(.simulatedColumn, column, accepted: earlier.map(\.name)), at: written)
        return nil
      }
      per = column
    }
    let source: SimulationPlan.Column.Source? =
      if let written = section["count"] {
        wholeNumber(written, from: 1, to: 10_000_000).map { .groups(count: $0) }
      } else if let written = section["size"] {
        number(written, .atLeastOne).map { .households(size: $0) }
      } else if let written = section["weights"] {
        freeSection(written).flatMap { categories($0, at: written) }
      } else if let written = section["values"] {
        lookup(written, in: section, earlier: earlier)
      } else {
        integers(section)
      }
    return source.map { SimulationPlan.Column(name: entry.key, source: $0, per: per) }
  }

  /// A value for each category of an earlier column.
  private func lookup(
    _ written: Written, in section: Section, earlier: [SimulationPlan.Column]
  ) -> SimulationPlan.Column.Source? {
    let categories = earlier.compactMap { column -> (name: String, values: [String])? in
      guard case .categories(let values, _) = column.source else { return nil }
      return (column.name, values)
    }
    guard let place = required("of", in: section, named: "columns"), let of = text(place),
      let entries = freeSection(written)?.entries
    else { return nil }
    guard let wanted = categories.first(where: { $0.name == of })?.values else {
      report(.unknownName(.columnOfCategories, of, accepted: categories.map(\.name)), at: place)
      return nil
    }
    var values: [String: String] = [:]
    for entry in entries {
      if !wanted.contains(entry.key) {
        report(.unknownName(.level, entry.key, accepted: wanted), at: entry.keyPlace)
      } else if let value = text(entry.value) {
        values[entry.key] = value
      }
    }
    let missing = wanted.filter { name in !entries.contains { $0.key == name } }
    if !missing.isEmpty { report(.valuesMissing(missing), at: written) }
    return values.count == wanted.count ? .lookup(of: of, values: values) : nil
  }

  /// Whole numbers, or days where the first end is written as one.
  private func integers(_ section: Section) -> SimulationPlan.Column.Source? {
    let name = "columns"
    if let first = section["from"], case .text(let text, _) = first.shape,
      (try? CalendarDate(parsing: text)) != nil
    {
      return days(section, from: first)
    }
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

  private func days(_ section: Section, from first: Written) -> SimulationPlan.Column.Source? {
    let last = required("to", in: section, named: "columns")
    guard let from = date(first), let last, let to = date(last) else { return nil }
    guard from <= to else {
      report(.boundsReversed("\(from)", "\(to)"), at: last)
      return nil
    }
    return .dates(from: from, to: to)
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
}
