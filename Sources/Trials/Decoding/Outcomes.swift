import Statistics
import Vocabulary

extension TrialReader {
  /// The outcomes; at least one answers the question that the trial asks.
  ///
  /// `taken` are the columns that mean something else already, such as the arm.
  func outcomes(_ written: Written, taken: [String]) -> [Outcome]? {
    guard let items = list(written) else { return nil }
    var names: [(name: String, place: Written.Place)] = []
    var hasPrimary = false
    let outcomes = items.map {
      outcome($0, taken: taken, names: &names, hasPrimary: &hasPrimary)
    }
    reportDuplicates(names, of: .outcome)
    if !hasPrimary { report(.noPrimaryOutcome, at: written) }
    return complete(outcomes)
  }

  private func outcome(
    _ item: Written, taken: [String], names: inout [(name: String, place: Written.Place)],
    hasPrimary: inout Bool
  ) -> Outcome? {
    let keys = ["id", "name", "role", "kind", "column", "better", "worthwhile", "where"]
    guard let place = freeSection(item) else { return nil }
    // An outcome of a later kind gets one fault, not one more for each key that belongs to its kind.
    let kindText = place["kind"].flatMap { written -> String? in
      guard case .text(let text, _) = written.shape else { return nil }
      return text
    }
    let isLater = kindText.map { LaterFeature.kinds[$0] != nil } ?? false
    let accepted = keys + (isLater ? Array(LaterFeature.outcomeKeys.keys) : [])
    let name = "outcomes"
    guard
      let section = section(
        item, name: name, keys: accepted, later: LaterFeature.outcomeKeys)
    else { return nil }

    let idWritten = required("id", in: section, named: name)
    let id = idWritten.flatMap { identifier($0) }
    if let id, let idWritten { names.append((id, idWritten.place)) }
    let title = section["name"].map { bilingual($0) } ?? id.map { BilingualText($0) }
    let role: Outcome.Role? =
      required("role", in: section, named: name).flatMap { choice($0, .role) }
    // A role that cannot be read is one fault; a missing primary outcome would be a second.
    if role == .primary || (role == nil && section["role"] != nil) { hasPrimary = true }
    let kind: Response.Kind? =
      required("kind", in: section, named: name)
      .flatMap { choice($0, .kind, later: LaterFeature.kinds) }
    let column = outcomeColumn(section, id: id, idWritten: idWritten, isLater: isLater)
    if let column, taken.contains(column), let written = section["column"] ?? idWritten {
      report(.columnHasOtherRole(column), at: written)
    }
    let better: Outcome.Better? = section["better"].map { choice($0, .direction) } ?? .more
    let worthwhile = section["worthwhile"].map { self.worthwhile($0, kind: kind) }
    if case .some(.none) = worthwhile { return nil }
    let rule = section["where"].map { condition($0) } ?? Condition()
    guard let id, let title, let role, let kind, let column, let better, let rule else {
      return nil
    }
    return Outcome(
      id: id, name: title, role: role, response: Response(column: column, kind: kind),
      better: better, worthwhile: worthwhile ?? nil, condition: rule)
  }

  /// The column that the outcome names, or else the one that bears its identifier.
  private func outcomeColumn(
    _ section: Section, id: String?, idWritten: Written?, isLater: Bool
  ) -> String? {
    if let written = section["column"] { return column(written) }
    guard let id, let idWritten, !isLater else { return nil }
    mention(id, at: idWritten.place)
    return id
  }

  private func worthwhile(_ written: Written, kind: Response.Kind?) -> Double? {
    guard let value = number(written, .positive) else { return nil }
    if kind == .binary, value >= 1 {
      report(.worthwhileOverOne(plain(value)), at: written)
      return nil
    }
    return value
  }

  /// The steps of the funnel: columns that say whether a step happened.
  func funnel(_ written: Written, outcomes: [Outcome]?) -> [FunnelStep]? {
    guard let items = list(written) else { return nil }
    var names: [(name: String, place: Written.Place)] = []
    let measured = outcomes?.map(\.response) ?? []
    let notBinary = Set(measured.filter { $0.kind != .binary }.map(\.column))
    let steps = items.map { item -> FunnelStep? in
      var columnWritten: Written? = item
      var title: BilingualText?
      if case .mapping = item.shape {
        guard let section = section(item, name: "funnel", keys: ["column", "name"]) else {
          return nil
        }
        columnWritten = required("column", in: section, named: "funnel")
        if let written = section["name"] {
          title = bilingual(written)
          if title == nil { return nil }
        }
      }
      guard let columnWritten, let name = column(columnWritten) else { return nil }
      names.append((name, columnWritten.place))
      if notBinary.contains(name) {
        report(.columnIsNotBinary(name), at: columnWritten)
      }
      return FunnelStep(column: name, name: title ?? BilingualText(name))
    }
    reportDuplicates(names, of: .funnelStep)
    return complete(steps)
  }
}
