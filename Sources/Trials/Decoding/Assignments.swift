import RandomAssignment
import Vocabulary

extension TrialReader {
  static let assignmentKeys = [
    "method", "blocks", "small_blocks", "clusters", "shares", "column", "frame",
    "covariates", "factors", "acceptance", "coin", "balance", "concealed", "salt", "layer",
    "period", "periods",
  ]

  /// How units are given to arms; `shares` is read with the arms.
  func assignment(_ section: Section) -> AssignmentPlan? {
    let name = "assignment"
    let methodWritten = required("method", in: section, named: name)
    let method: AssignmentPlan.Method? =
      methodWritten.flatMap { choice($0, .method) }
    let blocks = section["blocks"].map { columns($0) } ?? []
    let smallBlocks: AssignmentPlan.SmallBlocks? =
      section["small_blocks"].map { choice($0, .setting("small_blocks")) } ?? .refuse
    let clusters = section["clusters"].map { column($0, inCounts: false) }
    let armColumn = section["column"].map { column($0) } ?? "arm"
    if section["column"] == nil { mention("arm", at: section.place) }
    let frame = section["frame"].map { text($0) }
    let covariates = section["covariates"].map { names($0) } ?? []
    let factors = method == .factorial ? [] : section["factors"].map { names($0) } ?? []
    let crossed = method == .factorial ? section["factors"].map { crossedFactors($0) } ?? [] : []
    let acceptance = section["acceptance"].map { number($0, .openProbability) } ?? 0.01
    let coin = section["coin"].map { number($0, .coin) }
    // These columns are of the list that is drawn; the data need not repeat them.
    let balance = section["balance"].map { names($0) } ?? []
    let isConcealed = section["concealed"].map { yesOrNo($0) } ?? false
    let salt = section["salt"].map { text($0) }
    let layer = section["layer"].map { self.layer($0) }
    let wedge = method == .steppedWedge ? self.wedge(section, sequence: armColumn) : nil

    if let method, let methodWritten {
      checkGroups(method, at: methodWritten, in: section, blocks: blocks)
    }
    if case .some(.none) = clusters { return nil }
    if case .some(.none) = frame { return nil }
    if case .some(.none) = salt { return nil }
    if case .some(.none) = layer { return nil }
    if case .some(.none) = coin { return nil }
    if method == .steppedWedge, wedge == nil { return nil }
    guard let method, let blocks, let smallBlocks, let armColumn, let balance, let isConcealed,
      let covariates, let factors, let crossed, let acceptance
    else { return nil }
    return AssignmentPlan(
      method: method, blocks: blocks, smallBlocks: smallBlocks, clusters: clusters ?? nil,
      column: armColumn, frame: frame ?? nil, covariates: covariates, factors: factors,
      crossed: crossed, wedge: wedge, acceptance: acceptance, coin: coin ?? nil, balance: balance,
      isConcealed: isConcealed,
      salt: salt ?? nil, layer: layer ?? nil)
  }

  /// Keys that the method needs or does not use: an ignored line would describe another draw.
  private func checkGroups(
    _ method: AssignmentPlan.Method, at written: Written, in section: Section, blocks: [String]?
  ) {
    if method == .blocked, blocks?.isEmpty ?? false { report(.blockedWithoutBlocks, at: written) }
    if method == .clustered || method == .steppedWedge, section["clusters"] == nil {
      report(.clusteredWithoutClusters(method: method.rawValue), at: written)
    }
    if method == .steppedWedge, let written = section["shares"] {
      report(
        .keyUnused("shares", method: method.rawValue, users: Self.unequalMethods.map(\.rawValue)),
        at: written)
    }
    if [.matchedPairs, .rerandomized].contains(method), section["covariates"] == nil {
      report(.keyNeeded("covariates", method: method.rawValue), at: written)
    }
    if method == .minimized, section["factors"] == nil {
      report(.keyNeeded("factors", method: method.rawValue), at: written)
    }
    if method == .factorial, section["factors"] == nil { report(.factorsMissing, at: written) }
    if method == .factorial, let written = section["shares"] {
      report(
        .keyUnused("shares", method: method.rawValue, users: Self.unequalMethods.map(\.rawValue)),
        at: written)
    }
    if [.simple, .complete, .hashed, .minimized, .notRandomised].contains(method),
      let written = section["blocks"]
    {
      report(.blocksUnused(method: method.rawValue), at: written)
    }
    let ofUnits: [AssignmentPlan.Method] = [
      .simple, .complete, .hashed, .permutedBlocks, .rerandomized, .minimized, .biasedCoin,
      .notRandomised,
    ]
    if ofUnits.contains(method), let written = section["clusters"] {
      report(.clustersUnused(method: method.rawValue), at: written)
    }
    for (key, users) in Self.usersOfKeys where !users.contains(method) {
      if let written = section[key] {
        report(.keyUnused(key, method: method.rawValue, users: users.map(\.rawValue)), at: written)
      }
    }
    // Whoever knows the salt knows every arm.
    if method == .hashed, let written = section["concealed"] {
      report(
        .keyUnused(
          "concealed", method: method.rawValue,
          users: AssignmentPlan.Method.allCases.filter { $0 != .hashed }.map(\.rawValue)),
        at: written)
    }
  }

  private static let usersOfKeys: [(String, [AssignmentPlan.Method])] = [
    ("salt", [.hashed]), ("layer", [.hashed]),
    ("small_blocks", [.blocked, .clustered, .factorial, .steppedWedge]),
    ("covariates", [.matchedPairs, .rerandomized]), ("factors", [.minimized, .factorial]),
    ("period", [.steppedWedge]), ("periods", [.steppedWedge]),
    ("acceptance", [.rerandomized]), ("coin", [.minimized, .biasedCoin]),
  ]

