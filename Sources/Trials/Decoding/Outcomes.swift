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

  private static let keys = [
    "id", "name", "role", "kind", "better", "worthwhile", "framework", "where", "estimator",
    "covariates",
  ]

  private func outcome(
    _ item: Written, taken: [String], names: inout [(name: String, place: Written.Place)],
    hasPrimary: inout Bool
  ) -> Outcome? {
    guard let place = freeSection(item) else { return nil }
    let kindText = place["kind"].flatMap { written -> String? in
      guard case .text(let text, _) = written.shape else { return nil }
      return text
    }
    let name = "outcomes"
    // The keys that belong to a kind are accepted with that kind alone; with a kind that cannot be
    // read any of them, so that one fault is not followed by one more for each key.
    let kinds = kindText.flatMap(Response.Kind.init(rawValue:)).map { [$0] }
    let own = (kinds ?? Response.Kind.allCases).flatMap(\.keys)
    guard let section = section(item, name: name, keys: Self.keys + own) else { return nil }

    let idWritten = required("id", in: section, named: name)
    let id = idWritten.flatMap { identifier($0) }
    if let id, let idWritten { names.append((id, idWritten.place)) }
    let title = section["name"].map { bilingual($0) } ?? id.map { BilingualText($0) }
    let role: Outcome.Role? =
      required("role", in: section, named: name).flatMap { choice($0, .role) }
    // A role that cannot be read is one fault; a missing primary outcome would be a second.
    if role == .primary || (role == nil && section["role"] != nil) { hasPrimary = true }
    let kind: Response.Kind? =
      required("kind", in: section, named: name).flatMap { choice($0, .kind) }
    let response = kind.flatMap { self.response($0, section, id: id, idWritten: idWritten) }
    if let response, let column = response.columns.first(where: taken.contains),
      let written = section[response.kind.keys[0]] ?? idWritten
    {
      report(.columnHasOtherRole(column), at: written)
    }
    // Sooner is better, unless the author says that the event is unwelcome.
    let usual: Outcome.Better = kind == .timeToEvent ? .less : .more
    let better: Outcome.Better? = section["better"].map { choice($0, .direction) } ?? usual
    let worthwhile = section["worthwhile"].map { self.worthwhile($0, kind: kind) }
    if case .some(.none) = worthwhile { return nil }
    let framework =
      section["framework"].map { choice($0, .framework) } ?? Outcome.Framework.superiority
    if let framework, framework != .superiority, worthwhile == nil,
      let written = section["framework"]
    {
      report(.marginMissing(framework.rawValue), at: written)
    }
    let estimator = self.estimator(of: section)
    if case .some(.none) = estimator { return nil }
    let rule = section["where"].map { condition($0) } ?? Condition()
    guard let id, let title, let role, let response, let better, let rule, let framework
    else { return nil }
    return Outcome(
      id: id, name: title, role: role, framework: framework, response: response, better: better,
      worthwhile: worthwhile ?? nil, condition: rule, estimator: estimator ?? nil)
  }

  /// The estimator that an outcome has of its own: by name, or `lin` through its covariates.
  private func estimator(of section: Section) -> SelectedEstimator?? {
    let own = section["estimator"].map { self.estimator($0) }
    guard let written = section["covariates"] else { return own }
    if section["estimator"] != nil {
      report(.covariatesBesideEstimator, at: written)
      return .some(nil)
    }
    guard let columns = oneOrMore(written).flatMap({ complete($0.map { column($0) }) }) else {
      return .some(nil)
    }
    return SelectedEstimator(Lin(covariates: columns))
  }

  /// The columns that hold the outcome, by the keys of its kind.
  private func response(
    _ kind: Response.Kind, _ section: Section, id: String?, idWritten: Written?
  ) -> Response? {
    func wanted(_ key: String) -> String? {
      required(key, in: section, named: "outcomes").flatMap { column($0) }
    }
    switch kind {
    case .binary:
      return outcomeColumn(section, id: id, idWritten: idWritten).map { .binary($0) }
    case .continuous:
      return outcomeColumn(section, id: id, idWritten: idWritten).map { .continuous($0) }
    case .count:
      let exposure = section["exposure"].map { column($0) }
      if case .some(.none) = exposure { return nil }
      return outcomeColumn(section, id: id, idWritten: idWritten)
        .map { .count($0, exposure: exposure ?? nil) }
    case .ratio:
      let numerator = wanted("numerator")
      let denominator = wanted("denominator")
      guard let numerator, let denominator else { return nil }
      return .ratio(numerator, over: denominator)
    case .quantile:
      let level = section["quantile"].map { number($0, .openProbability) } ?? 0.5
      guard let level else { return nil }
      return outcomeColumn(section, id: id, idWritten: idWritten)
        .map { .quantile(level, of: $0) }
    case .timeToEvent:
      let event = wanted("event")
      let horizon = required("horizon", in: section, named: "outcomes")
        .flatMap { number($0, .positive) }
      guard let column = outcomeColumn(section, id: id, idWritten: idWritten), let event,
        let horizon
      else { return nil }
      return .timeToEvent(column, event: event, horizon: horizon)
    }
  }

  /// The column that the outcome names, or else the one that bears its identifier.
  private func outcomeColumn(
    _ section: Section, id: String?, idWritten: Written?
  ) -> String? {
    if let written = section["column"] { return column(written) }
    guard let id, let idWritten else { return nil }
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
    let notBinary = Set(measured.flatMap(\.columns))
      .subtracting(measured.flatMap(\.binaryColumns))
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
      // A step that is measured as an outcome is called as that is.
      let own = outcomes?.first { $0.response.kind == .binary && $0.response.column == name }?.name
      return FunnelStep(column: name, name: title ?? own ?? BilingualText(name))
    }
    reportDuplicates(names, of: .funnelStep)
    return complete(steps)
  }
}

extension Response.Kind {
  /// The keys of an outcome that belong to its kind; the first names its column.
  fileprivate var keys: [String] {
    switch self {
    case .binary, .continuous: ["column"]
    case .count: ["column", "exposure"]
    case .ratio: ["numerator", "denominator"]
    case .quantile: ["column", "quantile"]
    case .timeToEvent: ["column", "event", "horizon"]
    }
  }
}
