import GSL

/// The pairs of rates at which a measure of the two has one value, along a position t.
///
/// Along the curve both rates rise, and P(measure > value) is an integral over it,
///
///     ∫ g₂(τ₂)·τ₂′·P(T₁ > τ₁) dt = ∫ g₁(τ₁)·τ₁′·P(T₂ ≤ τ₂) dt,
///
/// with τ the logits. t is the logit of the place within the curve, so that the integrand is smooth at
/// both ends.
protocol RateCurve {
  /// The logits of the two rates and how fast they move.
  func point(at t: Double) -> (arm: Double, armSlope: Double, control: Double, controlSlope: Double)
  /// Where the arm's logit has this value; nil where the curve does not go.
  func position(ofArm logit: Double) -> Double?
  /// Where the control's logit has this value; nil where the curve does not go.
  func position(ofControl logit: Double) -> Double?
}

/// p₁ − p₂ = d, for 0 ≤ d < 1: p₂ = (1 − d)σ(t), p₁ = p₂ + d.
struct DifferenceCurve: RateCurve {
  let difference: Double

  func point(at t: Double) -> (arm: Double, armSlope: Double, control: Double, controlSlope: Double)
  {
    guard difference > 0 else { return (t, 1, t, 1) }
    let share = Elementary.logistic(t)
    let rest = Elementary.logistic(-t)
    let scale = Elementary.logarithmOfOnePlus(-difference)
    let arm = difference + (1 - difference) * share
    let controlComplement = difference + (1 - difference) * rest
    return (
      Elementary.logarithm(arm) - scale + Elementary.softplus(t), share / arm,
      scale - Elementary.softplus(-t) - Elementary.logarithm(controlComplement),
      rest / controlComplement
    )
  }

  func position(ofArm logit: Double) -> Double? {
    let above = Elementary.logistic(logit) - difference
    guard difference > 0 else { return logit }
    return above > 0 ? Elementary.logarithm(above) + Elementary.softplus(logit) : nil
  }

  func position(ofControl logit: Double) -> Double? {
    let left = Elementary.logistic(-logit) - difference
    guard difference > 0 else { return logit }
    return left > 0 ? -Elementary.softplus(-logit) - Elementary.logarithm(left) : nil
  }
}

/// p₁/p₂ = r, for r ≥ 1: p₁ = σ(t), p₂ = σ(t)/r.
struct RatioCurve: RateCurve {
  let ratio: Double

  func point(at t: Double) -> (arm: Double, armSlope: Double, control: Double, controlSlope: Double)
  {
    let rest = Elementary.logistic(-t)
    let complement = ((ratio - 1) + rest) / ratio
    guard ratio > 1 else { return (t, 1, t, 1) }
    return (
      t, 1,
      -Elementary.softplus(-t) - Elementary.logarithm(ratio) - Elementary.logarithm(complement),
      rest / complement
    )
  }

  func position(ofArm logit: Double) -> Double? { logit }

  func position(ofControl logit: Double) -> Double? {
    let left = 1 - ratio * Elementary.logistic(logit)
    guard ratio > 1 else { return logit }
    return left > 0
      ? Elementary.logarithm(ratio) - Elementary.softplus(-logit) - Elementary.logarithm(left) : nil
  }
}

/// P(measure > value) for two independent beta variables, along a curve at or above no effect.
func exceedance(
  _ curve: some RateCurve, arm: LogitBeta, control: LogitBeta
) throws(EstimationError) -> Double {
  // Where the control is still absent, or the arm absent for good, nothing adds up.
  guard let start = curve.position(ofControl: control.lowest),
    let end = curve.position(ofArm: arm.highest)
  else { return 0 }
  let isControlNarrower = control.width < arm.width
  var lower = start
  var upper = end
  if isControlNarrower {
    if let last = curve.position(ofControl: control.highest) { upper = min(upper, last) }
  } else if let first = curve.position(ofArm: arm.lowest) {
    lower = max(lower, first)
  }
  guard lower < upper else { return 0 }
  let landmarks =
    arm.landmarks.compactMap(curve.position(ofArm:))
    + control.landmarks.compactMap(curve.position(ofControl:))
  let breakpoints = [lower] + landmarks.filter { $0 > lower && $0 < upper }.sorted() + [upper]
  let sum = integral(between: breakpoints, tolerance: 1e-13) { t in
    let point = curve.point(at: t)
    return isControlNarrower
      ? control.density(point.control) * point.controlSlope * arm.upperTail(point.arm)
      : arm.density(point.arm) * point.armSlope * control.lowerTail(point.control)
  }
  guard let sum else { throw .numericalFailure }
  return min(max(sum, 0), 1)
}

extension LogitBeta {
  /// Where the density changes its pace.
  var landmarks: [Double] {
    [-9, -3, 0, 3, 9].map { mode + $0 * width }.filter { $0 > lowest && $0 < highest }
  }
}
