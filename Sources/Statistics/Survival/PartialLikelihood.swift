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
  /// Covariates row by row, centred and scaled.
  let rows: [[Double]]
  let events: [Bool]
  let riskSets: [RiskSets]
  let ties: CoxRegression.Ties
  let width: Int

  /// Where the likelihood stands at one set of coefficients.
  struct Point {
    var logLikelihood = 0.0
    var score: [Double]
    var information: SymmetricMatrix

    init(width: Int) {
      score = Array(repeating: 0, count: width)
      information = SymmetricMatrix(
        Array(repeating: Array(repeating: 0, count: width), count: width))
    }
  }

  /// η, shifted so that its largest value is 0: the shift cancels, the overflow does not come.
  func predictors(_ coefficients: [Double]) -> [Double] {
    var values = rows.map { row in
      var sum = 0.0
      for j in 0..<width { sum += row[j] * coefficients[j] }
      return sum
    }
    let top = values.max() ?? 0
    for i in values.indices { values[i] -= top }
    return values
  }

  /// One pass over all risk sets, O(n·p²).
  func point(at coefficients: [Double]) -> Point {
    var point = Point(width: width)
    let predictors = predictors(coefficients)
    for stratum in riskSets {
      var risk = WeightedSums(width: width)
      for tied in stratum.blocks {
        var deaths = WeightedSums(width: width)
        for row in tied {
          let weight = Elementary.exponential(predictors[row])
          risk.add(rows[row], weight: weight)
          guard events[row] else { continue }
          deaths.add(rows[row], weight: weight)
          point.logLikelihood += predictors[row]
          for j in 0..<width { point.score[j] += rows[row][j] }
        }
        guard deaths.count > 0 else { continue }
        for l in 0..<deaths.count {
          add(risk, less: ties.fraction(l, of: deaths.count), of: deaths, to: &point)
        }
      }
    }
    return point
  }

  private func add(
    _ risk: WeightedSums, less fraction: Double, of deaths: WeightedSums, to point: inout Point
  ) {
    let total = risk.zeroth - fraction * deaths.zeroth
    point.logLikelihood -= Elementary.logarithm(total)
    for i in 0..<width {
      let mean = (risk.first[i] - fraction * deaths.first[i]) / total
      point.score[i] -= mean
      for j in 0...i {
        let other = (risk.first[j] - fraction * deaths.first[j]) / total
        let k = i * (i + 1) / 2 + j
        let square = (risk.second[k] - fraction * deaths.second[k]) / total
        point.information.rows[i][j] += square - mean * other
      }
    }
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

  mutating func add(_ row: [Double], weight: Double) {
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
