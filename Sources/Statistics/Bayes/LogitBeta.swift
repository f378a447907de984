import GSL

/// The distribution of the logit of a beta variable, with both tails to nearly all digits.
///
/// In τ = logit p the density is log-concave and analytic whatever the shapes,
///
///     g(τ) ∝ p^a·(1 − p)^b,   log g(τ₀ + u) = −a·log(1 + q̂(e⁻ᵘ − 1)) − b·log(1 + p̂(eᵘ − 1)),
///
/// with p̂ = a/(a + b) and the mode τ₀ = logit p̂. Written from the mode nothing large cancels, also for
/// shapes of a million, and the normalising constant comes from the same sums. Panels of 16 points of
/// Gauss and Legendre, wider further out, cover all but e⁻⁶⁰ of the density's height.
///
/// GSL's incomplete beta keeps ten digits or none for such shapes, which is why it is not used here.
struct LogitBeta: Sendable {
  /// First shape.
  let a: Double
  /// Second shape.
  let b: Double
  /// τ₀.
  let mode: Double
  /// The standard deviation that the curvature at the mode suggests.
  let width: Double
  /// The ends of the panels, as distances from the mode.
  private let edges: [Double]
  /// The unnormalised masses below and above each edge.
  private let below: [Double]
  private let above: [Double]
  private let total: Double

  private static let rule = LegendreRule(points: 16)

  /// Makes the distribution; nil unless both shapes are from 10⁻⁶ to 10¹².
  init?(_ a: Double, _ b: Double) {
    guard (1e-6...1e12).contains(a), (1e-6...1e12).contains(b) else { return nil }
    self.a = a
    self.b = b
    mode = Elementary.logarithm(a) - Elementary.logarithm(b)
    width = (1 / a + 1 / b).squareRoot()
    let base = min(width / 2, 0.5)
    func edges(_ sign: Double) -> [Double] {
      var reached = 0.0
      var found: [Double] = []
      while found.count < 1000, Self.logHeight(a, b, sign * reached) > -60 {
        reached += base + reached / 4
        found.append(sign * reached)
      }
      return found
    }
    let ends = edges(-1).reversed() + [0] + edges(1)
    let masses = zip(ends, ends.dropFirst()).map { lower, upper in
      Self.rule.integral(from: lower, to: upper) {
        Elementary.exponential(Self.logHeight(a, b, $0))
      }
    }
    var below = [0.0]
    for mass in masses { below.append((below.last ?? 0) + mass) }
    var above = [0.0]
    for mass in masses.reversed() { above.append((above.last ?? 0) + mass) }
    self.edges = ends
    self.below = below
    self.above = above.reversed()
    total = below.last ?? 0
    guard total > 0, total.isFinite else { return nil }
  }

  /// Below this there is nothing.
  var lowest: Double { mode + (edges.first ?? 0) }
  /// Above this there is nothing.
  var highest: Double { mode + (edges.last ?? 0) }

  /// g(τ).
  func density(_ logit: Double) -> Double {
    Elementary.exponential(Self.logHeight(a, b, logit - mode)) / total
  }

  /// P(logit p ≤ `logit`).
  func lowerTail(_ logit: Double) -> Double {
    let u = logit - mode
    guard let panel = panel(of: u) else { return u < 0 ? 0 : 1 }
    return min((below[panel] + mass(from: edges[panel], to: u)) / total, 1)
  }

  /// P(logit p > `logit`).
  func upperTail(_ logit: Double) -> Double {
    let u = logit - mode
    guard let panel = panel(of: u) else { return u < 0 ? 1 : 0 }
    return min((above[panel + 1] + mass(from: u, to: edges[panel + 1])) / total, 1)
  }

  /// The logit below which this share of the mass lies.
  func lowerQuantile(_ probability: Double) -> Double? {
    if probability > 0.5 {
      return root(between: lowest, and: highest) { 1 - probability - upperTail($0) }
    }
    return root(between: lowest, and: highest) { lowerTail($0) - probability }
  }

  /// The logit above which this share of the mass lies.
  func upperQuantile(_ probability: Double) -> Double? {
    root(between: lowest, and: highest) { probability - upperTail($0) }
  }

  private func panel(of u: Double) -> Int? {
    guard let first = edges.first, let last = edges.last, u > first, u < last else { return nil }
    var lower = 0
    var upper = edges.count - 1
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if edges[middle] <= u { lower = middle } else { upper = middle }
    }
    return lower
  }

  private func mass(from lower: Double, to upper: Double) -> Double {
    Self.rule.integral(from: lower, to: upper) {
      Elementary.exponential(Self.logHeight(a, b, $0))
    }
  }

  /// The logarithm of g over its height at the mode, at a distance u from it.
  private static func logHeight(_ a: Double, _ b: Double, _ u: Double) -> Double {
    let p = a / (a + b)
    let q = b / (a + b)
    return -a * logarithm(ofMixing: q, with: p, -u) - b * logarithm(ofMixing: p, with: q, u)
  }

  /// log(rest + share·eᵘ), where share + rest = 1.
  private static func logarithm(ofMixing share: Double, with rest: Double, _ u: Double) -> Double {
    if u > 700 { return Elementary.logarithm(share) + u }
    // Of share and rest the smaller one is known to all its digits; the other only to those of 1.
    if u > -0.5 || share < 0.5 {
      return Elementary.logarithmOfOnePlus(share * Elementary.exponentialMinusOne(u))
    }
    return Elementary.logarithm(rest + share * Elementary.exponential(u))
  }
}

extension Elementary {
  /// log(1 + eˣ), without overflow.
  static func softplus(_ x: Double) -> Double {
    x > 0 ? x + logarithmOfOnePlus(exponential(-x)) : logarithmOfOnePlus(exponential(x))
  }

  /// 1/(1 + e⁻ˣ).
  static func logistic(_ x: Double) -> Double { 1 / (1 + exponential(-x)) }
}
