/// Decides which numbers of a result are hidden.
///
/// How many people an arm has in all is never hidden: the draw decided it, and it says nothing about anybody.
struct Disclosure {
  typealias Cell = DisclosureRecord.Cell

  /// Arms whose numbers add up to something that is visible elsewhere, so that what is hidden in one is hidden in all: single
  /// arms, and in a factorial trial all levels and combinations.
  private struct ArmClass {
    var places: [(table: CountTable, earlier: CountTable?, arm: String)]
  }

  private let record: DisclosureRecord
  private let outcomes: [TrialSummary.OutcomeSummary]
  private let arms: [ArmClass]
  /// The combinations of a factorial trial.
  private let combinations: ArmClass?

  /// What is hidden, and why.
  private(set) var hidden: [Cell: HidingReason] = [:]
  /// The outcomes of which a factorial trial shows no combination.
  private(set) var withoutCombinations: Set<String> = []

  /// - Parameters:
  ///   - result: with all its numbers.
  ///   - record: what it says of disclosure.
  ///   - earlier: what was published before of the same trial.
  init(of result: TrialResult, _ record: DisclosureRecord, since earlier: TrialResult?) {
    self.record = record
    outcomes = result.trial.outcomes
    func places(_ result: TrialResult, _ earlier: TrialResult?) -> ArmClass {
      let table = CountTable(of: result)
      let before = earlier.map(CountTable.init(of:))
      return ArmClass(places: result.trial.arms.map { (table, before, $0.id) })
    }
    let plain = places(result, earlier)
    if result.factors.isEmpty {
      arms = plain.places.map { ArmClass(places: [$0]) }
      combinations = nil
    } else {
      let levels = result.factors.map { factor in
        places(
          result.result(of: factor),
          earlier.flatMap { old in
            old.factors.first { $0.id == factor.id }.map(old.result(of:))
          })
      }
      arms = [ArmClass(places: levels.flatMap(\.places))]
      combinations = plain
    }
    decide()
  }

  private mutating func decide() {
    for part in arms {
      let all = ArmClass(places: part.places + (combinations?.places ?? []))
      let small = Dictionary(
        outcomes.compactMap { outcome in everyone(outcome.id, in: part).map { (outcome.id, $0) } },
        uniquingKeysWith: { first, _ in first })
      let steps = hideSteps(of: all, besides: small)
      var sizes: [(outcome: String, people: [Int?], hidden: [Int: Set<Int>])] = []
      var visible: [(outcome: String, places: ArmClass)] = []
      for outcome in outcomes {
        if let reason = small[outcome.id] ?? steps[outcome.id] {
          hideAll(outcome.id, in: all, reason)
          continue
        }
        var places = part
        if let combinations {
          if let reason = everyone(outcome.id, in: combinations) {
            hideAll(outcome.id, in: combinations, reason)
            withoutCombinations.insert(outcome.id)
          } else {
            places.places += combinations.places
          }
        }
        visible.append((outcome.id, places))
        sizes.append(
          (
            outcome.id,
            places.places.map {
              $0.table.count(outcome.id, $0.arm, DisclosureRecord.everyone)?.units
            },
            tooFew(outcome.id, in: places)
          ))
      }
      for (outcome, places) in visible {
        let own = sizes.first { $0.outcome == outcome }
        // The people of a group are the same for all outcomes that everybody has.
        let alike = sizes.filter { $0.people == own?.people }
        for place in record.families.indices {
          let already = alike.reduce(into: Set<Int>()) { $0.formUnion($1.hidden[place] ?? []) }
          protect(outcome, place, in: places, already: already)
        }
      }
    }
  }

  // MARK: - Everyone

  /// Why an outcome cannot be shown even for everyone; nil where it can.
  private func everyone(_ outcome: String, in part: ArmClass) -> HidingReason? {
    for place in part.places {
      for layer in layers(outcome, place, GroupFamily(groups: [])) {
        if let count = layer.everyone,
          CellProtection.isSmall(count, isChange: layer.isChange, minimum: record.minimumCell)
        {
          return layer.isChange ? .change : .small
        }
      }
    }
    return nil
  }

  private mutating func hideAll(_ outcome: String, in part: ArmClass, _ reason: HidingReason) {
    let groups = [DisclosureRecord.everyone] + record.families.flatMap(\.groups).flatMap(\.names)
    for place in part.places {
      for group in groups where place.table.count(outcome, place.arm, group) != nil {
        let cell = Cell(outcome: outcome, arm: place.arm, group: group, isStep: false)
        hidden[cell] = group == DisclosureRecord.everyone ? reason : .holder
      }
    }
  }

  // MARK: - Groups

  private func layers(
    _ outcome: String, _ place: (table: CountTable, earlier: CountTable?, arm: String),
    _ family: GroupFamily
  ) -> [CellProtection.Layer] {
    layers(place, family) { table, group in
      if let group {
        table.count(outcome, place.arm, group)
      } else {
        table.count(outcome, place.arm, DisclosureRecord.everyone)
      }
    }
  }

