import DataSources

/// Groups of people of which any two are apart, or one holds the other: the totals from which a hidden number could be had by
/// subtraction are those of its own family.
///
/// Which groups hold which is seen in the data, not in their definitions, so that a cohort and the value of a column that mean
/// the same people are one group with two names.
public struct GroupFamily: Codable, Hashable, Sendable {
  /// One group.
  public struct Group: Codable, Hashable, Sendable {
    /// Cohorts by their identifier, values of a column as `column=value`.
    public var names: [String]
    /// The place of the smallest group that holds it; nil is everyone.
    public var within: Int?
  }

  /// Holders before those they hold.
  public var groups: [Group]

  /// The groups directly within another; within everyone for nil.
  func children(of holder: Int?) -> [Int] {
    groups.indices.filter { groups[$0].within == holder }
  }

  /// Sorts groups into as few families as one pass finds.
  static func families(of groups: [(name: String, rows: RowMask)]) -> [GroupFamily] {
    var distinct: [(names: [String], rows: RowMask)] = []
    for (name, rows) in groups {
      if let place = distinct.firstIndex(where: { $0.rows == rows }) {
        distinct[place].names.append(name)
      } else {
        distinct.append(([name], rows))
      }
    }
    let bySize = distinct.enumerated().sorted {
      ($1.element.rows.count, $0.offset) < ($0.element.rows.count, $1.offset)
    }.map(\.element)
    var families: [(family: GroupFamily, rows: [RowMask])] = []
    for group in bySize {
      let fits = families.indices.first { place in
        families[place].rows.allSatisfy { other in
          let both = other.intersection(group.rows).count
          return both == 0 || both == group.rows.count
        }
      }
      let place = fits ?? families.count
      if fits == nil { families.append((GroupFamily(groups: []), [])) }
      let holders = families[place].rows.indices.filter {
        group.rows.count > 0
          && families[place].rows[$0].intersection(group.rows).count == group.rows.count
      }
      families[place].family.groups.append(Group(names: group.names, within: holders.last))
      families[place].rows.append(group.rows)
    }
    return families.map(\.family)
  }
}
