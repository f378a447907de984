/// Climbs a partial likelihood from β = 0.
///
/// Newton's steps on a concave function: near a maximum the digits double with each. Where covariates
/// tell the events apart there is no maximum; then each step is as long as the last, for ever, and the
/// decrement UᵀI⁻¹U falls only by e each time. Twenty-five steps tell the two apart.
struct NewtonRaphson {
  /// The maximum, on the scale of the likelihood's own covariates.
  let coefficients: [Double]
  /// The likelihood there, and at 0.
  let point: PartialLikelihood.Point
  let start: PartialLikelihood.Point
  /// UᵀI⁻¹U at 0: the score test.
  let scoreStatistic: Double
  let factor: CholeskyFactor

  init(_ likelihood: PartialLikelihood, events: Int) throws(SurvivalError) {
    var coefficients = Array(repeating: 0.0, count: likelihood.width)
    // Covariates have variance 1, so an event that tells something brings information near 1.
    let floor = 1e-12 * Double(events)
    let start = likelihood.point(at: coefficients)
    var point = start
    var factor: CholeskyFactor
    do {
      factor = try start.information.factor(floor: floor)
    } catch {
      throw .collinear(covariate: error.column)
    }
    var step = factor.solve(point.score)
    var decrement = Self.product(step, point.score)
    let scoreStatistic = decrement
    var previous = Double.infinity
    var isSettled = false
    for _ in 0..<25 {
      guard decrement.isFinite else { throw .numericalFailure }
      // A small decrement that fell no faster than by e is a limit at infinity, not a maximum.
      let isLast = decrement <= 1e-13 && decrement <= 0.1 * previous
      let lowest = point.logLikelihood - 1e-11 * abs(point.logLikelihood)
      var size = 1.0
      var next = point
      var trial = coefficients
      repeat {
        for j in trial.indices { trial[j] = coefficients[j] + size * step[j] }
        next = likelihood.point(at: trial)
        size /= 2
        // A step must climb; near the top it may lose a rounding error.
      } while !(next.logLikelihood >= lowest) && !isLast && size > 1e-9
      guard next.logLikelihood.isFinite else { throw .numericalFailure }
      coefficients = trial
      point = next
      do {
        factor = try point.information.factor(floor: floor)
      } catch {
        // The information was regular at 0 and is used up here: a limit at infinity.
        throw .monotoneLikelihood(covariates: Self.runaways(in: step))
      }
      if isLast {
        isSettled = true
        break
      }
      step = factor.solve(point.score)
      previous = decrement
      decrement = Self.product(step, point.score)
    }
    guard isSettled else {
      guard decrement < 0.1 else { throw .numericalFailure }
      throw .monotoneLikelihood(covariates: Self.runaways(in: step))
    }
    self.coefficients = coefficients
    self.point = point
    self.start = start
    self.scoreStatistic = scoreStatistic
    self.factor = factor
  }

  /// The coefficients that still move while the others have come to rest.
  private static func runaways(in step: [Double]) -> [Int] {
    let longest = step.map(abs).max() ?? 0
    return step.indices.filter { abs(step[$0]) > 1e-2 * longest }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
