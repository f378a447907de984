private import GSL

/// The product 1·(1 + α)·(1 + 2α)…(1 + (y − 1)α), which is Γ(y + 1/α)αʸ/Γ(1/α): what a negative
/// binomial count y says of its dispersion α.
///
/// Gamma functions of large 1/α cancel to nothing as α falls to 0, where the answers are 1 and
/// y(y − 1)/2. Here the first thousand factors are added one by one and the rest by Euler and
/// Maclaurin's sum, whose error there is below the last digit.
struct RisingFactorial {
  /// y: a whole number from 0.
  let factors: Double
  /// α ≥ 0.
  let step: Double

  private static let direct = 1000.0

  /// Σ log(1 + jα) over j from 0 to y − 1.
  var logarithm: Double {
    sum(
      { Elementary.logarithmOfOnePlus(step * $0) },
      // ∫₀ᵗ log(1 + αs) ds = t·(u − (1 + u)·uφ(u)) with u = αt.
      integral: { t in
        let u = step * t
        return t * u * (1 - (1 + u) * logarithmDeficit(u))
      },
      first: { step / (1 + step * $0) },
      third: { t in
        let rate = step / (1 + step * t)
        return 2 * rate * rate * rate
      })
  }

  /// Its derivative in α, Σ j/(1 + jα).
  var derivative: Double {
    sum(
      { $0 / (1 + step * $0) },
      // ∫₀ᵗ s/(1 + αs) ds = t²φ(αt).
      integral: { $0 * $0 * logarithmDeficit(step * $0) },
      first: { 1 / ((1 + step * $0) * (1 + step * $0)) },
      third: { t in
        let rate = step / (1 + step * t)
        let root = 1 / (1 + step * t)
        return 6 * rate * rate * root * root
      })
  }

  private func sum(
    _ term: (Double) -> Double, integral: (Double) -> Double, first: (Double) -> Double,
    third: (Double) -> Double
  ) -> Double {
    var total = 0.0
    var j = 0.0
    while j < min(factors, Self.direct) {
      total += term(j)
      j += 1
    }
    guard factors > j else { return total }
    total += integral(factors) - integral(j)
    total -= (term(factors) - term(j)) / 2
    total += (first(factors) - first(j)) / 12
    return total - (third(factors) - third(j)) / 720
  }
}

/// φ(u) = (u − log(1 + u))/u² for u ≥ 0, which is ½ at 0.
func logarithmDeficit(_ u: Double) -> Double {
  guard u < 0.05 else { return (u - Elementary.logarithmOfOnePlus(u)) / u / u }
  // Σ (−u)ᵏ/(k + 2)
  var sum = 0.0
  for k in (0..<14).reversed() { sum = 1 / Double(k + 2) - u * sum }
  return sum
}
