/// The probabilities of a binomial distribution, cut where they no longer matter.
///
/// Masses come from their ratios, outwards from the mode, and are scaled to sum to 1: no factorial
/// loses digits at n = 100,000, and the work is the width of the distribution rather than n.
struct BinomialMasses {
  private let count: Int
  /// (n − k)/(k + 1), the ratio of the masses of k + 1 and k at even odds, and its inverse: a division
  /// takes ten times as long as a product, and a search asks for thousands of distributions.
  private let ratios: [Double]
  private let inverseRatios: [Double]
  /// The masses by outcome; those outside `support` are left over from earlier distributions.
  private(set) var masses: [Double]
  /// The outcomes whose masses are kept.
  private(set) var support = 0...0

  init(count: Int) {
    self.count = count
    let n = Double(count)
    ratios = (0..<count).map { (n - Double($0)) / (Double($0) + 1) }
    inverseRatios = ratios.map { 1 / $0 }
    masses = Array(repeating: 0, count: count + 1)
  }

  /// Replaces the masses; one smaller than the share `negligible` of the mode's, and all beyond it, is
  /// left out.
  mutating func fill(rate: Double, complement: Double, negligible: Double) {
    guard rate > 0, complement > 0 else {
      let certain = rate > 0 ? count : 0
      masses[certain] = 1
      support = certain...certain
      return
    }
    let mode = min(max(Int((Double(count) + 1) * rate), 0), count)
    let odds = rate / complement
    let inverseOdds = complement / rate
    var lowest = mode
    var highest = mode
    var sum = 1.0
    masses[mode] = 1
    var mass = 1.0
    while lowest > 0 {
      mass *= inverseRatios[lowest - 1] * inverseOdds
      guard mass >= negligible else { break }
      lowest -= 1
      masses[lowest] = mass
      sum += mass
    }
    mass = 1
    while highest < count {
      mass *= ratios[highest] * odds
      guard mass >= negligible else { break }
      highest += 1
      masses[highest] = mass
      sum += mass
    }
    let scale = 1 / sum
    for outcome in lowest...highest { masses[outcome] *= scale }
    support = lowest...highest
  }
}
