/// Bounds on the effect where outcomes are missing and nothing is assumed about them: every missing
/// outcome may be the least or the greatest possible one.
///
/// Estimand: the average effect of assignment over all units. The lower bound puts the least value for
/// the arm's missing outcomes and the greatest for the control's, the upper bound the other way round;
/// each is then a difference of means of completed data, with their standard error.
///
/// Wide, and honest: with a tenth missing in either arm the bounds of a rate are 20 points apart.
///
/// In R: `attrition::estimator_ev`. Reference: Horowitz & Manski (2000),
/// doi:10.1080/01621459.2000.10473902.
public enum ExtremeBounds {
  /// The bounds on `arm` minus `control`, for outcomes within `range`.
  ///
  /// - Throws: ``EstimationError/undefined`` for a known outcome outside the range;
  ///   ``EstimationError/tooFewUnits(arm:count:)`` for a single unit; as ``BoundedEffect``.
  public static func effect(
    of arm: ArmResponse, versus control: ArmResponse, range: ClosedRange<Double>
  ) throws(EstimationError) -> BoundedEffect {
    guard (arm.known + control.known).allSatisfy(range.contains) else { throw .undefined }
    func completed(
      _ response: ArmResponse, by value: Double
    ) throws(EstimationError) -> (mean: Double, variance: Double) {
      var moments = Moments(variables: 1)
      for known in response.known { moments.add(known) }
      for _ in 0..<response.missing { moments.add(value) }
      guard let variance = moments.variance(of: 0) else {
        throw .tooFewUnits(arm: "arm", count: moments.count)
      }
      return (moments.means[0], variance / Double(moments.count))
    }
    let low = (
      try completed(arm, by: range.lowerBound), try completed(control, by: range.upperBound)
    )
    let high = (
      try completed(arm, by: range.upperBound), try completed(control, by: range.lowerBound)
    )
    return try BoundedEffect(
      lower: low.0.mean - low.1.mean, upper: high.0.mean - high.1.mean,
      lowerStandardError: (low.0.variance + low.1.variance).squareRoot(),
      upperStandardError: (high.0.variance + high.1.variance).squareRoot())
  }
}
