/// What was drawn, reduced to what a ratio of sums needs: units, or whole clusters, each with its size
/// and its total.
///
/// An arm's mean is R = ΣT/ΣM: of units M = 1 and T = y; of clusters M is the number of members; of a
/// ratio (clicks over impressions) M is the denominator's total; of times to an event T adds up the
/// pseudo-values of the restricted mean, of which the arm's mean is its own restricted mean.
struct DrawnTotals {
  /// One for each that was drawn: its arm's position in the sample.
  var arms: [Int] = []
  /// Its block.
  var blocks: [Int] = []
  /// M.
  var sizes: [Double] = []
  /// T, less the overall mean times M, so that sums of squares keep their digits.
  var totals: [Double] = []
  /// X: how much of T is due to an effect of 1 on every unit of the arm under study.
  var exposures: [Double] = []
  /// How arms are drawn again; a list's places are those of what was drawn.
  var redrawing = Redrawing.shuffle

  /// Takes the units of some arms.
  ///
  /// - Parameters:
  ///   - units: the sample.
  ///   - response: the outcome.
  ///   - kept: positions of the arms that are compared.
  ///   - treated: the position of the arm whose effect is in question.
  ///   - covariates: what was known before; outcomes and exposures are replaced by what a regression
  ///     on it leaves over.
  /// - Throws: ``EstimationError/wrongKindOfOutcome`` for quantiles; ``EstimationError/undefined``
  ///   where a cluster has two arms; what the regression or the survival curve throws.
  init(
    _ units: UnitSample, response: Response, arms kept: Set<Int>, treated: Int,
    covariates: [LinearDesign.Column] = []
  ) throws(EstimationError) {
    let rows = units.assignment.indices.filter { kept.contains(units.assignment[$0]) }
    guard !rows.isEmpty else { throw .noUnits(arm: units.arms.first ?? "") }
    var (values, weights) = try Self.values(of: response, in: units, rows)
    var effect = zip(rows, weights).map { units.assignment[$0] == treated ? $1 : 0 }
    if !covariates.isEmpty {
      let columns = covariates.map { column in
        LinearDesign.Column(column.name, rows.map { column.values[$0] })
      }
      guard let design = LinearDesign(columns: [.intercept(rows: rows.count)] + columns) else {
        throw .undefined
      }
      values = try LinearModel(values, on: design).residuals
      effect = try LinearModel(effect, on: design).residuals
    }
    let mean = values.reduce(0, +) / weights.reduce(0, +)
    guard mean.isFinite else { throw .numericalFailure }
    var listPlaces: [Int] = []
    // Where a cluster stands; single units stand in their own order.
    var places = Array(repeating: -1, count: units.clusters?.count ?? 0)
    for (position, row) in rows.enumerated() {
      let cluster = units.clusters?.groups[row]
      var place = cluster.map { places[$0] } ?? -1
      if place < 0 {
        place = self.arms.count
        if let cluster { places[cluster] = place }
        self.arms.append(units.assignment[row])
        blocks.append(units.blocks?.groups[row] ?? 0)
        sizes.append(0)
        totals.append(0)
        exposures.append(0)
        if case .design(_, let places) = units.redrawing { listPlaces.append(places[row]) }
      }
      guard self.arms[place] == units.assignment[row] else { throw .undefined }
      sizes[place] += weights[position]
      totals[place] += values[position] - mean * weights[position]
      exposures[place] += effect[position]
    }
    redrawing = units.redrawing
    if case .design(let list, _) = redrawing { redrawing = .design(list, places: listPlaces) }
  }

  /// A value and a weight for each row.
  private static func values(
    of response: Response, in units: UnitSample, _ rows: [Int]
  ) throws(EstimationError) -> (values: [Double], weights: [Double]) {
    let values = rows.map { units.outcome[$0] }
    switch response {
    case .binary, .continuous, .count(_, exposure: nil):
      return (values, values.map { _ in 1 })
    case .count, .ratio:
      guard units.response.count == 2 else { throw .undefined }
      return (values, rows.map { units.response[1][$0] })
    case .timeToEvent(_, _, let horizon):
      guard units.response.count == 2 else { throw .undefined }
      let pseudo = try PseudoValues.restrictedMeans(
        times: values, events: rows.map { units.response[1][$0] == 1 }, horizon: horizon)
      return (pseudo, pseudo.map { _ in 1 })
    case .quantile:
      throw .wrongKindOfOutcome
    }
  }
}
