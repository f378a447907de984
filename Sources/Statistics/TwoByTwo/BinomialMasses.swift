/// The probabilities of a binomial distribution, cut where they no longer matter.
///
/// Masses come from their ratios, outwards from the mode, and are scaled to sum to 1: no factorial
/// loses digits at n = 100,000, and the work is the width of the distribution rather than n.
struct BinomialMasses {
  /// The outcome that the first mass belongs to.
  private(set) var first = 0
  /// The masses of `first`, `first` + 1, …
  private(set) var masses: [Double] = []

  /// Replaces the masses; one smaller than the share `negligible` of the mode's, and all beyond it, is
  /// left out.
  mutating func fill(
    count: Int, rate: Double, complement: Double, negligible: Double
  ) {
    masses.removeAll(keepingCapacity: true)
    guard rate > 0, complement > 0 else {
      first = rate > 0 ? count : 0
      masses.append(1)
      return
    }
    let n = Double(count)
    let mode = min(max(Int((n + 1) * rate), 0), count)
    let odds = rate / complement
    let inverseOdds = complement / rate
    var sum = 0.0
    var mass = 1.0
    var k = mode
    while mass >= negligible {
      masses.append(mass)
      sum += mass
      guard k > 0 else { break }
      mass *= Double(k) * inverseOdds / (n - Double(k) + 1)
      k -= 1
    }
    first = mode + 1 - masses.count
    masses.reverse()
    mass = 1
    k = mode
    while k < count {
      mass *= (n - Double(k)) * odds / (Double(k) + 1)
      k += 1
      guard mass >= negligible else { break }
      masses.append(mass)
      sum += mass
    }
    let scale = 1 / sum
    for i in masses.indices { masses[i] *= scale }
  }
}
