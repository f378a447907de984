import Foundation
import RandomAssignment

// Numbers of the distributions that simulated outcomes have. All are drawn here from uniform ones of the documented generator, so
// that data never change with a library's version.

extension PhiloxGenerator {
  /// A standard normal number. Box & Muller (1958), doi:10.1214/aoms/1177706645.
  mutating func normal() -> Double {
    // 1 − u lies in (0, 1], so that the logarithm is finite.
    let radius = (-2 * log(1 - uniformDouble())).squareRoot()
    return radius * cos(2 * Double.pi * uniformDouble())
  }

  /// An exponential waiting time at a hazard; infinite where nothing can happen.
  mutating func exponential(hazard: Double) -> Double {
    let luck = -log(1 - uniformDouble())
    return hazard > 0 ? luck / hazard : .infinity
  }

  /// A Poisson number.
  ///
  /// Knuth's product of uniforms, in pieces whose e^−m is far from the smallest number: a sum of Poisson numbers is one.
  mutating func poisson(mean: Double) -> Int {
    var (left, count) = (min(max(0, mean), 1e7), 0)
    while left > 0 {
      let piece = min(left, 100)
      left -= piece
      let limit = exp(-piece)
      var product = 1 - uniformDouble()
      while product > limit {
        count += 1
        product *= 1 - uniformDouble()
      }
    }
    return count
  }

  /// A gamma number of scale 1. Marsaglia & Tsang (2000), doi:10.1145/358407.358414.
  mutating func gamma(shape: Double) -> Double {
    guard shape >= 1 else {
      // Γ(a) = Γ(a + 1)·U^{1/a}.
      let larger = gamma(shape: shape + 1)
      return larger * pow(1 - uniformDouble(), 1 / max(shape, 1e-6))
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = 1 + c * x
      guard v > 0 else { continue }
      let cube = v * v * v
      let u = 1 - uniformDouble()
      if log(u) < 0.5 * x * x + d - d * cube + d * log(cube) { return d * cube }
    }
  }

  /// A negative binomial number with variance m + dispersion·m²; Poisson without dispersion.
  mutating func count(mean: Double, dispersion: Double) -> Int {
    guard dispersion > 0, mean > 0 else { return poisson(mean: mean) }
    return poisson(mean: gamma(shape: 1 / dispersion) * dispersion * mean)
  }

  /// How many of some trials succeed, by the geometric waits between successes. Devroye (1986), chapter X.4.
  mutating func binomial(trials: Int, probability: Double) -> Int {
    guard trials > 0, probability > 0 else { return 0 }
    guard probability < 1 else { return trials }
    if probability > 0.5 { return trials - binomial(trials: trials, probability: 1 - probability) }
    let rate = log1p(-probability)
    var (position, count) = (0.0, 0)
    while true {
      position += (log(1 - uniformDouble()) / rate).rounded(.down) + 1
      guard position <= Double(trials) else { return count }
      count += 1
    }
  }
}
