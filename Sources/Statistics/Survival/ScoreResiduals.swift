import GSL

/// Each unit's share of the score at the maximum, from which the robust variance is built.
///
/// With dΛ̂ = Σ 1/a₀ the baseline hazard's increments and x̄ = a₁/a₀ (see ``PartialLikelihood``),
///
///     rᵢ = δᵢ(xᵢ − x̄(tᵢ)) − e^ηᵢ Σ (xᵢ − x̄(t)) dΛ̂(t)   over event times t ≤ tᵢ.
///
/// After Efron a tied event takes the mean x̄ over l, and is at risk with weight 1 − l/d only.
struct ScoreResiduals {
  /// Row by row: those of row i begin at i·width.
  private var values: [Double]
  private let width: Int

  init(_ likelihood: PartialLikelihood, at coefficients: [Double]) {
    let width = likelihood.width
    self.width = width
    values = Array(repeating: 0, count: likelihood.covariates.count)
    let weights = likelihood.predictors(coefficients).weights
    for stratum in likelihood.riskSets {
      let increments = Increments(in: stratum, of: likelihood, weights)
      var hazard = 0.0
      var moment = Array(repeating: 0.0, count: width)
      // Forward in time: what a unit has run through is what was summed so far.
      for (place, tied) in stratum.blocks.enumerated().reversed() {
        let (own, first) = (increments.hazards[place], place * width)
        for row in tied {
          let (weight, died) = (weights[row], likelihood.events[row])
          for j in 0..<width {
            let x = likelihood.covariates[row * width + j]
            var value = -weight * (x * hazard - moment[j])
            if died {
              value += x - increments.means[first + j]
              value -= weight * (x * own.ofEvents - increments.momentsOfEvents[first + j])
            } else {
              value -= weight * (x * own.ofOthers - increments.moments[first + j])
            }
            values[row * width + j] = value
          }
        }
        hazard += own.ofOthers
        for j in 0..<width { moment[j] += increments.moments[first + j] }
      }
    }
  }

  /// Σ over clusters of rrᵀ with r the cluster's sum; each unit its own cluster when none are given.
  func outerProduct(over clusters: Codes?) -> SymmetricMatrix {
    var sums = values
    if let clusters {
      sums = Array(repeating: 0, count: clusters.names.count * width)
      for (row, cluster) in clusters.values.enumerated() {
        for j in 0..<width { sums[cluster * width + j] += values[row * width + j] }
      }
    }
    var matrix = Array(repeating: 0.0, count: width * width)
    for first in stride(from: 0, to: sums.count, by: width) {
      for i in 0..<width {
        for j in 0..<width { matrix[i * width + j] += sums[first + i] * sums[first + j] }
      }
    }
    return SymmetricMatrix(
      (0..<width).map { Array(matrix[$0 * width..<($0 + 1) * width]) })
  }
}

/// What happens at each distinct time of a stratum, latest first.
private struct Increments {
  /// Σ 1/a₀ for those who stay; with weights 1 − l/d for those who have the event.
  private(set) var hazards: [(ofOthers: Double, ofEvents: Double)] = []
  /// Σ x̄/a₀ likewise, block by block.
  private(set) var moments: [Double] = []
  private(set) var momentsOfEvents: [Double] = []
  /// The mean of x̄ over l.
  private(set) var means: [Double] = []

  init(in stratum: RiskSets, of likelihood: PartialLikelihood, _ weights: [Double]) {
    let width = likelihood.width
    let none = Array(repeating: 0.0, count: width)
    var (total, first) = (0.0, none)
    for tied in stratum.blocks {
      var (deaths, deathTotal, deathFirst) = (0, 0.0, none)
      for row in tied {
        let (weight, died) = (weights[row], likelihood.events[row])
        total += weight
        if died {
          deaths += 1
          deathTotal += weight
        }
        for j in 0..<width {
          let weighted = weight * likelihood.covariates[row * width + j]
          first[j] += weighted
          if died { deathFirst[j] += weighted }
        }
      }
      var own = (ofOthers: 0.0, ofEvents: 0.0)
      let place = moments.count
      moments += none
      momentsOfEvents += none
      means += none
      for l in 0..<deaths {
        let fraction = likelihood.ties.fraction(l, of: deaths)
        let hazard = 1 / (total - fraction * deathTotal)
        own.ofOthers += hazard
        own.ofEvents += (1 - fraction) * hazard
        for j in 0..<width {
          let mean = (first[j] - fraction * deathFirst[j]) * hazard
          moments[place + j] += mean * hazard
          momentsOfEvents[place + j] += (1 - fraction) * mean * hazard
          means[place + j] += mean / Double(deaths)
        }
      }
      hazards.append(own)
    }
  }
}
