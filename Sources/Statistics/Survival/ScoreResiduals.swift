import GSL

/// Each unit's share of the score at the maximum, from which the robust variance is built.
///
/// With dΛ̂ = Σ 1/a₀ the baseline hazard's increments and x̄ = a₁/a₀ (see ``PartialLikelihood``),
///
///     rᵢ = δᵢ(xᵢ − x̄(tᵢ)) − e^ηᵢ Σ (xᵢ − x̄(t)) dΛ̂(t)   over event times t ≤ tᵢ.
///
/// After Efron a tied event takes the mean x̄ over l, and is at risk with weight 1 − l/d only.
struct ScoreResiduals {
  /// Row by row.
  private(set) var rows: [[Double]]

  init(_ likelihood: PartialLikelihood, at coefficients: [Double]) {
    let width = likelihood.width
    rows = Array(repeating: Array(repeating: 0, count: width), count: likelihood.rows.count)
    let predictors = likelihood.predictors(coefficients)
    for stratum in likelihood.riskSets {
      let increments = Self.increments(in: stratum, of: likelihood, predictors)
      var hazard = 0.0
      var moment = Array(repeating: 0.0, count: width)
      // Forward in time: what a unit has run through is what was summed so far.
      for (tied, increment) in zip(stratum.blocks, increments).reversed() {
        for row in tied {
          let x = likelihood.rows[row]
          let weight = Elementary.exponential(predictors[row])
          for j in 0..<width {
            var value = -weight * (x[j] * hazard - moment[j])
            if likelihood.events[row] {
              value += x[j] - increment.mean[j]
              value -= weight * (x[j] * increment.ownHazard - increment.ownMoment[j])
            } else {
              value -= weight * (x[j] * increment.hazard - increment.moment[j])
            }
            rows[row][j] = value
          }
        }
        hazard += increment.hazard
        for j in 0..<width { moment[j] += increment.moment[j] }
      }
    }
  }

  /// Σ over clusters of rrᵀ with r the cluster's sum; each unit its own cluster when none are given.
  func outerProduct(over clusters: Codes?, width: Int) -> SymmetricMatrix {
    var sums = rows
    if let clusters {
      sums = Array(repeating: Array(repeating: 0, count: width), count: clusters.names.count)
      for (row, cluster) in clusters.values.enumerated() {
        for j in 0..<width { sums[cluster][j] += rows[row][j] }
      }
    }
    var matrix = Array(repeating: Array(repeating: 0.0, count: width), count: width)
    for sum in sums {
      for i in 0..<width {
        for j in 0..<width { matrix[i][j] += sum[i] * sum[j] }
      }
    }
    return SymmetricMatrix(matrix)
  }

  /// What happens at one distinct time.
  private struct Increment {
    /// Σ 1/a₀ and Σ x̄/a₀, for those who stay.
    var hazard = 0.0
    var moment: [Double]
    /// The same with weights 1 − l/d, for those who have the event.
    var ownHazard = 0.0
    var ownMoment: [Double]
    /// The mean of x̄ over l.
    var mean: [Double]
  }

  /// One entry a block of ties, latest first.
  private static func increments(
    in stratum: RiskSets, of likelihood: PartialLikelihood, _ predictors: [Double]
  ) -> [Increment] {
    let none = Array(repeating: 0.0, count: likelihood.width)
    var increments: [Increment] = []
    var total = 0.0
    var first = none
    for tied in stratum.blocks {
      var deaths = 0
      var deathTotal = 0.0
      var deathFirst = none
      for row in tied {
        let weight = Elementary.exponential(predictors[row])
        let died = likelihood.events[row]
        total += weight
        if died {
          deaths += 1
          deathTotal += weight
        }
        for j in none.indices {
          let weighted = weight * likelihood.rows[row][j]
          first[j] += weighted
          if died { deathFirst[j] += weighted }
        }
      }
      var increment = Increment(moment: none, ownMoment: none, mean: none)
      for l in 0..<deaths {
        let fraction = likelihood.ties.fraction(l, of: deaths)
        let hazard = 1 / (total - fraction * deathTotal)
        increment.hazard += hazard
        increment.ownHazard += (1 - fraction) * hazard
        for j in none.indices {
          let mean = (first[j] - fraction * deathFirst[j]) * hazard
          increment.moment[j] += mean * hazard
          increment.ownMoment[j] += (1 - fraction) * mean * hazard
          increment.mean[j] += mean / Double(deaths)
        }
      }
      increments.append(increment)
    }
    return increments
  }
}
