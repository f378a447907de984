/// An adjustment of p-values for the number of confirmatory questions asked.
///
/// In R: `p.adjust`. References: Holm (1979), Scandinavian Journal of Statistics 6, 65–70;
/// Hochberg (1988), doi:10.1093/biomet/75.4.800; Benjamini & Hochberg (1995),
/// doi:10.1111/j.2517-6161.1995.tb02031.x; Hommel (1988), doi:10.1093/biomet/75.2.383; Benjamini &
/// Yekutieli (2001), doi:10.1214/aos/1013699998.
public enum Multiplicity: String, Codable, CaseIterable, Hashable, Sendable {
  /// No adjustment.
  case none
  /// Multiplies by the number of tests; controls the familywise error under any dependence.
  case bonferroni
  /// Step-down Bonferroni; never less powerful than `bonferroni` under the same guarantee.
  case holm
  /// Step-up; familywise error under independence or positive dependence.
  case hochberg
  /// Closed Simes tests; never less powerful than `hochberg` under the same assumptions.
  case hommel
  /// Benjamini–Hochberg: the false discovery rate rather than the familywise error.
  case bh
  /// Benjamini–Yekutieli: the false discovery rate under any dependence, at the price of Σ1/i.
  case by

  /// The adjusted p-values, each in the place of its own: at most α exactly where the procedure at
  /// level α rejects.
  ///
  /// With p₍₁₎ ≤ … ≤ p₍ₘ₎: Holm takes the running maximum of (m − i + 1)p₍ᵢ₎ from the smallest up,
  /// Hochberg the running minimum of the same products from the largest down, Benjamini–Hochberg the
  /// running minimum of (m/i)p₍ᵢ₎ from the largest down, Benjamini–Yekutieli Σ1/i times that; Hommel
  /// the largest Simes p-value over all sets that hold the hypothesis. Nothing exceeds 1.
  ///
  /// The family is what the plan asked. A question whose test could not be computed still belongs to
  /// it: pass 1 for it rather than leave it out.
  ///
  /// - Throws: ``EstimationError/numericalFailure`` when a value is not from 0 to 1.
  public func adjusted(_ pValues: [Double]) throws(EstimationError) -> [Double] {
    guard pValues.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { throw .numericalFailure }
    let m = pValues.count
    let ascending = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    // (place in the data, rank from 1), in the order in which the procedure steps.
    let upwards = ascending.enumerated().map { (place: $1, rank: $0 + 1) }
    var adjusted = pValues
    switch self {
    case .none: break
    case .bonferroni:
      adjusted = pValues.map { min(1, Double(m) * $0) }
    case .holm:
      var running = 0.0
      for (place, rank) in upwards {
        running = max(running, min(1, Double(m - rank + 1) * pValues[place]))
        adjusted[place] = running
      }
    case .hochberg:
      var running = 1.0
      for (place, rank) in upwards.reversed() {
        running = min(running, Double(m - rank + 1) * pValues[place])
        adjusted[place] = running
      }
    case .hommel:
      let sorted = Self.hommel(ascending.map { pValues[$0] })
      for (place, value) in zip(ascending, sorted) { adjusted[place] = value }
    case .bh, .by:
      let price = self == .by ? (1...max(m, 1)).reduce(0) { $0 + 1 / Double($1) } : 1
      var running = 1.0
      for (place, rank) in upwards.reversed() {
        running = min(running, price * (Double(m) / Double(rank)) * pValues[place])
        adjusted[place] = running
      }
    }
    return adjusted
  }

  /// Hommel's values for ascending p-values, by Wright's algorithm in m² steps.
  ///
  /// For sets of j hypotheses the worst is the i-th smallest with the j − 1 largest. The largest
  /// m − j + 1 … m ranks give c = min j·p₍ᵢ₎/(i − m + j) over i > m − j + 1; those ranks must reach c,
  /// the others min(c, j·p).
  private static func hommel(_ p: [Double]) -> [Double] {
    let m = p.count
    guard m > 1 else { return p }
    var adjusted = p.map { _ in simes(p, of: m) }
    var least = adjusted
    for j in stride(from: m - 1, through: 2, by: -1) {
      let first = m - j + 1
      let size = Double(j)
      var smallest = Double.infinity
      for i in first..<m { smallest = min(smallest, size * p[i] / Double(i - first + 2)) }
      for i in 0..<first { least[i] = min(smallest, size * p[i]) }
      for i in first..<m { least[i] = least[first - 1] }
      for i in 0..<m { adjusted[i] = max(adjusted[i], least[i]) }
    }
    return zip(adjusted, p).map { min(1, max($0, $1)) }
  }

  /// The Simes p-value of all of them.
  private static func simes(_ p: [Double], of m: Int) -> Double {
    p.enumerated().reduce(Double.infinity) {
      min($0, Double(m) / Double($1.offset + 1) * $1.element)
    }
  }
}
