/// How many people, and how many of them had the event.
struct PeopleCount: Hashable {
  var units: Int
  /// Nil where the outcome is not something that people have or have not.
  var events: Int?

  /// All numbers of people that it tells: full cells say as much as empty ones.
  var values: [Int] { events.map { [units, $0, units - $0] } ?? [units] }
  var isNobody: Bool { units == 0 }

  static func - (left: PeopleCount, right: PeopleCount) -> PeopleCount {
    let events =
      if let all = left.events, let part = right.events { all - part } else { Int?.none }
    return PeopleCount(units: left.units - right.units, events: events)
  }
}

/// Which groups of one family must be hidden so that no number of people below the minimum can be read or computed.
///
/// Primary: a group with a small number of people, of events or of people without one. Complementary: what remains of a holder when
/// its visible groups are subtracted must be the sum of at least two groups (those in no group of the family count as one) and not
/// small itself; the smallest visible groups are hidden until that holds. Then every small number lies in an interval, given all
/// that is visible, that is as wide as the minimum or as the group itself. Hundepool et al. (2012), Statistical Disclosure
/// Control, chapter 4.
struct CellProtection {
  /// One arm's numbers, or how they changed since an earlier version.
  struct Layer {
    /// No change says nothing; any other is about those who came or went, who are a group like others.
    var isChange = false
    var everyone: PeopleCount?
    /// By place in the family; nil is not published.
    var groups: [PeopleCount?]

    func count(_ place: Int?) -> PeopleCount? { place.map { groups[$0] } ?? everyone }
  }

  let family: GroupFamily
  /// The least number that may be seen.
  let minimum: Int

  /// Whether a count tells of few people.
  static func isSmall(_ count: PeopleCount, isChange: Bool, minimum: Int) -> Bool {
    let isNothing = isChange && count.values.allSatisfy { $0 == 0 }
    return !isNothing && count.values.contains { abs($0) < minimum }
  }

  private func isSmall(_ count: PeopleCount, in layer: Layer) -> Bool {
    Self.isSmall(count, isChange: layer.isChange, minimum: minimum)
  }

  /// The groups to hide in all layers alike, and why; `already` are hidden for another reason.
  func hidden(in layers: [Layer], already: Set<Int> = []) -> [Int: HidingReason] {
    var hidden: [Int: HidingReason] = [:]
    protect(within: nil, layers, already, &hidden)
    return hidden
  }

  private func protect(
    within holder: Int?, _ layers: [Layer], _ already: Set<Int>,
    _ hidden: inout [Int: HidingReason]
  ) {
    let children = family.children(of: holder)
    guard !children.isEmpty else { return }
    for child in children {
      if let layer = layers.first(where: { layer in
        layer.groups[child].map { isSmall($0, in: layer) } ?? false
      }) {
        hidden[child] = layer.isChange ? .change : .small
      } else if already.contains(child) {
        hidden[child] = .complement
      }
    }
    while !layers.allSatisfy({ isSafe(children, within: holder, of: layers, in: $0, hidden) }),
      let next = children.filter({ hidden[$0] == nil }).min(by: {
        size($0, layers) < size($1, layers)
      })
    {
      hidden[next] = .complement
    }
    for child in children {
      if hidden[child] == nil {
        protect(within: child, layers, already, &hidden)
      } else {
        hideAll(within: child, &hidden)
      }
    }
  }

  private func hideAll(within holder: Int, _ hidden: inout [Int: HidingReason]) {
    for child in family.children(of: holder) {
      hidden[child] = .holder
      hideAll(within: child, &hidden)
    }
  }

  private func size(_ group: Int, _ layers: [Layer]) -> Int {
    layers.filter { !$0.isChange }.compactMap { $0.groups[group]?.units }.min() ?? 0
  }

  /// Whether what can be computed of a holder's hidden groups tells of no small number.
  private func isSafe(
    _ children: [Int], within holder: Int?, of layers: [Layer], in layer: Layer,
    _ hidden: [Int: HidingReason]
  ) -> Bool {
    guard let whole = layer.count(holder) else { return true }
    let published = children.filter { child in
      layers.contains { !$0.isChange && $0.groups[child] != nil }
    }
    // The change of a group that was hidden before is not visible, whether the group is now or not.
    let visible = published.filter { hidden[$0] == nil }.compactMap { layer.groups[$0] }
    let rest = visible.reduce(whole, -)
    let covered = published.filter { hidden[$0] != nil }.compactMap { layer.groups[$0] }
    let others = covered.reduce(rest, -)
    let members = covered + (others.isNobody ? [] : [others])
    guard members.contains(where: { isSmall($0, in: layer) }) else { return true }
    return (layer.isChange || members.count > 1) && !isSmall(rest, in: layer)
  }
}
