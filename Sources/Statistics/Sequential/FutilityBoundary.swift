import GSL

extension SequentialBoundary {
  /// A one-sided design that also says when to give up: efficacy above, non-binding futility below.
  public struct WithFutility: Hashable, Sendable {
    /// Both boundaries; at the last look they meet.
    public let boundary: SequentialBoundary
    /// The drift at which the trial has the power asked for, on planned maximum information.
    public let drift: Double
    /// Planned maximum information over that of a fixed trial of the same error and power.
    public let inflation: Double
  }

  /// Adds a futility boundary that spends the type II error the way the upper one spends the type I.
  ///
  /// The upper boundary is found as if there were no lower one. So the type I error holds whether or
  /// not anyone obeys the advice to stop: **non-binding**. The lower one spends β under the drift at
  /// which both meet at the last look, so that the trial with every stop obeyed has power 1 − β.
  ///
  /// R: `gsDesign::gsDesign(test.type = 4)`.
  /// Pampallona, Tsiatis & Kim (2001), doi:10.1177/009286150103500408.
  ///
  /// - Parameters:
  ///   - informationFractions: the planned looks, increasing; the last is 1.
  ///   - significance: the one-sided type I error.
  ///   - power: 1 − β, above the significance and below 1.
  ///   - efficacy: how the type I error is spent.
  ///   - futility: how the type II error is spent.
  /// - Returns: the boundary with the drift it is made for.
  /// - Throws: ``EstimationError/undefined`` for arguments outside their range;
  ///   ``EstimationError/numericalFailure``.
  public static func withFutility(
    informationFractions: [Double], significance: Double, power: Double,
    efficacy: SpendingFunction, futility: SpendingFunction
  ) throws(EstimationError) -> WithFutility {
    let above = try lanDeMets(
      informationFractions: informationFractions, significance: significance, sides: .one,
      spending: efficacy)
    guard informationFractions.last == 1, power > significance, power < 1 else { throw .undefined }
    guard let alpha = Normal.upperQuantile(significance), let beta = Normal.upperQuantile(1 - power)
    else { throw .numericalFailure }
    let search = FutilitySearch(efficacy: above, beta: 1 - power, spending: futility)
    let fixed = alpha + beta
    guard
      let drift = root(
        between: 0.999 * fixed, and: fixed + 4,
        of: { ((try? search.lower(drift: $0))?.excess) ?? .nan })
    else { throw .numericalFailure }
    let lower = try search.lower(drift: drift).values
    return WithFutility(
      boundary: try SequentialBoundary(
        informationFractions: informationFractions, upper: above.upper, lower: lower, sides: .one),
      drift: drift, inflation: drift * drift / (fixed * fixed))
  }
}

/// Lower boundaries at a drift that is still being searched for.
private struct FutilitySearch {
  let efficacy: SequentialBoundary
  let beta: Double
  let spending: SpendingFunction

  /// Lower critical values, the last equal to the upper one, and the type II error beyond β.
  func lower(drift: Double) throws(EstimationError) -> (values: [Double], excess: Double) {
    let fractions = efficacy.informationFractions
    var paths = ContinuingPaths.start
    var values: [Double] = []
    var spent = 0.0
    for (look, fraction) in fractions.enumerated() {
      let upper = efficacy.upper[look]
      guard look + 1 < fractions.count else {
        values.append(upper)
        spent += paths.probabilityBelow(upper, at: fraction, drift: drift)
        break
      }
      let increment = try spending.spent(of: beta, at: fraction) - spent
      func excess(_ critical: Double) -> Double {
        paths.probabilityBelow(critical, at: fraction, drift: drift) - increment
      }
      // With a large drift the trial would rather have succeeded than spent all this: spend less.
      let ceiling = min(upper, 40) - 1e-9
      var value = -Double.infinity
      if excess(ceiling) <= 0 {
        value = ceiling
      } else if excess(-40) < 0 {
        guard let critical = root(between: -40, and: ceiling, of: excess) else {
          throw .numericalFailure
        }
        value = critical
      }
      values.append(value)
      spent += paths.probabilityBelow(value, at: fraction, drift: drift)
      paths = try paths.continued(
        to: fraction, between: value, and: upper, drift: drift, following: fractions[look + 1])
    }
    return (values, spent - beta)
  }
}
