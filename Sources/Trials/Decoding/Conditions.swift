import Vocabulary

extension TrialReader {
  /// A `where:`, of columns of the data unless they are of another file; `any:` lists conditions of which one must hold.
  func condition(_ written: Written, ofData: Bool = true) -> Condition? {
    guard let section = freeSection(written) else { return nil }
    var alternatives: [[Condition]] = []
    if let written = section["any"], case .list = written.shape {
      guard let choices = list(written), !choices.isEmpty,
        let conditions = complete(choices.map { condition($0, ofData: ofData) })
      else {
        if case .list(let items) = written.shape, items.isEmpty {
          report(.nothingWritten(written.path), at: written)
        }
        return nil
      }
      alternatives = [conditions]
    }
    let own = section.entries.filter { alternatives.isEmpty || $0.key != "any" }
    let clauses = own.map { entry -> Condition.Clause? in
      if ofData { mention(entry.key, at: entry.keyPlace) }
      return test(entry.value).map { Condition.Clause(column: entry.key, $0) }
    }
    return complete(clauses).map { Condition($0, alternatives: alternatives) }
  }

  private func test(_ written: Written) -> Condition.Test? {
    switch written.shape {
    case .text:
      return values([written])
    case .list:
      report(.wrongShape(wanted: .condition), at: written)
      return nil
    case .mapping:
      guard let section = section(written, name: "where", keys: ["from", "to", "in"]) else {
        return nil
      }
      switch (section["in"], section["from"], section["to"]) {
      case (.some(let listed), nil, nil):
        guard let items = list(listed) else { return nil }
        guard !items.isEmpty else {
          report(.nothingWritten(listed.path), at: listed)
          return nil
        }
        return values(items)
      case (nil, nil, nil):
        report(.rangeWithoutBounds, at: written)
        return nil
      case (nil, let from, let to):
        return range(from: from, to: to)
      default:
        report(.wrongShape(wanted: .condition), at: written)
        return nil
      }
    }
  }

  /// Numbers when every entry is written as one, texts otherwise; quotation marks make a text.
  private func values(_ items: [Written]) -> Condition.Test? {
    guard let texts = complete(items.map { text($0) }) else { return nil }
    let numbers = items.map { item -> Double? in
      guard case .text(let text, isPlain: true) = item.shape else { return nil }
      return DecimalText.parse(text)
    }
    return complete(numbers).map { .numbers($0) } ?? .among(texts)
  }

  private func range(from: Written?, to: Written?) -> Condition.Test? {
    let lower = from.map { number($0, .any) }
    let upper = to.map { number($0, .any) }
    if case .some(.none) = lower { return nil }
    if case .some(.none) = upper { return nil }
    if let lower = lower ?? nil, let upper = upper ?? nil, lower > upper, let to {
      report(.boundsReversed(plain(lower), plain(upper)), at: to)
      return nil
    }
    return .range(from: lower ?? nil, to: upper ?? nil)
  }

  func population(_ written: Written) -> Condition? {
    guard let section = section(written, name: "population", keys: ["where"]) else { return nil }
    return required("where", in: section, named: "population").flatMap { condition($0) }
  }

  func cohorts(_ written: Written) -> [Cohort]? {
    guard let items = list(written) else { return nil }
    var names: [(name: String, place: Written.Place)] = []
    let cohorts = items.map { item -> Cohort? in
      let name = "cohorts"
      guard let section = section(item, name: name, keys: ["id", "name", "where"]) else {
        return nil
      }
      let idWritten = required("id", in: section, named: name)
      let id = idWritten.flatMap { identifier($0) }
      if let id, let idWritten {
        names.append((id, idWritten.place))
        if id == "all" { report(.reservedCohort, at: idWritten) }
      }
      let title = section["name"].map { bilingual($0) } ?? id.map { BilingualText($0) }
      let rule = required("where", in: section, named: name).flatMap { condition($0) }
      guard let id, let title, let rule else { return nil }
      return Cohort(id: id, name: title, condition: rule)
    }
    reportDuplicates(names, of: .cohort)
    return complete(cohorts)
  }
}
