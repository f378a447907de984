import GSL

/// Each unit's share of the score at the maximum, from which the robust variance is built.
///
/// With dΛ̂ = Σ 1/a₀ the baseline hazard's increments and x̄ = a₁/a₀ (see ``PartialLikelihood``),
///
///     rᵢ = δᵢ(xᵢ − x̄(tᵢ)) − e^ηᵢ Σ (xᵢ − x̄(t)) dΛ̂(t)   over event times t ≤ tᵢ.
///
/// After Efron a tied event takes the mean x̄ over l, and is at risk with weight 1 − l/d only.
struct ScoreResiduals {
  private let likelihood: PartialLikelihood
  private let weights: [Double]
  private let baseline: Baseline

  init(_ likelihood: PartialLikelihood, at coefficients: [Double]) {
    self.likelihood = likelihood
    weights = likelihood.weights(coefficients).weights
    baseline = Baseline(of: likelihood, weights)
  }

  /// Units that one core takes at a time.
  private static let stretch = 1 << 15

  /// Σ over clusters of rrᵀ with r the cluster's sum; each unit its own cluster when none are given.
  func outerProduct(over clusters: Grouping?) -> SymmetricMatrix {
    let (rows, width) = (likelihood.riskSets.rows, likelihood.width)
    guard let clusters else {
      return inStretches(of: rows.count, length: Self.stretch) { places in
        OuterProduct(of: values(of: places), width: width)
      }.reduce(into: OuterProduct(width: width)) { $0.add($1) }.matrix
    }
    var sums = Array(repeating: 0.0, count: clusters.count * width)
    let parts = inStretches(of: rows.count, length: Self.stretch) { (values(of: $0), rows[$0]) }
    for (values, rows) in parts {
      for (unit, row) in rows.enumerated() {
        let cluster = clusters.groups[row] * width
        for j in 0..<width { sums[cluster + j] += values[unit * width + j] }
      }
    }
    return OuterProduct(of: sums, width: width).matrix
  }

  /// The residuals of the units at some places, unit by unit.
  private func values(of places: Range<Int>) -> [Double] {
    let (riskSets, width) = (likelihood.riskSets, likelihood.width)
    var values: [Double] = []
    values.reserveCapacity(places.count * width)
    var block = riskSets.block(at: places.lowerBound)
    for place in places {
      if place >= riskSets.places(block).upperBound { block += 1 }
      let (weight, died) = (weights[place], likelihood.events[place])
      for j in 0..<width {
        let x = likelihood.covariates[place * width + j]
        let moved = block * width + j
        values.append(
          died
            ? x - baseline.means[moved]
              - weight * (x * baseline.hazards[block].ofEvents - baseline.momentsOfEvents[moved])
            : -weight * (x * baseline.hazards[block].ofOthers - baseline.moments[moved]))
      }
    }
    return values
  }
}

/// Σ rrᵀ.
private struct OuterProduct {
  private let width: Int
  private var entries: [Double]

  init(width: Int) {
    self.width = width
    entries = Array(repeating: 0, count: width * width)
  }

  /// Of rows that stand one after another.
  init(of rows: [Double], width: Int) {
    self.init(width: width)
    for first in stride(from: 0, to: rows.count, by: width) {
      for i in 0..<width {
        for j in 0..<width { entries[i * width + j] += rows[first + i] * rows[first + j] }
      }
    }
  }

  mutating func add(_ other: OuterProduct) {
    for k in entries.indices { entries[k] += other.entries[k] }
  }

  var matrix: SymmetricMatrix {
    SymmetricMatrix((0..<width).map { Array(entries[$0 * width..<($0 + 1) * width]) })
  }
}

/// What a unit of each block has run through by its time.
private struct Baseline {
  /// Σ dΛ̂ over event times up to the block's: for those who stay, and with weights 1 − l/d at their own time
  /// for those who have the event.
  private(set) var hazards: [(ofOthers: Double, ofEvents: Double)] = []
  /// Σ x̄dΛ̂ likewise, block by block.
  private(set) var moments: [Double] = []
  private(set) var momentsOfEvents: [Double] = []
  /// The mean of x̄ over the events of the block.
  private(set) var means: [Double] = []

  init(of likelihood: PartialLikelihood, _ weights: [Double]) {
    let (riskSets, width) = (likelihood.riskSets, likelihood.width)
    let parts = riskSets.walk(from: RiskSum(width: width), into: Baseline()) { blocks, risk in
      for place in riskSets.places(blocks) {
        risk.add(place, of: likelihood.covariates, weight: weights[place])
      }
    } visiting: { blocks, joined, part in
      var risk = joined
      for block in blocks { part.add(block, to: &risk, of: likelihood, weights) }
    }
    for part in parts {
      hazards += part.hazards
      moments += part.moments
      momentsOfEvents += part.momentsOfEvents
      means += part.means
    }
    for stratum in riskSets.strata { run(through: stratum, width: width) }
  }

  private init() {}

  /// What happens at the time of one block.
  private mutating func add(
    _ block: Int, to risk: inout RiskSum, of likelihood: PartialLikelihood, _ weights: [Double]
  ) {
    let width = likelihood.width
    var events = RiskSum(width: width)
    var deaths = 0
    for place in likelihood.riskSets.places(block) {
      risk.add(place, of: likelihood.covariates, weight: weights[place])
      guard likelihood.events[place] else { continue }
      deaths += 1
      events.add(place, of: likelihood.covariates, weight: weights[place])
    }
    let place = moments.count
    for _ in 0..<width {
      moments.append(0)
      momentsOfEvents.append(0)
      means.append(0)
    }
    var own = (ofOthers: 0.0, ofEvents: 0.0)
    for l in 0..<deaths {
      let fraction = likelihood.ties.fraction(l, of: deaths)
      let hazard = 1 / (risk.total - fraction * events.total)
      own.ofOthers += hazard
      own.ofEvents += (1 - fraction) * hazard
      for j in 0..<width {
        let mean = (risk.first[j] - fraction * events.first[j]) * hazard
        moments[place + j] += mean * hazard
        momentsOfEvents[place + j] += (1 - fraction) * mean * hazard
        means[place + j] += mean / Double(deaths)
      }
    }
    hazards.append(own)
  }

  /// Sums up a stratum, forward in time.
  private mutating func run(through stratum: Range<Int>, width: Int) {
    for block in stratum.dropLast().reversed() {
      let before = hazards[block + 1].ofOthers
      hazards[block].ofOthers += before
      hazards[block].ofEvents += before
      for j in 0..<width {
        let (own, before) = (block * width + j, moments[(block + 1) * width + j])
        moments[own] += before
        momentsOfEvents[own] += before
      }
    }
  }
}

/// Σw and Σwx.
private struct RiskSum: RiskSetSums {
  private(set) var total = 0.0
  private(set) var first: [Double]

  init(width: Int) { first = Array(repeating: 0, count: width) }

  mutating func add(_ other: RiskSum) {
    total += other.total
    for j in first.indices { first[j] += other.first[j] }
  }

  mutating func add(_ place: Int, of covariates: [Double], weight: Double) {
    total += weight
    for j in first.indices { first[j] += weight * covariates[place * first.count + j] }
  }
}
