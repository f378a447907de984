import GSL

/// The search for τ², and for the values of τ² that the data do not reject.
struct BetweenStudyVariance {
  let effects: [StudyEffect]
  /// The columns of the design: the constant first, then the moderators.
  let columns: [[Double]]

  /// Studies minus coefficients, at least 1 where τ² is asked for.
  private var degreesOfFreedom: Double { Double(effects.count - columns.count) }

  /// The estimate by a method.
  func estimate(_ method: HeterogeneityMethod) throws(MetaAnalysisError) -> Double {
    guard effects.count > columns.count else {
      throw .tooFewStudies(count: effects.count, needed: columns.count + 1)
    }
    switch method {
    case .equalEffects: return 0
    case .derSimonianLaird:
      let fit = try fit(at: 0)
      return max(0, (fit.sumOfSquares - degreesOfFreedom) / fit.traceP)
    case .pauleMandel:
      return try crossing(upTo: unweightedVariance()) { $0.sumOfSquares - degreesOfFreedom }
    case .maximumLikelihood: return try likelihoodMaximum(isRestricted: false)
    case .restrictedMaximumLikelihood: return try likelihoodMaximum(isRestricted: true)
    }
  }

  /// The τ² for which Q(τ²) lies between the tails of χ²: what the Q-profile test does not reject.
  ///
  /// Q(τ²) falls, so its upper tail rises with τ², and each limit is where that tail is as wide as it
  /// may be.
  func profileInterval(level: Double) throws(MetaAnalysisError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    guard let distribution = ChiSquared(degreesOfFreedom: degreesOfFreedom) else {
      throw .tooFewStudies(count: effects.count, needed: columns.count + 1)
    }
    let tail = (1 - level) / 2
    var reach = max(try unweightedVariance(), effects.reduce(0) { max($0, $1.variance) })
    func excess(_ fit: WeightedFit, over probability: Double) -> Double {
      probability - (distribution.upperTail(fit.sumOfSquares) ?? .nan)
    }
    while excess(try fit(at: reach), over: 1 - tail) > 0 {
      reach *= 4
      guard reach.isFinite else { throw .numericalFailure }
    }
    let lower = try crossing(upTo: reach) { excess($0, over: tail) }
    let upper = try crossing(upTo: reach) { excess($0, over: 1 - tail) }
    return .between(lower: lower, upper: upper)
  }

  private func fit(at tauSquared: Double) throws(MetaAnalysisError) -> WeightedFit {
    try WeightedFit(effects, columns: columns, tauSquared: tauSquared)
  }

  /// The residual variance of the line through the studies with equal weights.
  private func unweightedVariance() throws(MetaAnalysisError) -> Double {
    let equal = effects.map { StudyEffect(value: $0.value, variance: 1) }
    let fit = try WeightedFit(equal, columns: columns, tauSquared: 0)
    return fit.sumOfSquares / degreesOfFreedom
  }

  /// Where a falling function of τ² reaches zero; 0 when it starts there or below.
  private func crossing(
    upTo limit: Double, of falling: (WeightedFit) -> Double
  ) throws(MetaAnalysisError) -> Double {
    guard falling(try fit(at: 0)) > 0 else { return 0 }
    // A little beyond the limit, where rounding cannot keep the function above zero.
    let position = root(between: 0, and: limit * (1 + 1e-9)) { value($0, of: falling) }
    guard let position else { throw .numericalFailure }
    return position
  }

  private func value(_ tauSquared: Double, of function: (WeightedFit) -> Double) -> Double {
    (try? fit(at: tauSquared)).map(function) ?? .nan
  }

  /// The highest point of the likelihood over τ² ≥ 0.
  ///
  /// The score is yᵀPPy − tr P (restricted) or yᵀPPy − tr W. The likelihood can have two hills, and
  /// Fisher's scoring climbs the one where it starts; so the score is looked at along a geometric
  /// grid, each fall through zero is found by Brent–Dekker, and the highest hill wins. With s the
  /// residual variance under equal weights, yᵀPPy ≤ (k − p)s/τ⁴ and tr P ≥ (k − p)/(max v + τ²):
  /// beyond s + √(s·max v) the score is negative, and nothing is left to find.
  private func likelihoodMaximum(isRestricted: Bool) throws(MetaAnalysisError) -> Double {
    func score(_ fit: WeightedFit) -> Double {
      fit.squaredScore - (isRestricted ? fit.traceP : fit.weights.reduce(0, +))
    }
    func twiceLogLikelihood(_ tauSquared: Double) throws(MetaAnalysisError) -> Double {
      let fit = try fit(at: tauSquared)
      return fit.weights.reduce(0) { $0 + Elementary.logarithm($1) } - fit.sumOfSquares
        - (isRestricted ? fit.logDeterminant : 0)
    }
    let variance = try unweightedVariance()
    let largest = effects.reduce(0) { max($0, $1.variance) }
    let limit = (variance + (variance * largest).squareRoot()) * (1 + 1e-9)
    guard limit > 0 else { return 0 }
    var best = (position: 0.0, height: try twiceLogLikelihood(0))
    var left = 0.0
    var leftScore = score(try fit(at: 0))
    for step in 0...48 {
      let right = limit * Elementary.exponential(Double(step - 48) * 0.4)
      let rightScore = score(try fit(at: right))
      if leftScore > 0, rightScore <= 0 {
        guard let position = root(between: left, and: right, of: { value($0, of: score) }) else {
          throw .numericalFailure
        }
        let height = try twiceLogLikelihood(position)
        if height > best.height { best = (position, height) }
      }
      (left, leftScore) = (right, rightScore)
    }
    return best.position
  }
}