  /// `period: quarter` with `periods: [2021Q2, 2021Q3, 2021Q4]`, three and more.
  private func wedge(_ section: Section, sequence: String?) -> WedgePlan? {
    let name = "assignment"
    let period = required("period", in: section, named: name).flatMap { column($0) }
    let written = required("periods", in: section, named: name)
    guard let sequence, let period, let written, let items = list(written),
      let periods = complete(items.map { text($0) })
    else { return nil }
    reportDuplicates(zip(periods, items).map { ($0, $1.place) }, of: .period)
    guard periods.count >= 3 else {
      report(.tooFewPeriods(periods.count), at: written)
      return nil
    }
    return WedgePlan(sequence: sequence, column: period, periods: periods)
  }

  private static let unequalMethods: [AssignmentPlan.Method] = [
    .simple, .complete, .blocked, .clustered, .hashed, .permutedBlocks, .minimized,
  ]

  /// `[{id: frame, name:, levels: [{id: gain, name:}, loss]}]`, two and more of each.
  private func crossedFactors(_ written: Written) -> [CrossedFactor]? {
    guard let items = list(written) else { return nil }
    if items.count < 2 { report(.factorsMissing, at: written) }
    var names: [(name: String, place: Written.Place)] = []
    let factors = items.map { item -> CrossedFactor? in
      guard
        let (section, id, name) = named(item, "factors", keys: ["id", "name", "levels"], &names)
      else { return nil }
      let levels = required("levels", in: section, named: "factors").flatMap {
        self.crossedLevels($0)
      }
      guard let id, let name, let levels else { return nil }
      return CrossedFactor(id: id, name: name, levels: levels)
    }
    reportDuplicates(names, of: .factor)
    return complete(factors)
  }

  private func crossedLevels(_ written: Written) -> [CrossedFactor.Level]? {
    guard let items = list(written) else { return nil }
    if items.count < 2 { report(.levelsMissing, at: written) }
    var names: [(name: String, place: Written.Place)] = []
    let levels = items.map { item -> CrossedFactor.Level? in
      // A name alone is its own identifier.
      if case .text = item.shape {
        guard let id = identifier(item) else { return nil }
        names.append((id, item.place))
        return CrossedFactor.Level(id: id, name: BilingualText(id))
      }
      guard let (_, id, name) = named(item, "levels", keys: ["id", "name"], &names), let id,
        let name
      else { return nil }
      return CrossedFactor.Level(id: id, name: name)
    }
    reportDuplicates(names, of: .level)
    return complete(levels)
  }

  /// A mapping with an identifier and a name, which is the identifier where none is written.
  private func named(
    _ item: Written, _ what: String, keys: [String],
    _ names: inout [(name: String, place: Written.Place)]
  ) -> (section: Section, id: String?, name: BilingualText?)? {
    guard let section = section(item, name: what, keys: keys) else { return nil }
    let written = required("id", in: section, named: what)
    let id = written.flatMap { identifier($0) }
    if let id, let written { names.append((id, written.place)) }
    return (section, id, section["name"].map { bilingual($0) } ?? id.map { BilingualText($0) })
  }

  /// That the arms are every combination of the factors' levels, the control that of the references.
  func checkCombinations(
    of variants: [MessageVariant], _ factors: [CrossedFactor], at written: Written
  ) {
    let key = { (variant: MessageVariant) in factors.map { variant.levels[$0.id] ?? "" } }
    let all = factors.reduce([[]]) { combinations, factor in
      combinations.flatMap { part in factor.levels.map { part + [$0.id] } }
    }
    let present = variants.map(key)
    let missing = all.filter { !present.contains($0) }
    if !missing.isEmpty {
      report(.combinationsMissing(missing.map { $0.joined(separator: " + ") }), at: written)
    }
    let twice = all.filter { combination in present.count { $0 == combination } > 1 }
    if !twice.isEmpty {
      report(.combinationsTwice(twice.map { $0.joined(separator: " + ") }), at: written)
    }
    if let control = variants.first(where: \.isControl),
      key(control) != factors.map({ $0.levels.first?.id ?? "" })
    {
      report(.controlIsNotReference(control.arm.id), at: written)
    }
  }

  /// Columns that the data must have.
  private func columns(_ written: Written) -> [String]? {
    oneOrMore(written).flatMap { complete($0.map { column($0) }) }
  }

  private func names(_ written: Written) -> [String]? {
    oneOrMore(written).flatMap { complete($0.map { text($0) }) }
  }

  /// `{name:, from:, to:}` in per cent with up to two decimals.
  private func layer(_ written: Written) -> LayerShare? {
    let name = "layer"
    guard let section = section(written, name: name, keys: ["name", "from", "to"]) else {
      return nil
    }
    let population = required("name", in: section, named: name).flatMap { text($0) }
    let from = required("from", in: section, named: name).flatMap { slot($0) }
    let to = required("to", in: section, named: name).flatMap { slot($0) }
    guard let population, let from, let to else { return nil }
    if from >= to, let written = section["to"] {
      report(
        .boundsReversed(plain(Double(from) / 100), plain(Double(to) / 100)), at: written)
      return nil
    }
    return LayerShare(name: population, from: from, to: to)
  }

  private func slot(_ written: Written) -> Int? {
    guard let percent = number(written, .percentage) else { return nil }
    return Int((percent * Double(PopulationLayer.slots) / 100).rounded())
  }
}
