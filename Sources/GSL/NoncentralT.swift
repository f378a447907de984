import CGSL

/// The noncentral t distribution: (Z + δ)/√(χ²_ν/ν) for a standard normal Z.
///
/// With s = √(χ²_ν/ν), P(T > t) is the mean of P(Z > t·s − δ) over s. In u = log s the integrand is
/// analytic and falls off at both ends, so the trapezoidal rule converges geometrically; the same
/// nodes integrate the density of s, which makes the normalising constant unnecessary. Both tails
/// are sums of positive terms: nothing cancels, unlike in series in the noncentrality. Absolute
/// error about 10⁻¹⁴; tails far below that keep their magnitude, not all their digits.
package struct NoncentralT {
  /// Degrees of freedom, above 0.
  package let degreesOfFreedom: Double
  /// The noncentrality δ.
  package let noncentrality: Double

  /// Makes the distribution; nil unless the degrees of freedom are positive and both are finite.
  package init?(degreesOfFreedom: Double, noncentrality: Double) {
    guard degreesOfFreedom > 0, degreesOfFreedom.isFinite, noncentrality.isFinite else {
      return nil
    }
    self.degreesOfFreedom = degreesOfFreedom
    self.noncentrality = noncentrality
  }

  /// P(T > t).
  package func upperTail(_ t: Double) -> Double? {
    mean(at: t) { Normal.upperTail(t * $0 - noncentrality) }
  }

  /// P(T ≤ t).
  package func lowerTail(_ t: Double) -> Double? {
    mean(at: t) { Normal.lowerTail(t * $0 - noncentrality) }
  }

  /// The noncentrality under which the upper (or lower) tail at `t` is `probability`, by Brent's
  /// method on a bracket that widens from δ = t.
  package static func noncentrality(
    degreesOfFreedom: Double, upperTail probability: Double, at t: Double
  ) -> Double? {
    limit(at: t, degreesOfFreedom) { ($0.upperTail(t) ?? .nan) - probability }
  }

  /// The noncentrality under which P(T ≤ t) is `probability`.
  package static func noncentrality(
    degreesOfFreedom: Double, lowerTail probability: Double, at t: Double
  ) -> Double? {
    limit(at: t, degreesOfFreedom) { probability - ($0.lowerTail(t) ?? .nan) }
  }

  /// Where an increasing function of the noncentrality crosses zero.
  private static func limit(
    at t: Double, _ degreesOfFreedom: Double, of increasing: (NoncentralT) -> Double
  ) -> Double? {
    func value(_ noncentrality: Double) -> Double {
      NoncentralT(degreesOfFreedom: degreesOfFreedom, noncentrality: noncentrality)
        .map(increasing) ?? .nan
    }
    var reach = 4 * (1 + abs(t) / degreesOfFreedom.squareRoot())
    for _ in 0..<8 {
      if value(t - reach) <= 0, value(t + reach) >= 0 {
        return root(between: t - reach, and: t + reach, of: value)
      }
      reach *= 2
    }
    return nil
  }

  /// The mean of a function of s, by the trapezoidal rule in u = log s.
  ///
  /// The density of u is proportional to exp(ν·g(u)), g(u) = u − (e²ᵘ − 1)/2 ≤ 0. Beyond the ends
  /// ν·g < −40: to the right g ≤ −u²; to the left g ≤ −u²/2 for u > −¾ and g ≤ u + ½ always. The
  /// step resolves both the density, of width 1/√(2ν), and the normal tail, whose slope in u is at
  /// most |t|·s, and at most about |δ| + 10 where it matters.
  private func mean(at t: Double, of value: (Double) -> Double?) -> Double? {
    guard t.isFinite else { return nil }
    let v = degreesOfFreedom
    let near = (80 / v).squareRoot()
    let left = near < 0.75 ? -near : -40 / v - 0.5
    let right = (40 / v).squareRoot()
    let slope = min(abs(t) * exp(right), abs(noncentrality) + 10)
    let steps = ((right - left) * (10 + 2.5 * (2 * v + slope * slope).squareRoot())).rounded(.up)
    guard steps < 1e6 else { return nil }
    let step = (right - left) / steps
    var sum = 0.0
    var mass = 0.0
    for k in 0...Int(steps) {
      let u = left + Double(k) * step
      let weight = exp(v * (u - expm1(2 * u) / 2))
      guard let term = value(exp(u)) else { return nil }
      sum += weight * term
      mass += weight
    }
    return sum / mass
  }
}
