import DataSources
import RandomAssignment
import Statistics
import Trials

/// Units of one outcome in one cohort, picked out of a table.
struct UnitSamples {
  let table: Table
  let arms: ArmColumn
  let groups: GroupColumns
  let drawnAgain: DrawnAgain

  /// The rows of a mask that have an arm and every column of the response, with the covariates that
  /// some estimator needs; and how many rows of each arm lack the response.
  ///
  /// - Throws: ``DataSources/TableError`` when a column was not read.
  func sample(
    of columns: [[Double]], covariates: Set<String> = [], factors: Set<String> = [],
    where mask: RowMask
  ) throws(TableError) -> (sample: UnitSample?, missing: [String: Int]) {
    var rows: [Int] = []
    var assignment: [Int] = []
    var missing: [String: Int] = [:]
    for row in 0..<table.rowCount where mask[row] {
      guard let arm = arms[row] else { continue }
      if columns.allSatisfy({ $0[row].isFinite }) {
        rows.append(row)
        assignment.append(arm)
      } else {
        missing[arms.names[arm], default: 0] += 1
      }
    }
    var regressors: [String: [LinearDesign.Column]] = [:]
    for name in covariates {
      let values = try table.numbers(name)
      regressors[name] = [LinearDesign.Column(name, rows.map { values[$0] })]
    }
    for name in factors {
      regressors[name] = try indicators(of: name, rows: rows)
    }
    let sample = UnitSample(
      arms: arms.names, assignment: assignment,
      response: columns.map { column in rows.map { column[$0] } }, covariates: regressors,
      blocks: groups.blocks.map { blocks in Grouping(rows.map { blocks.codes[$0] }) },
      clusters: groups.clusters.map { clusters in Grouping(rows.map { clusters.codes[$0] }) })
    return (sample?.redrawn(drawnAgain.redrawing(ofRows: rows)), missing)
  }

  /// One column for each level after the first that occurs; a missing category is NaN in all.
  private func indicators(
    of name: String, rows: [Int]
  ) throws(TableError) -> [LinearDesign.Column] {
    let categories = try table.categories(name)
    let present = Set(rows.map { categories.codes[$0] }).filter { $0 >= 0 }.sorted()
    return present.dropFirst().map { level in
      LinearDesign.Column(
        "\(name)=\(categories.levels[Int(level)])",
        rows.map { categories.codes[$0] < 0 ? .nan : categories.codes[$0] == level ? 1 : 0 })
    }
  }
}

extension Sequence<DataNeed> {
  /// The moments that any of the needs names, and whether some want them by block.
  var moments: (request: MomentRequest, byBlock: Bool) {
    reduce(into: (MomentRequest(), false)) { total, need in
      guard case .moments(let sets, let byBlock) = need else { return }
      total.0.formUnion(MomentRequest(sets))
      total.1 = total.1 || byBlock
    }
  }

  /// The covariates that any of the needs names; nil where none looks at units.
  var units: (covariates: Set<String>, factors: Set<String>)? {
    reduce(into: nil) { total, need in
      guard case .units(let covariates, let factors) = need else { return }
      total = (
        (total?.0 ?? []).union(covariates), (total?.1 ?? []).union(factors)
      )
    }
  }
}
