/// An adjustment of p-values for the number of confirmatory questions asked.
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
}
