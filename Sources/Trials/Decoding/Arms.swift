import RandomAssignment
import Vocabulary

extension TrialReader {
  /// The insights and the arms that answer them.
  func insights(_ written: Written) -> [Insight]? {
    guard let items = list(written) else { return nil }
    var names: [(name: String, place: Written.Place)] = []
    let insights = items.map { item -> Insight? in
      let name = "insights"
      guard let section = section(item, name: name, keys: ["id", "source", "barrier"]) else {
        return nil
      }
      let idWritten = required("id", in: section, named: name)
      let id = idWritten.flatMap { identifier($0) }
      if let id, let idWritten { names.append((id, idWritten.place)) }
      let source = section["source"].map { text($0) }
      let barrier = required("barrier", in: section, named: name).flatMap { bilingual($0) }
      guard let id, let barrier else { return nil }
      return Insight(id: id, source: source ?? nil, barrier: barrier)
    }
    reportDuplicates(names, of: .insight)
    return complete(insights)
  }

  /// The arms, and which identifiers other parts of the file may name.
  ///
  /// `insights` are the identifiers that `addresses` may name; nil where they are not known because
  /// that part of the file is faulty.
  func arms(
    _ written: Written, insights: KnownNames?, shares: Written?, factors: [CrossedFactor]?
  ) -> (variants: [MessageVariant]?, ids: KnownNames, control: String?) {
    guard let items = list(written) else { return (nil, KnownNames([]), nil) }
    var names: [(name: String, place: Written.Place)] = []
    var controls: [(name: String, place: Written.Place)] = []
    var mayHaveControl = false
    let variants = items.map { item -> MessageVariant? in
      variant(
        item, insights: insights, factors: factors, names: &names, controls: &controls,
        mayHaveControl: &mayHaveControl)
    }
    reportDuplicates(names, of: .arm)
    if items.count < 2 { report(.tooFewArms(items.count), at: written) }
    if controls.isEmpty, !items.isEmpty, !mayHaveControl { report(.noControl, at: written) }
    for extra in controls.dropFirst() {
      report(.severalControls(controls.map(\.name)), at: extra.place)
    }
    let ids = KnownNames(names.map(\.name))
    let drawn = shares.flatMap { self.shares($0, arms: ids) } ?? [:]
    let complete = complete(variants)?.map { variant in
      var variant = variant
      variant.arm.share = drawn[variant.arm.id] ?? 1
      return variant
    }
    return (complete, ids, controls.first?.name)
  }

  private func variant(
    _ item: Written, insights: KnownNames?, factors: [CrossedFactor]?,
    names: inout [(name: String, place: Written.Place)],
    controls: inout [(name: String, place: Written.Place)], mayHaveControl: inout Bool
  ) -> MessageVariant? {
    let keys = [
      "id", "name", "control", "east", "addresses", "channel", "cost", "message",
      "levels",
    ]
    guard let section = section(item, name: "arms", keys: keys) else {
      mayHaveControl = true
      return nil
    }
    let idWritten = required("id", in: section, named: "arms")
    // Any text: the identifier stands in the data, and data come as they come.
    let id = idWritten.flatMap { text($0) }
    if let id, let idWritten { names.append((id, idWritten.place)) }
    let isControl = section["control"].map { yesOrNo($0) } ?? false
    if isControl == true, let written = section["control"] {
      controls.append((id ?? "?", written.place))
    }
    // An arm that cannot be read is one fault; a missing control would be a second.
    if isControl == nil { mayHaveControl = true }
    let name = section["name"].map { bilingual($0) } ?? id.map { BilingualText($0) }
    let east = section["east"].map { levers($0) } ?? []
    let addresses = section["addresses"].map { references($0, to: insights) } ?? []
    let channel = section["channel"].map { text($0) } ?? nil
    let cost = section["cost"].map { number($0, .notNegative) } ?? nil
    let message = section["message"].map { bilingual($0) } ?? nil
    let levels = factors.map { self.levels(section, of: id, $0) } ?? [:]
    guard let id, let isControl, let name, let east, let addresses, let levels else { return nil }
    return MessageVariant(
      arm: Arm(id: id), name: name, isControl: isControl, levels: levels, east: east,
      addresses: addresses,
      channel: channel, cost: cost, message: message)
  }

  /// The level of every factor; nothing where the trial has none.
  private func levels(
    _ arm: Section, of id: String?, _ factors: [CrossedFactor]
  ) -> [String: String]? {
    guard let written = arm["levels"] else {
      if factors.isEmpty { return [:] }
      report(.levelsOfArmMissing(id ?? "?", factors: factors.map(\.id)), at: arm.place)
      return nil
    }
    guard !factors.isEmpty else {
      report(.levelsWithoutFactors, at: written)
      return nil
    }
    guard let section = section(written, name: "levels", keys: factors.map(\.id)) else {
      return nil
    }
    var levels: [String: String] = [:]
    for factor in factors {
      let accepted = factor.levels.map(\.id)
      let level = required(factor.id, in: section, named: "levels")
      guard let level, let name = text(level) else { return nil }
      guard accepted.contains(name) else {
        report(.unknownName(.level, name, accepted: accepted), at: level)
        return nil
      }
      levels[factor.id] = name
    }
    return levels
  }

  private func levers(_ written: Written) -> [MessageVariant.EAST]? {
    oneOrMore(written).flatMap { complete($0.map { choice($0, .east) }) }
  }

  private func references(_ written: Written, to insights: KnownNames?) -> [String]? {
    guard let items = oneOrMore(written) else { return nil }
    return complete(
      items.map { item in
        guard let id = text(item) else { return nil }
        if let insights, !insights.contains(id) {
          report(.unknownName(.insight, id, accepted: insights.sorted), at: item)
          return nil
        }
        return id
      })
  }

  private func shares(_ written: Written, arms: KnownNames) -> [String: Int] {
    var shares: [String: Int] = [:]
    for entry in freeSection(written)?.entries ?? [] {
      if !arms.contains(entry.key) {
        report(.unknownName(.arm, entry.key, accepted: arms.sorted), at: entry.keyPlace)
      }
      shares[entry.key] = wholeNumber(entry.value, from: 1, to: 1_000_000)
    }
    return shares
  }

  /// The list without its gaps; nil if there are any.
  func complete<Value>(_ values: [Value?]) -> [Value]? {
    let whole = values.compactMap { $0 }
    return whole.count == values.count ? whole : nil
  }
}
