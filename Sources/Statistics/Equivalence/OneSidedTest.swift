/// One-sided questions about an estimate, answered by its own two-sided test.
///
/// With p the two-sided p-value of the margin, the one-sided p-value is p/2 where the estimate lies on
/// the side that was hoped for and 1 − p/2 where it does not. This is the one-sided test itself where
/// the evidence is equal-tailed, so that its interval is two one-sided limits: Student's t, the score
/// test, the exact test, Fieller's ratio to a control mean above 0, the joint normal and the
/// standardised differences of this library are. Evidence that weighs both directions together, such
/// as permutation p-values of |T| or a sequential trial's, has no such halves.
///
/// For the risk difference of a two-by-two table this is Farrington and Manning's test of a margin,
/// with Miettinen and Nurminen's factor N/(N − 1) in the variance.
///
/// Reference: Farrington & Manning (1990), doi:10.1002/sim.4780091208.
extension Estimate {
  /// The p-value of the hypothesis that the true value is at or below `margin`.
  ///
  /// - Throws: ``EstimationError/undefined`` where the estimate is undefined or the margin is not a
  ///   number; whatever the evidence throws.
  public func pValue(ofAtMost margin: Double) throws(EstimationError) -> Double {
    try oneSided(margin) { $0 > margin }
  }

  /// The p-value of the hypothesis that the true value is at or above `margin`.
  public func pValue(ofAtLeast margin: Double) throws(EstimationError) -> Double {
    try oneSided(margin) { $0 < margin }
  }

  private func oneSided(
    _ margin: Double, isFavourable: (Double) -> Bool
  ) throws(EstimationError) -> Double {
    guard let value, !value.isNaN, !margin.isNaN else { throw .undefined }
    let half = try evidence.pValue(of: margin) / 2
    return isFavourable(value) ? half : 1 - half
  }
}
