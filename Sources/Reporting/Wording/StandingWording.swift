import Analysis
import Vocabulary

/// Whether a line was a planned test, planned for orientation, or neither.
enum Standing: CaseIterable {
  case test, secondary, exploratory

  func word(in language: Language) -> String {
    switch self {
    case .test: language.say(ja: "検証", en: "test")
    case .secondary: language.say(ja: "副次", en: "second.")
    case .exploratory: language.say(ja: "探索", en: "explor.")
    }
  }

  /// The head of the column.
  static func title(in language: Language) -> String { language.say(ja: "種別", en: "Kind") }

  /// What the words mean, for below a table.
  static func legend(in language: Language) -> String {
    language.say(
      ja: "種別：「検証」は事前に定めた主要な検証、「副次」は事前に定めた参考の比較、「探索」は手がかりで、次の試験で確かめるもの。",
      en:
        "Kind: a test was planned and carries the conclusion; secondary was planned for orientation; exploratory is a hint for the "
        + "next trial.")
  }
}

extension ResultIndex {
  /// What an outcome's comparison in a group is. Combinations of a factorial trial answer no planned question.
  func standing(of outcome: TrialSummary.OutcomeSummary, in cohort: String) -> Standing {
    guard cohort == ResultIndex.everyone, !isOfCombinations else { return .exploratory }
    return switch outcome.role {
    case "primary": .test
    case "secondary": .secondary
    default: .exploratory
    }
  }

  private var isOfCombinations: Bool {
    !result.factors.isEmpty
      && !result.factors.contains { $0.arms.map(\.id) == trial.arms.map(\.id) }
  }
}
