extension LinearModel {
  /// CR0: each cluster's sum of q·e, as one draw.
  func clusterSpread(
    of directions: [[Double]], _ clusters: Grouping
  ) throws(EstimationError) -> ContrastSpread {
    try check(clusters)
    let width = directions.count
    var sums = [Double](repeating: 0, count: clusters.count * width)
    for row in 0..<rows {
      let start = clusters.groups[row] * width
      for (j, direction) in directions.enumerated() {
        sums[start + j] += share(of: row, in: direction) * scaledResiduals[row]
      }
    }
    var spread = ContrastSpread(directions: width)
    for cluster in 0..<clusters.count {
      spread.add(Array(sums[(cluster * width)..<((cluster + 1) * width)]))
    }
    spread.degreesOfFreedom = directions.map { _ in Double(clusters.count - 1) }
    return spread
  }

  /// One cluster is one draw, from which no variance can be had.
  func check(_ clusters: Grouping) throws(EstimationError) {
    guard clusters.groups.count == rows, clusters.count > 1 else { throw .undefined }
  }
}
