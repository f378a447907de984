/// A column divided by a power of two, so that its largest entry lies between 1 and 2.
///
/// Squares of values near 10³⁰⁰ or 10⁻³⁰⁰ neither overflow nor drown, and not one digit changes.
struct PowerOfTwoScaled {
  /// The divided values.
  var values: [Double]
  /// The exponent e of the divisor 2ᵉ.
  let exponent: Int

  init(_ original: [Double]) {
    let largest = original.reduce(0) { max($0, abs($1)) }
    let exponent = largest > 0 && largest.isFinite ? Int(largest.exponent) : 0
    self.exponent = exponent
    let factor = Double(sign: .plus, exponent: -exponent, significand: 1)
    // A normal power of two multiplies as exactly as it is taken apart, and sooner.
    values =
      exponent == 0
      ? original
      : factor.isNormal ? original.map { $0 * factor } : original.map { $0.scaled(by: -exponent) }
  }
}

extension Double {
  /// self·2ᵉ without forming 2ᵉ, which may itself overflow.
  func scaled(by exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: self)
  }
}
