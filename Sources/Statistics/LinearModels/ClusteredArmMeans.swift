/// The arms' plain means where whole clusters were drawn, with CR2 and Satterthwaite's degrees of freedom in closed form.
///
/// Without covariates every row of an arm is like every other, so that a cluster's block of the hat matrix has one value λ = m/n for each
/// arm in which it has m of the arm's n rows. With s = Σe/√n over those rows, and μ = λ²/(1 − λ), the sums over clusters
///
///     P = Σ s s'/√((1 − λ)(1 − λ')),   V = Σ λλ'/√((1 − λ)(1 − λ')),   L = Σ λλ',   M = Σ μμ'   (for two arms)
///
/// hold the variance wᵀPw and the degrees of freedom (Σw²λ)²/(Σ(w w' V)² + Σw²w'²(L − M)) of any direction w. They are those of
/// ``LinearModel/contrasts(_:covariance:)`` on the arms' columns. Only ``ClusterTotals`` are looked at, and clusters may have units of
/// several arms.
///
/// In R: `estimatr::lm_robust(y ~ arm, clusters = , se_type = "CR2")`. Reference: Pustejovsky & Tipton (2018),
/// doi:10.1080/07350015.2016.1247004.
struct ClusteredArmMeans {
  private let counts: [Double]
  /// In units of the scaled outcome.
  private let means: [Double]
  private let exponent: Int
  /// √Σe².
  private let length: Double
  private let isBlind: [Bool]
  private let scores: [[Double]]
  private let traces: [Double]
  private let loadings: [[Double]]
  private let own: [[Double]]
  private let squares: [[Double]]

  /// Adds up the clusters; the arms that have units stand in the order of the trial.
  ///
  /// - Throws: ``EstimationError/undefined`` for a cluster alone, or no residual degrees of freedom.
  init(of totals: ClusterTotals) throws(EstimationError) {
    let (arms, present) = (totals.armTotals, totals.presentArms)
    let width = present.count
    let units = arms.reduce(0) { $0 + $1.count }
    guard totals.clusterCount > 1, units > Double(width) else { throw .undefined }
    var places = [Int](repeating: 0, count: arms.count)
    for (place, arm) in present.enumerated() { places[arm] = place }
    let counts = present.map { arms[$0].count }
    var residuals = arms.reduce(0) { $0 + $1.squares }
    let whole = arms.reduce(residuals) { $0 + $1.count * $1.mean * $1.mean }
    // A perfect fit leaves rounding noise, which is no evidence of variation.
    let isPerfect = residuals.squareRoot() <= 100 * Double.ulpOfOne * whole.squareRoot()
    if isPerfect { residuals = 0 }
    var found = ClusterSums(arms: width)
    var cluster: Int?
    for cell in totals.cells {
      if cluster != cell.cluster { found.close() }
      cluster = cell.cluster
      let count = arms[cell.arm].count
      let sum = isPerfect ? 0 : cell.count * cell.deviation(from: arms[cell.arm])
      found.enter(places[cell.arm], leverage: cell.count / count, score: sum / count.squareRoot())
    }
    found.close()
    (self.counts, exponent) = (counts, totals.exponent)
    means = present.map { arms[$0].mean }
    length = residuals.squareRoot()
    (isBlind, scores, traces) = (found.isBlind, found.scores, found.traces)
    (loadings, own, squares) = (found.loadings, found.own, found.squares)
  }

  /// Every arm's mean, their covariances, and the degrees of freedom of means (on the diagonal) and of differences.
  var pairs: (means: [Double], covariance: [[Double?]], degreesOfFreedom: [[Double?]]) {
    (
      means.map { $0.scaled(by: exponent) },
      means.indices.map { row in means.indices.map { covariance(row, $0) } },
      means.indices.map { row in means.indices.map { degreesOfFreedom(row, $0) } }
    )
  }

  private func covariance(_ row: Int, _ column: Int) -> Double? {
    guard !isBlind[row], !isBlind[column] else { return nil }
    let product = scores[row][column]
    let value = (product / (counts[row] * counts[column]).squareRoot()).scaled(by: 2 * exponent)
    // A product that drowned is not a covariance of 0.
    return value.isNormal || product == 0 ? value : nil
  }

  /// Of a mean, or of the difference of two; nil where no error is known.
  private func degreesOfFreedom(_ row: Int, _ column: Int) -> Double? {
    // The direction's unit vector: the arms' weights, and its size.
    var weights = [(arm: row, weight: 1.0)]
    var size = 1 / counts[row].squareRoot()
    var value = means[row]
    if row != column {
      size = (1 / counts[row] + 1 / counts[column]).squareRoot()
      weights = [
        (row, 1 / counts[row].squareRoot() / size),
        (column, -1 / counts[column].squareRoot() / size),
      ]
      value -= means[column]
    }
    guard weights.allSatisfy({ !isBlind[$0.arm] }) else { return nil }
    var (variance, trace, total) = (0.0, 0.0, 0.0)
    for (first, a) in weights {
      trace += a * a * traces[first]
      for (second, b) in weights {
        variance += a * b * scores[first][second]
        let dense = a * b * loadings[first][second]
        total += dense * dense + a * a * b * b * (own[first][second] - squares[first][second])
      }
    }
    // Scores that cancel within every cluster (one cluster an arm) leave only rounding noise.
    guard variance.squareRoot() > 1e-13 * length, trace > 0, total > 0 else { return nil }
    let error = (variance.squareRoot() * size).scaled(by: exponent)
    let freedom = trace * trace / total
    guard value.scaled(by: exponent).isFinite, error.isNormal, freedom.isFinite else { return nil }
    return freedom
  }
}

/// The sums over clusters of ``ClusteredArmMeans``, arms × arms.
private struct ClusterSums {
  private(set) var isBlind: [Bool]
  private(set) var scores: [[Double]]
  private(set) var traces: [Double]
  private(set) var loadings: [[Double]]
  private(set) var own: [[Double]]
  private(set) var squares: [[Double]]
  private var entered: [(arm: Int, score: Double, loading: Double, leverage: Double)] = []

  init(arms: Int) {
    isBlind = Array(repeating: false, count: arms)
    traces = Array(repeating: 0, count: arms)
    scores = Array(repeating: Array(repeating: 0, count: arms), count: arms)
    (loadings, own, squares) = (scores, scores, scores)
  }

  /// Takes one arm's rows of the cluster at hand.
  mutating func enter(_ arm: Int, leverage: Double, score: Double) {
    let free = 1 - leverage
    guard free > RankTolerance.fullLeverage else {
      isBlind[arm] = true
      return
    }
    traces[arm] += leverage
    let root = free.squareRoot()
    entered.append((arm, score / root, leverage / root, leverage))
  }

  /// Adds the products of the cluster's arms, and goes on to the next.
  mutating func close() {
    for a in entered {
      for b in entered {
        scores[a.arm][b.arm] += a.score * b.score
        loadings[a.arm][b.arm] += a.loading * b.loading
        own[a.arm][b.arm] += a.leverage * b.leverage
        squares[a.arm][b.arm] += a.loading * a.loading * b.loading * b.loading
      }
    }
    entered.removeAll(keepingCapacity: true)
  }
}
