import RandomAssignment

/// Samples drawn again with replacement as the units were drawn: within arms and blocks, whole clusters
/// where those were drawn.
struct Resamples {
  private let units: UnitSample
  /// For each drawn unit (or cluster) its rows.
  private let members: [[Int]]
  /// For each arm and block the places in `members` of its drawn units.
  private let strata: [[Int]]

  /// How many were drawn: units, or clusters.
  var count: Int { members.count }

  init(_ units: UnitSample) {
    self.units = units
    let drawn = units.clusters ?? Grouping(units.assignment.indices)
    var members = Array(repeating: [Int](), count: drawn.count)
    for (row, unit) in drawn.groups.enumerated() { members[unit].append(row) }
    self.members = members
    let cells = Grouping(
      members.map { rows in
        [units.assignment[rows[0]], units.blocks?.groups[rows[0]] ?? 0]
      })
    var strata = Array(repeating: [Int](), count: cells.count)
    for (unit, cell) in cells.groups.enumerated() { strata[cell].append(unit) }
    self.strata = strata
  }

  /// A sample drawn again; a cluster that is drawn twice is two clusters.
  func draw(using generator: inout PhiloxGenerator) -> UnitSample? {
    var drawn: [Int] = []
    drawn.reserveCapacity(members.count)
    for stratum in strata {
      for _ in stratum {
        drawn.append(stratum[generator.uniformInteger(below: stratum.count)])
      }
    }
    return sample(of: drawn)
  }

  /// The sample without some of the drawn units.
  func without(_ left: Set<Int>) -> UnitSample? {
    sample(of: members.indices.filter { !left.contains($0) })
  }

  private func sample(of drawn: [Int]) -> UnitSample? {
    let rows = drawn.flatMap { members[$0] }
    var labels: [Int] = []
    if units.clusters != nil {
      for (label, unit) in drawn.enumerated() {
        labels += Array(repeating: label, count: members[unit].count)
      }
    }
    return UnitSample(
      arms: units.arms, assignment: rows.map { units.assignment[$0] },
      response: units.response.map { column in rows.map { column[$0] } },
      covariates: units.covariates.mapValues { columns in
        columns.map { column in
          LinearDesign.Column(column.name, rows.map { column.values[$0] })
        }
      },
      blocks: units.blocks.map { blocks in Grouping(rows.map { blocks.groups[$0] }) },
      clusters: units.clusters == nil ? nil : Grouping(labels))
  }
}
