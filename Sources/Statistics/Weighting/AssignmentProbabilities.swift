/// The probability with which each unit got the arm that it got.
enum AssignmentProbabilities {
  /// From a column, or the realised shares of the arms within blocks (of clusters where those were
  /// drawn).
  ///
  /// - Throws: ``EstimationError/undefined`` for a column that was not read, or a probability that is
  ///   missing or not above 0 and at most 1.
  static func ofUnits(
    in units: UnitSample, column: String?
  ) throws(EstimationError) -> [Double] {
    if let column {
      guard let values = units.covariates[column]?.first?.values,
        values.allSatisfy({ $0 > 0 && $0 <= 1 })
      else { throw .undefined }
      return values
    }
    let drawn = units.clusters ?? Grouping(units.assignment.indices)
    var seen = Array(repeating: false, count: drawn.count)
    var sizes: [[Int]: Double] = [:]
    var totals: [Int: Double] = [:]
    for (row, unit) in drawn.groups.enumerated() where !seen[unit] {
      seen[unit] = true
      let block = units.blocks?.groups[row] ?? 0
      sizes[[block, units.assignment[row]], default: 0] += 1
      totals[block, default: 0] += 1
    }
    return units.assignment.indices.map { row in
      let block = units.blocks?.groups[row] ?? 0
      return (sizes[[block, units.assignment[row]]] ?? 0) / (totals[block] ?? 1)
    }
  }
}
