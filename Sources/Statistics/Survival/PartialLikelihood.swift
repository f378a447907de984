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
  /// Covariates row by row, centred and scaled: those of row i begin at i·width.
  let covariates: [Double]
  let events: [Bool]
  let riskSets: [RiskSets]
  let ties: CoxRegression.Ties
  let width: Int

  /// Where the likelihood stands at one set of coefficients.
  struct Point {
    var logLikelihood = 0.0
    var score: [Double]
    var information: SymmetricMatrix
  }

  /// Rows that one core takes at a time.
  private static let stretch = 1 << 15

  /// η, shifted so that its largest value is 0, and e^η: the shift cancels, the overflow does not come.
  func predictors(_ coefficients: [Double]) -> (predictors: [Double], weights: [Double]) {
    let (width, covariates) = (width, covariates)
    let unshifted = inStretches(of: events.count, length: Self.stretch) { rows in
      rows.map { row in
        var sum = 0.0
        for j in 0..<width { sum += covariates[row * width + j] * coefficients[j] }
        return sum
      }
    }
    let top = unshifted.joined().max() ?? 0
    let found = inStretches(of: unshifted.count, length: 1) { place in
      let own = unshifted[place.lowerBound].map { $0 - top }
      return (own, own.map { Elementary.exponential($0) })
    }
    return (found.flatMap(\.0), found.flatMap(\.1))
  }

  /// One pass over all risk sets, O(n·p²).
  func point(at coefficients: [Double]) -> Point {
    let (predictors, weights) = predictors(coefficients)
    var sums = PointSums(width: width)
    for stratum in riskSets {
      var risk = WeightedSums(width: width)
      var deaths = WeightedSums(width: width)
      for tied in stratum.blocks {
        deaths.clear()
        covariates.withUnsafeBufferPointer { covariates in
          for row in tied {
            let x = UnsafeBufferPointer(rebasing: covariates[row * width..<(row + 1) * width])
            risk.add(x, weight: weights[row])
            guard events[row] else { continue }
            deaths.add(x, weight: weights[row])
            sums.logLikelihood += predictors[row]
            for j in 0..<width { sums.score[j] += x[j] }
          }
        }
        for l in 0..<deaths.count {
          sums.add(risk, less: ties.fraction(l, of: deaths.count), of: deaths)
        }
      }
    }
    return sums.point
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
private struct WeightedSums {
  var count = 0
  var zeroth = 0.0
  var first: [Double]
  var second: [Double]

  init(width: Int) {
    first = Array(repeating: 0, count: width)
    second = Array(repeating: 0, count: width * (width + 1) / 2)
  }

  /// Forgets every row.
  mutating func clear() {
    guard count > 0 else { return }
    count = 0
    zeroth = 0
    for i in first.indices { first[i] = 0 }
    for k in second.indices { second[k] = 0 }
  }

  mutating func add(_ row: UnsafeBufferPointer<Double>, weight: Double) {
    count += 1
    zeroth += weight
    var k = 0
    for i in row.indices {
      let weighted = weight * row[i]
      first[i] += weighted
      for j in 0...i {
        second[k] += weighted * row[j]
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
