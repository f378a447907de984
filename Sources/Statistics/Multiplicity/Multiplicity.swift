/// An adjustment of p-values for the number of confirmatory questions asked.
///
/// In R: `p.adjust`. References: Holm (1979), Scandinavian Journal of Statistics 6, 65–70;
/// Hochberg (1988), doi:10.1093/biomet/75.4.800; Benjamini & Hochberg (1995),
/// doi:10.1111/j.2517-6161.1995.tb02031.x.
public enum Multiplicity: String, Codable, CaseIterable, Hashable, Sendable {
  /// No adjustment.
  case none
  /// Multiplies by the number of tests; controls the familywise error under any dependence.
  case bonferroni
  /// Step-down Bonferroni; never less powerful than `bonferroni` under the same guarantee.
  case holm
  /// Step-up; familywise error under independence or positive dependence.
  case hochberg
  /// Benjamini–Hochberg: the false discovery rate rather than the familywise error.
  case bh

  /// The adjusted p-values, each in the place of its own: at most α exactly where the procedure at
  /// level α rejects.
  ///
  /// With p₍₁₎ ≤ … ≤ p₍ₘ₎: Holm takes the running maximum of (m − i + 1)p₍ᵢ₎ from the smallest up,
  /// Hochberg the running minimum of the same products from the largest down, Benjamini–Hochberg the
  /// running minimum of (m/i)p₍ᵢ₎ from the largest down; nothing exceeds 1.
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
    case .bh:
      var running = 1.0
      for (place, rank) in upwards.reversed() {
        running = min(running, Double(m) / Double(rank) * pValues[place])
        adjusted[place] = running
      }
    }
    return adjusted
  }
}
