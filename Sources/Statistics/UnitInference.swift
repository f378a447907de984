/// Inference that looks at the units again: it draws arms or units anew instead of trusting an
/// estimate's own standard error.
///
/// A conforming type's stored properties are its settings in the trial file; one that draws has a
/// `seed` among them, so that the same file always prints the same number.
public protocol UnitInference: Sendable {
  /// The name in the trial file, such as `randomization`.
  static var name: String { get }
  /// Whether it exists for this kind of outcome under this kind of draw.
  func applies(to kind: Response.Kind, drawnIn groups: DrawnGroups) -> Bool
  /// Compares two arms on the scale on which the estimator's quantity is tested.
  ///
  /// - Parameters:
  ///   - contrast: the two arms.
  ///   - response: the outcome.
  ///   - units: every unit whose outcome is known, of all arms.
  ///   - estimator: the plan's estimator, which is computed again on every draw.
  /// - Returns: the estimator's own value, with the evidence of the draws.
  /// - Throws: ``EstimationError`` when the draws cannot answer.
  func estimate(
    _ contrast: Contrast, of response: Response, in units: UnitSample, by estimator: any Estimator
  ) throws(EstimationError) -> Estimate
}
