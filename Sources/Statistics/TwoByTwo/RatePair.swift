/// A pair of true rates, each with its complement, so that neither end of the scale loses digits.
public struct RatePair: Hashable, Sendable {
  /// The event's probability in the arm.
  public var arm: Double
  /// 1 − `arm`.
  public var armComplement: Double
  /// The event's probability in the control.
  public var control: Double
  /// 1 − `control`.
  public var controlComplement: Double

  /// Makes a pair from two rates.
  init(arm: Double, control: Double) {
    self.init(
      arm: arm, armComplement: 1 - arm, control: control, controlComplement: 1 - control)
  }

  init(arm: Double, armComplement: Double, control: Double, controlComplement: Double) {
    self.arm = arm
    self.armComplement = armComplement
    self.control = control
    self.controlComplement = controlComplement
  }

  /// The pair of the opposite event.
  var complement: RatePair {
    RatePair(
      arm: armComplement, armComplement: arm, control: controlComplement,
      controlComplement: control)
  }

  /// The pair with the arms exchanged.
  var swapped: RatePair {
    RatePair(
      arm: control, armComplement: controlComplement, control: arm,
      controlComplement: armComplement)
  }
}