  /// The numbers of an arm now, and how they changed; of nil everyone.
  private func layers(
    _ place: (table: CountTable, earlier: CountTable?, arm: String), _ family: GroupFamily,
    count: (CountTable, GroupFamily.Group?) -> PeopleCount?
  ) -> [CellProtection.Layer] {
    let now = CellProtection.Layer(
      everyone: count(place.table, nil), groups: family.groups.map { count(place.table, $0) })
    guard let earlier = place.earlier else { return [now] }
    func change(_ now: PeopleCount?, _ before: PeopleCount?) -> PeopleCount? {
      if let now, let before { now - before } else { nil }
    }
    let changes = CellProtection.Layer(
      isChange: true, everyone: change(now.everyone, count(earlier, nil)),
      groups: zip(now.groups, family.groups).map { change($0, count(earlier, $1)) })
    return [now, changes]
  }

  /// The groups of too few people, and those from which they could be told, by family.
  private func tooFew(_ outcome: String, in part: ArmClass) -> [Int: Set<Int>] {
    var found: [Int: Set<Int>] = [:]
    for (index, family) in record.families.enumerated() {
      let people = part.places.flatMap { place in
        layers(place, family) { table, group in
          group.map { table.people(outcome, place.arm, $0) }
            ?? table.count(outcome, place.arm, DisclosureRecord.everyone)
            .map { PeopleCount(units: $0.units) }
        }
      }
      let protection = CellProtection(family: family, minimum: record.minimumCell)
      found[index] = Set(protection.hidden(in: people).keys)
    }
    return found
  }

  private mutating func protect(
    _ outcome: String, _ place: Int, in part: ArmClass, already: Set<Int>
  ) {
    let family = record.families[place]
    let protection = CellProtection(family: family, minimum: record.minimumCell)
    let found = protection.hidden(
      in: part.places.flatMap { layers(outcome, $0, family) }, already: already)
    for (group, reason) in found {
      for place in part.places {
        for name in family.groups[group].names {
          hidden[Cell(outcome: outcome, arm: place.arm, group: name, isStep: false)] = reason
        }
      }
    }
  }

  // MARK: - Steps

  /// Hides steps of the funnel, those of the outcomes that are hidden among them; gives the outcomes of hidden steps, and why.
  ///
  /// Whoever reached a step reached the one before, so that the difference of two steps is a number of people as well.
  /// Outcomes are kept before other steps, primary ones first.
  private mutating func hideSteps(
    of part: ArmClass, besides outcomesHidden: [String: HidingReason]
  ) -> [String: HidingReason] {
    let forced = Dictionary(
      outcomes.compactMap { outcome in
        outcome.column.flatMap { column in outcomesHidden[outcome.id].map { (column, $0) } }
      }, uniquingKeysWith: { first, _ in first })
    let names = part.places.first.map { $0.table.steps[$0.arm]?.map(\.step) ?? [] } ?? []
    let roles = ["primary", "secondary", "exploratory"]
    let importance = Dictionary(
      outcomes.compactMap { outcome in
        outcome.column.map { ($0, roles.firstIndex(of: outcome.role) ?? roles.count) }
      }, uniquingKeysWith: min)
    let order = names.enumerated().sorted {
      (importance[$0.element] ?? roles.count, $0.offset)
        < (importance[$1.element] ?? roles.count, $1.offset)
    }.map(\.element)
    var shown: [String] = []
    var reasons: [String: HidingReason] = [:]
    for step in order {
      let found = part.places.compactMap { place -> HidingReason? in
        let steps = Dictionary(
          (place.table.steps[place.arm] ?? []).map { ($0.step, $0.count) },
          uniquingKeysWith: { first, _ in first })
        guard let count = steps[step] else { return nil }
        if CellProtection.isSmall(count, isChange: false, minimum: record.minimumCell) {
          return .small
        }
        let before = place.earlier?.steps[place.arm]?.first { $0.step == step }?.count
        if let before,
          CellProtection.isSmall(count - before, isChange: true, minimum: record.minimumCell)
        {
          return .change
        }
        let isNear = shown.contains { other in
          guard let there = steps[other]?.events, let here = count.events else { return false }
          return abs(here - there) < record.minimumCell
        }
        return isNear ? .complement : nil
      }
      if let reason = forced[step] ?? found.first {
        reasons[step] = reason
        for place in part.places {
          hidden[
            Cell(outcome: step, arm: place.arm, group: DisclosureRecord.everyone, isStep: true)] =
            reason
        }
      } else {
        shown.append(step)
      }
    }
    return Dictionary(
      outcomes.compactMap { outcome in
        outcome.column.flatMap { reasons[$0] }.map { (outcome.id, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }
}

extension DisclosureRecord {
  /// The group that is not one.
  static let everyone = "all"
}
