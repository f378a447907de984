import GSL

/// How large a trial of two rates must be, how likely it is to find an effect, and how small an effect
/// it can find.
///
/// The z test of two proportions with pooled variance under no effect and separate variances under
/// the alternative; without continuity correction. Power counts rejections in the right direction
/// only. With arms of equal size it is R's formula; with n_arm = ratio·n_control (Fleiss, Levin & Paik
/// 2003, chapter 4)
///
///     power = Φ((|p₁ − p₀| − z·√(p̄q̄(1/n₁ + 1/n₀)))/√(p₁q₁/n₁ + p₀q₀/n₀)).
///
/// Sizes are not rounded: take the next whole number. Not for a handful of events an arm, where the
/// exact test's power is what counts.
///
/// R: `power.prop.test`.
public struct TwoProportionPower: Hashable, Sendable {
  /// The control arm's rate, between 0 and 1.
  public let control: Double
  /// The type I error.
  public let significance: Double
  /// Whether a low rate is a discovery, too.
  public let sides: TestSides
  /// Units in the arm under study for each unit in the control arm.
  public let ratio: Double
  private let critical: Double

  /// Makes the problem.
  ///
  /// - Throws: ``EstimationError/undefined`` for arguments outside their range.
  public init(
    control: Double, significance: Double = 0.05, sides: TestSides = .two,
    ratio: Double = 1
  ) throws(EstimationError) {
    guard control >= 0, control <= 1, significance > 0, significance < 1, ratio > 0, ratio.isFinite,
      let critical = Normal.upperQuantile(sides.each(of: significance))
    else { throw .undefined }
    self.control = control
    self.significance = significance
    self.sides = sides
    self.ratio = ratio
    self.critical = critical
  }

  /// The power with this many units in the control arm.
  ///
  /// - Throws: ``EstimationError/undefined`` for a rate outside [0, 1] or no units;
  ///   ``EstimationError/noVariation`` where neither arm's outcome varies.
  public func power(rate: Double, controlUnits: Double) throws(EstimationError) -> Double {
    guard rate >= 0, rate <= 1, controlUnits > 0, controlUnits.isFinite else { throw .undefined }
    let (null, alternative) = variances(rate: rate)
    guard alternative > 0 else { throw .noVariation }
    let signal = abs(rate - control) * controlUnits.squareRoot()
    guard
      let power = Normal.lowerTail(
        (signal - critical * null.squareRoot()) / alternative.squareRoot())
    else { throw .numericalFailure }
    return power
  }

  /// The units the control arm needs for this power.
  ///
  /// - Throws: ``EstimationError/undefined`` without an effect or for a power outside (0, 1).
  public func controlUnits(rate: Double, power: Double) throws(EstimationError) -> Double {
    guard rate >= 0, rate <= 1, rate != control, power > 0, power < 1,
      let quantile = Normal.upperQuantile(1 - power)
    else { throw .undefined }
    let (null, alternative) = variances(rate: rate)
    let reach = critical * null.squareRoot() + quantile * alternative.squareRoot()
    // A power below what no units at all would have.
    guard reach > 0 else { throw .undefined }
    return reach * reach / ((rate - control) * (rate - control))
  }

  /// The smallest rise of the rate that is found with this power; to find the smallest fall, count
  /// non-events.
  ///
  /// - Returns: rate − control; nil when even a rate of 1 is not far enough away.
  /// - Throws: ``EstimationError/undefined`` for arguments outside their range.
  public func minimumDetectableRise(
    controlUnits: Double, power target: Double
  ) throws(EstimationError) -> Double? {
    guard target > significance, target < 1, controlUnits > 0, controlUnits.isFinite else {
      throw .undefined
    }
    guard control < 1 else { return nil }
    func excess(_ rise: Double) -> Double {
      ((try? power(rate: control + rise, controlUnits: controlUnits)) ?? .nan) - target
    }
    // With a control rate of 0 neither end may have variation: start just inside.
    let room = (1 - control) * (1 - 1e-9)
    guard excess(room) >= 0 else { return nil }
    guard let rise = root(between: room * 1e-12, and: room, of: excess) else {
      throw .numericalFailure
    }
    return rise
  }

  /// Variances of √n₀·(p̂₁ − p̂₀) with the pooled rate in both arms, and with each arm's own.
  private func variances(rate: Double) -> (null: Double, alternative: Double) {
    let pooled = (control + ratio * rate) / (1 + ratio)
    return (
      pooled * (1 - pooled) * (1 + 1 / ratio), rate * (1 - rate) / ratio + control * (1 - control)
    )
  }
}
