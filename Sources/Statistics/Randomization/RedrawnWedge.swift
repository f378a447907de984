import RandomAssignment

/// The studentised effect of a stepped wedge under every re-drawn order of its clusters, for any size of effect.
///
/// With M y what is left of y without its cluster's and its period's means (weighted by the units of each cluster
/// and period), and the offer A* of an order,
///
///     τ*(θ) = ΣMA*·M(y − θA)/ΣMA*·MA*,   V* = Σ_cluster (ΣMA*·(M(y − θA) − τ*MA*))²/(ΣMA*·MA*)²
///
/// the least-squares effect with both fixed effects and its cluster-robust variance. Three sums a cluster
/// and draw are kept, so another θ costs no new draw.
///
/// Reference: Ji, Fink, Robyn & Small (2017), doi:10.1214/16-AOAS969.
struct RedrawnWedge {
  /// Of one cluster under one order: the products of MA* with My, with MA and with itself.
  private struct Sums {
    var y = 0.0, offer = 0.0, square = 0.0
  }

  private let observed: [Sums]
  private let draws: [[Sums]]
  /// Whether every order was visited.
  let isExact: Bool

  /// Draws.
  ///
  /// - Throws: ``EstimationError/undefined`` where the sample does not say how the clusters were drawn, or no
  ///   cluster changed sides; ``EstimationError/noVariation`` where only one order was possible.
  init(
    _ units: UnitSample, _ wedge: WedgeDraw, draws count: Int, seed: UInt64
  ) throws(EstimationError) {
    guard let clusters = units.clusters, wedge.periods.count == units.count else {
      throw .undefined
    }
    var sequences = Array(repeating: 0, count: clusters.count)
    var blocks = sequences
    for unit in 0..<units.count {
      sequences[clusters.groups[unit]] = wedge.sequences[unit]
      if let block = units.blocks { blocks[clusters.groups[unit]] = block.groups[unit] }
    }
    let cells = WedgeCells(units.outcome, clusters: clusters, periods: wedge.periods)
    let y = cells.residuals(of: cells.means)
    let offer = cells.residuals(of: cells.offers(sequences))
    @Sendable func sums(_ sequences: [Int]) -> [Sums] {
      let drawn = cells.residuals(of: cells.offers(sequences))
      var sums = Array(repeating: Sums(), count: clusters.count)
      for (place, cell) in cells.cells.enumerated() {
        sums[cell.cluster].y += cell.weight * drawn[place] * y[place]
        sums[cell.cluster].offer += cell.weight * drawn[place] * offer[place]
        sums[cell.cluster].square += cell.weight * drawn[place] * drawn[place]
      }
      return sums
    }
    guard let orders = ArmPermutations(observed: sequences, blocks: Grouping(blocks)) else {
      throw .undefined
    }
    observed = sums(sequences)
    guard observed.reduce(0, { $0 + $1.square }) > 1e-9 else { throw .undefined }
    guard orders.count > 1 else { throw .noVariation }
    isExact = orders.count <= Double(max(count, 1))
    if isExact {
      var found: [[Sums]] = []
      orders.visitAll {
        found.append(sums($0)); return true
      }
      draws = found
    } else {
      draws = replicates(max(count, 1), seed: seed) { generator in
        sums(orders.draw(using: &generator))
      }
    }
  }

  private func effect(_ sums: [Sums], _ theta: Double) -> Double {
    let square = sums.reduce(0) { $0 + $1.square }
    return square > 1e-12 ? sums.reduce(0) { $0 + $1.y - theta * $1.offer } / square : 0
  }

  private func statistic(of sums: [Sums], _ theta: Double) -> Double {
    let effect = effect(sums, theta)
    let square = sums.reduce(0) { $0 + $1.square }
    var spread = 0.0
    var size = 0.0
    for cluster in sums {
      let score = cluster.y - theta * cluster.offer - effect * cluster.square
      spread += score * score
      size += cluster.y * cluster.y + effect * cluster.square * effect * cluster.square
    }
    // What rounding leaves of a spread of zero.
    if spread > 1e-24 * size { return effect * square / spread.squareRoot() }
    return abs(effect) <= 1e-12 ? 0 : effect > 0 ? .infinity : -.infinity
  }
}

extension RedrawnWedge: RedrawnStatistic {
  var count: Int { draws.count }
  var difference: Double { effect(observed, 0) }
  func statistic(theta: Double) -> Double { statistic(of: observed, theta) }
  func pValue(theta: Double) -> Double {
    shareAsExtreme(as: statistic(of: observed, theta)) { statistic(of: draws[$0], theta) }
  }
}

/// The units of a stepped wedge by cluster and period.
private struct WedgeCells {
  struct CellOfWedge {
    var cluster: Int
    var period: Int
    var weight: Double
  }

  private(set) var cells: [CellOfWedge] = []
  /// The mean outcome of each cell, less the mean of all so that sums keep their digits.
  private(set) var means: [Double] = []
  private let clusterCount: Int
  /// Columns for the periods without the clusters' means, of unit length and at right angles.
  private var basis: [[Double]] = []

  init(_ outcome: [Double], clusters: Grouping, periods: [Int]) {
    clusterCount = clusters.count
    let centre = outcome.reduce(0, +) / Double(max(outcome.count, 1))
    var places: [[Int]: Int] = [:]
    for (unit, value) in outcome.enumerated() {
      let key = [clusters.groups[unit], periods[unit]]
      let place = places[key] ?? cells.count
      if place == cells.count {
        places[key] = place
        cells.append(CellOfWedge(cluster: key[0], period: key[1], weight: 0))
        means.append(0)
      }
      cells[place].weight += 1
      means[place] += value - centre
    }
    for place in cells.indices { means[place] /= cells[place].weight }
    for period in Set(periods).sorted() {
      var column = demeaned(cells.map { $0.period == period ? 1 : 0 })
      // Twice: once leaves rounding errors along the earlier columns.
      for _ in 0..<2 {
        for earlier in basis {
          let share = product(column, earlier)
          for place in column.indices { column[place] -= share * earlier[place] }
        }
      }
      let length = product(column, column).squareRoot()
      if length > 1e-7 * Double(outcome.count).squareRoot() {
        basis.append(column.map { $0 / length })
      }
    }
  }

  /// Who has the offer in which cell: those whose sequence has begun.
  func offers(_ sequences: [Int]) -> [Double] {
    cells.map { $0.period > sequences[$0.cluster] ? 1 : 0 }
  }

  /// What is left of a value a cell without clusters and periods.
  func residuals(of values: [Double]) -> [Double] {
    var left = demeaned(values)
    for column in basis {
      let share = product(left, column)
      for place in left.indices { left[place] -= share * column[place] }
    }
    return left
  }

  private func demeaned(_ values: [Double]) -> [Double] {
    var weights = Array(repeating: 0.0, count: clusterCount)
    var totals = weights
    for (cell, value) in zip(cells, values) {
      weights[cell.cluster] += cell.weight
      totals[cell.cluster] += cell.weight * value
    }
    return zip(cells, values).map { $1 - totals[$0.cluster] / weights[$0.cluster] }
  }

  private func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for place in cells.indices { sum += cells[place].weight * a[place] * b[place] }
    return sum
  }
}
