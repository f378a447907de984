import GSL

/// The log partial likelihood of a proportional hazards model, with its gradient and curvature.
///
/// At each event time with d events, S₀ is the sum of e^η over the risk set and D₀ over the events; S₁, S₂
/// and D₁, D₂ weigh x and xxᵀ likewise. Each event l = 0…d − 1 contributes
///
///     η − log a₀,   x − a₁/a₀,   a₂/a₀ − a₁a₁ᵀ/a₀²,   with a = S − f·D
///
/// where f = l/d after Efron, who lets tied events leave the risk set one by one, and 0 after Breslow.
struct PartialLikelihood {
  /// The order of the units, in which everything else stands.
  let riskSets: RiskSets
  /// Covariates unit by unit, centred and scaled: those at place i begin at i·width.
  let covariates: [Double]
  let events: [Bool]
  let ties: CoxRegression.Ties
  let width: Int

  /// Takes events as they stand in the data, and covariates in the order of the risk sets.
  init(
    of events: [Bool], covariates: [Double], width: Int, in riskSets: RiskSets,
    ties: CoxRegression.Ties
  ) {
    self.riskSets = riskSets
    self.covariates = covariates
    self.events = inParallel(filling: riskSets.rows.count) { events[riskSets.rows[$0]] }
    self.ties = ties
    self.width = width
  }

  /// Where the likelihood stands at one set of coefficients.
  struct Point {
    var logLikelihood = 0.0
    var score: [Double]
    var information: SymmetricMatrix
  }

  /// Units that one core takes at a time.
  private static let stretch = 1 << 15

  /// e^η, with η shifted so that its largest value is 0: the shift cancels, the overflow does not come.
  func weights(_ coefficients: [Double]) -> (weights: [Double], shift: Double) {
    let likelihood = self
    let top = inStretches(of: events.count, length: Self.stretch) { places in
      places.reduce(-Double.infinity) { max($0, likelihood.predictor($1, coefficients)) }
    }.reduce(-Double.infinity, max)
    let weights = inParallel(filling: events.count) {
      Elementary.exponential(likelihood.predictor($0, coefficients) - top)
    }
    return (weights, top)
  }

  /// η of one unit.
  private func predictor(_ place: Int, _ coefficients: [Double]) -> Double {
    var sum = 0.0
    for j in 0..<width { sum += covariates[place * width + j] * coefficients[j] }
    return sum
  }

  /// One pass over all risk sets, O(n·p²).
  func point(at coefficients: [Double]) -> Point {
    let (weights, shift) = weights(coefficients)
    let likelihood = self
    let (riskSets, events, ties) = (riskSets, events, ties)
    let (width, covariates) = (width, covariates)
    return riskSets.walk(from: WeightedSums(width: width), into: PointSums(width: width)) {
      blocks, risk in
      for place in riskSets.places(blocks) {
        risk.add(place, of: covariates, weight: weights[place])
      }
    } visiting: { blocks, joined, sums in
      var risk = joined
      var deaths = WeightedSums(width: width)
      for block in blocks {
        deaths.clear()
        for place in riskSets.places(block) {
          risk.add(place, of: covariates, weight: weights[place])
          guard events[place] else { continue }
          deaths.add(place, of: covariates, weight: weights[place])
          let predictor = likelihood.predictor(place, coefficients) - shift
          sums.add(place, of: covariates, predictor: predictor)
        }
        for l in 0..<deaths.count {
          sums.add(risk, less: ties.fraction(l, of: deaths.count), of: deaths)
        }
      }
    }.reduce(into: PointSums(width: width)) { $0.add($1) }.point
  }
}

/// What events add to the likelihood, its gradient and its curvature.
private struct PointSums {
  var logLikelihood = 0.0
  var score: [Double]
  /// The lower triangle, row by row.
  private var information: [Double]
  /// x̄ of one event.
  private var means: [Double]

  init(width: Int) {
    score = Array(repeating: 0, count: width)
    means = score
    information = Array(repeating: 0, count: width * (width + 1) / 2)
  }

  mutating func add(_ other: PointSums) {
    logLikelihood += other.logLikelihood
    for i in score.indices { score[i] += other.score[i] }
    for k in information.indices { information[k] += other.information[k] }
  }

  /// One event.
  mutating func add(_ place: Int, of covariates: [Double], predictor: Double) {
    logLikelihood += predictor
    let first = place * score.count
    for j in score.indices { score[j] += covariates[first + j] }
  }

  /// What it is compared with.
  mutating func add(_ risk: WeightedSums, less fraction: Double, of deaths: WeightedSums) {
    let total = risk.zeroth - fraction * deaths.zeroth
    logLikelihood -= Elementary.logarithm(total)
    var place = 0
    for i in means.indices {
      means[i] = (risk.first[i] - fraction * deaths.first[i]) / total
      score[i] -= means[i]
      for j in 0...i {
        let square = (risk.second[place] - fraction * deaths.second[place]) / total
        information[place] += square - means[i] * means[j]
        place += 1
      }
    }
  }

  var point: PartialLikelihood.Point {
    PartialLikelihood.Point(
      logLikelihood: logLikelihood, score: score,
      information: SymmetricMatrix(
        score.indices.map { i in
          score.indices.map { j in j <= i ? information[i * (i + 1) / 2 + j] : 0 }
        }))
  }
}

/// Σw, Σwx and the lower triangle of Σwxxᵀ.
private struct WeightedSums: RiskSetSums {
  private(set) var count = 0
  private(set) var zeroth = 0.0
  private(set) var first: [Double]
  private(set) var second: [Double]

  init(width: Int) {
    first = Array(repeating: 0, count: width)
    second = Array(repeating: 0, count: width * (width + 1) / 2)
  }

  /// Forgets every unit.
  mutating func clear() {
    guard count > 0 else { return }
    count = 0
    zeroth = 0
    for i in first.indices { first[i] = 0 }
    for k in second.indices { second[k] = 0 }
  }

  mutating func add(_ other: WeightedSums) {
    count += other.count
    zeroth += other.zeroth
    for i in first.indices { first[i] += other.first[i] }
    for k in second.indices { second[k] += other.second[k] }
  }

  mutating func add(_ place: Int, of covariates: [Double], weight: Double) {
    let start = place * first.count
    count += 1
    zeroth += weight
    var k = 0
    for i in first.indices {
      let weighted = weight * covariates[start + i]
      first[i] += weighted
      for j in 0...i {
        second[k] += weighted * covariates[start + j]
        k += 1
      }
    }
  }
}

extension CoxRegression.Ties {
  /// How much of the tied events has left the risk set when the l-th of d is taken.
  func fraction(_ l: Int, of d: Int) -> Double {
    switch self {
    case .efron: Double(l) / Double(d)
    case .breslow: 0
    }
  }
}
