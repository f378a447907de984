/// Bounds on the effect where outcomes are missing more often in one arm: the arm with more answers is
/// trimmed to the other's response rate, at either end.
///
/// Estimand: the effect on those who would answer under either message, if the message moves answering
/// in one direction only (monotone selection). With response rates p > p₀, the share q = 1 − p₀/p of
/// the answers is cut off above (lower bound) or below (upper bound); a unit at the cut counts in part,
/// so that ties do not matter. The errors are those of Lee's proposition 3, with the cut's and the
/// share's own uncertainty.
///
/// Not when the message may make some people answer and keep others from it: use ``ExtremeBounds``.
/// Nor for units drawn in clusters: the errors are those of single units.
///
/// In Stata: `leebounds`. Reference: Lee (2009), doi:10.1111/j.1467-937X.2009.00536.x.
public enum LeeBounds {
  /// The bounds on `arm` minus `control`.
  ///
  /// - Throws: ``EstimationError/noUnits(arm:)`` where nobody answered in an arm;
  ///   ``EstimationError/tooFewUnits(arm:count:)`` where trimming leaves less than two units' weight;
  ///   as ``BoundedEffect``.
  public static func effect(
    of arm: ArmResponse, versus control: ArmResponse
  ) throws(EstimationError) -> BoundedEffect {
    guard !arm.known.isEmpty else { throw .noUnits(arm: "arm") }
    guard !control.known.isEmpty else { throw .noUnits(arm: "control") }
    guard arm.responseRate >= control.responseRate else {
      // The same with the arms exchanged.
      let mirrored = try effect(of: control, versus: arm)
      return try BoundedEffect(
        lower: -mirrored.upper, upper: -mirrored.lower,
        lowerStandardError: mirrored.upperStandardError,
        upperStandardError: mirrored.lowerStandardError)
    }
    let share = 1 - control.responseRate / arm.responseRate
    var other = Moments(variables: 1)
    for value in control.known { other.add(value) }
    guard let variance = other.variance(of: 0) else {
      throw .tooFewUnits(arm: "control", count: control.known.count)
    }
    let base = variance / Double(control.known.count)
    // V_p of the proposition, over the number of units: the share's own error.
    let selection =
      (1 - share) * (1 - share)
      * ((1 - arm.responseRate) / (arm.size * arm.responseRate)
        + (1 - control.responseRate) / (control.size * control.responseRate))
    func bound(_ values: [Double]) throws(EstimationError) -> (value: Double, error: Double) {
      let trimmed = try Trimmed(values, share: share)
      let cut = trimmed.cut - trimmed.mean
      let own =
        (trimmed.variance + cut * cut * share) / (Double(values.count) * (1 - share))
        + cut * cut / ((1 - share) * (1 - share)) * selection
      return (trimmed.mean - other.means[0], (own + base).squareRoot())
    }
    let lower = try bound(arm.known)
    let upper = try bound(arm.known.reversed())
    return try BoundedEffect(
      lower: min(lower.value, upper.value), upper: max(lower.value, upper.value),
      lowerStandardError: lower.error, upperStandardError: upper.error)
  }

  /// The first 1 − share of some values, the last of them in part.
  private struct Trimmed {
    let mean: Double
    let variance: Double
    /// The value at the cut.
    let cut: Double

    init(_ values: [Double], share: Double) throws(EstimationError) {
      let kept = Double(values.count) * (1 - share)
      guard kept >= 2 else { throw .tooFewUnits(arm: "arm", count: values.count) }
      // A rounding error away from a whole number is a whole number.
      let whole = (kept - kept.rounded()).magnitude < 1e-9 ? kept.rounded() : kept
      let full = min(Int(whole), values.count)
      let part = full < values.count ? whole - Double(full) : 0
      var sum = 0.0
      for value in values.prefix(full) { sum += value / whole }
      if part > 0 { sum += values[full] * (part / whole) }
      var squares = 0.0
      for value in values.prefix(full) { squares += (value - sum) * (value - sum) }
      if part > 0 { squares += part * (values[full] - sum) * (values[full] - sum) }
      mean = sum
      variance = squares / (whole - 1)
      cut = part > 0 ? values[full] : values[max(full - 1, 0)]
    }
  }
}
