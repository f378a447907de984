import Analysis
import Vocabulary

extension ResultIndex {
  /// One sentence an outcome that says which messages do what.
  var headlines: [String] {
    guard !result.verdicts.isEmpty else {
      return [
        language.say(
          ja: "主要な成果指標が定められていないため、結論は示しません。",
          en: "The trial has no primary outcome, so there is no conclusion.")
      ]
    }
    var seen = Set<String>()
    return result.verdicts.map(\.outcome).filter { seen.insert($0).inserted }.map { outcome in
      Headline.allCases.compactMap { headline in
        let arms = result.verdicts
          .filter { $0.outcome == outcome && Headline($0, alpha: alpha) == headline }
          .map { armName($0.arm) }
        return arms.isEmpty
          ? nil : headline.sentence(outcomeName(outcome), language.listed(arms), language)
      }.joined(separator: language.say(ja: "", en: " "))
    }
  }
}

/// What the first sentence of a report says of a message.
///
/// One comparison alone may say "increases" while all comparisons together allow for chance; the
/// headline then does not promise what the adjusted p-value withholds.
enum Headline: CaseIterable {
  case increases, decreases, mayIncrease, mayDecrease, unchanged, undecided

  init(_ verdict: Verdict, alpha: Double) {
    let isDoubtful = verdict.isDoubtful(alpha: alpha)
    self =
      switch verdict.conclusion {
      case .increases: isDoubtful ? .mayIncrease : .increases
      case .decreases: isDoubtful ? .mayDecrease : .decreases
      case .practicallyUnchanged: .unchanged
      case .undecided: .undecided
      }
  }

  func sentence(_ outcome: String, _ arms: String, _ language: Language) -> String {
    switch self {
    case .increases:
      language.say(
        ja: "\(arms)を送ると、\(outcome)が増えると見込まれます。",
        en: "With \(arms), “\(outcome)” is expected to increase.")
    case .decreases:
      language.say(
        ja: "\(arms)を送ると、\(outcome)が減ると見込まれます。",
        en: "With \(arms), “\(outcome)” is expected to decrease.")
    case .mayIncrease:
      language.say(
        ja: "\(arms)では\(outcome)が増えましたが、複数の文面を比べたことを考慮すると、確かとまではいえません。",
        en: "With \(arms), “\(outcome)” increased, but not surely so, given the number of "
          + "comparisons.")
    case .mayDecrease:
      language.say(
        ja: "\(arms)では\(outcome)が減りましたが、複数の文面を比べたことを考慮すると、確かとまではいえません。",
        en: "With \(arms), “\(outcome)” decreased, but not surely so, given the number of "
          + "comparisons.")
    case .unchanged:
      language.say(
        ja: "\(arms)を送っても、\(outcome)は実質的に変わらないと見込まれます。",
        en: "With \(arms), “\(outcome)” is practically unchanged.")
    case .undecided:
      language.say(
        ja: "\(arms)を送った場合に\(outcome)が増えるか減るかは、まだ判断できません。",
        en: "With \(arms), whether “\(outcome)” changes cannot be decided yet.")
    }
  }
}

extension Verdict {
  /// Whether one comparison alone says "changes" while all of them together do not.
  func isDoubtful(alpha: Double) -> Bool {
    guard conclusion == .increases || conclusion == .decreases, let pAdjusted else { return false }
    return pAdjusted >= alpha
  }
}
